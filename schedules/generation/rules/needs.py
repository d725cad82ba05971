"""Needs: how many of a shift on which days.

On each open day for which a row has a number: so many people of its scope with that shift, counted by head as daily limits count them
(one count for ``all``, one for each position, type or group). A number for a date counts before one for holidays, that before one for
the day before a holiday, that before one for the day of the week. Each person who is missing costs the row's weight, and must not be missing
where the row must be kept; each above the number and its ``spare`` costs ``tooManyWeight``, and is never more than a wish. On a day on
which all work nobody is needed to be off, and no number at work is too many. A number of a need with a skill is so many places instead
(:mod:`rules.skills`).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from schedules.generation.measures import shift
from schedules.generation.problem import Need
from schedules.generation.rules.context import RuleContext
from schedules.generation.rules.limits import is_about_days_off, is_about_work
from schedules.generation.rules.skills import PLACE, Kind, place_terms
from schedules.generation.terms import Count, Subject, Term

FEW, MANY = "staffing_need", "staffing_surplus"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a need asks on one day: so many of these people (rows of the grid), who are called ``label``; None: not that any are missing, or too many."""

    need: Need
    day: date
    label: str
    rows: tuple[int, ...]
    wanted: int
    least: int | None
    most: int | None

    @property
    def called(self) -> str:
        """Of whom, with the skill where one is named."""
        skill, level = self.need.skill, self.need.min_level
        if skill is None:
            return self.label
        named = skill.name if level < 2 else f"{skill.name} Lv.{level}+"
        return f"{self.label} {named}" if self.label else named


def asked(context: RuleContext) -> Iterator[Asked]:
    """Everything that needs ask, day by day."""
    types = context.problem.shift_types
    for need in context.problem.needs:
        about_off, about_work = is_about_days_off(types, need.shift_type), is_about_work(need.shift_type)
        for label, people in context.targets(need.scope, need.targets):
            rows = tuple(row for row in people if _has_skill(context, need, row))
            for day in context.open_days:
                wanted = need.wanted(day)
                if wanted is not None:
                    all_work = day in context.problem.all_work
                    least = None if all_work and about_off else wanted
                    most = None if not need.surplus or (all_work and about_work) else wanted + need.spare
                    yield Asked(need, day, label, rows, wanted, least, most)


def _has_skill(context: RuleContext, need: Need, row: int) -> bool:
    return need.skill is None or need.skill.reaches(context.problem.staff[row].id, need.min_level)


def need_terms(context: RuleContext) -> Iterator[Term]:
    """Two terms for each number: one for those who are missing, one for those who are too many. Of places one for each number."""
    places: dict[date, list[Kind]] = defaultdict(list)
    for each in asked(context):
        need = each.need
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
