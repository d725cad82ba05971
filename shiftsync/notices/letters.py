"""What users are told about their own account by mail: written with what it tells of, and sent by a worker.

Whoever forgot a password is answered before anybody has looked whether there is such an account, so neither the answer nor its time says.
"""

from dataclasses import dataclass
from datetime import timedelta
from unicodedata import normalize

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.utils.crypto import get_random_string
from django.utils.translation import get_language

from shiftsync.core.clock import now
from shiftsync.core.errors import NotFound, RateLimited, ValidationFailed
from shiftsync.core.ids import parse_id
from shiftsync.core.text import unfit
from shiftsync.core.upkeep import delete_in_batches, register_upkeep
from shiftsync.core.whence import address_now, network_of
from shiftsync.notices.models import Letter, LetterKind
from shiftsync.notices.selectors import LANGUAGES
from shiftsync.tenants import guesses
from shiftsync.tenants.models import AddressChange, SecurityKind, User
from shiftsync.tenants.security_log import note_account

LONGEST = 254
CONFIRM_WITHIN = timedelta(days=2)
MOST_AN_HOUR = 5
"""How many mails of a kind go to one mailbox, or because of one user, in an hour."""
_SALT = "shiftsync.address"


@dataclass(frozen=True, slots=True)
class Asked:
    """Where the installation was asked, as its users reach it: what the links in a mail begin with."""

    origin: str


def reset_ask(given: str, asked: Asked) -> None:
    """Somebody forgot the password of the account with that user name or confirmed address. Raises :class:`RateLimited`.

    Counted as wrong passwords are, for what was typed and for the address, but apart from them: nobody is kept from signing in by it.
    """
    # As whoever signs in may type it: a Japanese keyboard writes full-width letters.
    text = normalize("NFKC", given).strip()
    text = "" if len(text) > LONGEST or unfit(text) else text
    whence = guesses.Whence(f"reset from {network_of(address_now())}"[:64])
    guesses.begin(f"reset of {text.lower()}", whence, None)
    _write(LetterKind.RESET, asked, given=text)


def address_name(user: User, *, address: str, asked: Asked) -> AddressChange:
    """``user`` wants to be reached at ``address``, and has given their password. It counts when it is confirmed, by a link that goes
    there; the present one is told. Raises :class:`RateLimited`."""
    since = now() - timedelta(hours=1)
    if Letter.objects.filter(user=user, kind=LetterKind.CONFIRM, created_at__gt=since).count() >= MOST_AN_HOUR:
        raise RateLimited("Too many addresses were entered; try again in an hour.", retry_after=3600.0)
    if address == user.email:
        raise ValidationFailed.of("address", "This is already your address.")
    known = {"address": address, "nonce": get_random_string(32), "asked_at": now()}
    change, _ = AddressChange.objects.update_or_create(user=user, defaults=known)
    _write(LetterKind.CONFIRM, asked, user=user, address=address)
    if user.email:
        _write(LetterKind.NAMED, asked, user=user, address=user.email, other=address)
    return change


def address_confirm(user: User, *, secret: str, asked: Asked) -> str:
    """The address of that link is the user's from now on; the former one and the new one are told. Raises :class:`NotFound` for a link
    that counts no more, or is another user's: else whose mailbox was named by mistake could make the account theirs."""
    change = address_change_of(user, secret)
    before, user.email = user.email, change.address
    user.save(update_fields=["email"])
    change.delete()
    note_account(SecurityKind.ADDRESS_CHANGED, user.username, is_theirs=True)
    for address in filter(None, {before, user.email}):
        _write(LetterKind.CHANGED, asked, user=user, address=address, other=user.email)
    return user.email


def address_remove(user: User, *, asked: Asked) -> None:
    """The user has no address any more, and none that waits; the former one is told."""
    AddressChange.objects.filter(user=user).delete()
    if not user.email:
        return
    before, user.email = user.email, ""
    user.save(update_fields=["email"])
    note_account(SecurityKind.ADDRESS_REMOVED, user.username, is_theirs=True)
    _write(LetterKind.REMOVED, asked, user=user, address=before)


def address_change_waiting(user: User) -> AddressChange | None:
    """The address that waits for being confirmed."""
    return AddressChange.objects.filter(user=user, asked_at__gt=now() - CONFIRM_WITHIN).first()


def address_secret(change: AddressChange) -> str:
    """The secret part of the link that confirms it."""
    return signing.dumps({"user": str(change.user_id), "nonce": change.nonce}, salt=_SALT)


def address_change_of(user: User, secret: str) -> AddressChange:
    """What that link confirms. Raises :class:`NotFound`."""
    try:
        given = signing.loads(secret, salt=_SALT, max_age=CONFIRM_WITHIN)
        is_theirs = parse_id(given["user"]) == user.id
        found = AddressChange.objects.filter(user=user, nonce=str(given["nonce"])).first() if is_theirs else None
    except (signing.BadSignature, KeyError, TypeError):
        raise NotFound from None
    if found is None:
        raise NotFound
    return found


def _write(kind: LetterKind, asked: Asked, **about: object) -> None:
    if not settings.CONFIG.mails_links:
        return
    language = (get_language() or "")[:2]
    Letter.objects.create(
        kind=kind,
        origin=asked.origin[:300],
        language=language if language in LANGUAGES else LANGUAGES[0],
        asked_from=address_now(),
        **about,
    )


def prune_letters() -> int:
    """Removes what is older than ``SHIFTSYNC_NOTICE_DAYS``; returns how many."""
    return delete_in_batches(Letter, Q(created_at__lt=now() - timedelta(days=settings.CONFIG.notice_days)))


register_upkeep("mails about accounts", prune_letters)
