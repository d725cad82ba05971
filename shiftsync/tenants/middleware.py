"""The second fence around a request: it sees rows of no restaurant until its user is authorised for one. And that its browser was there."""

from collections.abc import Callable
from contextlib import suppress

from django.contrib.auth.models import AnonymousUser
from django.db import Error
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from shiftsync.core import fence
from shiftsync.tenants.models import User
from shiftsync.tenants.selectors import restaurants_with_role
from shiftsync.tenants.sessions import note_seen


class FenceMiddleware:
    """REST requests enter a restaurant in ``SignedInViewSet.actor_in``; the admin covers all restaurants of its user."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with fence.nowhere():
            if request.path_info.startswith(reverse("admin:index")):
                self._enter_admin(request.user)
            return self._get_response(request)

    # Not in process_view, for which Django would change threads once more in every request.
    def _enter_admin(self, user: User | AnonymousUser) -> None:
        """Lets the user into the admin's rows; what they may see of them, and do, the pages say themselves."""
        if not isinstance(user, User) or not user.is_active:
            return
        if user.is_superuser:
            fence.enter_everywhere()
        elif user.is_staff:
            fence.enter(*(restaurant.id for restaurant, _ in restaurants_with_role(user)))


class SeenMiddleware:
    """Notes that a signed-in browser was there. After the answer is made, so that a sign-in is noted with its own request."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        # An answer that is there is not lost for what is only noted beside it.
        with suppress(Error):
            note_seen(request)
        return response
