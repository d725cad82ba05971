"""How often a user may ask by REST; what comes from an address is counted before (``shiftsync.bodies``)."""

from functools import cache
from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from shiftsync.core.rates import Rates


@cache
def _rates(per_minute: int) -> Rates:
    return Rates(per_minute)


class UserThrottle(BaseThrottle):
    """So many requests a minute for each user, by whatever token or session."""

    _wait = 0.0

    def allow_request(self, request: Request, view: Any) -> bool:
        """Counts the request, and tells the view where its user stands. Nobody who is not signed in is counted here."""
        if not request.user.is_authenticated:
            return True
        rates = _rates(settings.CONFIG.limits.requests_per_user)
        self._wait = rates.take(request.user.pk)
        view.standing = rates.standing(request.user.pk)
        return self._wait == 0

    def wait(self) -> float:
        """How long until the next one."""
        return self._wait
