"""``run_length``: so many days in a row of one shift type, at least (``minCount``) and at most (``maxCount``).

``any`` is work, ``off`` days off and, of those who are called by shift, days without a call: at least two days off in a row is no
single day off. Each day that a run is too short costs, and each window that is one day too long. Runs are carried in and go on
into the days after the period; one whose beginning or end is not known is not called too short. Days of the week do not matter,
effective dates do (of the last day).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from schedules.generation.measures import REST_OR_OFF, shift
from schedules.generation.problem import PriorityRule
from schedules.generation.rules.context import RuleContext
from schedules.generation.rules.rule_kind import RuleKind, its_shift, people_of
from schedules.generation.rules.runs import pattern
from schedules.generation.terms import Measure, Rule, Subject, Term


def _runs(context: RuleContext, row: PriorityRule, rule: Rule) -> Iterator[Term]:
    measure = REST_OR_OFF if row.shift_type == "off" else shift(row.shift_type)
    longest = max(row.minimum or 0, row.maximum or 0)
    last_days = [*context.problem.days, *context.after(longest)]
    for person in people_of(context, row):
        for day in last_days:
            if row.when.in_force(day):
                yield from _too_long(context, row, rule, person, day, measure)
                yield from _too_short(context, row, person, day, measure)


def _too_long(
    context: RuleContext, row: PriorityRule, rule: Rule, person: int, day: date, measure: Measure
) -> Iterator[Term]:
    if row.maximum is not None:
        for each in pattern(context, rule, person, day, [measure] * (row.maximum + 1)):
            yield replace(each, subject=replace(each.subject, what=row.shift_type))


def _too_short(context: RuleContext, row: PriorityRule, person: int, day: date, measure: Measure) -> Iterator[Term]:
    """The runs that end before ``day``, by their length: also those outside the period to which one of its days puts an end, as it might have
    gone on with them."""
    for length in range(1, row.minimum or 0):
        run = [day - timedelta(days=back) for back in range(length, 0, -1)]
        missing = (row.minimum or 0) - length
        rule = context.rule(row.rule_type, row, weight=row.weight * missing)
        subject = Subject(staff=person, day=run[-1], until=run[0], what=row.shift_type)
        for each in pattern(context, rule, person, day, _alone(measure, length)):
            yield replace(each, subject=subject)


def _alone(measure: Measure, length: int) -> Sequence[Measure]:
    return [measure.inverse(), *[measure] * length, measure.inverse()]


KINDS = (
    RuleKind(
        "run_length",
        words=("how many days in a row", "連続日数"),
        sentence=(
            "{who}: from {until} to {day} not as many days in a row ({shift}) as asked",
            "{who}:{until_ja}〜{day_ja}の連続日数({shift_ja})が条件に合いません",
        ),
        terms=_runs,
        wanted=its_shift,
        shunned=its_shift,
        is_even=True,
    ),
)
