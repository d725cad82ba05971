"""When somebody is employed and can work, and what an empty cell says of them: pure rules."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any
from unicodedata import normalize

from shiftsync.core.dated import facts_within

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
    """What an empty cell means for somebody for whom it was not set: ``free`` for those who are called by shift (パート,
    アルバイト, part-time), ``work`` for all others. The status says it; the type where there is no status."""
    return FREE if is_called_by_shift(status.strip() or type) else WORK


def reordered(present: list[str], wanted: list[str]) -> list[str]:
    """``wanted`` first, in its order, then the others in theirs; ids that are not present are left out."""
    known = set(present)
    first = [staff_id for staff_id in dict.fromkeys(wanted) if staff_id in known]
    return first + [staff_id for staff_id in present if staff_id not in set(first)]


TERM_FIELDS = {
    "type": "type",
    "status": "status",
    "blank_means": "blankMeans",
    "allowed_shift_types": "allowedShiftTypes",
}
"""The facts about somebody that hold from a day, by their names here and on the wire."""

Term = Mapping[str, Any]
"""``validFrom`` (``YYYY-MM-DD``; None: from the beginning) and the facts that hold from then on, as on the wire."""

Span = Mapping[str, Any]
"""One stretch of employment: ``startPeriod`` and ``endPeriod``, as on the wire."""


def span_on(spans: Sequence[Span], day: date) -> int:
    """Which of ``spans`` (the oldest first) contains ``day``; if none does, the next one after it, else the last."""
    for place, span in enumerate(spans):
        ends = last_day(span["endPeriod"])
        if ends is None or ends >= day:
            return place
    return len(spans) - 1


def is_employed_in(spans: Sequence[Span], first: date, last: date) -> bool:
    """Whether somebody is employed on some day from ``first`` to ``last``."""
    return any(is_employed_within(span["startPeriod"], span["endPeriod"], first, last) for span in spans)


def member_within(member: Mapping[str, Any], first: date, last: date) -> dict[str, Any]:
    """A member as on the wire, with the terms and the employment that hold on some day from ``first`` to ``last`` and no others.

    Its own are the first of them, whenever this is asked: what a month says of somebody does not depend on the day on which it is published.
    """
    told = {name: value for name, value in member.items() if name not in ("terms", "employments")}
    if member.get("terms"):
        terms = facts_within(member["terms"], first, last)
        told |= {name: terms[0][name] for name in TERM_FIELDS.values()}
        told |= {"terms": terms} if len(terms) > 1 else {}
    spans = [
        span
        for span in member.get("employments") or ()
        if is_employed_within(span["startPeriod"], span["endPeriod"], first, last)
    ]
    return told | (spans[0] if spans else {}) | ({"employments": spans} if len(spans) > 1 else {})


def point_of(day: date) -> dict[str, int]:
    """A day as the wire has the ends of employment."""
    return {"year": day.year, "month": day.month, "day": day.day}


def leaving(spans: Sequence[Span], day: date) -> list[Span]:
    """``spans`` of somebody who is not employed any more from ``day`` on; none are left where they never were."""
    kept = [span for span in spans if (begins := first_day(span["startPeriod"])) is None or begins < day]
    if not kept:
        return []
    ends = last_day(kept[-1]["endPeriod"])
    if ends is not None and ends < day:
        return kept
    return [*kept[:-1], {**kept[-1], "endPeriod": point_of(day - timedelta(days=1))}]


def returning(spans: Sequence[Span], day: date) -> list[Span]:
    """``spans`` of somebody who is employed again from ``day`` on; the same where they are employed then anyway."""
    if is_employed_in(spans, day, day):
        return list(spans)
    before = [span for span in spans if (ends := last_day(span["endPeriod"])) is not None and ends < day]
    adjoining = before and last_day(before[-1]["endPeriod"]) == day - timedelta(days=1)
    if adjoining:
        return [*before[:-1], {**before[-1], "endPeriod": None}]
    return [*before, {"startPeriod": point_of(day), "endPeriod": None}]


MOST_AVAILABILITY = 100
"""Of one person, entries that are not over."""
MOST_OVER = 1_000
"""Of one person, entries that are over, before another can be entered for days that are."""

Days = tuple[date, date | None]
"""From a day to a day, both included; None: without an end."""


def availability_refusal(
    hours: tuple[time | None, time | None],
    weekdays: Sequence[int],
    days: Days,
    others: Sequence[tuple[Sequence[int], Days]],
) -> tuple[str, str] | None:
    """The field and the sentence that keep an entry of availability from being as it is; ``others``: weekdays and days of the person's
    other entries."""
    begins, ends = days
    if ends is not None and ends < begins:
        return "validUntil", "Must not be before validFrom."
    if hours[0] is not None and hours[0] == hours[1]:
        return "availableUntil", "Must not be the same as availableFrom."
    if any(not set(weekdays).isdisjoint(theirs) and _overlap(days, span) for theirs, span in others):
        return "weekdays", "This person already has an entry for one of these weekdays at that time."
    return None


def another_refusal(days: Days, others: Sequence[Days], today: date) -> tuple[str, str] | None:
    """The field and the sentence that keep a person from having another entry for ``days``; ``others``: the days of those there are.

    What is over counts only where days that are over are entered: it cannot be withdrawn, so who had too much of it could never say
    anything again.
    """
    is_over = _is_over(days, today)
    alike = sum(_is_over(theirs, today) == is_over for theirs in others)
    if is_over and alike >= MOST_OVER:
        return (
            "validUntil",
            f"A person has at most {MOST_OVER} entries of availability that are over. Name several weekdays in one entry, or a last day that is not over.",
        )
    if not is_over and alike >= MOST_AVAILABILITY:
        return (
            "staffId",
            f"A person has at most {MOST_AVAILABILITY} entries of availability that are not over. Withdraw one, or name several weekdays in one entry.",
        )
    return None


def _is_over(days: Days, today: date) -> bool:
    return days[1] is not None and days[1] < today


def _overlap(one: Days, other: Days) -> bool:
    return (one[1] is None or other[0] <= one[1]) and (other[1] is None or one[0] <= other[1])
