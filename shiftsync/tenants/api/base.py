"""What the REST views of restaurants share: who asks, in which restaurant, and an answer that is given once."""

from collections.abc import Callable
from functools import cached_property, partial, wraps
from typing import Any, cast

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.response import Response

from shiftsync.core.actor import Actor, Role
from shiftsync.core.conditions import IDEMPOTENCY_KEY, request_id_of
from shiftsync.core.encoding import digest
from shiftsync.core.errors import (
    Forbidden,
    NotFound,
    Unauthenticated,
)
from shiftsync.core.fence import enter
from shiftsync.core.ids import parse_id
from shiftsync.core.scopes import needed_scope, require_scopes, scopes_in
from shiftsync.core.viewsets import ACCEPTED, SOON, Method, Payload, WireViewSet, endpoint
from shiftsync.core.whence import serve
from shiftsync.tenants.models import ApiToken, User
from shiftsync.tenants.selectors import (
    actor_in,
)
from shiftsync.tenants.services import (
    answered_once,
)

RESTAURANT = OpenApiParameter(
    "restaurant",
    OpenApiTypes.UUID,
    description="The restaurant; optional with a token or for a user with only one.",
)
restaurant_endpoint = partial(endpoint, parameters=(RESTAURANT,))
OWN = OpenApiParameter(
    "restaurant",
    OpenApiTypes.UUID,
    description="Makes no difference here, where it is about you in all your restaurants; clients that name it everywhere may do so.",
)
own_endpoint = partial(endpoint, parameters=(OWN,))


once_endpoint = partial(endpoint, parameters=(RESTAURANT, IDEMPOTENCY_KEY))


def once(status: int, *, location: str = "") -> Callable[[Method], Method]:
    """Lets ``method`` do what it does once for an idempotency key; the same request again gets the same answer, of that status.

    ``self.seed`` is then what secrets are to be made of, which are not stored. ``location`` is where that lies which was made, with
    parts of the answer in it: ``/api/webhooks/{id}/``.
    """

    def decorate(method: Method) -> Method:
        @wraps(method)
        def answer(self: SignedInViewSet, payload: Payload, **path: Any) -> Response:
            key = request_id_of(self.request)

            def carry_out(seed: bytes | None) -> Any:
                self.seed = seed
                return method(self, payload, **path)

            if key is None:
                body = carry_out(None)
            else:
                content = digest([self.request.method, self.request.get_full_path(), payload])
                text = self.request.headers[IDEMPOTENCY_KEY.name]
                body = answered_once(self.user.id, key, text, content, carry_out)
            response = Response(body, status=status, headers={"Cache-Control": "no-store"})
            if location:
                response["Location"] = location.format_map(body)
            if status == ACCEPTED:
                response["Retry-After"] = str(SOON)
            return response

        return answer

    return decorate


class SignedInViewSet(WireViewSet):
    """Views that require authentication."""

    seed: bytes | None = None

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """Refuses a token that is not for this, whatever view it is, and a request that was typed by another user than the session's
        current one: somebody else may have signed in since."""
        super().initial(request, *args, **kwargs)
        meant = request.headers.get("X-User-Id")
        if meant is not None and request.user.is_authenticated and meant.lower() != str(request.user.pk):
            raise Unauthenticated("You are now signed in as someone else.", {"userId": str(request.user.pk)})
        scope = needed_scope(self, request.method)
        if self.token is not None and scope is not None:
            require_scopes(scopes_in(self.token.scopes), [scope])

    @property
    def user(self) -> User:
        """Who asks."""
        return cast(User, self.request.user)

    @property
    def token(self) -> ApiToken | None:
        """The token that they came with; None: a session."""
        token = self.request.auth
        return token if isinstance(token, ApiToken) else None

    def actor_in(self, restaurant_id: object) -> Actor:
        """The user in that restaurant (None: in their only one), of which the rest of the request then is.

        Raises the errors of ``selectors.actor_in``.
        """
        wanted = parse_id(restaurant_id)
        if restaurant_id and wanted is None:
            raise NotFound("No such restaurant.")
        key = None if self.token is not None else self.request.session.session_key
        actor = actor_in(self.user, wanted, token=self.token, session_key=key)
        serve(actor.user_id, actor.restaurant_id)
        enter(actor.restaurant_id)
        return actor


class RestaurantViewSetBase(SignedInViewSet):
    """Views of one restaurant: the token's, or the one that the query names."""

    @cached_property
    def actor(self) -> Actor:
        """The user in the restaurant that the request is about."""
        return self.actor_in(self.request.query_params.get("restaurant"))

    def admit(self, needs: Role, path: Payload) -> Response | None:
        """Raises the errors of ``selectors.actor_in``, and :class:`Forbidden` for those who may do less. A write is judged again,
        under its lock."""
        if not self.actor.role.covers(needs):
            raise Forbidden
        return None
