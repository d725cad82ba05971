"""Kinds of JSON values: what each accepts, and its JSON Schema. ``None`` is judged by the field that holds the value."""

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from shiftsync.core.dates import is_on_calendar
from shiftsync.core.text import unfit

Schema = dict[str, Any]

MAX_DEPTH = 32
LEAST_INTEGER, MOST_INTEGER = -(2**63), 2**64 - 1


@dataclass(frozen=True, slots=True)
class ShapeError:
    """What is wrong at ``path`` (``limitConfig.daysOfWeek[1]``)."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class Value(ABC):
    """A kind of value."""

    @abstractmethod
    def errors(self, value: object, path: str) -> Iterator[ShapeError]:
        """All that is wrong with ``value`` (never ``None``)."""

    @abstractmethod
    def schema(self) -> Schema:
        """JSON Schema (2020-12) of what :meth:`errors` accepts."""


@dataclass(frozen=True)
class Flag(Value):
    """True or false."""

    def errors(self, value: object, path: str) -> Iterator[ShapeError]:
        if not isinstance(value, bool):
            yield ShapeError(path, "must be true or false")

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Number(Value):
    """A finite number between the bounds (inclusive)."""

    minimum: float | None = None
    maximum: float | None = None

    def errors(self, value: object, path: str) -> Iterator[ShapeError]:
        if isinstance(value, bool) or not isinstance(value, int | float) or not _is_finite(value):
            yield ShapeError(path, "must be a number")
        elif self.minimum is not None and value < self.minimum:
            yield ShapeError(path, f"must be at least {self.minimum:g}")
        elif self.maximum is not None and value > self.maximum:
            yield ShapeError(path, f"must be at most {self.maximum:.15g}")

    def schema(self) -> Schema:
        bounds = {"minimum": self.minimum, "maximum": self.maximum}
        return {"type": "number", **{key: bound for key, bound in bounds.items() if bound is not None}}


@dataclass(frozen=True)
class Integer(Number):
    """A whole number between the bounds; ``2.0`` is one, as in JSON Schema."""

    def errors(self, value: object, path: str) -> Iterator[ShapeError]:
        if isinstance(value, float) and _is_finite(value) and not value.is_integer():
            yield ShapeError(path, "must be a whole number")
        else:
            yield from super().errors(value, path)

    def schema(self) -> Schema:
        return {**super().schema(), "type": "integer"}


@dataclass(frozen=True)
class Text(Value):
    """Text of at most ``longest`` characters, perhaps empty."""

    longest: int = 200
    may_be_empty: bool = True

    def errors(self, value: object, path: str) -> Iterator[ShapeError]:
        if not isinstance(value, str):
            yield ShapeError(path, "must be text")
        elif len(value) > self.longest:
            yield ShapeError(path, f"must have at most {self.longest} characters")
        elif not value and not self.may_be_empty:
            yield ShapeError(path, "must not be empty")

    def schema(self) -> Schema:
        return {"type": "string", "maxLength": self.longest, **({} if self.may_be_empty else {"minLength": 1})}


@dataclass(frozen=True)
class Choice(Value):
    """One of a closed list of words."""

    options: tuple[str, ...]

    def errors(self, value: object, path: str) -> Iterator[ShapeError]:
        if value not in self.options:
            yield ShapeError(path, f"must be one of {', '.join(self.options)}")

    def schema(self) -> Schema:
        return {"type": "string", "enum": list(self.options)}


@dataclass(frozen=True)
class WordOrSymbol(Value):
    """One of the words, or a symbol of the restaurant's own: text that is no plain word of three letters or more, so
    that a misspelt word is not taken for a symbol."""

    words: tuple[str, ...]
    longest: int = 20

    def errors(self, value: object, path: str) -> Iterator[ShapeError]:
        if not isinstance(value, str) or (value not in self.words and not self._is_symbol(value)):
            yield ShapeError(path, f"must be one of {', '.join(self.words)} or a symbol of the restaurant")

    def schema(self) -> Schema:
        words = "|".join(map(re.escape, self.words))
        # One pattern, not a choice of two: generators of clients bound the choice, which has no length.
        return {"type": "string", "maxLength": self.longest, "pattern": f"^(?:{words})$|{self._pattern}"}

    @property
    def _pattern(self) -> str:
        return "^(?![A-Za-z_]{3,}$)[^\\s]"

    def _is_symbol(self, value: str) -> bool:
        return len(value) <= self.longest and re.search(self._pattern, value) is not None


@dataclass(frozen=True)
class Day(Value):
    """A day of the calendar, ``YYYY-MM-DD``."""

    def errors(self, value: object, path: str) -> Iterator[ShapeError]:
        if not isinstance(value, str) or not is_day(value):
            yield ShapeError(path, "must be a date (YYYY-MM-DD) from 1900 to 2200")

    def schema(self) -> Schema:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True)
class TimeOfDay(Value):
    """A time of the day, ``HH:MM``."""

    def errors(self, value: object, path: str) -> Iterator[ShapeError]:
        if not isinstance(value, str) or not re.fullmatch(self._pattern, value):
            yield ShapeError(path, "must be a time (HH:MM) from 00:00 to 23:59")

    def schema(self) -> Schema:
        return {"type": "string", "maxLength": len("HH:MM"), "pattern": f"^{self._pattern}$"}

    @property
    def _pattern(self) -> str:
        return "(?:[01][0-9]|2[0-3]):[0-5][0-9]"


@dataclass(frozen=True)
class Weekday(Integer):
    """A day of the week: 0 = Sunday ... 6 = Saturday."""

    minimum: float | None = 0
    maximum: float | None = 6


HOLIDAYS = ("holiday", "before_holiday")
"""Days that a row may name beside days of the week: public holidays of the restaurant's country, and the days before them."""


