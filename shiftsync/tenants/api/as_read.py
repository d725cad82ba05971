"""``If-Match`` on writes of what has no version of the restaurant's: they are done while it is as it was read.

What the stream covers has versions, which :mod:`shiftsync.realtime.stream.settling` compares under the stream's lock.
"""

from collections.abc import Callable
from functools import partial, wraps
from inspect import signature
from typing import Any

from django.db import transaction

from shiftsync.core.conditions import IDEMPOTENCY_KEY, IF_MATCH, etag_of, holds
from shiftsync.core.errors import PreconditionFailed
from shiftsync.core.viewsets import Method, Payload, endpoint
from shiftsync.tenants.api.base import OWN, RESTAURANT, SignedInViewSet
from shiftsync.tenants.models import Restaurant, User

conditional_endpoint = partial(endpoint, is_conditional=True, parameters=(RESTAURANT, IF_MATCH))
conditional_once_endpoint = partial(endpoint, is_conditional=True, parameters=(RESTAURANT, IDEMPOTENCY_KEY, IF_MATCH))
conditional_own_endpoint = partial(endpoint, is_conditional=True, parameters=(OWN, IDEMPOTENCY_KEY, IF_MATCH))

Lock = Callable[[Any, Payload], object]


def lock_restaurant(view: Any, path: Payload) -> None:
    """Whoever writes under a condition waits for others who do, and for those who lock their restaurant whatever they write."""
    Restaurant.objects.select_for_update().filter(id=view.actor.restaurant_id).first()


def lock_user(view: Any, path: Payload) -> None:
    """The same, for what is about a user in all their restaurants."""
    User.objects.select_for_update().filter(id=view.user.id).first()


def as_read(read: str, *, also: Lock | None = None, lock: Lock = lock_restaurant) -> Callable[[Method], Method]:
    """Lets ``method`` write only while the view's ``read``, asked without parameters, answers what ``If-Match`` names.

    It stands below :func:`~shiftsync.tenants.api.base.once`, so that what was done already is answered whatever has changed since.
    ``also`` locks what other writers do not lock the restaurant for. Raises :class:`PreconditionFailed`.
    """

    def decorate(method: Method) -> Method:
        @wraps(method)
        def write(self: SignedInViewSet, payload: Payload, **path: Any) -> Any:
            wanted = self.request.headers.get(IF_MATCH.name)
            if wanted is None or wanted.strip() == "*":
                return method(self, payload, **path)
            with transaction.atomic():
                lock(self, path)
                if also is not None:
                    also(self, path)
                if not holds(wanted, etag_of(_shown(self, read, path))):
                    raise PreconditionFailed
                return method(self, payload, **path)

        return write

    return decorate


def _shown(view: SignedInViewSet, read: str, path: Payload) -> Any:
    """What that read of the view answers now."""
    method = getattr(type(view), read).__wrapped__
    asked = {name: value for name, value in path.items() if name in signature(method).parameters}
    return method(view, {}, **asked)
