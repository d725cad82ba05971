"""How a user name and a password become a user, wherever they are typed: our page, the admin, a form of Django's."""

from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from shiftsync.core.errors import RateLimited, Unavailable
from shiftsync.core.metrics import SIGN_INS
from shiftsync.tenants import guesses
from shiftsync.tenants.models import User
from shiftsync.tenants.passwords import is_password_of, place_in_line


class GuardedBackend(ModelBackend):
    """As Django's, but guesses are counted, and hashing goes aside. What takes time is the same for a name that nobody has.

    Raises :class:`RateLimited` and :class:`Unavailable`; neither says anything about the account.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """The user whose password that is, who may sign in. Without a request a program of ours asks, which guesses nothing."""
        if username is None or password is None:
            return None
        if request is None:
            with place_in_line():
                user = User.objects.filter(username=username).first()
                return user if is_password_of(user, password) and self._may_come_in(user) else None
        try:
            found = self._guessed(request, username, password)
        except RateLimited:
            SIGN_INS.labels(outcome="too_many").inc()
            raise
        except Unavailable:
            SIGN_INS.labels(outcome="busy").inc()
            raise
        SIGN_INS.labels(outcome="wrong" if found is None else "ok").inc()
        return found

    def _guessed(self, request: HttpRequest, username: str, password: str) -> User | None:
        with place_in_line():
            user = User.objects.filter(username=username).first()
            attempt = guesses.begin(username, whence_of(request), user)
            if is_password_of(user, password) and self._may_come_in(user):
                guesses.was_right(attempt)
                return user
            guesses.was_wrong(attempt)
        return None

    async def aauthenticate(self, request: HttpRequest | None, *args: Any, **kwargs: Any) -> User | None:
        """The same for what asks asynchronously; Django's own would count nothing."""
        return await sync_to_async(self.authenticate)(request, *args, **kwargs)

    def _may_come_in(self, user: User | None) -> bool:
        return user is not None and user.is_active


def whence_of(request: HttpRequest) -> guesses.Whence:
    """The address a request comes from; a proxy's headers are trusted only as configured (``FORWARDED_ALLOW_IPS``)."""
    return guesses.Whence(request.META.get("REMOTE_ADDR", ""), request.COOKIES.get(guesses.BROWSER_COOKIE, ""))
