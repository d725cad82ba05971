"""Daily, weekly and monthly limits.

- daily: on each day that applies, the people in scope with the shift type, counted by head: one count for ``all``, one for
  each position, type or group, one for the listed individuals together. Closed days are left out.
- weekly: for each person in scope and each week, shifts by head, days off in off-equivalents. The week at the start of the
  period carries in the days before; a least number is only asked of weeks that are wholly known, in force and employed.
- monthly: for each person in scope over the period. Who is employed, or whom the limit concerns, for a part of it only is
  measured by that part (the least rounded down, the most up).

Where a least number of *days off* is asked of a person who is called by shift, each day without a shift is rest.
Where a most is set, only what is marked as off counts.

``shift_distribution`` is about the days on which a person has the shift type: least and most in the period;
``maxConsecutive``: no longer run; ``minDaysBetween``: at least so many other days between the end of one run and the start
of the next (alone, it also means runs of one day); ``preferWeekends``: each one on a weekday costs a tenth, always soft.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from schedules.generation.measures import OFF_SHARE, REST_SHARE, shift
from schedules.generation.problem import Limit, weekday
from schedules.generation.rules.context import Context
from schedules.generation.rules.runs import pattern
from schedules.generation.terms import UNIT, Count, Measure, Subject, Term

WEEKEND_SHARE = Fraction(1, 10)
WEEKEND = frozenset({0, 6})


def daily_terms(context: Context) -> Iterator[Term]:
    for limit in context.problem.daily:
        rule = context.rule("daily_limit", limit)
        low = None if limit.minimum is None else ceil(limit.minimum)
        high = None if limit.maximum is None else floor(limit.maximum)
        for label, rows in context.targets(limit.scope, limit.targets):
            for day in context.open_days:
                if limit.when.applies(day):
                    refs = context.refs(rows, day, shift(limit.shift_type))
                    subject = Subject(day=day, label=label, what=limit.shift_type)
                    yield Count(rule, refs, low=low, high=high, subject=subject)


@dataclass(frozen=True, slots=True)
class Bound:
    """The least or the most of something, in its unit (hundredths for days off)."""

    least: bool
    amount: Fraction
    measure: Measure
    scale: int

    @property
    def units(self) -> int:
        return int(self.amount * self.scale)

    @property
    def low(self) -> int | None:
        return self.units if self.least else None

    @property
    def high(self) -> int | None:
        return None if self.least else self.units


def bounds(limit: Limit) -> list[Bound]:
    """The bounds that a limit sets, the least first."""
    of_rest = limit.shift_type == "off"
    found = []
    if limit.minimum is not None and limit.minimum > 0:
        measure = REST_SHARE if of_rest else shift(limit.shift_type)
        found.append(Bound(True, limit.minimum, measure, UNIT if of_rest else 1))
    if limit.maximum is not None:
        measure = OFF_SHARE if of_rest else shift(limit.shift_type)
        found.append(Bound(False, limit.maximum, measure, UNIT if of_rest else 1))
    return found


def weekly_terms(context: Context) -> Iterator[Term]:
    for limit in context.problem.weekly:
        for row in context.people(limit.scope, limit.targets):
            for week in _weeks(context, limit.week_starts_on):
                yield from _week(context, limit, row, week)


def _weeks(context: Context, starts_on: int) -> Iterator[list[date]]:
    first = context.problem.days[0]
    day = first - timedelta(days=(weekday(first) - starts_on) % 7)
    while day <= context.problem.days[-1]:
        yield [day + timedelta(days=step) for step in range(7)]
        day += timedelta(days=7)


def _week(context: Context, limit: Limit, row: int, week: Sequence[date]) -> Iterator[Term]:
    asked = [day for day in week if limit.when.in_force(day)]
    inside = [day for day in asked if day in context.column and context.employed(row, day)]
    if not inside:
        return
    states = [context.past(row, day) for day in asked if day < context.problem.days[0]]
    known = [state for state in states if state is not None and state.kind != "absent"]
    whole = len(inside) + len(known) == 7
    subject = Subject(staff=row, day=inside[0], what=limit.shift_type, until=inside[-1])
    for bound in bounds(limit):
        if bound.least and not whole:
            continue
        yield Count(
            context.rule("weekly_limit", limit, scale=bound.scale),
            tuple(context.ref(row, day, bound.measure) for day in inside),
            low=bound.low,
            high=bound.high,
            constant=sum(bound.measure.of(state) for state in known),
            subject=subject,
            scale=bound.scale,
        )


def monthly_terms(context: Context) -> Iterator[Term]:
    for limit in context.problem.monthly:
        for row in context.people(limit.scope, limit.targets):
            days = [day for day in context.problem.days if limit.when.in_force(day) and context.employed(row, day)]
            if days:
                yield from _month(context, limit, row, days)
                yield from _distribution(context, limit, row, days)


def _month(context: Context, limit: Limit, row: int, days: Sequence[date]) -> Iterator[Term]:
    subject = Subject(staff=row, what=limit.shift_type, label=limit.limit_type)
    part = Fraction(len(days), len(context.problem.days))
    for bound in (_for_part(whole, part) for whole in bounds(limit)):
        yield Count(
            context.rule("monthly_limit", limit, scale=bound.scale),
            tuple(context.ref(row, day, bound.measure) for day in days),
            low=bound.low,
            high=bound.high,
            subject=subject,
            scale=bound.scale,
        )


def _for_part(bound: Bound, part: Fraction) -> Bound:
    """The bound for somebody who is only concerned for a part of the period."""
    if part == 1:
        return bound
    amount = Fraction(floor(bound.amount * part)) if bound.least else Fraction(ceil(bound.amount * part))
    return Bound(bound.least, amount, bound.measure, bound.scale)


def _distribution(context: Context, limit: Limit, row: int, days: Sequence[date]) -> Iterator[Term]:
    measure = shift(limit.shift_type)
    gap = limit.min_days_between or 0
    longest = limit.max_consecutive or (1 if gap else None)
    rule = context.rule("distribution", limit)
    for day in days:
        if longest:
            yield from pattern(context, rule, row, day, [measure] * (longest + 1))
        for between in range(1, gap):
            yield from pattern(context, rule, row, day, [measure, *[measure.inverse()] * between, measure])
    if limit.prefer_weekends:
        yield from _weekends(context, limit, row, days, measure)


def _weekends(context: Context, limit: Limit, row: int, days: Sequence[date], measure: Measure) -> Iterator[Term]:
    rule = context.make_rule("prefer_weekends", limit.id, limit.name, hard=False, weight=limit.weight * WEEKEND_SHARE)
    for day in days:
        if weekday(day) not in WEEKEND:
            subject = Subject(staff=row, day=day, what=limit.shift_type)
            yield Count(rule, (context.ref(row, day, measure),), high=0, subject=subject)
