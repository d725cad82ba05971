"""Hours, from the times that the shift types have on each day (docs/generation.md): a type without times counts none, and its problem
says so.

- ``hours``: a person's hours in each week (``per``: ``week``, which starts on ``weekStartsOn``) or in the period, at least ``minHours``, at most
  ``maxHours``; of each shift longer than ``breakOverHours`` (6) ``breakMinutes`` are deducted. Weeks carry in what was worked around the period; a least
  number is asked of weeks that are wholly known, in force and employed. In a part of a month, and of who is employed for a part of it,
  a part is asked, as of other limits of a month.
- ``rest_between``: from the end of a shift to the beginning of the next day's at least ``minHours``. A shift that ends at or before its beginning
  ends on the next day.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from math import ceil, floor, gcd

from schedules.generation.kinds import DAY, NEVER, Kind, ShiftType, State, Times
from schedules.generation.problem import PriorityRule
from schedules.generation.rules.context import RuleContext
from schedules.generation.rules.limits import Bound, for_part_of_a_month, weeks_of
from schedules.generation.rules.rule_kind import RuleKind, people_of
from schedules.generation.rules.runs import pattern
from schedules.generation.terms import Count, Measure, Rule, Subject, Term

HOUR = 60
PERIOD = "period"


def type_of(context: RuleContext, state: State) -> ShiftType | None:
    """The shift type of a state at work: of a blank the first normal one."""
    if not state.works:
        return None
    types = context.problem.shift_types
    return types.by_symbol.get(state.value) or (types.first(Kind.NORMAL) if state.kind is Kind.NORMAL else None)


def minutes(times: Times, row: PriorityRule) -> int:
    """How long a shift counts for a rule: without the break, where it is long enough to have one."""
    return max(0, times.length - row.break_minutes) if times.length > row.break_over * HOUR else times.length


class Hours:
    """What a rule counts. In the longest piece of time that all shifts and bounds are made of, so that a weight keeps its digits."""

    def __init__(self, context: RuleContext, row: PriorityRule) -> None:
        self.context = context
        self.row = row
        self._types = context.problem.shift_types
        self._measures: dict[date | None, Measure] = {}
        asked = [(True, row.min_hours or None), (False, row.max_hours)]
        amounts = [amount for _, amount in asked if amount is not None]
        lengths = [minutes(times, row) for each in self._types.types for times in each.times]
        self.piece = gcd(HOUR, *lengths, *(floor(amount * HOUR) for amount in amounts))
        counted = self.on(context.problem.days[0])
        self.bounds = [
            Bound(least, amount, counted, HOUR // self.piece) for least, amount in asked if amount is not None
        ]
        """The least first. What they count on each day, :meth:`on` says."""

    def on(self, day: date) -> Measure:
        """What is counted on that day; one measure for all days on which the types have the same times."""
        since = self._types.since(day)
        if since not in self._measures:
            name = f"hours by {self.piece} less {self.row.break_minutes} over {self.row.break_over} from {since}"
            self._measures[since] = Measure(name, partial(self._counted, day))
        return self._measures[since]

    def _counted(self, day: date, state: State) -> int:
        kind = type_of(self.context, state)
        return minutes(kind.on(day), self.row) // self.piece if kind else 0


def _hours(context: RuleContext, row: PriorityRule, rule: Rule) -> Iterator[Term]:
    hours = Hours(context, row)
    for person in people_of(context, row):
        for bound in hours.bounds:
            yield from (_period if row.per == PERIOD else _weeks)(hours, person, bound)


def _period(hours: Hours, person: int, bound: Bound) -> Iterator[Term]:
    context, row = hours.context, hours.row
    days = [day for day in context.problem.days if row.when.in_force(day) and context.employed(person, day)]
    if days:
        part = for_part_of_a_month(context, bound, Fraction(len(days), len(context.problem.days)))
        yield _count(hours, person, part, days, Subject(staff=person))


def _weeks(hours: Hours, person: int, bound: Bound) -> Iterator[Term]:
    context, row = hours.context, hours.row
    for week in weeks_of(context, row.week_starts_on):
        asked = [day for day in week if row.when.in_force(day)]
        inside = [day for day in asked if day in context.column and context.employed(person, day)]
        beyond = ((day, context.beyond(person, day)) for day in asked if day not in context.column)
        known = {day: state for day, state in beyond if state is not None and state.kind is not Kind.ABSENT}
        is_whole = len(inside) + len(known) == len(week)
        if inside and (is_whole or not bound.least):
            constant = sum(hours.on(day).of(state) for day, state in known.items())
            counted = (*inside, *known)
            subject = Subject(staff=person, day=inside[0], since=min(counted), until=max(counted))
            yield _count(hours, person, bound, inside, subject, constant)


def _count(hours: Hours, person: int, bound: Bound, days: Sequence[date], subject: Subject, constant: int = 0) -> Count:
    context, row = hours.context, hours.row
    return Count(
        context.rule(row.rule_type, row, scale=bound.scale),
        tuple(context.ref(person, day, hours.on(day)) for day in days),
        low=None if bound.low is None else ceil(bound.low),
        high=bound.high,
        constant=constant,
        subject=subject,
        scale=bound.scale,
    )


def _rest(context: RuleContext, row: PriorityRule, rule: Rule) -> Iterator[Term]:
    if row.min_hours is None:
        return
    shifts = Rests(context, row.min_hours)
    for person in people_of(context, row):
        for day in [*context.problem.days, *context.after(1)]:
            if row.when.in_force(day):
                for pair in shifts.too_close(day):
                    yield from pattern(context, rule, person, day, pair)


class Rests:
    """The shifts of one day that leave too little rest before those of the next."""

    def __init__(self, context: RuleContext, least_hours: Fraction) -> None:
        self.context = context
        self.least = least_hours * HOUR
        self._types = context.problem.shift_types
        self._pairs: dict[tuple[date | None, date | None], list[tuple[Measure, Measure]]] = {}

    def too_close(self, day: date) -> list[tuple[Measure, Measure]]:
        """For each time at which shifts of the day before end: them, and those of ``day`` that begin too early after it."""
        before = day - timedelta(days=1)
        key = (self._types.since(before), self._types.since(day))
        if key not in self._pairs:
            found = {each.on(before).end for each in self._types.types}
            ends = sorted(end for end in found if end is not None)
            self._pairs[key] = [(self._ends(before, end), self._begins(day, end + self.least - DAY)) for end in ends]
        return self._pairs[key]

    def _ends(self, day: date, end: int) -> Measure:
        """Shifts of that day that end then."""

        def of(state: State) -> int:
            kind = type_of(self.context, state)
            return int(kind is not None and kind.on(day).end == end)

        return Measure(f"ends at {end} from {self._types.since(day)}", of)

    def _begins(self, day: date, moment: Fraction) -> Measure:
        """Shifts of that day that begin before then."""

        def of(state: State) -> int:
            kind = type_of(self.context, state)
            times = kind.on(day) if kind else NEVER
            return int(times.begins is not None and times.end is not None and times.begins < moment)

        return Measure(f"begins before {moment} from {self._types.since(day)}", of)


def _all_working(row: PriorityRule) -> list[str]:
    """Any shift may be exchanged for a shorter or a longer one."""
    return ["any", Kind.NORMAL.value, Kind.EARLY.value, Kind.LATE.value]


KINDS = (
    RuleKind(
        "hours",
        words=("hours of work", "労働時間"),
        sentence=(
            "{who} works {count:hour|hours} {span}, {bound}",
            "{who}:{span_ja}の労働時間が{count}時間です({bound_ja})",
        ),
        terms=_hours,
        wanted=_all_working,
        shunned=_all_working,
        needs_times=True,
    ),
    RuleKind(
        "rest_between",
        words=("rest between shifts", "勤務間の休息"),
        sentence=(
            "{who} has too little rest between {until} and {day}",
            "{who}:{until_ja}と{day_ja}の間の休息が足りません",
        ),
        terms=_rest,
        wanted=_all_working,
        shunned=_all_working,
        needs_times=True,
        says_bounds=False,
    ),
)
