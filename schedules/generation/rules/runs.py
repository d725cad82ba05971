"""Patterns over days that follow one another for one person, carried in from the days before the period and on into those
after it, as far as they are known."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from schedules.generation.rules.context import RuleContext
from schedules.generation.terms import Measure, Pattern, Ref, Rule, Subject


def pattern(context: RuleContext, rule: Rule, row: int, last: date, measures: Sequence[Measure]) -> Iterator[Pattern]:
    """The pattern that ends on ``last``; none if it cannot come about: it lies outside the period, or a day of it is unknown
    there or does not fit, or lies outside the employment."""
    first = last - timedelta(days=len(measures) - 1)
    refs: list[Ref] = []
    for offset, measure in enumerate(measures):
        day = first + timedelta(days=offset)
        column = context.column.get(day)
        if column is not None:
            if not context.employed(row, day):
                return
            refs.append(Ref(row, column, measure))
            continue
        state = context.beyond(row, day)
        if state is None or measure.of(state) == 0:
            return
    if refs:
        yield Pattern(rule, tuple(refs), Subject(staff=row, day=last, until=first))
