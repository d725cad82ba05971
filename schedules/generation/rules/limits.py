"""Daily, weekly and monthly limits.

- daily: on each day that applies, the people in scope with the shift type, counted by head: one count for ``all``, one for
  each position, type or group, one for the listed individuals together. Closed days are left out; on a day on which all work
  nobody is asked to be off, and no number at work is too many.
- weekly: for each person in scope and each week, shifts by head, days off in off-equivalents; of the days of the week that it
  names, if it names some. The weeks at its ends carry in the days before the period, and those after it that are planned; a least number is only asked of weeks whose days are
  wholly known, in force and employed.
- monthly: for each person in scope over the period. A period that is a part of a month only is asked that part (the least rounded to the
  nearest whole, the most up); and who is employed, or whom the limit concerns, for a part of the period only is measured by that part (the
  least rounded down, the most up).

Of a month ``off_days`` counts an early shift as half a day off (``countHalfDays``; without it only whole days off), and
neither days off nor early shifts on closed days (``excludeCalendarRules``, ``excludeEarlyShiftCalendar``). The other limits of a month do
so where these say so. ``overrideWeeklyLimits``: see ``overriding``.

Where a least number of *days off* is asked of a person who is called by shift, each day without a shift is rest.
Where a most is set, only what is marked as off counts.

For whom a more particular limit of the same counts instead: see ``exceptions``.

``shift_distribution`` is about the days on which a person has the shift type: least and most in the period;
``maxConsecutive``: no longer run; ``minDaysBetween``: at least so many other days between the end of one run and the start
of the next (alone, it also means runs of one day); ``preferWeekends``: each one on a weekday costs a tenth, always soft.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor, gcd

from schedules.generation.kinds import OFFS, ShiftTypes, State
from schedules.generation.measures import days_off, on_closed_days, shift
from schedules.generation.problem import Limit, Problem, weekday
from schedules.generation.rules.context import RuleContext
from schedules.generation.rules.runs import pattern
from schedules.generation.terms import UNIT, Count, Measure, Subject, Term

OFF_WORDS = frozenset({"off", "designated_off"})
WORK_WORDS = frozenset({"any", "work", "working"})
WEEKEND_SHARE = Fraction(1, 10)
WEEKEND = frozenset({0, 6})


def daily_terms(context: RuleContext) -> Iterator[Term]:
    """The terms of the daily limits."""
    for limit in context.problem.daily:
        rule = context.rule("daily_limit", limit)
        low = None if limit.minimum is None else ceil(limit.minimum)
        high = None if limit.maximum is None else floor(limit.maximum)
        for label, rows in context.targets(limit.scope, limit.targets):
            for day in context.open_days:
                if limit.when.applies(day):
                    refs = context.refs(rows, day, shift(limit.shift_type))
                    subject = Subject(day=day, label=label, what=limit.shift_type)
                    least, most = (
                        (low, high)
                        if day not in context.problem.all_work
                        else _beside_all_work(context, limit, low, high)
                    )
                    if least is not None or most is not None:
                        yield Count(rule, refs, low=least, high=most, subject=subject)


def _beside_all_work(
    context: RuleContext, limit: Limit, low: int | None, high: int | None
) -> tuple[int | None, int | None]:
    """On a day on which all work nobody can be asked to be off, by whatever symbol, and no number at work is too many."""
    is_off = is_about_days_off(context.problem.shift_types, limit.shift_type)
    return (None if is_off else low), (None if is_about_work(limit.shift_type) else high)


def is_about_days_off(types: ShiftTypes, shift_type: str) -> bool:
    """Whether what is counted are days off, by whatever symbol."""
    named = types.by_symbol.get(shift_type)
    return shift_type in OFF_WORDS or (named is not None and named.kind in OFFS)


def is_about_work(shift_type: str) -> bool:
    """Whether all work is counted, of whatever shift."""
    return shift_type in WORK_WORDS


@dataclass(frozen=True, slots=True)
class Bound:
    """The least or the most of something; ``scale`` of its parts are one (days off may come in halves)."""

    least: bool
    amount: Fraction
    measure: Measure
    scale: int

    @property
    def units(self) -> int:
        """The bound in the units in which cells are counted."""
        return int(self.amount * self.scale)

    @property
    def low(self) -> int | None:
        """The lower bound in units; None if this is an upper one."""
        return self.units if self.least else None

    @property
    def high(self) -> int | None:
        """The upper bound in units; None if this is a lower one."""
        return None if self.least else self.units


def bounds(problem: Problem, limit: Limit) -> list[Bound]:
    """The bounds that a limit sets, the least first."""
    wanted = [(True, limit.minimum or None), (False, limit.maximum)]
    return [_bound(problem, limit, least, amount) for least, amount in wanted if amount is not None]


def _bound(problem: Problem, limit: Limit, least: bool, amount: Fraction) -> Bound:
    if limit.shift_type != "off":
        return Bound(least, amount, shift(limit.shift_type), 1)
    scale = _parts_of_a_day(problem, limit, amount)
    measure = days_off(rest=least, half_days=limit.half_days, whole_days=limit.whole_days, scale=scale)
    return Bound(least, amount, measure, scale)


def _parts_of_a_day(problem: Problem, limit: Limit, amount: Fraction) -> int:
    """The fewest parts of a day in which the bound and all off-equivalents are whole, so that a weight keeps its digits."""
    shares = [] if limit.whole_days else [each.off_equivalent for each in problem.shift_types.types]
    halves = [Fraction(1, 2)] if limit.half_days else []
    return UNIT // gcd(UNIT, *(int(each * UNIT) for each in (amount, *shares, *halves)))


def weeks_of(context: RuleContext, starts_on: int) -> Iterator[list[date]]:
    """The weeks that the period has a part in, each of seven days."""
    first = context.problem.days[0]
    day = first - timedelta(days=(weekday(first) - starts_on) % 7)
    while day <= context.problem.days[-1]:
        yield [day + timedelta(days=step) for step in range(7)]
        day += timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """What a bound of a weekly limit asks of a person: of these days, ``constant`` being what the days around the period add.
    ``counted`` are the first and the last of all days that count, around the period too."""

    bound: Bound
    days: tuple[date, ...]
    constant: int
    counted: tuple[date, date]

    @classmethod
    def asked(cls, context: RuleContext, limit: Limit, row: int, week: Sequence[date]) -> Iterator["Week"]:
        """All that the limit asks in one week: nothing where the person has none of its days; no least number where a day is
        unknown, out of force or outside the employment."""
        asked = [day for day in week if limit.when.applies(day)]
        inside = tuple(day for day in asked if day in context.column and context.employed(row, day))
        if not inside:
            return
        beyond = ((day, context.beyond(row, day)) for day in asked if day not in context.column)
        known = {day: state for day, state in beyond if state is not None and state.kind != "absent"}
        named = replace(limit.when, effective_from=None, effective_until=None)
        whole = len(inside) + len(known) == sum(map(named.applies, week))
        for bound in bounds(context.problem, limit):
            if whole or not bound.least:
                counted = min((*inside, *known)), max((*inside, *known))
                yield cls(bound, inside, sum(map(bound.measure.of, known.values())), counted)

    def subject(self, row: int, what: str) -> Subject:
        """A person's week: about a day of the period, told from the first to the last of the days that count."""
        first, last = self.counted
        return Subject(row, self.days[0], what=what, until=last, since=first)

    def of(self, day: date, state: State) -> int:
        """What a state counts on a day of the week."""
        return self.bound.measure.of(state) if day in self.days else 0


