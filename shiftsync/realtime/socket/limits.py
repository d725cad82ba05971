"""Rate limits of a socket and a user. A client that floods is read more slowly; one that would have to wait too long is
disconnected."""

import time
import weakref
from dataclasses import dataclass, field
from uuid import UUID

from shiftsync.core.errors import RateLimited

LONGEST_WAIT_SECONDS = 20.0


@dataclass(slots=True, weakref_slot=True)
class Bucket:
    """A token bucket: ``rate`` messages a second, ``burst`` at once."""

    rate: float
    burst: float
    _level: float = 0.0
    _at: float = field(default_factory=time.monotonic)

    def take(self) -> float:
        """Counts one message. Returns how many seconds its sender must wait."""
        moment = time.monotonic()
        self._level = max(0.0, self._level - (moment - self._at) * self.rate)
        self._at = moment
        self._level += 1
        return max(0.0, (self._level - self.burst) / self.rate)


_by_user: "weakref.WeakValueDictionary[UUID | None, Bucket]" = weakref.WeakValueDictionary()


class Limiter:
    """The limits of one socket: its own, and its user's over all sockets of this process."""

    def __init__(self, user_id: UUID | None) -> None:
        self._own = Bucket(rate=200, burst=1000)
        users = _by_user.get(user_id)
        if users is None:
            users = _by_user[user_id] = Bucket(rate=1000, burst=4000)
        self._users = users

    def wait_seconds(self) -> float:
        """How long to wait before reading on. Raises :class:`RateLimited` where that would be too long."""
        wait = max(self._own.take(), self._users.take())
        if wait > LONGEST_WAIT_SECONDS:
            raise RateLimited(retry_after=round(wait, 1))
        return wait
