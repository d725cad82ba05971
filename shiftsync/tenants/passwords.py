"""Checking a password beside everything else that this process does, never in its way.

To hash one takes a core for a tenth of a second. Twenty guesses at a time took both cores, and a bystander's edit then waited 200 ms
instead of 6: so one is hashed at a time, aside (:mod:`shiftsync.tenants.hashing`), with a short queue before it.
"""

import contextlib
import threading
from collections.abc import Iterator

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, verify_password

from shiftsync.core.errors import Unavailable
from shiftsync.tenants.models import User

MOST_WAITING = 10
NOBODYS = UNUSABLE_PASSWORD_PREFIX
"""Stands for the hash of a user who is not there: to check against it takes as long as to check against one."""

_places = threading.BoundedSemaphore(MOST_WAITING)


@contextlib.contextmanager
def place_in_line() -> Iterator[None]:
    """A place among those whose password is checked; taken before anything is asked of the database, so that a flood costs it nothing.

    Raises :class:`Unavailable` if there is none.
    """
    if not _places.acquire(blocking=False):
        raise Unavailable("Too many people are signing in right now; try again.", retry_after=2.0)
    try:
        yield
    finally:
        _places.release()


def is_password_of(user: User | None, password: str) -> bool:
    """Whether that is the user's password; takes as long where there is no user. Renews a hash that was made with other settings."""
    encoded = NOBODYS if user is None else user.password
    is_right, is_old = verify_password(password, encoded)
    if user is None or not is_right:
        return False
    if is_old:
        epoch = user.credentials_epoch
        user.set_password(password)
        # The same password: nothing that came by it ends.
        user._password, user.credentials_epoch = None, epoch  # type: ignore[attr-defined]  # of AbstractBaseUser
        user.save(update_fields=["password"])
    return True
