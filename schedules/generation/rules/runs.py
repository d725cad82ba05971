"""Patterns over days that follow one another for one person, carried in from the days before the period."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from schedules.generation.rules.context import Context
from schedules.generation.terms import Measure, Pattern, Ref, Rule, Subject


def pattern(context: Context, rule: Rule, row: int, last: date, measures: Sequence[Measure]) -> Iterator[Pattern]:
    """The pattern that ends on ``last``; none if it cannot come about: a day before that is unknown or does not fit, a
    day outside the employment."""
    refs: list[Ref] = []
    for offset, measure in zip(range(len(measures) - 1, -1, -1), measures, strict=True):
        day = last - timedelta(days=offset)
        if day in context.column:
            if not context.employed(row, day):
                return
            refs.append(context.ref(row, day, measure))
        else:
            state = context.past(row, day)
            if state is None or measure.of(state) == 0:
                return
    if refs:
        first = last - timedelta(days=len(measures) - 1)
        yield Pattern(rule, tuple(refs), Subject(staff=row, day=last, until=first))
