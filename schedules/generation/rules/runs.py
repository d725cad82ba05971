"""Patterns over days that follow one another for one person, carried in from the days before the period."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from schedules.generation.rules.context import Context
from schedules.generation.terms import Measure, Pattern, Ref, Rule, Subject


def pattern(context: Context, rule: Rule, row: int, last: date, measures: Sequence[Measure]) -> Iterator[Pattern]:
    """The pattern that ends on ``last``; none if it cannot come about: a day before that is unknown or does not fit, a
    day outside the employment."""
    end = context.column[last]
    start = end - len(measures) + 1
    inside = range(max(start, 0), end + 1)
    # Employment is one stretch of days, so its ends say it all.
    if not (context.employed(row, last) and context.employed(row, context.problem.days[inside.start])):
        return
    first = last - timedelta(days=len(measures) - 1)
    earlier = inside.start - start
    for offset, measure in enumerate(measures[:earlier]):
        state = context.past(row, first + timedelta(days=offset))
        if state is None or measure.of(state) == 0:
            return
    refs = tuple(Ref(row, column, measure) for column, measure in zip(inside, measures[earlier:], strict=True))
    yield Pattern(rule, refs, Subject(staff=row, day=last, until=first))
