"""Reads single values out of free JSON: None where there is nothing to be read."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any


def read_date(value: Any) -> date | None:
    """The day in a value from the wire or the database; None if there is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def fraction_of(value: Any) -> Fraction | None:
    """A number, to two decimals; numbers written as text are read too."""
    if value is None or isinstance(value, bool) or value == "":
        return None
    try:
        return Fraction(str(value)).limit_denominator(1000)
    except (ValueError, ZeroDivisionError):
        return None


def whole(value: Any) -> int | None:
    """A value as a whole number; None if it is not one."""
    number = fraction_of(value)
    return None if number is None else int(number)


def texts(value: Any) -> tuple[str, ...]:
    """A list of texts; a single text counts as a list of one."""
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(str(each) for each in value) if isinstance(value, Iterable) and not isinstance(value, Mapping) else ()


def mapping(value: Any) -> Mapping[str, Any]:
    """``value`` if it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def minute_of_the_day(value: Any) -> int | None:
    """``HH:MM`` (seconds are passed over) as minutes; None for anything else."""
    try:
        moment = time.fromisoformat(str(value or ""))
    except ValueError:
        return None
    return moment.hour * 60 + moment.minute
