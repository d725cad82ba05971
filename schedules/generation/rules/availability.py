"""When people can work, week after week: one term for each entry and each day that it is about.

As hard as a wish that says ``cannot``, and as heavy as one that says nothing else: it is broken only where the hard rules cannot all be
kept, and then reported. Hours rule out the shift types whose times on that day lie outside, and no others: of a type without times
nothing is known, which is said as a warning (``unheard.untimed``). A shift belongs to the day on which it begins.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from schedules.generation.kinds import DAY
from schedules.generation.measures import WORK, during
from schedules.generation.problem import Availability, Problem
from schedules.generation.rules.context import RuleContext
from schedules.generation.rules.wishes import WishKind
from schedules.generation.terms import Count, Subject, Term

WEIGHT = Fraction(3)
"""That of a wish of which nobody has said how much it counts."""

AVAILABILITY_KINDS: Mapping[str, WishKind] = {
    "availability_day": WishKind(
        ("no work on a weekday on which the person cannot", "出勤できない曜日には入れない"),
        (
            "{who} works on {day}, a weekday on which they cannot",
            "{who}:{day_ja}は出勤できない曜日ですが出勤です",
        ),
    ),
    "availability_from": WishKind(
        ("no shift that begins before the person can work", "出勤できる時刻より前に始まるシフトには入れない"),
        (
            "{who} works on {day} before {label}, when they can begin",
            "{who}:{day_ja}のシフトは出勤できる{label}より前に始まります",
        ),
    ),
    "availability_until": WishKind(
        ("no shift that goes on after the person can work", "出勤できる時刻より後に終わるシフトには入れない"),
        (
            "{who} works on {day} after {label}, when they must end",
            "{who}:{day_ja}のシフトは出勤できる{label}より後に終わります",
        ),
    ),
    "availability_hours": WishKind(
        ("no shift outside the hours of the person", "出勤できる時間の外のシフトには入れない"),
        (
            "{who} works on {day} outside {label}, when they can work",
            "{who}:{day_ja}のシフトは出勤できる時間({label})の外です",
        ),
    ),
}


def availability_terms(context: RuleContext) -> Iterator[Term]:
    """A term for each day on which somebody who is employed cannot work, or not every shift."""
    for entry in context.problem.availability:
        row = context.row[entry.staff_id]
        kind, label = _kind_of(entry), _label_of(entry)
        rule = context.make_rule(kind, entry.id, "", hard=True, weight=WEIGHT)
        for day in filter(entry.when.applies, context.problem.days):
            outside = shifts_outside(context.problem, entry, day)
            if context.employed(row, day) and (entry.is_none or outside):
                measure = WORK if entry.is_none else during(context.problem.shift_types, WORK, outside)
                subject = Subject(staff=row, day=day, label=label)
                yield Count(rule, (context.ref(row, day, measure),), high=0, subject=subject)


def shifts_outside(problem: Problem, entry: Availability, day: date) -> frozenset[str]:
    """The symbols of the shift types whose times on that day lie outside the hours of an entry."""
    types = problem.shift_types.by_symbol
    return frozenset(symbol for symbol, each in types.items() if not entry.is_none and not entry.allows(each.on(day)))


def _kind_of(entry: Availability) -> str:
    if entry.is_none:
        return "availability_day"
    if entry.ends is None:
        return "availability_from"
    return "availability_until" if entry.begins is None else "availability_hours"


def _label_of(entry: Availability) -> str:
    begins, ends = (None if moment is None else _clock(moment) for moment in (entry.begins, entry.ends))
    return f"{begins}–{ends}" if begins and ends else begins or ends or ""


def _clock(minutes: int) -> str:
    """24:00 is the end of the day; what lies on the next day is said by its own time."""
    minutes = minutes if minutes <= DAY else minutes - DAY
    return f"{minutes // 60}:{minutes % 60:02}"
