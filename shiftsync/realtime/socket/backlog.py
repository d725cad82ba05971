"""What a client has sent and its session has not processed yet."""

from shiftsync.core.errors import DomainError
from shiftsync.realtime.protocol.envelope import parse
from shiftsync.realtime.protocol.wire import Protocol
from shiftsync.realtime.socket.router import ChangeHandler, handler_of


class Backlog:
    """The frames that wait, the one under way first. It tells whether a client has sent more changes than a state that
    is about to be sent contains: its screen already shows them and would fall back."""

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol
        self._frames: list[tuple[int, str | None]] = []
        self._reached = 0

    def add(self, number: int, text: str | None) -> None:
        """Adds a received frame."""
        self._frames.append((number, text))

    def changed(self, version: int) -> None:
        """Notes that the current frame was processed and led to ``version``."""
        self._reached = max(self._reached, version)
        self._frames.pop(0)

    def done(self, number: int) -> None:
        """Removes the frame, whatever its outcome."""
        if self._frames and self._frames[0][0] == number:
            self._frames.pop(0)

    def holds_changes_after(self, version: int) -> bool:
        """Whether changes are waiting besides the one that led to ``version``, which may be the current one."""
        waiting = self._frames[1:] if version > self._reached else self._frames
        return any(self._is_change(text) for _, text in waiting)

    def _is_change(self, text: str | None) -> bool:
        try:
            return isinstance(handler_of(parse(text).type, self._protocol), ChangeHandler)
        except DomainError:
            return False
