"""Checks on every input: types, characters, numbers and dates are validated here, before any serializer converts them.

Every payload of the socket, every body and query of REST and every form of the admin passes ``validated``, which calls
this first, so that a serializer field states only its own rules. Django REST framework alone accepts a number as text.
"""

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from rest_framework import fields, serializers

from shiftsync.core.dates import OFF_CALENDAR, is_on_calendar
from shiftsync.core.errors import InvalidJson
from shiftsync.core.text import unfit

MAX_DEPTH = 64
MOST = 2**53 - 1
LONGEST_NUMBER = 32

NOT_TEXT = "Must be text."
NOT_A_FLAG = "Must be true or false."
NOT_A_NUMBER = "Must be a number."
OUT_OF_RANGE = f"Must be a number from -{MOST} to {MOST}."

Naming = Callable[[str], str]
Problem = Any
"""What is wrong with a value: a list of sentences, or problems by key for a value with parts; None if it is fine."""


def require_shallow(value: object) -> None:
    """Raises :class:`InvalidJson` for JSON nested too deeply to be written again."""
    layer = [value] if isinstance(value, (dict, list)) else []
    for _ in range(MAX_DEPTH):
        if not layer:
            return
        parts = (part for each in layer for part in (each.values() if isinstance(each, dict) else each))
        layer = [part for part in parts if isinstance(part, (dict, list))]
    if layer:
        raise InvalidJson(f"Must not be nested more than {MAX_DEPTH} levels deep.")


def problem_of(field: Any, value: Any, naming: Naming) -> Problem:
    """The problem of ``value`` as input for a serializer's ``field``, apart from the field's own rules; ``naming``
    gives the wire names of nested fields."""
    if value is None:
        return None
    if isinstance(field, serializers.Serializer):
        return _parts_problem(field, value, naming) if isinstance(value, Mapping) else None
    if isinstance(field, (serializers.ListSerializer, fields.ListField)):
        return _items_problem(field.child, value, naming) if isinstance(value, list) else None
    if isinstance(field, fields.DictField) and isinstance(value, Mapping):
        return _first((key, _text_problem(key) or problem_of(field.child, part, naming)) for key, part in value.items())
    for kind, judge in _JUDGES:
        if isinstance(field, kind):
            return judge(value)
    return None if getattr(field, "judges_its_text", False) else content_problem(value)


def content_problem(value: object) -> Problem:
    """The problem that keeps any JSON value from being stored, whatever it means."""
    if isinstance(value, str):
        return _text_problem(value)
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return None if math.isfinite(value) else [NOT_A_NUMBER]
    if isinstance(value, Mapping):
        return _first((key, _text_problem(key) or content_problem(part)) for key, part in value.items())
    if isinstance(value, list):
        return _first((index, content_problem(part)) for index, part in enumerate(value))
    return None


def _parts_problem(serializer: Any, data: Mapping[Any, Any], naming: Naming) -> Problem:
    found = {}
    for name, field in serializer.fields.items():
        if field.read_only:
            continue
        for key in {naming(name), name} & data.keys():
            problem = problem_of(field, data[key], naming)
            if problem is not None:
                found[key] = problem
    return found or None


def _items_problem(child: Any, items: list[Any], naming: Naming) -> Problem:
    return _first((index, problem_of(child, item, naming)) for index, item in enumerate(items))


def _first(problems: Any) -> Problem:
    """The first part with a problem, by key; one is enough for a large value."""
    return next(({str(key): problem} for key, problem in problems if problem is not None), None)


def _text_problem(value: object) -> Problem:
    if not isinstance(value, str):
        return [NOT_TEXT] if isinstance(value, (bool, int, float)) else None
    problem = unfit(value)
    return None if problem is None else [problem]


def _flag_problem(value: object) -> Problem:
    return [NOT_A_FLAG] if isinstance(value, (int, float)) and not isinstance(value, bool) else _if_text(value)


def _number_problem(value: object) -> Problem:
    if isinstance(value, bool):
        return [NOT_A_NUMBER]
    if isinstance(value, str):
        return [OUT_OF_RANGE] if len(value) > LONGEST_NUMBER else _spelled_number_problem(value)
    return [OUT_OF_RANGE] if isinstance(value, (int, float)) and not -MOST <= value <= MOST else None


def _spelled_number_problem(value: str) -> Problem:
    """Checks a number in a query string; text that is not a number is left to the field. Python alone reads ``1_0`` as 10."""
    if "_" in value:
        return [NOT_A_NUMBER]
    try:
        number = float(value)
    except ValueError:
        return _text_problem(value)
    return None if -MOST <= number <= MOST else [OUT_OF_RANGE]


def _day_problem(value: object) -> Problem:
    if not isinstance(value, str):
        return _text_problem(value)
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return _text_problem(value)
    return None if is_on_calendar(day) else [OFF_CALENDAR]


def _if_text(value: object) -> Problem:
    return _text_problem(value) if isinstance(value, str) else None


_JUDGES: tuple[tuple[type[Any], Callable[[object], Problem]], ...] = (
    (fields.IntegerField, _number_problem),
    (fields.FloatField, _number_problem),
    (fields.DecimalField, _number_problem),
    (fields.BooleanField, _flag_problem),
    (fields.DateField, _day_problem),
    (fields.CharField, _text_problem),
    (fields.UUIDField, _text_problem),
    (fields.ChoiceField, _text_problem),
    (fields.TimeField, _text_problem),
)
