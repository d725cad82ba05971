"""Requests as data: one form for every change, from sockets, REST, the admin and commands alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Generic, TypeVar
from uuid import UUID

from shiftsync.core.actor import Actor
from shiftsync.core.encoding import decode, digest, encode
from shiftsync.core.errors import DomainError
from shiftsync.core.tracing import Trace, current
from shiftsync.realtime.events import Event, LoggedChange
from shiftsync.realtime.rules.conflicts import Strategy

Intent_co = TypeVar("Intent_co", covariant=True)


@dataclass(frozen=True, slots=True)
class ChangeRequest(Generic[Intent_co]):
    """``actor`` asks for ``intent`` (a frozen dataclass of the service that carries it out).

    ``request_id`` makes it idempotent. ``base_version`` is the version that its author's view had reached; None forgoes
    conflict detection. ``strategy`` overrides the restaurant's. ``reason`` goes into the audit history. ``if_versions``: it is
    carried out only while the restaurant is at one of them. ``trace``: where what is done for it is recorded, if it is.
    """

    actor: Actor
    intent: Intent_co
    request_id: UUID | None = None
    base_version: int | None = None
    strategy: Strategy | None = None
    reason: str = ""
    if_versions: frozenset[int] | None = None
    trace: Trace | None = field(default_factory=current, compare=False)

    def content_hash(self) -> str:
        """Equal for equal intents. Fields that an intent does not compare by are left out.

        Of who comes by a token, equal for equal options as well: a program that asks for another strategy under the same key means
        another request. A page that waits for its connection adds a strategy to what it may have sent already, and means the same.
        """
        content = {part.name: getattr(self.intent, part.name) for part in fields(self.intent) if part.compare}  # type: ignore[arg-type]  # a dataclass by contract
        said = {"base_version": self.base_version, "strategy": self.strategy, "reason": self.reason or None}
        options = {name: value for name, value in said.items() if value is not None}
        of_options = [options] if options and self.actor.token_id is not None else []
        return digest([type(self.intent).__name__, content, *of_options])


AnyRequest = ChangeRequest[Any]
Intent = TypeVar("Intent")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asks for a change, and under which idempotency key: by socket, REST and admin alike."""

    actor: Actor
    request_id: UUID | None = None
    if_versions: frozenset[int] | None = None

    def change(self, intent: Intent, options: Mapping[str, Any]) -> ChangeRequest[Intent]:
        """``intent`` as a request of this sender; ``options`` is a payload that may state base version, strategy and reason."""
        strategy = options.get("strategy")
        return ChangeRequest(
            actor=self.actor,
            intent=intent,
            request_id=self.request_id,
            base_version=options.get("base_version"),
            strategy=Strategy(strategy) if strategy else None,
            reason=options.get("reason", ""),
            if_versions=self.if_versions,
        )


@dataclass(frozen=True, slots=True)
class Unread:
    """The intent of a request that was refused before it was parsed."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a service's write function did for one request.

    ``change`` is what :meth:`Transaction.record` returned; None: nothing changed, no version was taken, and ``echo`` is the
    event that tells the stored state. ``result`` is for the author's ``ACK``. ``version`` is where the restaurant stood then, if
    other requests of the same transaction changed something afterwards.
    """

    change: LoggedChange | None
    result: Mapping[str, Any] = field(default_factory=dict)
    echo: Event | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to an acknowledged request.

    ``version``: the restaurant's version after it. ``change``: what was logged and is being broadcast; None for a request
    that changed nothing or was acknowledged before (``is_repeat``). ``echo``: see :class:`Written`.
    """

    version: int
    result: Mapping[str, Any]
    change: LoggedChange | None = None
    echo: Event | None = None
    is_repeat: bool = False

    def answer(self) -> str:
        """JSON text, as remembered."""
        return encode({"version": self.version, "result": self.result})


class RefusedBefore(DomainError):
    """A request that was refused before and came again: the same error, whatever has happened since."""

    def __init__(self, refusal: Mapping[str, Any]) -> None:
        payload = refusal["error"]
        super().__init__(payload["message"], payload["details"])
        self.code = payload["code"]  # type: ignore[misc]  # this one's own
        self.status = refusal["status"]  # type: ignore[misc]  # likewise
        if refusal["isChoice"]:
            self.items = payload["details"]["items"]


def refusal_answer(error: DomainError) -> str:
    """JSON text by which a refusal is remembered; :func:`answered_before` reads it."""
    return encode({"error": error.as_payload(), "status": error.status, "isChoice": hasattr(error, "items")})


def answered_before(answer: str) -> Outcome | DomainError:
    """The verdict on a request that was answered before with ``answer``."""
    stored = decode(answer)
    if "error" in stored:
        return RefusedBefore(stored)
    return Outcome(stored["version"], stored["result"], is_repeat=True)