def week_terms(context: RuleContext, limit: Limit, row: int) -> Iterator[Term]:
    """What a weekly limit asks of a person."""
    for days in weeks_of(context, limit.week_starts_on):
        for week in Week.asked(context, limit, row, days):
            yield Count(
                context.rule("weekly_limit", limit, scale=week.bound.scale),
                tuple(context.ref(row, day, week.bound.measure) for day in week.days),
                low=week.bound.low,
                high=week.bound.high,
                constant=week.constant,
                subject=week.subject(row, limit.shift_type),
                scale=week.bound.scale,
            )


def monthly_terms(context: RuleContext) -> Iterator[Term]:
    """The terms of the monthly limits, person by person."""
    for limit in context.problem.monthly:
        for row in context.people(limit.scope, limit.targets):
            counted = context.exceptions.of(limit, row)
            days, wanted = part_of(context, counted, row)
            if days:
                yield from _month(context, counted, row, days, wanted)
                yield from _distribution(context, counted, row, days)


def part_of(context: RuleContext, limit: Limit, row: int) -> tuple[list[date], list[Bound]]:
    """The days of the period in which a monthly limit concerns a person, and its bounds for that part."""
    days = [day for day in context.problem.days if limit.when.in_force(day) and context.employed(row, day)]
    part = Fraction(len(days), len(context.problem.days))
    of_period = [_for_period(whole, context.problem.month_part) for whole in bounds(context.problem, limit)]
    return days, [_for_part(whole, part) for whole in of_period]


