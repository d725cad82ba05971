"""Reading single words of old files: days of the week, shift types, bounds such as ``maxOffPerDay``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from settings_app.rules.naming import plain

_DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_DAYS_JA = "日月火水木金土"

_SHIFTS = {
    **dict.fromkeys(("off", "offs", "holiday", "×", "休", "休み"), "off"),
    **dict.fromkeys(("early", "△", "早", "早番"), "early"),
    **dict.fromkeys(("late", "◇", "遅", "遅番"), "late"),
    **dict.fromkeys(("normal", "○", "通常", "日勤"), "normal"),
    **dict.fromkeys(("work", "working", "workers", "any", "all"), "any"),
}
_HEADS = {"shifts", "staff", "people"}
_PERIODS = {
    **dict.fromkeys(("day", "daily"), "day"),
    **dict.fromkeys(("week", "weekly"), "week"),
    **dict.fromkeys(("month", "monthly"), "month"),
}
_FILLERS = {"per", "days", "count", "number", "of", "shift", "limit", "total", "a"}
_BOUNDS = {
    **dict.fromkeys(("min", "minimum", "least"), "minCount"),
    **dict.fromkeys(("max", "maximum", "most"), "maxCount"),
}

_SHIFT_MARKS = {"休": "off", "早": "early", "遅": "late", "通常": "normal", "出勤": "any"}
_BOUND_MARKS = {**dict.fromkeys(("上限", "最大"), "maxCount"), **dict.fromkeys(("下限", "最低", "最小"), "minCount")}

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_a-zA-Z]+|[○△◇×★●]")


@dataclass(frozen=True, slots=True)
class Bound:
    """What ``maxOffPerDay`` says: the bound (``minCount`` or ``maxCount``), the shift type and perhaps the period."""

    bound: str
    shift_type: str
    period: str = ""


def camel(key: str) -> str:
    """``time_limit_seconds`` → ``timeLimitSeconds``; any other key stays as it is."""
    if "_" not in key.strip("_"):
        return key
    first, *rest = key.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def weekday(value: object) -> int | None:
    """0 = Sunday ... 6 from a name (English, Japanese, short or long) or a number in text."""
    text = plain(str(value))
    for number, name in enumerate(_DAYS):
        if len(text) >= 3 and name.startswith(text.removesuffix("s") if len(text) > 5 else text):
            return number
    japanese = text.removesuffix("日").removesuffix("曜") if len(text) > 1 else text
    if len(japanese) == 1 and japanese in _DAYS_JA:
        return _DAYS_JA.index(japanese)
    return int(text) if text in set("0123456") else None


def shift_type(value: object) -> str | None:
    """The kind of shift that a word or symbol of an old file means."""
    return _SHIFTS.get(plain(value)) if isinstance(value, str) else None


def words_of(text: str) -> list[str]:
    """``maxOffPerDay`` or ``max_off per-day`` → ``max off per day``."""
    return [word.lower() for word in _WORD.findall(text)]


def bound_of(key: str) -> Bound | None:
    """The limit that a key such as ``minEarlyPerDay`` or ``maxWorkDays`` names; None where it names none."""
    first, *rest = words_of(key) or [""]
    if first not in _BOUNDS:
        return None
    what = [word for word in rest if word not in _FILLERS and word not in _PERIODS]
    telling = [word for word in what if word not in _HEADS] or what
    shift = shift_in(telling)
    if len(telling) > 1 or shift is None:
        return None
    return Bound(_BOUNDS[first], shift, period_in(rest))


def shift_in(words: list[str]) -> str | None:
    """The first kind of shift among the words; Japanese words may have it inside (``早番上限``)."""
    found = (_SHIFTS.get(word) or ("any" if word in _HEADS else _marked(word, _SHIFT_MARKS)) for word in words)
    return next((shift for shift in found if shift), None)


def bound_in(words: list[str]) -> str | None:
    """The first word that says minimum or maximum, as ``minCount`` or ``maxCount``."""
    found = (_BOUNDS.get(word) or _marked(word, _BOUND_MARKS) for word in words)
    return next((bound for bound in found if bound), None)


def period_in(words: list[str]) -> str:
    """``day``, ``week`` or ``month``, if the words name one."""
    return next((_PERIODS[word] for word in words if word in _PERIODS), "")


def _marked(word: str, marks: Mapping[str, str]) -> str | None:
    return next((meaning for mark, meaning in marks.items() if mark in word), None)
