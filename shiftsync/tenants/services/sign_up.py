"""An account that somebody makes for themselves, where the operator lets everybody."""

from django.conf import settings
from django.db import transaction

from shiftsync.core.clock import now
from shiftsync.core.errors import Forbidden
from shiftsync.tenants.models import SecurityKind, User
from shiftsync.tenants.security_log import note_account
from shiftsync.tenants.selectors import has_users


def account_sign_up(*, username: str, password: str) -> User:
    """The new account, which belongs nowhere yet.

    Raises :class:`Forbidden` where accounts are by invitation only, and while there is no operator, who comes first; Django's
    ``ValidationError`` for a name that cannot be stored or is taken.
    """
    if not settings.CONFIG.is_sign_up_open or not has_users():
        raise Forbidden("Accounts here are created by invitation only.")
    with transaction.atomic():
        user = User(username=User.normalize_username(username), signed_up_at=now())
        user.set_password(password)
        user.full_clean()
        user.save()
        note_account(SecurityKind.SIGNED_UP, user.username, is_theirs=True)
    return user
