"""REST over the change log: bases for every app's views, and the log itself.

A change answers with ``{version, result}``, as the socket's ``ACK``; a query with its rows, from one consistent read
whose position is in ``X-Version``.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, wraps
from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.response import Response

from shiftsync.core.actor import Actor, Role
from shiftsync.core.encoding import decode
from shiftsync.core.errors import NotFound, ValidationFailed
from shiftsync.core.ids import parse_id
from shiftsync.core.serializers import WireSerializer
from shiftsync.core.viewsets import Empty, Handler, Method, Payload, Shape, Source, endpoint
from shiftsync.realtime.events import LoggedChange
from shiftsync.realtime.protocol.envelope import client_id_from
from shiftsync.realtime.protocol.payloads import ConflictItem
from shiftsync.realtime.protocol.wire import BROADCASTS
from shiftsync.realtime.socket.greeting import starting_version
from shiftsync.realtime.stream.log import read_after
from shiftsync.realtime.stream.requests import Outcome, Sender
from shiftsync.realtime.stream.selectors import Position, author_names, reading
from shiftsync.tenants.api import RESTAURANT, RestaurantViewSetBase

CLIENT_ID = OpenApiParameter(
    "X-Client-Id", OpenApiTypes.STR, OpenApiParameter.HEADER, description="The client's own persistent id."
)
CHANGE_PARAMETERS = (
    RESTAURANT,
    OpenApiParameter(
        "Idempotency-Key",
        OpenApiTypes.UUID,
        OpenApiParameter.HEADER,
        description="The `requestId`: a change acknowledged under this id is not applied twice.",
    ),
    CLIENT_ID,
)
NEVER_STALE = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie"}
READ_PARAMETERS = (
    RESTAURANT,
    OpenApiParameter(
        "X-Version", OpenApiTypes.STR, OpenApiParameter.HEADER, description="`<epoch>:<version>`.", response=[200]
    ),
)


class Result(WireSerializer):
    """The conflicts that a change decided."""

    overwritten = ConflictItem(many=True, required=False, help_text="Later changes by others that this one overwrote.")


class StreamViewSet(RestaurantViewSetBase):
    """Views of data that the restaurant's stream covers.

    Methods are made by :func:`answers` and :func:`changes`. ``position`` is the restaurant's position in the consistent
    read of a query.
    """

    position: Position

    @property
    def client_id(self) -> str | None:
        """The client's own id, by header or query."""
        given = self.request.headers.get("X-Client-Id") or self.request.query_params.get("clientId")
        return client_id_from(given)

    @property
    def request_id(self) -> UUID | None:
        """The idempotency key. Raises :class:`ValidationFailed` if it is not a UUID."""
        given = self.request.headers.get("Idempotency-Key")
        request_id = parse_id(given)
        if given is not None and request_id is None:
            raise ValidationFailed.of("requestId", "Idempotency-Key: must be a UUID.")
        return request_id

    @property
    def sender(self) -> Sender:
        """Who asks, as the headers say it. Raises :class:`ValidationFailed` as ``request_id`` does."""
        return Sender(replace(self.actor, client_id=self.client_id), self.request_id)

    @property
    def etag(self) -> str:
        """The ETag of an answer. It includes the role, on which the answer may depend."""
        return f'W/"{self.position.epoch}:{self.position.version}:{self.actor.role}"'

    def answered(self, body: Any, *, status: int = 200, has_etag: bool) -> Response:
        """``body`` with the headers of the position at which it was read."""
        position = self.position
        etag = {"ETag": self.etag} if has_etag else {}
        headers = {"X-Version": f"{position.epoch}:{position.version}", **etag, **NEVER_STALE}
        return Response(body, status=status, headers=headers)


def answers(
    shape: Any, *, takes: Shape = Empty, needs: Role = Role.VIEWER, has_etag: bool = True
) -> Callable[[Method], Handler]:
    """Makes a view of a query, ``method(self, query, **path)``, run inside one consistent read.

    ``takes`` is the shape of the query string. ``has_etag``: the answer changes only with the restaurant's version, so
    a client that has it gets a 304 without another read.
    """

    def decorate(method: Method) -> Handler:
        @wraps(method)
        def ask(self: StreamViewSet, query: Payload, **path: Any) -> Response:
            self.demand(needs)
            with reading(self.actor.restaurant_id) as self.position:
                if has_etag and self.request.headers.get("If-None-Match") == self.etag:
                    return self.answered(None, status=304, has_etag=True)
                return self.answered(method(self, query, **path), has_etag=has_etag)

        return endpoint(takes=takes, gives=shape, source="query", parameters=READ_PARAMETERS)(ask)

    return decorate


