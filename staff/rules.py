"""When somebody is employed, and what an empty cell says of them: pure rules."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from unicodedata import normalize

PART_TIME = "パート"
CALLED_PART_TIME = frozenset({"派遣", PART_TIME, "アルバイト"})
WORK = "work"
FREE = "free"

MOST_ORDER = 1_000_000_000
"""A place in the order; far enough below what a column holds that there is always one after the last."""

Point = Mapping[str, int]


def is_name(text: str) -> bool:
    """Whether there is more in it than spaces, those around it being part of the name."""
    return bool(text.strip())


def type_of_status(status: str) -> str:
    """What older clients, whose forms ask for the status alone, mark part-timers by."""
    return "part-time" if status.strip() in CALLED_PART_TIME else "regular"


def first_day(point: Point | None) -> date | None:
    """The first day of employment; None: always employed so far."""
    if point is None:
        return None
    return date(point["year"], point["month"], point.get("day") or 1)


def last_day(point: Point | None) -> date | None:
    """The last day of employment; None: no end in sight."""
    if point is None:
        return None
    return date(point["year"], point["month"], point.get("day") or monthrange(point["year"], point["month"])[1])


def is_employed_within(start: Point | None, end: Point | None, first: date, last: date) -> bool:
    """Whether somebody has neither ended before ``first`` nor starts after ``last``."""
    begins, ends = first_day(start), last_day(end)
    return (begins is None or begins <= last) and (ends is None or ends >= first)


CALLED_BY_SHIFT = ("アルバイト", "バイト", "パート", "part-time", "part time", "parttime", "part_time", "arubaito")
PARTNER = "パートナー"
"""A partner (「パートナー社員」) is no part-timer, whatever the word begins with."""


def is_called_by_shift(word: str) -> bool:
    """Whether a word for somebody's employment says that they work when they are called, in any width and case."""
    plain = normalize("NFKC", word).casefold().replace(PARTNER, "")
    return any(known in plain for known in CALLED_BY_SHIFT)


def default_blank_means(type: str, status: str) -> str:
    """What an empty cell means for somebody of whom nobody said it: ``free`` for those who are called by shift (パート,
    アルバイト, part-time), ``work`` for all others. The status says it; the type where there is no status."""
    return FREE if is_called_by_shift(status.strip() or type) else WORK


def reordered(present: list[str], wanted: list[str]) -> list[str]:
    """``wanted`` first, in its order, then the others in theirs; ids that are not present are left out."""
    known = set(present)
    first = [staff_id for staff_id in dict.fromkeys(wanted) if staff_id in known]
    return first + [staff_id for staff_id in present if staff_id not in set(first)]
