"""A worker's part of mails about accounts: whose they are, their words, and what became of them."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext, override

from shiftsync.core.clock import now
from shiftsync.core.taking_turns import wait_for_turn
from shiftsync.notices.letters import MOST_AN_HOUR, address_change_waiting, address_secret
from shiftsync.notices.models import Letter, LetterKind, NoticeSettings
from shiftsync.notices.sending.held import Post
from shiftsync.tenants.models import User
from shiftsync.tenants.resets import reset_link_mailed

STALE_AFTER = timedelta(hours=6)
MOST_ACCOUNTS = 10


def mail_of(row: Letter) -> EmailMessage | None:
    """The mail; None: there is none, for nobody's account, or it is too late. What was typed is blanked, whoever's it was."""
    users = _meant(row)
    mail = _mail(row, users) if _is_due(row, users) else None
    row.given = ""
    return mail


def _meant(row: Letter) -> Sequence[User]:
    """Whose account the letter is about; of who forgot a password all that have the address that was typed."""
    if row.user_id is not None:
        return list(User.objects.filter(id=row.user_id, is_active=True))
    users = User.objects.filter(is_active=True).exclude(email="")
    if row.address:  # of an attempt before
        return list(users.filter(email=row.address).order_by("username")[:MOST_ACCOUNTS])
    found = list(users.filter(email__iexact=row.given).order_by("username")[:MOST_ACCOUNTS]) if row.given else []
    # What the database takes for the same (Turkish letters among them) may be another mailbox: the mail goes to one, as it is stored.
    found = [user for user in found if user.email == found[0].email]
    found = found or list(users.filter(username=row.given))
    if found:
        row.address = found[0].email
    return found


def _is_due(row: Letter, users: Sequence[User]) -> bool:
    if not users or now() - row.created_at > STALE_AFTER:
        return False
    if row.kind not in (LetterKind.RESET, LetterKind.CONFIRM):
        return True
    # One letter to a mailbox after the other: two that are begun at once would each not see the other. Not by locks on whose address it is,
    # since an address that is yet to be confirmed is nobody's.
    wait_for_turn(f"mailbox:{row.address}")
    since = now() - timedelta(hours=1)
    before = Letter.objects.filter(kind=row.kind, address=row.address, created_at__gt=since)
    return before.exclude(id=row.id).exclude(begun_at=None).count() < MOST_AN_HOUR


def _mail(row: Letter, users: Sequence[User]) -> EmailMessage | None:
    with override(_language(row, users[0])):
        words = _words(row, users)
        if words is None:
            return None
        subject, *lines = words
        farewell = gettext("This mail was sent because of an account at %(origin)s.") % {"origin": row.origin}
    email = settings.CONFIG.email
    if email is None:
        return None
    return EmailMessage(
        subject=f"ShiftSync: {subject}",
        body="\n\n".join((*lines, f"-- \nShiftSync\n{farewell}")),
        from_email=email.sender,
        to=[row.address],
        headers={
            "Message-ID": f"<{row.id}@{email.domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": _language(row, users[0]),
        },
    )


def _language(row: Letter, user: User) -> str:
    """That in which the user is written to elsewhere, else that of the page that they asked."""
    said = NoticeSettings.objects.filter(user=user).exclude(language="").order_by("id").first()
    return said.language if said is not None else row.language


def _words(row: Letter, users: Sequence[User]) -> Sequence[str] | None:
    """The subject, and the paragraphs."""
    name = {"name": users[0].username, "other": row.other}
    if row.kind == LetterKind.RESET:
        made = [(user.username, reset_link_mailed(user, asked_from=row.asked_from)) for user in users]
        links = [f"{username}:\n{_url(row, reverse('reset', args=[link.secret]))}" for username, link in made]
        return (
            gettext("set a new password"),
            gettext(
                "Somebody, probably you, has forgotten a password. Set a new one here, within a day; it works once."
            ),
            *links,
            gettext("If that was not you, there is nothing to do: the password stays as it is."),
        )
    if row.kind == LetterKind.CONFIRM:
        change = address_change_waiting(users[0])
        if change is None or change.address != row.address:
            return None  # another one was named since, or none is wanted
        return (
            gettext("confirm your address"),
            gettext("%(name)s wants to be reached here. Confirm this within two days:") % name,
            _url(row, reverse("confirm-address", args=[address_secret(change)])),
            gettext("If you did not expect this, do nothing: the address will not be used."),
        )
    if row.kind == LetterKind.NAMED:
        return (
            gettext("another address was entered"),
            gettext("%(name)s wants to be reached at %(other)s from now on, once it is confirmed.") % name,
            gettext("If that was not you, change your password: whoever did it knows it."),
        )
    if row.kind == LetterKind.CHANGED:
        return (
            gettext("your address was changed"),
            gettext("%(name)s is reached at %(other)s from now on.") % name,
            gettext("If that was not you, change your password, and ask whoever runs ShiftSync for you."),
        )
    return (
        gettext("your address was removed"),
        gettext("Mail for %(name)s no longer comes here.") % name,
        gettext("If that was not you, change your password, and ask whoever runs ShiftSync for you."),
    )


def _url(row: Letter, path: str) -> str:
    return f"{row.origin.rstrip('/')}{path}"


LETTERS = Post(Letter, mail_of)