def _month(
    context: RuleContext, limit: Limit, row: int, days: Sequence[date], wanted: Sequence[Bound]
) -> Iterator[Term]:
    for bound, month in zip(wanted, bounds(context.problem, limit), strict=True):
        whole = month.amount if month.amount != bound.amount else None
        closed = on_closed_days(bound.measure, limit.but_closed, limit.but_early_closed)
        yield Count(
            context.rule("monthly_limit", limit, scale=bound.scale),
            tuple(context.ref(row, day, closed if day in context.problem.closed else bound.measure) for day in days),
            low=bound.low,
            high=bound.high,
            subject=Subject(staff=row, what=limit.shift_type, label=limit.limit_type, whole=whole),
            scale=bound.scale,
        )


def _for_period(bound: Bound, part: Fraction) -> Bound:
    """The bound of a month for a period that is a part of one: eight days off in 30 are three in eleven."""
    if part >= 1:
        return bound
    amount = ceil(bound.amount * part - Fraction(1, 2)) if bound.least else ceil(bound.amount * part)
    return Bound(bound.least, Fraction(amount), bound.measure, bound.scale)


def for_part_of_a_month(context: RuleContext, bound: Bound, part: Fraction) -> Bound:
    """What a bound of a month asks of the period, and of somebody who is concerned for ``part`` of it."""
    return _for_part(_for_period(bound, context.problem.month_part), part)


def _for_part(bound: Bound, part: Fraction) -> Bound:
    """The bound for somebody who is only concerned for a part of the period."""
    if part == 1:
        return bound
    amount = Fraction(floor(bound.amount * part)) if bound.least else Fraction(ceil(bound.amount * part))
    return Bound(bound.least, amount, bound.measure, bound.scale)


def _distribution(context: RuleContext, limit: Limit, row: int, days: Sequence[date]) -> Iterator[Term]:
    measure = shift(limit.shift_type)
    gap = limit.min_days_between or 0
    longest = limit.max_consecutive or (1 if gap else None)
    rule = context.rule("distribution", limit)
    following = [day for day in context.after(max(longest or 0, gap)) if limit.when.in_force(day)]
    for day in [*days, *following]:
        if longest:
            yield from pattern(context, rule, row, day, [measure] * (longest + 1))
        for between in range(1, gap):
            yield from pattern(context, rule, row, day, [measure, *[measure.inverse()] * between, measure])
    if limit.prefer_weekends:
        yield from _weekends(context, limit, row, days, measure)


def _weekends(context: RuleContext, limit: Limit, row: int, days: Sequence[date], measure: Measure) -> Iterator[Term]:
    rule = context.make_rule("prefer_weekends", limit.id, limit.name, hard=False, weight=limit.weight * WEEKEND_SHARE)
    for day in days:
        if weekday(day) not in WEEKEND:
            subject = Subject(staff=row, day=day, what=limit.shift_type)
            yield Count(rule, (context.ref(row, day, measure),), high=0, subject=subject)
