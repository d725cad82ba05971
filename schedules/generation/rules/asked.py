"""What the needs of the settings ask on each day (:mod:`rules.needs`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from schedules.generation.problem import Need
from schedules.generation.rules.context import RuleContext
from schedules.generation.rules.limits import is_about_days_off, is_about_work


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
            for day in context.open_days:
                wanted = need.wanted(day)
                if wanted is not None:
                    rows = people if need.skill is None else _skilled(context, need, people, day)
                    all_work = day in context.problem.all_work
                    least = None if all_work and about_off else wanted
                    most = None if not need.surplus or (all_work and about_work) else wanted + need.spare
                    yield Asked(need, day, label, rows, wanted, least, most)


def _skilled(context: RuleContext, need: Need, people: tuple[int, ...], day: date) -> tuple[int, ...]:
    skill, staff = need.skill, context.problem.staff
    return tuple(row for row in people if skill and skill.reaches(staff[row].id, need.min_level, day))
