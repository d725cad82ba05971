"""The limits of a day as one object: ``{enabled, minOffPerDay, ..., staffTypeLimits: {"社員": {maxOff, ...}}}``.

The bounds for everybody are those of the rows of scope ``all`` without days and dates, one for each kind of shift; the limits of
a status those of the rows of scope ``staff_status`` with that one target. Rows of any other kind do not appear, and stay.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from settings_app.rules.configs import COUNT, MOST
from settings_app.rules.rows import DAILY_LIMIT, Row
from settings_app.rules.shapes import Field, Shape, check
from settings_app.rules.v1.inputs import read_inputs
from settings_app.rules.values import Flag, Number, ShapeError

STATUS = "staff_status"
SWITCHED_OFF = "switchedOff"
"""The key in the config of a row that was taken out of use by ``enabled: false``, and comes back by ``true``."""

Place = tuple[str, str]
"""Which bound of which kind of shift: ``("off", "maxCount")``."""

BOUNDS: Mapping[str, Place] = {
    "minOffPerDay": ("off", "minCount"),
    "maxOffPerDay": ("off", "maxCount"),
    "minEarlyPerDay": ("early", "minCount"),
    "maxEarlyPerDay": ("early", "maxCount"),
    "minLatePerDay": ("late", "minCount"),
    "maxLatePerDay": ("late", "maxCount"),
    "minWorkingStaffPerDay": ("any", "minCount"),
}
STATUS_BOUNDS: Mapping[str, Place] = {
    "minOff": ("off", "minCount"),
    "maxOff": ("off", "maxCount"),
    "minEarly": ("early", "minCount"),
    "maxEarly": ("early", "maxCount"),
}
_WEIGHED: Mapping[str, str] = {"isHard": "isHardConstraint", "penaltyWeight": "penaltyWeight"}
_KINDS = tuple(dict.fromkeys(kind for kind, _ in BOUNDS.values()))
_STATUS_KINDS = tuple(dict.fromkeys(kind for kind, _ in STATUS_BOUNDS.values()))

OF_A_STATUS = Shape(
    "Limits of a status",
    {
        **{name: Field(COUNT, name) for name in STATUS_BOUNDS},
        "isHard": Field(Flag(), "Must be kept"),
        "penaltyWeight": Field(Number(0, MOST), "Weight"),
    },
)
OF_A_DAY = Shape(
    "Limits of a day",
    {"enabled": Field(Flag(), "In use"), **{name: Field(COUNT, name) for name in BOUNDS}},
)
BY_STATUS = "staffTypeLimits"
KEYS_OF_A_DAY = frozenset({*OF_A_DAY.fields, BY_STATUS})


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What becomes of one row: ``row_id`` None is a new one; ``columns`` what it then has; ``is_active`` whether it is in use."""

    row_id: str | None
    columns: Row
    is_active: bool


def is_switched_off(row: Mapping[str, Any]) -> bool:
    """Whether a row that is not in use was switched off, and not deleted."""
    config = row.get("limitConfig")
    return isinstance(config, dict) and config.get(SWITCHED_OFF) is True


def is_daily_object(given: Mapping[str, Any]) -> bool:
    """Whether what was sent as a daily limit is this object, and no row."""
    is_row = not given.keys().isdisjoint({"id", "name", "limitConfig"})
    return not is_row and not given.keys().isdisjoint(KEYS_OF_A_DAY)


def daily_object(rows: Sequence[Row]) -> Row:
    """The object; ``rows`` are those in use and those that were switched off, the oldest first."""
    shown, enabled = _for_everybody(rows)
    return {
        "enabled": enabled,
        **_bounds(shown, BOUNDS),
        BY_STATUS: {status: _of_status(mine) for status, mine in _by_status(rows).items()},
    }


def daily_errors(given: Mapping[str, Any]) -> list[ShapeError]:
    """All that is wrong with an object that was sent; paths are its own keys."""
    read = read_object(given)
    errors = check({key: value for key, value in read.items() if key in OF_A_DAY.fields}, OF_A_DAY)
    by_status = read.get(BY_STATUS)
    if by_status is None:
        return errors
    if not isinstance(by_status, dict):
        return [*errors, ShapeError(BY_STATUS, "must be an object")]
    for status, limits in by_status.items():
        if not status or len(status) > 100:
            errors.append(ShapeError(BY_STATUS, "a status must have 1 to 100 characters"))
        elif limits is not None:
            errors += check(limits, OF_A_STATUS, f"{BY_STATUS}.{status}")
    return errors


def daily_plan(given: Mapping[str, Any], rows: Sequence[Row]) -> list[RowPlan]:
    """What changes by an object that was sent and is right: nothing where it equals :func:`daily_object`."""
    return _Plan(rows).carried_out(read_object(given))


def read_object(given: Mapping[str, Any]) -> Row:
    """The object with what its inputs mean."""
    read = read_inputs(given, OF_A_DAY)
    by_status = read.get(BY_STATUS)
    if by_status == "":
        read[BY_STATUS] = None
    elif isinstance(by_status, dict):
        read[BY_STATUS] = {
            status: read_inputs(limits, OF_A_STATUS) if isinstance(limits, dict) else limits
            for status, limits in by_status.items()
        }
    return read


def key_of(columns: Mapping[str, Any], bound: str) -> str:
    """The key of the object that holds the bound of that row: where an error of the row is shown."""
    config = columns["limitConfig"]
    place, names, path = (config.get("shiftType"), bound), BOUNDS, ""
    if config.get("scope") == STATUS:
        names, path = STATUS_BOUNDS, f"{BY_STATUS}.{config['targetIds'][0]}."
    return path + next((name for name, each in names.items() if each == place), bound)


# --- reading ---


