"""Hours, from the times of the shift types (docs/generation.md): a type without times counts none, and its problem says so.

- ``hours``: a person's hours in each week (``per``: ``week``, which starts on ``weekStartsOn``) or in the period, at least ``minHours``, at most
  ``maxHours``; of each shift longer than ``breakOverHours`` (6) ``breakMinutes`` are deducted. Weeks carry in what was worked around the period; a least
  number is asked of weeks that are wholly known, in force and employed. In a part of a month, and of who is employed for a part of it,
  a part is asked, as of other limits of a month.
- ``rest_between``: from the end of a shift to the beginning of the next day's at least ``minHours``. A shift that ends at or before its beginning
  ends on the next day.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor, gcd

from schedules.generation.kinds import Kind, ShiftType, State
from schedules.generation.problem import PriorityRule
from schedules.generation.rules.context import RuleContext
from schedules.generation.rules.limits import Bound, for_part_of_a_month, weeks_of
from schedules.generation.rules.rule_kind import RuleKind, people_of
from schedules.generation.rules.runs import pattern
from schedules.generation.terms import Count, Measure, Rule, Subject, Term

HOUR = 60
DAY = 24 * HOUR
PERIOD = "period"


def type_of(context: RuleContext, state: State) -> ShiftType | None:
    """The shift type of a state at work: of a blank the first normal one."""
    if not state.works:
        return None
    types = context.problem.shift_types
    return types.by_symbol.get(state.value) or (types.first(Kind.NORMAL) if state.kind is Kind.NORMAL else None)


def minutes(kind: ShiftType, row: PriorityRule) -> int:
    """How long a shift counts for a rule: without the break, where it is long enough to have one."""
    if kind.begins is None or kind.ends is None:
        return 0
    long = (kind.ends - kind.begins - 1) % DAY + 1
    return max(0, long - row.break_minutes) if long > row.break_over * HOUR else long


def _bounds(context: RuleContext, row: PriorityRule) -> list[Bound]:
    """The least first. Counted in the longest piece of time that all shifts and bounds are made of, so that a weight keeps its digits."""
    asked = [(True, row.min_hours or None), (False, row.max_hours)]
    amounts = [amount for _, amount in asked if amount is not None]
    lengths = [minutes(each, row) for each in context.problem.shift_types.types]
    piece = gcd(HOUR, *lengths, *(floor(amount * HOUR) for amount in amounts))

    def counted(state: State) -> int:
        kind = type_of(context, state)
        return minutes(kind, row) // piece if kind else 0

    measure = Measure(f"hours by {piece} less {row.break_minutes} over {row.break_over}", counted)
    return [Bound(least, amount, measure, HOUR // piece) for least, amount in asked if amount is not None]


def _hours(context: RuleContext, row: PriorityRule, rule: Rule) -> Iterator[Term]:
    bounds = _bounds(context, row)
    for person in people_of(context, row):
        for bound in bounds:
            yield from (_period if row.per == PERIOD else _weeks)(context, row, person, bound)


def _period(context: RuleContext, row: PriorityRule, person: int, bound: Bound) -> Iterator[Term]:
    days = [day for day in context.problem.days if row.when.in_force(day) and context.employed(person, day)]
    if days:
        part = for_part_of_a_month(context, bound, Fraction(len(days), len(context.problem.days)))
        yield _count(context, row, person, part, days, Subject(staff=person))


def _weeks(context: RuleContext, row: PriorityRule, person: int, bound: Bound) -> Iterator[Term]:
    for week in weeks_of(context, row.week_starts_on):
        asked = [day for day in week if row.when.in_force(day)]
        inside = [day for day in asked if day in context.column and context.employed(person, day)]
        beyond = ((day, context.beyond(person, day)) for day in asked if day not in context.column)
        known = {day: state for day, state in beyond if state is not None and state.kind is not Kind.ABSENT}
        is_whole = len(inside) + len(known) == len(week)
        if inside and (is_whole or not bound.least):
            constant = sum(map(bound.measure.of, known.values()))
            counted = (*inside, *known)
            subject = Subject(staff=person, day=inside[0], since=min(counted), until=max(counted))
            yield _count(context, row, person, bound, inside, subject, constant)


def _count(
    context: RuleContext,
    row: PriorityRule,
    person: int,
    bound: Bound,
    days: Sequence[date],
    subject: Subject,
    constant: int = 0,
) -> Count:
    return Count(
        context.rule(row.rule_type, row, scale=bound.scale),
        tuple(context.ref(person, day, bound.measure) for day in days),
        low=None if bound.low is None else ceil(bound.low),
        high=bound.high,
        constant=constant,
        subject=subject,
        scale=bound.scale,
    )


def _rest(context: RuleContext, row: PriorityRule, rule: Rule) -> Iterator[Term]:
    if row.min_hours is None:
        return
    ends = sorted({end for each in context.problem.shift_types.types if (end := _end(each)) is not None})
    pairs = [(_ends_at(context, end), _begins_before(context, end + row.min_hours * HOUR - DAY)) for end in ends]
    for person in people_of(context, row):
        for day in [*context.problem.days, *context.after(1)]:
            if row.when.in_force(day):
                for pair in pairs:
                    yield from pattern(context, rule, person, day, pair)


def _end(kind: ShiftType) -> int | None:
    """Minutes after the beginning of the day on which the shift begins."""
    if kind.begins is None or kind.ends is None:
        return None
    return kind.ends if kind.ends > kind.begins else kind.ends + DAY


def _ends_at(context: RuleContext, end: int) -> Measure:
    def of(state: State) -> int:
        kind = type_of(context, state)
        return int(kind is not None and _end(kind) == end)

    return Measure(f"ends at {end}", of)


def _begins_before(context: RuleContext, moment: Fraction) -> Measure:
    def of(state: State) -> int:
        kind = type_of(context, state)
        return int(kind is not None and kind.begins is not None and _end(kind) is not None and kind.begins < moment)

    return Measure(f"begins before {moment}", of)


def _all_working(row: PriorityRule) -> list[str]:
    """Any shift may be exchanged for a shorter or a longer one."""
    return ["any", Kind.NORMAL.value, Kind.EARLY.value, Kind.LATE.value]


KINDS = (
    RuleKind(
        "hours",
        words=("hours of work", "労働時間"),
        sentence=(
            "{who} works {count} hours {span}, {bound}",
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
