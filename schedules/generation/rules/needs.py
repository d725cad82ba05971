"""Needs: how many of a shift on which days.

On each open day for which a row has a number: so many people of its scope with that shift, counted by head as daily limits count them
(one count for ``all``, one for each position, type or group). A number for a date counts before one for holidays, that before one for
the day before a holiday, that before one for the day of the week. Each person who is missing costs the row's weight, and must not be missing
where the row must be kept; each above the number and its ``spare`` costs ``tooManyWeight``, and is never more than a wish. On a day on
which all work nobody is needed to be off, and no number at work is too many. A number of a need with a skill is so many places instead
(:mod:`rules.skills`), that of a need with hours so many at each moment of them (:mod:`rules.need_hours`).
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from schedules.generation.measures import shift
from schedules.generation.rules.asked import Asked, asked
from schedules.generation.rules.context import RuleContext
from schedules.generation.rules.need_hours import hour_terms, places_by_the_hour
from schedules.generation.rules.skills import PLACE, Kind, place_terms
from schedules.generation.terms import Count, Subject, Term

FEW, MANY = "staffing_need", "staffing_surplus"


def need_terms(context: RuleContext) -> Iterator[Term]:
    """Two terms for each number: one for those who are missing, one for those who are too many. Of places one for each number."""
    places: dict[date, list[Kind]] = defaultdict(list)
    timed: list[Asked] = []
    for each in asked(context):
        need = each.need
        if need.hours:
            if need.skill is None:
                yield from hour_terms(context, each, FEW, MANY)
            elif each.least:
                timed.append(each)
            continue
        if need.skill is not None:
            if each.least:
                subject = Subject(day=each.day, label=each.called, what=need.shift_type)
                kind = Kind(context.rule(PLACE, need), need.shift_type, frozenset(each.rows), each.least, subject)
                places[each.day].append(kind)
            continue
        refs = context.refs(each.rows, each.day, shift(need.shift_type))
        subject = Subject(day=each.day, label=each.label, what=need.shift_type)
        if each.least:
            yield Count(context.rule(FEW, need), refs, low=each.least, subject=subject)
        if each.most is not None:
            surplus = context.make_rule(MANY, need.id, need.name, hard=False, weight=need.surplus)
            yield Count(surplus, refs, high=each.most, subject=subject)
    for kinds in places.values():
        yield from place_terms(context, kinds)
    yield from places_by_the_hour(context, timed)