def _for_everybody(rows: Sequence[Row]) -> tuple[list[Row], bool]:
    """The rows that the bounds are read from, and whether they are in use."""
    known = [row for row in rows if _scope(row) == "all" and _is_plain(row) and _kind(row) in _KINDS]
    used = [row for row in known if row["isActive"]]
    off = [row for row in known if not row["isActive"] and is_switched_off(row)]
    return used or off, bool(used) or not off


def _by_status(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        targets = row["limitConfig"].get("targetIds") or []
        is_shown = row["isActive"] and _is_plain(row) and _kind(row) in _STATUS_KINDS
        if is_shown and _scope(row) == STATUS and len(targets) == 1:
            found.setdefault(targets[0], []).append(row)
    return found


def _of_status(rows: Sequence[Row]) -> Row:
    return {
        **_bounds(rows, STATUS_BOUNDS),
        "isHard": any(row["isHardConstraint"] for row in rows),
        "penaltyWeight": max(row["penaltyWeight"] for row in rows),
    }


def _bounds(rows: Sequence[Row], places: Mapping[str, Place]) -> Row:
    found = {name: next(iter(_holders(rows, place)), None) for name, place in places.items()}
    return {name: row["limitConfig"][places[name][1]] for name, row in found.items() if row}


def _holders(rows: Sequence[Row], place: Place) -> list[Row]:
    kind, bound = place
    return [row for row in rows if _kind(row) == kind and row["limitConfig"].get(bound) is not None]


def _scope(row: Row) -> str:
    return row["limitConfig"].get("scope") or "all"


def _kind(row: Row) -> str:
    return row["limitConfig"].get("shiftType") or "any"


def _is_plain(row: Row) -> bool:
    """Whether it counts on every day."""
    config = row["limitConfig"]
    return not config.get("dates") and len(set(config.get("daysOfWeek") or ())) in (0, 7)


# --- writing ---


class _Plan:
    """The rows while the object is carried out on copies of them."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._before = {row["id"]: row for row in rows}
        self._rows: list[Row] = [copy.deepcopy(row) for row in rows]

    def carried_out(self, given: Row) -> list[RowPlan]:
        self._set_bounds(given)
        self._switch(given.get("enabled"))
        by_status = given.get(BY_STATUS)
        if by_status is not None:
            self._set_statuses({status: limits for status, limits in by_status.items() if limits is not None})
        return [
            RowPlan(row.get("id"), _columns(row), row["isActive"])
            for row in self._rows
            if row != self._before.get(row.get("id"))
        ]

    def _set_bounds(self, given: Row) -> None:
        shown, enabled = _for_everybody(self._rows)
        stored = _bounds(shown, BOUNDS)
        for name, place in BOUNDS.items():
            if name not in given or given[name] == stored.get(name):
                continue
            if given[name] is None or _has(shown, place):
                _set(shown, place, given[name])
            else:
                shown.append(self._new(place, given[name], "all", [], is_active=enabled))

    def _switch(self, enabled: object) -> None:
        shown, is_enabled = _for_everybody(self._rows)
        if not isinstance(enabled, bool) or enabled == is_enabled:
            return
        for row in shown:
            row["isActive"] = enabled
            row["limitConfig"].pop(SWITCHED_OFF, None)
            row["limitConfig"] |= {} if enabled else {SWITCHED_OFF: True}

    def _set_statuses(self, given: Mapping[str, Any]) -> None:
        known = _by_status(self._rows)
        for status, mine in known.items():
            if status not in given:
                for row in mine:
                    row["isActive"] = False
        for status, limits in given.items():
            self._set_status(status, limits, known.get(status, []))

    def _set_status(self, status: str, limits: Row, mine: list[Row]) -> None:
        stored = _of_status(mine) if mine else {}
        for name, place in STATUS_BOUNDS.items():
            if name not in limits or limits[name] == stored.get(name):
                continue
            if limits[name] is None or _has(mine, place):
                _set(mine, place, limits[name])
            else:
                mine.append(self._new(place, limits[name], STATUS, [status], like=mine))
        if not mine:
            mine.append(self._new(("off", "maxCount"), None, STATUS, [status]))
        for name, column in _WEIGHED.items():
            if limits.get(name) is not None and limits[name] != stored.get(name):
                for row in mine:
                    row[column] = limits[name]

    def _new(
        self,
        place: Place,
        value: Any,
        scope: str,
        targets: list[str],
        *,
        is_active: bool = True,
        like: Sequence[Row] = (),
    ) -> Row:
        kind, bound = place
        name = f"{DAILY_LIMIT.title}: {' '.join((*targets, kind))}"
        config = {"shiftType": kind, bound: value, "scope": scope, "targetIds": targets}
        if value is None:
            del config[bound]
        row: Row = {"name": name, "limitConfig": config if is_active else {**config, SWITCHED_OFF: True}}
        row |= {column: like[0][column] if like else DAILY_LIMIT.fields[column].default for column in _WEIGHED.values()}
        self._rows.append(row | {"isActive": is_active})
        return self._rows[-1]


def _has(rows: Sequence[Row], place: Place) -> bool:
    return any(_kind(row) == place[0] for row in rows)


def _set(rows: Sequence[Row], place: Place, value: Any) -> None:
    """Where it was read from, else in the first row of that kind; none is left that holds a bound which was cleared."""
    kind, bound = place
    holders = _holders(rows, place)
    if value is None:
        for row in holders:
            del row["limitConfig"][bound]
        return
    row = (holders or [row for row in rows if _kind(row) == kind])[0]
    row["limitConfig"][bound] = value


def _columns(row: Row) -> Row:
    return {name: row[name] for name in ("name", "limitConfig", *_WEIGHED.values())}