@dataclass(frozen=True)
class NamedDay(Weekday):
    """A day of the week, a public holiday, or the day before one."""

    def errors(self, value: object, path: str) -> Iterator[ShapeError]:
        if isinstance(value, str):
            if value not in HOLIDAYS:
                yield ShapeError(path, f"must be a number from 0 (Sunday) to 6, or one of {', '.join(HOLIDAYS)}")
        else:
            yield from super().errors(value, path)

    def schema(self) -> Schema:
        return {"anyOf": [super().schema(), {"type": "string", "enum": list(HOLIDAYS)}]}


@dataclass(frozen=True)
class ListOf(Value):
    """A list whose items are all of one kind."""

    item: Value

    def errors(self, value: object, path: str) -> Iterator[ShapeError]:
        if not isinstance(value, list):
            yield ShapeError(path, "must be a list")
            return
        for index, item in enumerate(value):
            place = f"{path}[{index}]"
            if item is None:
                yield ShapeError(place, "must not be null")
            else:
                yield from self.item.errors(item, place)

    def schema(self) -> Schema:
        return {"type": "array", "items": self.item.schema()}


@dataclass(frozen=True)
class MapOf(Value):
    """An object whose values are all of one kind, under any keys."""

    item: Value

    def errors(self, value: object, path: str) -> Iterator[ShapeError]:
        if not isinstance(value, dict):
            yield ShapeError(path, "must be an object")
            return
        for key, item in value.items():
            place = f"{path}.{key}"
            if item is None:
                yield ShapeError(place, "must not be null")
            else:
                yield from self.item.errors(item, place)

    def schema(self) -> Schema:
        return {"type": "object", "additionalProperties": self.item.schema()}


@dataclass(frozen=True)
class ByDate(MapOf):
    """An object whose keys are days, ``YYYY-MM-DD``."""

    def errors(self, value: object, path: str) -> Iterator[ShapeError]:
        if isinstance(value, dict):
            for key in value:
                yield from Day().errors(key, f"{path}.{key}")
        yield from super().errors(value, path)

    def schema(self) -> Schema:
        return {**super().schema(), "propertyNames": Day().schema()}


def is_day(text: str) -> bool:
    """Whether ``text`` is ``YYYY-MM-DD`` and on the calendar, from 1900 to 2200."""
    if len(text) != len("YYYY-MM-DD"):
        return False
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and is_on_calendar(day)


def unstorable(value: object, path: str, depth: int = 0) -> Iterator[ShapeError]:
    """What of any JSON value a database could not keep: numbers that are not finite, NUL, broken Unicode, endless
    nesting."""
    if depth > MAX_DEPTH:
        yield ShapeError(path, f"must not be nested more than {MAX_DEPTH} levels deep")
    elif isinstance(value, float) and not math.isfinite(value):
        yield ShapeError(path, "must be a finite number")
    elif isinstance(value, int) and not LEAST_INTEGER <= value <= MOST_INTEGER:
        yield ShapeError(path, "must not need more than 64 bits")
    elif isinstance(value, str) and (unfit_character := unfit(value)):
        yield ShapeError(path, f"{unfit_character[0].lower()}{unfit_character[1:]}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from unstorable(str(key), path)
            yield from unstorable(item, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from unstorable(item, f"{path}[{index}]", depth + 1)


def _is_finite(value: int | float) -> bool:
    return isinstance(value, int) or math.isfinite(value)
