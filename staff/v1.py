"""Members of staff as version 1 clients write them: an order under its other name, inputs that were emptied."""

from collections.abc import Mapping
from typing import Any

_EMPTIED_IS_NULL = ("startPeriod", "endPeriod")
_EMPTIED_IS_LEFT_OUT = ("staffOrder", "period", "blankMeans", "allowedShiftTypes")


def read_member(given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a member under their current names. ``order`` is ``staffOrder``; an emptied month becomes null."""
    read = {key: value for key, value in given.items() if key != "order"}
    if "order" in given and read.get("staffOrder") is None:
        read["staffOrder"] = given["order"]
    for name in _EMPTIED_IS_NULL:
        if name in read:
            read[name] = _point(read[name])
    return {key: value for key, value in read.items() if value != "" or key not in _EMPTIED_IS_LEFT_OUT}


def read_create(payload: Any) -> Any:
    """The payload of a ``STAFF_CREATE``, which may be anything."""
    return read_member(payload) if isinstance(payload, dict) else payload


def read_update(payload: Any) -> Any:
    """The payload of a ``STAFF_UPDATE``, which may be anything."""
    if not isinstance(payload, dict):
        return payload
    changes = payload.get("changes")
    read = {key: value for key, value in payload.items() if value != "" or key not in _EMPTIED_IS_LEFT_OUT}
    return {**read, "changes": read_member(changes)} if isinstance(changes, dict) else read


def _point(value: Any) -> Any:
    """A month or a day of it without the parts that were left empty; null where all were."""
    if not isinstance(value, dict):
        return None if value == "" else value
    return {name: part for name, part in value.items() if part not in ("", None)} or None
