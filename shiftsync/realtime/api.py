"""REST over the change log: bases for every app's views, and the log itself.

A change answers with ``{version, result}``, as the socket's ``ACK``; a query with its rows, from one consistent read
whose position is in ``X-Version``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache, wraps
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from shiftsync.core.actor import Actor, Role, Sight
from shiftsync.core.conditions import (
    IDEMPOTENCY_KEY,
    IF_MATCH,
    KEY_USED,
    conditional,
    digest_of,
    holds,
    request_id_of,
    tags_in,
)
from shiftsync.core.encoding import decode, encode
from shiftsync.core.errors import DomainError, Forbidden, Gone, ValidationFailed
from shiftsync.core.scopes import EVERYTHING, Area, require_scope, text_of
from shiftsync.core.serializers import WireSerializer
from shiftsync.core.several import Several
from shiftsync.core.viewsets import ACCEPTED, SOON, Empty, Handler, Method, Payload, Shape, Source, endpoint
from shiftsync.realtime.events import LoggedChange
from shiftsync.realtime.protocol.envelope import CLIENT_ID_LENGTH, client_id_from
from shiftsync.realtime.protocol.payloads import ConflictItem
from shiftsync.realtime.protocol.wire import BROADCASTS, may_hear, topic_area
from shiftsync.realtime.socket.greeting import starting_version
from shiftsync.realtime.stream.commit import remember_refusal
from shiftsync.realtime.stream.log import read_after
from shiftsync.realtime.stream.requests import Outcome, Sender, Unread
from shiftsync.realtime.stream.selectors import Position, author_names, position_of, reading
from shiftsync.realtime.stream.settling import UsedForAnother
from shiftsync.tenants.api.base import RESTAURANT, RestaurantViewSetBase
from shiftsync.tenants.selectors import sight_of

CLIENT_ID = OpenApiParameter(
    "X-Client-Id", OpenApiTypes.STR, OpenApiParameter.HEADER, description="The client's own persistent id."
)
CHANGE_PARAMETERS = (
    RESTAURANT,
    IDEMPOTENCY_KEY,
    IF_MATCH,
    CLIENT_ID,
    OpenApiParameter("clientId", OpenApiTypes.STR, description="The same as `X-Client-Id`."),
)
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
        """The client's own id, by header or query. Raises :class:`ValidationFailed` for one that could not be kept."""
        header, query = self.request.headers.get(CLIENT_ID.name), self.request.query_params.get("clientId")
        given = client_id_from(header or query)
        if given is None and (header or query):
            named = CLIENT_ID.name if header else "clientId"
            raise ValidationFailed.of(named, f"Must be text of 1 to {CLIENT_ID_LENGTH} characters.")
        return given

    @property
    def request_id(self) -> UUID | None:
        """The idempotency key. Raises :class:`ValidationFailed` if it is no text, or too long."""
        return request_id_of(self.request)

    @property
    def sender(self) -> Sender:
        """Who asks, as the headers say it. Raises :class:`ValidationFailed` as ``request_id`` does."""
        return Sender(replace(self.actor, client_id=self.client_id), self.request_id, self.if_versions)

    @property
    def if_versions(self) -> frozenset[int] | None:
        """The versions that ``If-Match`` names; None: there is no such condition."""
        header = self.request.headers.get("If-Match")
        if header is None or header.strip() == "*":
            return None
        epoch = str(position_of(self.actor.restaurant_id).epoch)
        found = (tag.split(":") for tag in tags_in(header))
        return frozenset(int(parts[1]) for parts in found if is_version(parts, epoch))

    @property
    def etag(self) -> str:
        """The ETag of an answer. It includes what the answer may depend on: what its reader sees, which may change without a version, and the
        scopes of a token."""
        of_token = "" if self.actor.scopes == EVERYTHING else f":{digest_of(text_of(self.actor.scopes))}"
        return f'W/"{self.position.epoch}:{self.position.version}:{sight_of(self.actor).mark}{of_token}"'

    def is_of_now(self, body: Mapping[str, Any], present: Payload) -> bool:
        """By the versions that the request says to have seen: the row's revision, ``baseVersion``, ``If-Match``."""
        named, since = self.if_versions, present.get("revision", 0)
        seen = [each for each in (body.get("revision"), body.get("baseVersion")) if isinstance(each, int)]
        return named != frozenset() and all(version >= since for version in (*seen, *(named or ())))

    def answer_to_repeat(self, refusal: ValidationFailed) -> Any:
        """A request that was done already has its answer, whatever is so since."""
        return standing(self, refusal)

    def answered(self, body: Any, *, moves: bool) -> Response:
        """``body`` with the headers of the position at which it was read; ``moves``: it changes between versions as well."""
        position = self.position
        response = Response(body, headers={"X-Version": f"{position.epoch}:{position.version}"})
        etag = f'{self.etag.removesuffix(chr(34))}:{digest_of(body)}"' if moves else self.etag
        return conditional(self.request, response, etag)