def changes(
    takes: Shape, result: type[Result], *, status: int = 200, source: Source = "body"
) -> Callable[[Callable[..., Outcome]], Handler]:
    """Makes a view of a change, ``method(self, payload, **path) -> Outcome``; the answer is ``{version, result}``.

    The same request again gets the same answer.
    """

    def decorate(method: Callable[..., Outcome]) -> Handler:
        @wraps(method)
        def carry_out(self: StreamViewSet, payload: Payload, **path: Any) -> Payload:
            outcome = method(self, payload, **path)
            return {"version": outcome.version, "result": outcome.result}

        gives = acknowledgement(result)
        return endpoint(takes=takes, gives=gives, source=source, status=status, parameters=CHANGE_PARAMETERS)(carry_out)

    return decorate


@cache
def acknowledgement(result: type[Result]) -> Shape:
    """The shape of a change's answer whose result has that shape."""
    fields = {
        "version": serializers.IntegerField(help_text="The restaurant's position after the change."),
        "result": result(),
        "__doc__": "The answer to a change; the same as the payload of an `ACK` message.",
    }
    shape: Shape = type(f"{result.__name__.removesuffix('Result')}Ack", (WireSerializer,), fields)
    return shape


# --- the log itself ---

PAGE = 500


class ChangesQuery(WireSerializer):
    since = serializers.CharField(
        required=False,
        max_length=64,
        help_text="`<epoch>:<version>`; omit to get only the restaurant's current position.",
    )
    limit = serializers.IntegerField(min_value=1, max_value=1000, default=PAGE)


class ChangeEntry(WireSerializer):
    version = serializers.IntegerField()
    type = serializers.CharField()
    payload = serializers.DictField(help_text="As it was broadcast; its shape depends on `type`.")
    client_id = serializers.CharField(allow_null=True)
    request_id = serializers.UUIDField(allow_null=True)
    changed_by = serializers.CharField(allow_null=True, help_text="A name; null for the system.")
    timestamp = serializers.DateTimeField()


class ChangesPage(WireSerializer):
    changes = ChangeEntry(many=True, help_text="Oldest first.")
    epoch = serializers.CharField()
    version = serializers.IntegerField(help_text="What these changes bring you to: the next `since`.")
    more = serializers.BooleanField()


class LogGone(NotFound):
    """The log cannot serve the request: the client must read everything again."""

    status = 410


class ChangesViewSet(StreamViewSet):
    """The stream of changes, for clients without a socket."""

    @answers(ChangesPage, takes=ChangesQuery)
    def retrieve(self, query: Payload) -> Payload:
        """What changed after `since`; 410 where the log does not reach back, or its past is another one."""
        position = self.position
        where = {"epoch": position.epoch, "version": position.version, "more": False}
        if "since" not in query:
            return {"changes": [], **where}
        start, reason = starting_version(query["since"], position)
        if start is None:
            raise LogGone(reason, {**where, "reason": reason})
        found = read_after(self.actor.restaurant_id, start, query["limit"] + 1, types=audible_types(self.actor))
        page = found[: query["limit"]]
        if len(found) > len(page):
            where |= {"version": page[-1].version, "more": True}
        return {"changes": _entries(page), **where}


def audible_types(actor: Actor) -> list[str]:
    """The types of change that this reader may receive: everything that is broadcast, for viewers without what is only
    for editors."""
    is_viewer = not actor.role.covers(Role.MANAGER)
    return [name for name, spec in BROADCASTS.items() if not (is_viewer and spec.is_for_editors)]


def _entries(changes: list[LoggedChange]) -> list[Payload]:
    names = author_names({change.user_id for change in changes if change.user_id})
    return [
        {
            "version": change.version,
            "type": change.type,
            "payload": decode(change.payload),
            "clientId": change.client_id,
            "requestId": change.request_id,
            "changedBy": names.get(change.user_id) if change.user_id else None,
            "timestamp": change.timestamp,
        }
        for change in changes
    ]
