"""Who is acting: the same type for sockets, REST, the admin, commands and jobs."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from shiftsync.core.scopes import EVERYTHING, Scopes


class Role(StrEnum):
    """What a member may do in a restaurant: an ``owner`` everything, a ``manager`` edits, a ``viewer`` reads.

    ``staff`` are the people of the schedule themselves: they read as a viewer does, and have what is theirs besides.
    """

    OWNER = "owner"
    MANAGER = "manager"
    VIEWER = "viewer"
    STAFF = "staff"

    def covers(self, needed: "Role") -> bool:
        """Whether this role may do what ``needed`` may."""
        return _RANK[self] >= _RANK[needed]


_RANK = {Role.STAFF: 0, Role.VIEWER: 0, Role.MANAGER: 1, Role.OWNER: 2}


@dataclass(frozen=True, slots=True)
class Sight:
    """What of a restaurant somebody sees: by their ``role``, by who on the schedule they are linked to, and by whether the owner lets the
    staff see each other's shifts."""

    role: Role
    person: str | None = None
    sees_colleagues: bool = True

    @property
    def only(self) -> str | None:
        """Of what is published, the id of the only person whose shifts they see, :data:`NOBODY` where they are nobody; None: everybody's."""
        if self.role is not Role.STAFF or self.sees_colleagues:
            return None
        return self.person or NOBODY

    @property
    def mark(self) -> str:
        """Text that is the same as long as they see the same: what was read under another is not to be kept. Those who edit all see the same."""
        if self.role.covers(Role.MANAGER):
            return self.role.value
        parts = (self.role.value, "" if self.only is None else "own", self.person or "")
        return ":".join(filter(None, parts))


NOBODY = ""
"""In place of a person's id: that of nobody on the schedule."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A user in one restaurant, through one client.

    ``role`` is what the adapter read at admission; a write reads it again under its lock. ``client_id``
    tells two windows of one user apart. It only means something together with the user, so nobody can impersonate
    another user's client.
    ``user_id`` None has no account, so its ``role`` is what the adapter gave it: the system itself (a command, a job) or the
    nameless editor of development.

    ``scopes`` are those of the token through which they act; of everybody else, everything.

    ``session_key`` and ``credentials_epoch`` identify the sign-in, so that a socket ends with it. The key is a secret.
    """

    restaurant_id: UUID
    user_id: UUID | None = None
    role: Role = Role.VIEWER
    client_id: str | None = None
    token_id: UUID | None = None
    name: str = ""
    session_key: str | None = field(default=None, repr=False)
    credentials_epoch: int = 0
    scopes: Scopes = EVERYTHING

    @classmethod
    def system(cls, restaurant_id: UUID) -> "Actor":
        """The actor of commands and jobs."""
        return cls(restaurant_id=restaurant_id, role=Role.OWNER, client_id="system")

    def is_same_client(self, user_id: UUID | None, client_id: str | None) -> bool:
        """Whether a change by that user and client was made by this same client."""
        return self.client_id is not None and (user_id, client_id) == (self.user_id, self.client_id)
