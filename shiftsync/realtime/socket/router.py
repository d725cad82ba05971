"""The registry of handlers: one line or one decorated function per message, in the app that it is about."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from rest_framework.fields import empty

from shiftsync.core.actor import Actor, Role
from shiftsync.core.errors import DomainError
from shiftsync.core.payloads import FromPayload
from shiftsync.core.scopes import Area, area_of
from shiftsync.core.serializers import WireSerializer, validated
from shiftsync.core.tracing import Span
from shiftsync.realtime.protocol.envelope import Envelope
from shiftsync.realtime.protocol.wire import ANSWERS, Protocol, Registry, Traits, answer
from shiftsync.realtime.stream.many import Lane
from shiftsync.realtime.stream.requests import AnyRequest, ChangeRequest, Outcome, Sender

Intent = TypeVar("Intent", bound=FromPayload)
Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """Who sent a request, and how. ``viewed`` is the number of what the client is viewing; for ``traits`` see
    ``Listener``. ``span``: under which it is recorded, if it is."""

    actor: Actor
    protocol: Protocol
    viewed: int
    envelope: Envelope
    traits: Traits = frozenset()
    span: Span | None = None

    @property
    def sender(self) -> Sender:
        """The sender, from the envelope."""
        client_id = self.envelope.client_id
        actor = replace(self.actor, client_id=client_id) if client_id else self.actor
        return Sender(actor, self.envelope.request_id)

    @property
    def is_v1(self) -> bool:
        """Whether the sender is a version 1 client."""
        return self.protocol is Protocol.V1


@dataclass(frozen=True, slots=True)
class Reply:
    """A message to the sender alone. ``has_client_id`` false sends ``clientId: null``."""

    type: str
    payload: Payload
    has_client_id: bool = True


Change = Callable[[Context, Payload], Outcome]
Query = Callable[[Context, Payload], Payload]
MakeRequest = Callable[[Context, Payload], AnyRequest]
Implied = Callable[[Context], Mapping[str, Any]]
Replies = Callable[[Context, Payload, Outcome], list[Reply]]
Correction = Callable[[Context, DomainError], list[Reply]]
TraitsOf = Callable[[Traits, Payload], Traits]


def nothing_implied(context: Context) -> Mapping[str, Any]:
    """The default: the payload alone says what is meant."""
    return {}


def no_replies(context: Context, payload: Payload, outcome: Outcome) -> list[Reply]:
    """The default: no messages besides the ``ACK``."""
    return []


def no_correction(context: Context, error: DomainError) -> list[Reply]:
    """The default: no messages besides the ``ERROR``."""
    return []


def same_traits(traits: Traits, payload: Payload) -> Traits:
    """The default: a query leaves the traits unchanged."""
    return traits


@dataclass(frozen=True, slots=True)
class Handler:
    """What all handlers share: the type, the shape of the payload, and the role that is needed, and the area that a token
    must be for (None: any is).

    ``is_for_people``: it is open to those as well who are somebody on the schedule, for what is theirs; the service says what that is.
    """

    type: str
    payload: WireSerializer
    needs: Role
    area: Area | None

    @property
    def writes(self) -> bool:
        """Whether a token must be one that may write."""
        return not isinstance(self, QueryHandler)

    def admits(self, role: Role, person: str | None) -> bool:
        """Whether a member with that role may ask for it; ``person``: who on the schedule they are."""
        return role.covers(self.needs)

    def validated(self, payload: object) -> Payload:
        """The payload as the handler takes it. Raises :class:`ValidationFailed` naming the field."""
        return validated(self.payload, payload)


@dataclass(frozen=True, slots=True)
class ChangeHandler(Handler):
    """Runs on a database thread; commits, and returns the outcome.

    ``replies`` follow the ``ACK``. ``correct`` makes the messages that put a version 1 sender's view right after a refusal,
    in one consistent read, from a payload that may be anything.
    """

    run: Change
    replies: Replies = no_replies
    correct: Correction = no_correction
    is_for_people: bool = False

    def admits(self, role: Role, person: str | None) -> bool:
        return role.covers(self.needs) or (self.is_for_people and person is not None)


@dataclass(frozen=True, slots=True)
class LaneHandler(Handler):
    """A change that is committed in groups: ``lane`` carries out many requests of one restaurant in one transaction."""

    make: MakeRequest
    lane: Lane
    correct: Correction = no_correction


def never_shared(context: Context) -> bool:
    """Of a question whose answer depends on who asks."""
    return False


@dataclass(frozen=True, slots=True)
class QueryHandler(Handler):
    """Runs on a database thread, in one consistent read; what it returns is the payload of ``answer``.

    ``narrows``: a version 1 client then hears changes of the entity only that the answer names under that key. ``traits`` makes of the traits of
    a version 1 connection those that it has from this question on, the answer included. ``is_shared`` says of a question whether its
    answer is the same for all of a role who ask it alike: it is then read once for all who wait for it.
    """

    run: Query
    answer: str
    narrows: str = ""
    traits: TraitsOf = same_traits
    is_shared: Callable[[Context], bool] = never_shared


@dataclass(frozen=True, slots=True)
class ConnectionHandler(Handler):
    """Runs on the event loop, about the connection itself; touches the database only through ``run_db``."""

    run: Callable[[Any, Context, Payload], Awaitable[None]]


AnyHandler = ChangeHandler | LaneHandler | QueryHandler | ConnectionHandler
Handlers = Registry[AnyHandler]
HANDLERS: Handlers = Registry()
V1_HANDLERS: Handlers = Registry()
"""Messages that only version 1 clients may send, where version 2 uses others."""


def handler_of(type: str, protocol: Protocol) -> AnyHandler | None:
    """The handler of a message for clients of that protocol; None if there is no such message."""
    return HANDLERS.get(type) or (V1_HANDLERS.get(type) if protocol is Protocol.V1 else None)


def change(
    type: str,
    payload: type[WireSerializer],
    *,
    needs: Role = Role.MANAGER,
    replies: Replies = no_replies,
    correct: Correction = no_correction,
    among: Handlers = HANDLERS,
) -> Callable[[Change], Change]:
    """Registers the function that carries out a change: ``(context, payload) -> Outcome``. ``among=V1_HANDLERS``: of version 1 alone."""

    def register(function: Change) -> Change:
        among.add(type, ChangeHandler(type, payload(), needs, area_of(function), function, replies, correct))
        return function

    return register


def change_message(
    type: str,
    payload: type[WireSerializer],
    intent: type[Intent],
    service: Callable[[ChangeRequest[Intent]], Outcome],
    *,
    needs: Role = Role.MANAGER,
    implied: Implied = nothing_implied,
    replies: Replies = no_replies,
    correct: Correction = no_correction,
    is_for_people: bool = False,
) -> None:
    """Registers a change whose payload states an ``intent`` that ``service`` carries out.

    ``implied``: what the connection says where the payload does not, by the names of the payload. ``is_for_people``: see ``Handler``.
    """
    make = _request_maker(type, payload(), intent, implied)

    def run(context: Context, stated: Payload) -> Outcome:
        return service(make(context, stated))

    area = area_of(intent)
    HANDLERS.add(type, ChangeHandler(type, payload(), needs, area, run, replies, correct, is_for_people))


def lane_change(
    type: str,
    payload: type[WireSerializer],
    intent: type[FromPayload],
    lane: Lane,
    *,
    correct: Correction = no_correction,
) -> None:
    """Registers a change whose requests are committed in groups by ``lane``."""
    make = _request_maker(type, payload(), intent, nothing_implied)
    HANDLERS.add(type, LaneHandler(type, payload(), Role.MANAGER, area_of(intent), make, lane, correct))


def _request_maker(
    type: str, payload: WireSerializer, intent: type[Intent], implied: Implied
) -> Callable[[Context, Payload], ChangeRequest[Intent]]:
    """Raises ``TypeError``, at the start of the process, where the payload cannot state the whole intent."""
    _require_stated(type, payload, intent)

    def make(context: Context, stated: Payload) -> ChangeRequest[Intent]:
        return context.sender.change(intent.of({**implied(context), **stated}), stated)

    return make


def _require_stated(type: str, payload: WireSerializer, kind: type[FromPayload]) -> None:
    certain = {str(field.source) for field in payload.fields.values() if field.required or field.default is not empty}
    missing = kind.missing_from(certain)
    if missing:
        raise TypeError(f"{type}: a payload may leave out what {kind.__name__} needs: {', '.join(missing)}")


def query(
    type: str,
    payload: type[WireSerializer],
    *,
    answers: str,
    shape: type[WireSerializer],
    needs: Role = Role.VIEWER,
    narrows: str = "",
    traits: TraitsOf = same_traits,
    is_shared: Callable[[Context], bool] = never_shared,
    area: Area | None = None,
) -> Callable[[Query], Query]:
    """Registers the function that answers a question: ``(context, payload) -> payload of the answer``.

    ``area``: that a token must be for, if not that of the function's app.
    """

    def register(function: Query) -> Query:
        if answers not in ANSWERS:
            answer(answers, shape)
        place = area or area_of(function)
        HANDLERS.add(type, QueryHandler(type, payload(), needs, place, function, answers, narrows, traits, is_shared))
        return function

    return register


def on_connection(
    type: str, payload: type[WireSerializer], *, among: Handlers = HANDLERS
) -> Callable[[Callable[[Any, Context, Payload], Awaitable[None]]], Callable[[Any, Context, Payload], Awaitable[None]]]:
    """Registers an async function about the connection itself: ``(session, context, payload)``. ``among`` as for a change."""

    def register(
        function: Callable[[Any, Context, Payload], Awaitable[None]],
    ) -> Callable[[Any, Context, Payload], Awaitable[None]]:
        among.add(type, ConnectionHandler(type, payload(), Role.VIEWER, None, function))
        return function

    return register
