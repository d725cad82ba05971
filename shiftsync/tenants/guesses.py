"""Guessing passwords is slow: so many wrong ones in a quarter of an hour for an account, and from an address, then none is checked.

What was guessed elsewhere does not keep out a user who comes from where they have signed in before, from that network or with that
browser: their own attempts are counted there. What is refused is not counted, so waiting always helps.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db.models import Count, Min, Q
from django.utils.crypto import salted_hmac

from shiftsync.core.clock import now
from shiftsync.core.errors import RateLimited
from shiftsync.core.fence import everywhere
from shiftsync.core.ids import new_id
from shiftsync.core.whence import network_of
from shiftsync.tenants.models import SecurityEvent, SecurityKind, SignInAttempt, User
from shiftsync.tenants.security_log import note_account

WINDOW = timedelta(minutes=15)
BROWSER_COOKIE = "known_browser"
BROWSER_AGE = timedelta(days=365)
_SALT = "shiftsync.known-browser"


@dataclass(frozen=True, slots=True)
class Whence:
    """From where somebody signs in: ``address``, and the value of :data:`BROWSER_COOKIE` if their browser has one."""

    address: str
    browser: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A password that may be checked; it counts as wrong until :func:`was_right` says otherwise."""

    id: int
    username: str
    account: str
    place: str
    is_last: bool


def begin(username: str, whence: Whence, user: User | None) -> Attempt:
    """Counts an attempt before its password is checked. Raises :class:`RateLimited`.

    It is counted first, so that many at once are not more than the limit.
    """
    account = salted_hmac("shiftsync.attempts", username, algorithm="sha256").hexdigest()
    browser = browser_of(whence.browser, username)
    place = f"browser:{browser}" if browser else network_of(whence.address)
    is_known = _is_known(user, whence.address) or bool(browser)
    moment = now()
    _judge(account, place, is_known, moment)
    row = SignInAttempt.objects.create(account=account, network=place, at=moment)
    try:
        left = _judge(account, place, is_known, moment, before=row.id)
    except RateLimited:
        row.delete()
        raise
    SignInAttempt.objects.filter(at__lt=moment - WINDOW).delete()
    return Attempt(row.id, username, account, place, left == 1)


def was_right(attempt: Attempt) -> None:
    """Forgets what this user got wrong from there; what was guessed elsewhere still counts there."""
    SignInAttempt.objects.filter(account=attempt.account, network=attempt.place).delete()


def was_wrong(attempt: Attempt) -> None:
    """Logs it, and once that no further one is checked for a while."""
    note_account(SecurityKind.SIGN_IN_FAILED, attempt.username, is_theirs=False)
    if attempt.is_last:
        note_account(SecurityKind.SIGN_IN_LOCKED, attempt.username, is_theirs=False)


def mark_of(username: str) -> str:
    """What a browser keeps by which a user has signed in."""
    return signing.dumps([username, new_id().hex], salt=_SALT)


def browser_of(mark: str, username: str) -> str:
    """The browser's id, if that user has signed in with it; else blank."""
    if not mark:
        return ""
    try:
        whose, browser = signing.loads(mark, salt=_SALT, max_age=BROWSER_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(browser) if whose == username else ""


@everywhere()
def _is_known(user: User | None, address: str) -> bool:
    """Whether the user has signed in from that address before; asked of the database for one who does not exist as well."""
    came = SecurityEvent.objects.filter(kind=SecurityKind.SIGN_IN, actor_id=user.id if user else new_id())
    return came.filter(address=address).exists()


def _judge(account: str, place: str, is_known: bool, moment: datetime, before: int | None = None) -> int:
    """How many more may be wrong. Raises :class:`RateLimited`."""
    of_account, of_place = Q(account=account), Q(network=place)
    counted = SignInAttempt.objects.filter(of_account | of_place, at__gt=moment - WINDOW)
    if before is not None:
        counted = counted.filter(id__lt=before)
    mine = of_account & of_place if is_known else of_account
    found = counted.aggregate(
        for_account=Count("id", filter=mine),
        for_place=Count("id", filter=of_place),
        account_since=Min("at", filter=mine),
        place_since=Min("at", filter=of_place),
    )
    limits = settings.CONFIG.limits
    for number, limit, since in (
        (found["for_account"], limits.guesses_per_account, found["account_since"]),
        (found["for_place"], limits.guesses_per_address, found["place_since"]),
    ):
        if number >= limit:
            wait = (since + WINDOW - moment).total_seconds()
            raise RateLimited("Too many wrong passwords; wait a moment.", retry_after=max(1.0, round(wait)))
    left: int = limits.guesses_per_account - found["for_account"]
    return left
