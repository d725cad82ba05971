"""What a client has sent and its session has not carried out yet."""

from collections import deque

from shiftsync.core.errors import DomainError
from shiftsync.realtime.protocol.envelope import parse
from shiftsync.realtime.protocol.wire import Protocol
from shiftsync.realtime.socket.router import ChangeHandler, handler_of


class Backlog:
    """The frames that wait, the one under way first. It tells whether a client has changed more than a state shows that is
    sent to it now: its screen shows that already, and would fall back."""

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol
        self._frames: deque[tuple[int, str | None]] = deque()
        self._reached = 0

    def add(self, number: int, text: str | None) -> None:
        """A frame came."""
        self._frames.append((number, text))

    def changed(self, version: int) -> None:
        """The frame under way was carried out, and brought the restaurant to ``version``."""
        self._reached = max(self._reached, version)
        self._frames.popleft()

    def done(self, number: int) -> None:
        """That frame is dealt with, whatever came of it."""
        if self._frames and self._frames[0][0] == number:
            self._frames.popleft()

    def holds_changes_after(self, version: int) -> bool:
        """Whether changes wait beside the one that made ``version``, which may be the one under way."""
        waiting = list(self._frames)
        return any(self._is_change(text) for _, text in (waiting[1:] if version > self._reached else waiting))

    def _is_change(self, text: str | None) -> bool:
        try:
            return isinstance(handler_of(parse(text).type, self._protocol), ChangeHandler)
        except DomainError:
            return False
