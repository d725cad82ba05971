"""An event: what a change did, typed, and the form in which it is logged and told."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from shiftsync.core.actor import Role


class Event(ABC):
    """What one change did. Subclasses are frozen dataclasses beside the models they speak of."""

    type: ClassVar[str]
    topic: ClassVar[str]
    entity: ClassVar[str]

    @property
    @abstractmethod
    def entity_id(self) -> str:
        """Which row, or which schedule, this is about."""

    @abstractmethod
    def payload(self) -> dict[str, Any]:
        """The payload of the broadcast, in wire names."""

    def kept(self) -> dict[str, Any]:
        """What the log keeps of the payload: all of it. An event whose payload has no bound keeps what its broadcast's
        ``expand`` needs to read the rest again."""
        return self.payload()

    def old_values(self) -> dict[str, Any]:
        """What is needed to take the change back."""
        return {}

    @property
    def undoes(self) -> int | None:
        """The version that this change takes back."""
        return None

    @property
    def is_undo(self) -> bool:
        """Whether it takes back what was done (or does again what was taken back)."""
        return False


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """A committed change as the hub delivers it: everything already in wire form.

    ``old_values`` are read back from the log only for those types whose form for version 1 asks for them.
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


INTERNAL_TOPIC = "access"


@dataclass(frozen=True, slots=True)
class AccessRevoked(Event):
    """A user's way in was closed or changed. Never sent to clients: every process closes the sockets concerned, or gives them the
    new ``role``."""

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
