"""What a restaurant's log, rows, history and remembered requests say of its cells; they must say the same."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from schedules.models import Shift
from shiftsync.realtime.models import Change, Request, Stream
from tests.support.world import World

Key = tuple[str, str]


@dataclass(frozen=True)
class Touch:
    """One change of one cell, as the log tells it. ``value`` None: it was locked or unlocked."""

    version: int
    key: Key
    value: str | None
    is_locked: bool | None
    author: tuple[UUID | None, str | None]


@dataclass
class CellState:
    """A cell as the log leads to it."""

    value: str = ""
    is_locked: bool = False
    revision: int = 0


class Story:
    """One look at everything."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.stream = Stream.objects.get(restaurant_id=world.id)
        self.log = list(Change.objects.filter(restaurant_id=world.id).order_by("version"))
        self.touches = [touch for change in self.log for touch in _touches(change)]
        self.cells: dict[Key, CellState] = {}
        for touch in self.touches:
            state = self.cells.setdefault(touch.key, CellState())
            state.value = state.value if touch.value is None else touch.value
            state.is_locked = state.is_locked if touch.is_locked is None else touch.is_locked
            state.revision = touch.version

    @property
    def version(self) -> int:
        """The restaurant's version."""
        version: int = self.stream.version
        return version

    def cell(self, key: Key) -> CellState:
        """The cell as the log leads to it."""
        return self.cells.get(key, CellState())

    def check(self) -> None:
        """Fails where two of them do not agree."""
        assert [change.version for change in self.log] == list(range(1, self.version + 1)), "versions are not dense"
        self._check_rows()
        self._check_history()
        self._check_requests()

    def _check_rows(self) -> None:
        rows = Shift.objects.filter(schedule_id=self.world.schedule_id)
        stored = {(str(row.staff_id), str(row.date)): CellState(row.value, row.is_locked, row.revision) for row in rows}
        assert stored == self.cells, "the log does not lead to the rows"

    def _check_history(self) -> None:
        written = sorted(
            (row.revision, str(row.staff_id), str(row.date), row.value, row.is_locked, str(row.history_user_id))
            for row in Shift.history.filter(schedule_id=self.world.schedule_id)
        )
        assert written == sorted(self._expected_history()), "the history is not what the log tells"

    def _expected_history(self) -> Iterator[tuple[int, str, str, str, bool, str]]:
        cells: dict[Key, CellState] = {}
        for touch in self.touches:
            state = cells.setdefault(touch.key, CellState())
            state.value = state.value if touch.value is None else touch.value
            state.is_locked = state.is_locked if touch.is_locked is None else touch.is_locked
            yield touch.version, *touch.key, state.value, state.is_locked, str(touch.author[0])

    def _check_requests(self) -> None:
        changed = [change.request_id for change in self.log if change.request_id is not None]
        assert len(changed) == len(set(changed)), "a request was applied twice"
        remembered = set(Request.objects.filter(restaurant_id=self.world.id).values_list("request_id", flat=True))
        assert set(changed) <= remembered, "a request that changed something is not remembered"


def _touches(change: Change) -> Iterator[Touch]:
    payload: dict[str, Any] = json.loads(change.payload)
    author = (change.actor_id, change.client_id)
    match change.type:
        case "SHIFT_BROADCAST":
            yield Touch(change.version, _key(payload), payload["shiftValue"], None, author)
        case "SHIFT_BULK_BROADCAST":
            for cell in payload["changes"]:
                yield Touch(change.version, _key(cell), cell["shiftValue"], None, author)
        case "SHIFT_LOCK" | "SHIFT_UNLOCK":
            for cell in payload["cells"]:
                yield Touch(change.version, _key(cell), None, change.type == "SHIFT_LOCK", author)


def _key(cell: dict[str, str]) -> Key:
    return cell["staffId"], cell["dateKey"]
