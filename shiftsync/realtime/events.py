"""Events: what a change did, as a type, and the form in which it is logged and broadcast."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from shiftsync.core.actor import Role
from shiftsync.core.holidays import holidays_around_now
from shiftsync.core.serializers import camel
from shiftsync.core.tracing import Spot


class Event(ABC):
    """What one change did. Subclasses are frozen dataclasses next to the models that they are about."""

    type: ClassVar[str]
    topic: ClassVar[str]
    entity: ClassVar[str]

    @property
    @abstractmethod
    def entity_id(self) -> str:
        """The id of the row or schedule concerned."""

    @abstractmethod
    def payload(self) -> dict[str, Any]:
        """The payload of the broadcast, in wire names."""

    def kept(self) -> dict[str, Any]:
        """What the log stores of the payload: by default all of it. An event with an unbounded payload stores what its
        broadcast's ``expand`` needs to read the rest again."""
        return self.payload()

    def old_values(self) -> dict[str, Any]:
        """What is needed to undo the change."""
        return {}

    @property
    def undoes(self) -> int | None:
        """The version that this change undoes or redoes."""
        return None

    @property
    def is_undo(self) -> bool:
        """Whether it undoes a change, rather than redoing one."""
        return False


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """A committed change as the hub delivers it, already in wire form.

    ``old_values`` are read back from the log only for types whose version 1 form needs them. ``trace``: where its delivery is recorded;
    the log does not keep it.
    """

    restaurant_id: UUID
    version: int
    topic: str
    type: str
    entity_id: str
    payload: str
    user_id: UUID | None
    client_id: str | None
    request_id: UUID | None
    timestamp: str
    old_values: str = "{}"
    trace: Spot | None = None


INTERNAL_TOPIC = "access"


@dataclass(frozen=True, slots=True)
class AccessRevoked(Event):
    """A user's access was revoked or changed. Never sent to clients: every process closes the sockets concerned, or
    gives them the new ``role``."""

    user_id: UUID
    token_id: UUID | None
    role: Role | None = None
    has_signed_out: bool = False

    type: ClassVar[str] = "ACCESS_REVOKED"
    topic: ClassVar[str] = INTERNAL_TOPIC
    entity: ClassVar[str] = "user"

    @property
    def entity_id(self) -> str:
        return str(self.user_id)

    def payload(self) -> dict[str, Any]:
        return {
            "userId": str(self.user_id),
            "tokenId": str(self.token_id) if self.token_id else None,
            "role": self.role,
            "hasSignedOut": self.has_signed_out,
        }


RESTAURANT_TOPIC = "restaurant"


@dataclass(frozen=True, slots=True)
class RestaurantUpdated(Event):
    """Settings of the restaurant itself have changed; ``facts``: all of them, ``old``: the previous values of those that changed."""

    facts: Mapping[str, Any]
    old: Mapping[str, Any]

    type: ClassVar[str] = "RESTAURANT_UPDATE"
    topic: ClassVar[str] = RESTAURANT_TOPIC
    entity: ClassVar[str] = "restaurant"

    @property
    def entity_id(self) -> str:
        return str(self.facts["id"])

    def payload(self) -> dict[str, Any]:
        told = {**self.facts, "id": self.entity_id, "changed": sorted(map(camel, self.old))}
        if "country" not in self.old:
            return told
        return {**told, "holidays": [each.to_wire() for each in holidays_around_now(self.facts["country"])]}

    def kept(self) -> dict[str, Any]:
        return {name: part for name, part in self.payload().items() if name != "holidays"}

    def old_values(self) -> dict[str, Any]:
        return dict(self.old)
