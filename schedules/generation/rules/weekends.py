"""Weekends: runs of days that the rule names, Saturday and Sunday unless it names others. ``holiday`` beside them makes a Monday that is
one part of its weekend; alone, each holiday is one by itself.

- ``max_weekends``: a person works at most ``maxCount`` of them; a weekend counts once, on whichever of its days they work
- ``whole_weekends``: both days or none; a weekend with a closed day, or of which not all days are employed, is not asked

A weekend that began before the period counts with what was worked then, one that goes on after it with what is planned; where that has
decided about all of them, nothing is asked. Both kinds
are asked of weekends with a day in force.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from schedules.generation.measures import WORK
from schedules.generation.problem import PriorityRule, When
from schedules.generation.rules.context import RuleContext
from schedules.generation.rules.rule_kind import RuleKind, people_of
from schedules.generation.terms import Blocks, Count, Ref, Rule, Spread, Subject, Term

SATURDAY_AND_SUNDAY = frozenset({0, 6})
LONGEST = 7

Weekend = tuple[date, ...]


def weekends_of(context: RuleContext, when: When) -> list[Weekend]:
    """The weekends that have a day in the period and in force, whole, also where they lie over an edge of the period."""
    named = when if when.names_days else replace(when, weekdays=SATURDAY_AND_SUNDAY)
    ever = replace(named, effective_from=None, effective_until=None)
    first, last = context.problem.days[0], context.problem.days[-1]
    day, found, run = first - timedelta(days=LONGEST), list[Weekend](), list[date]()
    while day <= last + timedelta(days=LONGEST):
        if ever.applies(day):
            run.append(day)
        elif run:
            found.append(tuple(run))
            run = []
        day += timedelta(days=1)
    return [each for each in found if any(day in context.column and named.in_force(day) for day in each)]


def _works(context: RuleContext, person: int, day: date) -> bool | None:
    """Whether the person works on a day around the period; None where it is not known."""
    state = context.beyond(person, day)
    return None if state is None else state.works


def _most(context: RuleContext, row: PriorityRule, rule: Rule) -> Iterator[Term]:
    if row.maximum is None:
        return
    weekends = weekends_of(context, row.when)
    for person in people_of(context, row):
        rows, constant = list[tuple[Ref, ...]](), 0
        for weekend in weekends:
            if any(day not in context.column and _works(context, person, day) for day in weekend):
                constant += 1
                continue
            inside = [day for day in weekend if day in context.column and context.employed(person, day)]
            if inside:
                rows.append(tuple(context.ref(person, day, WORK) for day in inside))
        if rows:
            yield Blocks(rule, tuple(rows), row.maximum, constant, Subject(staff=person))


def _whole(context: RuleContext, row: PriorityRule, rule: Rule) -> Iterator[Term]:
    weekends = [each for each in weekends_of(context, row.when) if len(each) > 1]
    for weekend in weekends:
        if not context.problem.closed.isdisjoint(weekend):
            continue
        for person in people_of(context, row):
            if all(context.employed(person, day) for day in weekend):
                yield from _alike(context, rule, person, weekend)


def _alike(context: RuleContext, rule: Rule, person: int, weekend: Weekend) -> Iterator[Term]:
    inside = [day for day in weekend if day in context.column]
    around = {_works(context, person, day) for day in weekend if day not in context.column} - {None}
    subject = Subject(staff=person, day=inside[0], until=inside[-1])
    refs = tuple(context.ref(person, day, WORK) for day in inside)
    if around == {True}:
        yield Count(rule, refs, low=len(inside), subject=subject)
    elif around == {False}:
        yield Count(rule, refs, high=0, subject=subject)
    elif not around and len(inside) > 1:
        yield Spread(rule, tuple((ref,) for ref in refs), subject=subject)


KINDS = (
    RuleKind(
        "max_weekends",
        words=("weekends with work", "出勤する週末"),
        sentence=(
            "{who} works on {count:weekend|weekends}, at most {high} allowed",
            "{who}:出勤する週末が{count}回です({high}回以下)",
        ),
        terms=_most,
    ),
    RuleKind(
        "whole_weekends",
        words=("both days of a weekend or none", "週末は両日とも同じにする"),
        sentence=(
            "{who} works on a part of the weekend from {day} to {until} only",
            "{who}:{day_ja}〜{until_ja}の週末の一部だけ出勤です",
        ),
        terms=_whole,
        says_bounds=False,
    ),
)
