"""Mending values that old files hold in another type: ``"3"`` for 3, ``"sunday"`` for 0, one item for a list of one.

A value that its kind accepts is never touched, so that what was exported comes back as it was. What cannot be mended
stays as it is, and the check of the row says what is wrong with it.
"""

import math
import unicodedata
from collections.abc import Callable
from typing import Any

from settings_app.rules.browser_storage.words import weekday
from settings_app.rules.shapes import Shape, join
from settings_app.rules.values import (
    Choice,
    Day,
    Flag,
    Integer,
    ListOf,
    MapOf,
    Number,
    Text,
    Value,
    Weekday,
    WordOrSymbol,
)

Notes = list[str]

_TRUE = {"true", "yes", "on", "1"}
_FALSE = {"false", "no", "off", "0"}


def mended(value: Any, kind: Value, path: str, notes: Notes) -> Any:
    """``value`` as ``kind`` wants it, as far as its meaning is beyond doubt; says in ``notes`` what was changed."""
    if value is None or not any(kind.errors(value, "")):
        return value
    if isinstance(kind, Shape | ListOf | MapOf):
        return _inside(value, kind, path, notes)
    mend = next((mend for known, mend in _MENDERS if isinstance(kind, known)), None)
    new = mend(value, kind) if mend else value
    if new is not value:
        notes.append(f"{path}: {value!r} was read as {new!r}")
    return new


def _inside(value: Any, kind: Shape | ListOf | MapOf, path: str, notes: Notes) -> Any:
    if isinstance(kind, Shape):
        return _object(value, kind, path, notes)
    if isinstance(kind, MapOf):
        if not isinstance(value, dict):
            return value
        return {key: mended(item, kind.item, f"{path}.{key}", notes) for key, item in value.items()}
    return _list(value, kind, path, notes)


def _object(value: Any, shape: Shape, path: str, notes: Notes) -> Any:
    if not isinstance(value, dict):
        return value
    fields = shape.fields
    found: dict[str, Any] = {}
    for key, item in value.items():
        if key in fields and item == "" and fields[key].nullable and not isinstance(fields[key].value, Text):
            found[key] = None
            notes.append(f"{join(path, key)}: empty, so read as no value")
        else:
            found[key] = mended(item, fields[key].value, join(path, key), notes) if key in fields else item
    return found


def _list(value: Any, kind: ListOf, path: str, notes: Notes) -> Any:
    if isinstance(value, dict):
        return value
    items = value if isinstance(value, list) else [value]
    present = [item for item in items if item is not None and item != ""]
    if items is not value:
        notes.append(f"{path}: {value!r} was read as a list")
    if len(present) < len(items):
        notes.append(f"{path}: {len(items) - len(present)} empty entries were left out")
    return [mended(item, kind.item, f"{path}[{index}]", notes) for index, item in enumerate(present)]


def _weekday(value: Any, kind: Value) -> Any:
    number = weekday(value) if isinstance(value, str) else None
    return value if number is None else number


def _number(value: Any, kind: Value) -> Any:
    if not isinstance(value, str) or len(value) > 40:
        return value
    try:
        number = float(unicodedata.normalize("NFKC", value))
    except ValueError:
        return value
    if not math.isfinite(number):
        return value
    return int(number) if number.is_integer() else number


def _flag(value: Any, kind: Value) -> Any:
    word = str(value).strip().lower() if isinstance(value, str | int) else ""
    return (word in _TRUE) if word in _TRUE | _FALSE else value


def _day(value: Any, kind: Value) -> Any:
    """``2025/8/5`` and midnight of a day; any other moment depends on a time zone that the file does not tell."""
    if not isinstance(value, str):
        return value
    day, _, clock = unicodedata.normalize("NFKC", value).strip().replace("/", "-").partition("T")
    parts = day.split("-")
    if len(parts) != 3 or (clock and not clock.startswith("00:00")):
        return value
    padded = "-".join([parts[0].zfill(4), parts[1].zfill(2), parts[2].zfill(2)])
    return value if any(kind.errors(padded, "")) else padded


def _word(value: Any, kind: Value) -> Any:
    lower = value.strip().lower() if isinstance(value, str) else value
    return value if any(kind.errors(lower, "")) else lower


def _text(value: Any, kind: Value) -> Any:
    if isinstance(value, dict):
        value = next((value[key] for key in ("id", "staffId", "name") if value.get(key)), value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


_MENDERS: tuple[tuple[type[Value], Callable[[Any, Value], Any]], ...] = (
    (Weekday, _weekday),
    (Integer, _number),
    (Number, _number),
    (Flag, _flag),
    (Day, _day),
    (Choice, _word),
    (WordOrSymbol, _word),
    (Text, _text),
)
