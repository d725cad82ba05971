"""A worker's part of invitations by mail: the words, and the link, which is made here and stands nowhere."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext, override

from shiftsync.core.clock import now
from shiftsync.notices.sending.held import Post
from shiftsync.notices.sending.mail import in_one_line
from shiftsync.notices.sending.turns import GIVEN_UP_AFTER
from shiftsync.tenants.models import InvitationMail
from shiftsync.tenants.selectors import links_of, person_offered
from shiftsync.tenants.services import invitation_link_secret

LONGEST_NAME = 60
"""Names of restaurants and people stand in mails to strangers: there is no room in them for a letter of somebody's own."""


def mail_of(row: InvitationMail) -> EmailMessage | None:
    """The mail; None where the invitation has ended, its link cannot be made any more, or it is too late."""
    email = settings.CONFIG.email
    link = links_of(row.restaurant_id).select_related("restaurant").filter(id=row.link_id).first()
    secret = invitation_link_secret(link) if link is not None else None
    if email is None or link is None or secret is None or not row.address or now() - row.created_at > GIVEN_UP_AFTER:
        return None
    by = link.invited_by.display_name if link.invited_by else ""
    person = person_offered(link)
    words = {
        "restaurant": _short(link.restaurant.name),
        "name": _short(by),
        "origin": row.origin,
        "person": _short(person.name) if person else "",
    }
    with override(row.language):
        return EmailMessage(
            subject=f"ShiftSync: {gettext('invitation to %(restaurant)s') % words}",
            body="\n\n".join(
                (
                    gettext("%(name)s invites you to “%(restaurant)s” on ShiftSync.") % words
                    if by
                    else gettext("You are invited to “%(restaurant)s” on ShiftSync.") % words,
                    *([gettext("The invitation is for %(person)s.") % words] if person else []),
                    gettext(
                        "Open this link within seven days, and create an account or join with yours. It works once:"
                    ),
                    f"{row.origin.rstrip('/')}{reverse('join', args=[secret])}",
                    gettext(
                        "If you did not expect this, do nothing. Do not pass the link on: whoever opens it can join."
                    ),
                    f"-- \nShiftSync\n{gettext('This mail was sent because somebody at %(origin)s entered your address.') % words}",
                )
            ),
            from_email=email.sender,
            to=[row.address],
            headers={
                "Message-ID": f"<{row.id}@{email.domain}>",
                "Auto-Submitted": "auto-generated",
                "Content-Language": row.language,
            },
        )


def _short(name: str) -> str:
    text = in_one_line(name)
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"


INVITATIONS = Post(InvitationMail, mail_of)
