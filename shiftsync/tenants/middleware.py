"""The second fence around a request: it sees rows of no restaurant until somebody was let into one."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from shiftsync.core import fence
from shiftsync.tenants.models import User
from shiftsync.tenants.selectors import restaurants_with_role

ADMIN = "admin"


class FenceMiddleware:
    """Who asks by REST is let in where they are an actor (``SignedInViewSet.actor_in``); the admin is about all restaurants of its user."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with fence.nowhere():
            return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Lets the user into the admin's rows; what they may see of them, and do, the pages say themselves."""
        match, user = request.resolver_match, request.user
        if match is None or ADMIN not in match.namespaces or not isinstance(user, User) or not user.is_active:
            return
        if user.is_superuser:
            fence.enter_everywhere()
        elif user.is_staff:
            fence.enter(*(restaurant.id for restaurant, _ in restaurants_with_role(user)))
