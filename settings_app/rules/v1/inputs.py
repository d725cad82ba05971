"""What the inputs of a version 1 form hold, as the values that they mean: text where a number belongs, ``""`` where nothing was chosen.

Only what can mean one thing is read: ``"3"`` is 3, ``"true"`` is true, a numeric id is its text. All else stays, for the check to name it.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from settings_app.rules.rows import Row
from settings_app.rules.shapes import Field, Shape
from settings_app.rules.values import Flag, ListOf, MapOf, Number, Text, Value

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_LONGEST_NUMBER = 32
_FLAGS = {"true": True, "false": False}


def read_inputs(given: Mapping[str, Any], shape: Shape) -> Row:
    """``given`` with the known keys of ``shape`` as they are meant. An input that was emptied is null; where that cannot be, the key is
    left out, as if the form did not have it."""
    found: Row = {}
    for key, value in given.items():
        known = shape.fields.get(key)
        if known is None:
            found[key] = value
        elif value != "" or isinstance(known.value, Text):
            found[key] = _read(value, known.value, is_id=known.refers is not None)
        elif known.nullable:
            found[key] = None
    return found


def read_input(value: Any, known: Field) -> Any:
    """A single value of the field; null where the input was emptied."""
    return (
        None
        if value == "" and not isinstance(known.value, Text)
        else _read(value, known.value, is_id=bool(known.refers))
    )


def _read(value: Any, kind: Value, *, is_id: bool = False) -> Any:
    if isinstance(kind, Shape):
        return read_inputs(value, kind) if isinstance(value, dict) else value
    if isinstance(kind, ListOf):
        if not isinstance(value, list):
            return value
        return [_read(item, kind.item, is_id=is_id) for item in value if item not in ("", None)]
    if isinstance(kind, MapOf):
        if not isinstance(value, dict):
            return value
        return {key: _read(item, kind.item) for key, item in value.items() if item != ""}
    if is_id:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return _read_text(value, kind) if isinstance(value, str) else value


def _read_text(value: str, kind: Value) -> Any:
    if isinstance(kind, Flag):
        return _FLAGS.get(value.strip().lower(), value)
    return _number(value) if isinstance(kind, Number) else value


def _number(text: str) -> Any:
    plain = unicodedata.normalize("NFKC", text).strip()
    if len(plain) > _LONGEST_NUMBER or not _NUMBER.fullmatch(plain):
        return text
    number = float(plain)
    return int(number) if number.is_integer() else number