def is_version(parts: Sequence[str], epoch: str) -> bool:
    """Whether those parts of an ETag name a version of that epoch."""
    return len(parts) > 1 and parts[0] == epoch and parts[1].isdecimal() and len(parts[1]) < 19


def answers(
    shape: Any, *, takes: Shape = Empty, needs: Role = Role.VIEWER, has_etag: bool = True
) -> Callable[[Method], Handler]:
    """Makes a view of a query, ``method(self, query, **path)``, run inside one consistent read.

    ``takes`` is the shape of the query string. ``has_etag``: the answer changes only with the restaurant's version, so
    a client that has it gets a 304 without another read; else its content is compared as well.
    """

    def decorate(method: Method) -> Handler:
        @wraps(method)
        def ask(self: StreamViewSet, query: Payload, **path: Any) -> Response:
            with reading(self.actor.restaurant_id) as self.position:
                if has_etag and holds(self.request.headers.get("If-None-Match"), self.etag):
                    return self.answered(None, moves=False)
                body = method(self, query, **path)
                return self.answered(self.listed(body, takes, shape), moves=not has_etag)

        return endpoint(takes=takes, gives=shape, source="query", parameters=READ_PARAMETERS, needs=needs)(ask)

    return decorate


def changes(
    takes: Shape,
    result: type[Result],
    *,
    status: int = 200,
    source: Source = "body",
    needs: Role = Role.MANAGER,
    echoes: Shape | None = None,
    location: str = "",
) -> Callable[[Callable[..., Outcome]], Handler]:
    """Makes a view of a change, ``method(self, payload, **path) -> Outcome``; the answer is ``{version, result}``.

    The same request again gets the same answer. ``location`` is where that lies which was made, with parts of the result in it:
    ``/api/staff/{staff[id]}/``. ``echoes``: see :func:`endpoint`.
    """

    def decorate(method: Callable[..., Outcome]) -> Handler:
        @wraps(method)
        def carry_out(self: StreamViewSet, payload: Payload, **path: Any) -> Response:
            try:
                outcome = method(self, payload, **path)
            except UsedForAnother:
                raise ValidationFailed.of(IDEMPOTENCY_KEY.name, KEY_USED) from None
            answer = Response({"version": outcome.version, "result": outcome.result}, status=status)
            with suppress(KeyError):  # a request that changed nothing tells nothing new
                if location:
                    answer["Location"] = location.format_map(outcome.result)
            if status == ACCEPTED:
                answer["Retry-After"] = str(SOON)
            return answer

        return endpoint(
            takes=takes,
            gives=acknowledgement(result),
            source=source,
            status=status,
            parameters=CHANGE_PARAMETERS,
            needs=needs,
            admission=_admitted_to_change,
            echoes=echoes,
            is_conditional=True,
        )(carry_out)

    return decorate


def _admitted_to_change(view: StreamViewSet, needs: Role, path: Payload) -> Any:
    """As a view admits; and what is refused stays refused, or has the answer that it had before."""
    try:
        return view.admit(needs, path)
    except Forbidden as refusal:
        return standing(view, refusal)


def standing(view: StreamViewSet, refusal: DomainError) -> Any:
    """The answer that a request had before, by its key; else raises ``refusal``, which it then has."""
    request_id = request_id_of(view.request)
    if request_id is None:
        raise refusal
    sender = Sender(replace(view.actor, client_id=view.client_id), request_id)
    stands = remember_refusal(sender.change(Unread(), {}), refusal)
    if not isinstance(stands, Outcome):
        raise stands from None
    return {"version": stands.version, "result": stands.result}


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


class EventNames(serializers.ChoiceField):
    """The types of all events. Apps register theirs, so which there are is only known once all are loaded."""

    def __init__(self) -> None:
        super().__init__(choices=())

    @property
    def choices(self) -> dict[str, str]:
        """The names, in order."""
        return {name: name for name in sorted(BROADCASTS)}

    @choices.setter
    def choices(self, given: Any) -> None:
        """None are given."""

    def to_internal_value(self, data: Any) -> str:
        """One of them."""
        if not isinstance(data, str) or data not in BROADCASTS:
            self.fail("invalid_choice", input=data)
        return str(data)


