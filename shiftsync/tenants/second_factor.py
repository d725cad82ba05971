"""A second step of the sign-in: a code of six digits from an app (TOTP, RFC 6238), or one of ten codes that were written down.

What the app knows is made again from the server's key and a number in the row, as all secrets here; of the written codes the digests are
kept. Each code is taken once.
"""

import base64
import hmac
import secrets
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from unicodedata import normalize
from urllib.parse import quote, urlencode

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from shiftsync.core.clock import now
from shiftsync.core.errors import ConflictError, ValidationFailed
from shiftsync.core.whence import address_now
from shiftsync.tenants import guesses
from shiftsync.tenants.models import SecondFactor, SecurityKind, User
from shiftsync.tenants.security_log import note_account

DIGITS, STEP_SECONDS, SECRET_BYTES = 6, 30, 20
DRIFT = (-1, 0, 1)
"""Steps of a clock that is a little wrong, or of somebody who types slowly."""
WRITTEN_CODES = 10
ISSUER = "ShiftSync"
PENDING = timedelta(minutes=10)
"""How long after the password the code may come."""
WRONG = "This code is wrong or was already used."


def second_factor_of(user: User) -> SecondFactor | None:
    """That of a user who has turned it on; None: they sign in by their password alone."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).first()


def second_factor_begin(user: User) -> str:
    """Makes what an app is to know, as it is typed there (base32). It counts once a code of it was given. Raises
    :class:`ConflictError` where one is turned on already."""
    if second_factor_of(user) is not None:
        raise ConflictError("The second step is already turned on.")
    fresh = {"nonce": secrets.token_hex(16), "last_step": 0, "written": []}
    factor, _ = SecondFactor.objects.update_or_create(user=user, confirmed_at=None, defaults=fresh)
    return base64.b32encode(_secret(factor)).decode()


def second_factor_resume(user: User) -> str:
    """What was made before and does not count yet, to be shown again; a new one where there is none."""
    factor = SecondFactor.objects.filter(user=user, confirmed_at=None).first()
    return second_factor_begin(user) if factor is None else base64.b32encode(_secret(factor)).decode()


def app_address(user: User, secret: str) -> str:
    """What authenticator apps open: the account and its secret."""
    label = quote(f"{ISSUER}:{user.username}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': ISSUER})}"


def second_factor_confirm(user: User, *, code: str) -> Sequence[str]:
    """Turns it on, if ``code`` is one of the app's, and gives the codes to write down: nobody can see them again.

    Raises :class:`ValidationFailed` for a wrong code.
    """
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at=None).first()
        step = None if factor is None else _step_of(factor, code)
        if factor is None or step is None:
            raise ValidationFailed.of("code", WRONG)
        written = [f"{secrets.token_hex(4)}-{secrets.token_hex(4)}" for _ in range(WRITTEN_CODES)]
        factor.confirmed_at, factor.last_step, factor.written = now(), step, [_digest(each) for each in written]
        factor.save()
        note_account(SecurityKind.SECOND_FACTOR_ON, user.username, is_theirs=True)
    return written


def second_factor_check(user: User, *, code: str) -> None:
    """Takes a code: the app's, or one that was written down. Wrong ones are counted like passwords, and apart from them, since whoever
    has the password could else begin to count anew with it.

    Raises :class:`ValidationFailed` for a wrong code and :class:`RateLimited`.
    """
    attempt = guesses.begin(f"code of {user.username}", guesses.Whence(address_now()), user)
    if _is_taken(user, code):
        guesses.was_right(attempt)
        return
    note_account(SecurityKind.SIGN_IN_FAILED, user.username, is_theirs=False)
    if attempt.is_last:
        note_account(SecurityKind.SIGN_IN_LOCKED, user.username, is_theirs=False)
    raise ValidationFailed.of("code", WRONG)


def second_factor_remove(user: User, *, by_operator: bool = False) -> bool:
    """Turns it off. The caller has taken a code of the user, or is the operator. False: there was none."""
    with transaction.atomic():
        gone, _ = SecondFactor.objects.filter(user=user).delete()
        if gone:
            note_account(SecurityKind.SECOND_FACTOR_OFF, user.username, is_theirs=not by_operator)
    return bool(gone)


def _is_taken(user: User, code: str) -> bool:
    """Whether that is a code of the user; it is none any more. Of two who send the same at once one has it, by the lock."""
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
        if factor is None:
            return False
        step, digest = _step_of(factor, code), _digest(code)
        if step is not None:
            factor.last_step = step
        elif digest in factor.written:
            factor.written = [each for each in factor.written if each != digest]
        else:
            return False
        factor.save()
    return True


def _step_of(factor: SecondFactor, code: str) -> int | None:
    """The step of time whose code that is, if it is later than the last that was taken."""
    given = _plain(code)
    secret = _secret(factor)
    present = int(now().timestamp()) // STEP_SECONDS
    steps = [present + drift for drift in DRIFT if present + drift > factor.last_step]
    right = [step for step in steps if constant_time_compare(code_at(secret, step), given)]
    return right[0] if right else None


def code_at(secret: bytes, step: int) -> str:
    """The code that an app with ``secret`` shows in that step of time (RFC 4226, section 5.3).

    By hand: the library for it would be 7 MiB in every server for these three lines.
    """
    mac = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    number = int.from_bytes(mac[(start := mac[-1] & 15) : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def _secret(factor: SecondFactor) -> bytes:
    key = f"{factor.user_id}:{factor.nonce}"
    return salted_hmac("shiftsync.second-factor", key, algorithm="sha256").digest()[:SECRET_BYTES]


def _digest(code: str) -> str:
    """Of a written code, as it is kept; 64 random bits, so that a plain SHA-256 is digest enough."""
    return sha256(_plain(code).encode()).hexdigest()


def _plain(code: str) -> str:
    """A code as it is meant: apps show a space in its middle, and a Japanese input method writes each character as wide as a kanji."""
    return "".join(normalize("NFKC", code).split()).lower()
