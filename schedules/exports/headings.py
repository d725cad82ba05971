"""Which days the headings of a table mean, in the ways in which people write them above a month: 2025-08-21, 8/21 (木), 21日, a typed date."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from schedules.exports.sheets import SERIALS, Cell
from shiftsync.core.dates import is_on_calendar

FEWEST_NUMBERS = 3
"""As many bare numbers, growing, make a row of days; fewer may be anything."""

LONGEST_GAP = timedelta(days=8)
"""A table may leave out closed days; what comes later than that is no neighbour."""

_SERIAL_ZERO = date(1899, 12, 30)
_WEEKDAYS = {name: number for number, name in enumerate("月火水木金土日")}
_ENGLISH = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MIDNIGHT = re.compile(r"[t ]00:00(:00)?(\.0+)?z?$")
_WEEKDAY_ALONE = re.compile(r"^[(\[]?([月火水木金土日])(?:曜日?)?[)\]]?$")
_ENGLISH_ALONE = re.compile(r"^[(\[]?(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?[)\]]?$")
_BESIDE = (
    re.compile(r"^(.*\d日?)[\s(\[]+([月火水木金土日])(?:曜日?)?[)\]]?$"),
    re.compile(r"^(.*\d)([火水木金土])(?:曜日?)?$"),
    re.compile(r"^(.*\d日)([月火水木金土日])(?:曜日?)?$"),
)
_ENGLISH_BESIDE = re.compile(r"^(.*\d.*?)[\s(\[]+(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?[)\]]?$")
_ENGLISH_BEFORE = re.compile(r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+(.*\d.*)$")
_WHOLE = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?$")
_ERA = re.compile(r"^(?:r|令和)\s*(\d{1,2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?$")
_YEAR_LAST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$")
_MONTH_DAY = re.compile(r"^(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?$")
_DAY_NAME = re.compile(r"^(\d{1,2})[\s-]?([a-z]{3,9})\.?$")
_NAME_DAY = re.compile(r"^([a-z]{3,9})\.?\s(\d{1,2})(?:st|nd|rd|th)?$")
_NUMBER = re.compile(r"^(\d{1,2})日?$")
_FIRST_ERA_YEAR = 2018


@dataclass(frozen=True, slots=True)
class Heading:
    """The days that a heading may mean; ``is_whole``: it says year, month and day, so that it is one day, of the period or not."""

    days: tuple[date, ...]
    weekday: int | None = None
    is_whole: bool = False
    is_number: bool = False


def weekday_of(cell: Cell) -> int | None:
    """The weekday (0: Monday) that a cell names, and nothing else."""
    text = _plain(cell)
    if found := _WEEKDAY_ALONE.match(text):
        return _WEEKDAYS[found[1]]
    found = _ENGLISH_ALONE.match(text)
    return _ENGLISH[found[1]] if found else None


def days_above(
    row: Sequence[Cell], period: Sequence[date], below: Sequence[Cell] = (), *, by_number: bool = True
) -> dict[int, date]:
    """The day of each column, from 0, that ``row`` heads; empty if it is not a row of days. The first column has the people.

    ``below`` is the next row: where a period has two days of one number, the weekdays there tell which is meant. ``by_number``: bare
    numbers are days too.
    """
    headings = {
        index: found
        for index, cell in enumerate(row)
        if index and (found := heading_of(cell, period)) and (by_number or not found.is_number)
    }
    first = next((each for each in headings.values() if not each.is_whole), None)
    readings = [_in_order(headings, start) for start in (first.days if first else (None,))]
    return max(readings, key=lambda days: _agreeing(days, below), default={})


def heading_of(cell: Cell, period: Sequence[date]) -> Heading | None:
    """What a heading means in ``period``; None where it means no day."""
    if cell is None:
        return None
    if isinstance(cell, list):
        kind, text = cell
        if kind in ("day", "time"):
            moment = _moment(text)
            return Heading((moment,), is_whole=True) if moment is not None and is_on_calendar(moment) else None
        if kind == "number" and text.isdecimal() and int(text) in SERIALS:
            return _within({_SERIAL_ZERO + timedelta(days=int(text))}, period)
        return _of_text(text, period) if kind == "number" else None
    return _of_text(_plain(cell), period)


def disagreeing(days: Mapping[int, date], row: Sequence[Cell]) -> int | None:
    """The first column whose weekday in ``row`` is not that of its day, where this holds for most of them."""
    said = {index: found for index in days if index < len(row) and (found := weekday_of(row[index])) is not None}
    wrong = [index for index, weekday in said.items() if days[index].weekday() != weekday]
    return wrong[0] if len(wrong) * 2 > len(said) else None


def _of_text(text: str, period: Sequence[date]) -> Heading | None:
    rest, weekday = _weekday_beside(_MIDNIGHT.sub("", text))
    if whole := _whole(rest):
        return Heading((whole,), weekday, is_whole=True) if is_on_calendar(whole) else None
    if found := _YEAR_LAST.match(rest):
        first, second, year = (
            int(found[1]),
            int(found[2]),
            int(found[3]) + (2000 if len(found[3]) == 2 else 0),
        )  # digits
        return _within({_day(year, first, second), _day(year, second, first)}, period, weekday)
    if (found := _NUMBER.match(rest)) is not None:
        days = [day for day in period if day.day == int(found[1])]
        return _within(days, period, weekday, is_number="日" not in rest)
    if pair := _month_and_day(rest):
        month, number = pair
        days = [day for day in period if (day.month, day.day) == (month, number)]
        return _within(days or [day for day in period if (day.day, day.month) == (month, number)], period, weekday)
    return None


def _within(
    days: Iterable[date | None], period: Sequence[date], weekday: int | None = None, *, is_number: bool = False
) -> Heading | None:
    found = sorted(day for day in period if day in days and weekday in (None, day.weekday()))
    return Heading(tuple(found), weekday, is_number=is_number) if found else None


def _in_order(headings: Mapping[int, Heading], start: date | None) -> dict[int, date]:
    """The days of the headings, each later than the one before it; the first that is not whole is ``start``."""
    found: dict[int, date] = {}
    numbers, last = 0, None
    for index, heading in headings.items():
        if heading.is_whole:
            found[index] = last = heading.days[0]
            continue
        later = [day for day in heading.days if last is None or last < day <= last + LONGEST_GAP]
        if start is not None and last is None:
            later = [start]
        if not later and not (later := [] if heading.is_number else list(heading.days)):
            continue
        found[index] = last = later[0]
        numbers += heading.is_number
    return found if numbers == 0 or len(found) >= FEWEST_NUMBERS else {}


def _agreeing(days: Mapping[int, date], below: Sequence[Cell]) -> int:
    return sum(1 for index, day in days.items() if index < len(below) and weekday_of(below[index]) == day.weekday())


def _weekday_beside(text: str) -> tuple[str, int | None]:
    """The text without the weekday that it says beside the day, and that."""
    for pattern in _BESIDE:
        if found := pattern.match(text):
            return found[1], _WEEKDAYS[found[2]]
    if found := _ENGLISH_BESIDE.match(text):
        return found[1].rstrip(" ,"), _ENGLISH[found[2]]
    if found := _ENGLISH_BEFORE.match(text):
        return found[2], _ENGLISH[found[1]]
    return text, None


def _whole(text: str) -> date | None:
    if found := _WHOLE.match(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _ERA.match(text)
    return _day(int(found[1]) + _FIRST_ERA_YEAR, int(found[2]), int(found[3])) if found else None


def _month_and_day(text: str) -> tuple[int, int] | None:
    if found := _MONTH_DAY.match(text):
        return int(found[1]), int(found[2])
    if (found := _DAY_NAME.match(text)) and found[2][:3] in _MONTHS:
        return _MONTHS.index(found[2][:3]) + 1, int(found[1])
    if (found := _NAME_DAY.match(text)) and found[1][:3] in _MONTHS:
        return _MONTHS.index(found[1][:3]) + 1, int(found[2])
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _moment(text: str) -> date | None:
    """The day of a typed date or time. Some programs are seconds off midnight, on either side of it."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment + timedelta(minutes=1)).date()
    except (ValueError, OverflowError):
        return None


def _plain(cell: Cell) -> str:
    """The text of a cell in one width, in small letters."""
    return unicodedata.normalize("NFKC", cell).strip().casefold() if isinstance(cell, str) else ""