class ChangesQuery(WireSerializer):
    """Where to start reading the change log, how many changes to read, and of which types."""

    since = serializers.RegexField(
        r"^[0-9a-f-]{36}:[0-9]{1,18}$",
        required=False,
        error_messages={"invalid": "Must be `<epoch>:<version>`."},
        help_text="`<epoch>:<version>`; omit to get only the restaurant's current position.",
    )
    limit = serializers.IntegerField(min_value=1, max_value=1000, default=PAGE)
    type = Several(child=EventNames(), help_text="Only events of these types.")


class EventName(serializers.CharField):
    """The type of an event, and no other text."""

    def __init__(self, name: str) -> None:
        self.event = name
        super().__init__()


class ChangeFrame(WireSerializer):
    """What an entry of the log says besides what happened."""

    version = serializers.IntegerField()
    client_id = serializers.CharField(allow_null=True)
    request_id = serializers.UUIDField(allow_null=True)
    changed_by = serializers.CharField(allow_null=True, help_text="A name; null for the system.")
    timestamp = serializers.DateTimeField()


def change_shapes() -> dict[str, serializers.Serializer[Any] | type[serializers.Serializer[Any]]]:
    """By the type of event: an entry of the log with the payload that it has."""
    return {name: _change_shape(name) for name in sorted(BROADCASTS)}


@cache
def _change_shape(name: str) -> Shape:
    fields = {"type": EventName(name), "payload": BROADCASTS[name].payload()}
    called = "".join(word.capitalize() for word in name.split("_"))
    shape: Shape = type(f"{called}Change", (ChangeFrame,), {**fields, "__doc__": f"A `{name}` in the log."})
    return shape


@extend_schema_field(
    PolymorphicProxySerializer(
        component_name="Change", serializers=change_shapes, resource_type_field_name="type", many=True
    )
)
class ChangesField(serializers.ListField):
    """Entries of the log, each with the shape of its type."""


class ChangesPage(WireSerializer):
    """A stretch of the change log, and the position to continue from."""

    changes = ChangesField(help_text="Oldest first.")
    epoch = serializers.CharField()
    version = serializers.IntegerField(help_text="What these changes bring you to: the next `since`.")
    more = serializers.BooleanField()


class ChangesViewSet(StreamViewSet):
    """The stream of changes, for clients without a socket; of the areas that a token may read."""

    area: ClassVar[Area | None] = None

    @answers(ChangesPage, takes=ChangesQuery)
    def retrieve(self, query: Payload) -> Payload:
        """What changed after `since`; 410 where the log does not reach back, or its past is another one."""
        position = self.position
        where = {"epoch": position.epoch, "version": position.version, "more": False}
        if "since" not in query:
            return {"changes": [], **where}
        start, reason = starting_version(query["since"], position)
        if start is None:
            raise Gone(reason, {**where, "reason": reason})
        sight = sight_of(self.actor)
        heard = audible_types(self.actor, sight.person)
        for name in query.get("type", ()):
            require_scope(self.actor.scopes, topic_area(BROADCASTS[name].topic), writes=False)
        types = [name for name in heard if name in query.get("type", heard)]
        found = read_after(self.actor.restaurant_id, start, query["limit"] + 1, types=types)
        page = found[: query["limit"]]
        if len(found) > len(page):
            where |= {"version": page[-1].version, "more": True}
        if not self.actor.role.covers(Role.MANAGER):
            page = list(_for_viewer(page, sight))
        return {"changes": _entries(page), **where}


def audible_types(actor: Actor, person: str | None) -> list[str]:
    """The types of change of which this reader may receive something: everything that is broadcast, for viewers without what is only
    for editors, unless some of it is about the ``person`` that they are."""
    within = {name: spec for name, spec in BROADCASTS.items() if may_hear(actor.scopes, spec.topic)}
    if actor.role.covers(Role.MANAGER):
        return [*within]
    return [
        name
        for name, spec in within.items()
        if not spec.is_for_editors or (spec.own is not None and person is not None)
    ]


def _for_viewer(changes: Iterable[LoggedChange], sight: Sight) -> Iterator[LoggedChange]:
    """The changes that a viewer receives, and the parts of others that are for whoever sees that."""
    for change in changes:
        spec = BROADCASTS[change.type]
        part = spec.part_for(sight.person, sight.only)
        if part is None:
            if not spec.is_for_editors:
                yield change
        elif (told := part(decode(change.payload))) is not None:
            yield replace(change, payload=encode(told))


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
