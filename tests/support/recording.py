"""What a client sees of a run: whole states and the changes between them, in a form that is the same for every run.

The recording is committed; the front end replays it through its own reducers.
"""

import json
import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from shiftsync.core.clock import local_today
from tests.support.client import Client, Message

RECORDING = Path(__file__).resolve().parents[2] / "frontend" / "src" / "realtime" / "testing" / "recording.json"
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
USER_NAME = re.compile(r"(owner|manager|viewer|staff)-[0-9a-f]{12}")

ZONE = "Asia/Tokyo"
"""Of the restaurant in which the run is made."""
YESTERDAY, TODAY = "2026-11-30", "2026-12-01"
"""The days that the recording names for those on which it is made."""

QUESTIONS = {
    "calendar": ("CALENDAR_SYNC_REQUEST", "CALENDAR_SYNC_RESPONSE"),
    "staff": ("SYNC_ALL_PERIODS_REQUEST", "SYNC_ALL_PERIODS_RESPONSE"),
    "schedule": ("SHIFT_SYNC_REQUEST", "SHIFT_SYNC_RESPONSE"),
    "settings": ("SETTINGS_SYNC_REQUEST", "SETTINGS_SYNC_RESPONSE"),
    "versions": ("SETTINGS_VERSIONS_REQUEST", "SETTINGS_VERSIONS_RESPONSE"),
}
"""The parts of a state, and what asks for each."""

State = dict[str, Any]


class Recorder:
    """Looks at the restaurant through one client that changes nothing itself."""

    def __init__(self, observer: Client, schedule_id: str) -> None:
        self._observer = observer
        self._schedule_id = schedule_id
        self._day = local_today(ZONE)
        self._state = self._read()
        self._recording: dict[str, Any] = {"start": dict(self._state), "steps": []}

    def step(self, what: str) -> None:
        """Notes what was told since the last step, and which parts of the state are others now."""
        events = [_trimmed(message) for message in self._observer.settled() if "version" in message]
        state = self._read()
        after = {part: answer for part, answer in state.items() if _said(answer) != _said(self._state[part])}
        self._state = state
        self._recording["steps"].append({"what": what, "events": events, "after": after})

    def recording(self) -> Any:
        """All of it."""
        return normal(self._recording, self._day)

    def _read(self) -> State:
        return {part: self._ask(*question) for part, question in QUESTIONS.items()}

    def _ask(self, request: str, response: str) -> Message:
        self._observer.send(request, {"scheduleId": self._schedule_id} if request == "SHIFT_SYNC_REQUEST" else {})
        return _trimmed(self._observer.expect(response))


def _trimmed(message: Message) -> Message:
    """What a client reads of a message: settings stand in it twice, and holidays are others every year."""
    payload = message["payload"]
    if "holidays" in payload:
        payload = {**payload, "holidays": []}  # those of the years around the day of the run
    if message["type"] == "SETTINGS_SYNC_RESPONSE":
        payload = {name: value for name, value in payload.items() if name not in payload["settings"]}
    return {"type": message["type"], "version": message["version"], "payload": payload}


def _said(answer: Message) -> Any:
    """An answer without when it was given."""
    payload = {name: value for name, value in answer["payload"].items() if name != "timestamp"}
    if "settings" in payload:
        payload["settings"] = {name: value for name, value in payload["settings"].items() if name != "revision"}
    return payload


def normal(recording: Any, day: date) -> Any:
    """The recording with ids, times and names that are the same in each run, and cells in one order; likewise the days on which it was
    made, begun on ``day``. What is changed from today on tells of yesterday too: where it does not, midnight has passed since."""
    text = json.dumps(_ordered(recording), ensure_ascii=False)
    today = day if str(day - timedelta(days=1)) in text else day + timedelta(days=1)
    text = text.replace(str(today - timedelta(days=1)), YESTERDAY).replace(str(today), TODAY)
    known: dict[str, str] = {}

    def renamed(found: re.Match[str]) -> str:
        return known.setdefault(found.group(), f"00000000-0000-4000-8000-{len(known):012d}")

    text = UUID.sub(renamed, text)
    text = USER_NAME.sub(r"\1", TIMESTAMP.sub("2025-07-01T00:00:00.000Z", text))
    return _ordered(json.loads(text))


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _ordered(item) for name, item in value.items()}
    if isinstance(value, list):
        items = [_ordered(item) for item in value]
        is_cells = bool(items) and all(isinstance(item, dict) and {"staffId", "dateKey"} <= set(item) for item in items)
        return sorted(items, key=lambda cell: (cell["dateKey"], cell["staffId"])) if is_cells else items
    return value


def stored() -> Any:
    """The committed recording."""
    return json.loads(RECORDING.read_text(encoding="utf-8"))


def store(recording: Any) -> None:
    """Writes it, one step to a line."""
    start, steps = (json.dumps(recording["start"], ensure_ascii=False), _lines(recording["steps"]))
    RECORDING.write_text(f'{{"start": {start},\n"steps": [\n{steps}\n]}}\n', encoding="utf-8")


def _lines(steps: Iterable[Any]) -> str:
    return ",\n".join(json.dumps(step, ensure_ascii=False) for step in steps)
