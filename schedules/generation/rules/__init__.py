"""What each rule of the settings means, said in terms over the grid."""

from collections.abc import Callable, Iterator

from schedules.generation.problem import Problem
from schedules.generation.rules.availability import availability_terms
from schedules.generation.rules.calendar import calendar_terms, employment_terms, plainness_terms, stability_terms
from schedules.generation.rules.context import RuleContext
from schedules.generation.rules.groups import group_terms
from schedules.generation.rules.limits import daily_terms, monthly_terms
from schedules.generation.rules.needs import need_terms
from schedules.generation.rules.overriding import weekly_terms
from schedules.generation.rules.rule_kinds import priority_terms
from schedules.generation.rules.wishes import wish_terms
from schedules.generation.terms import Term

SOURCES: tuple[Callable[[RuleContext], Iterator[Term]], ...] = (
    calendar_terms,
    employment_terms,
    group_terms,
    daily_terms,
    need_terms,
    weekly_terms,
    monthly_terms,
    priority_terms,
    wish_terms,
    availability_terms,
    stability_terms,
    plainness_terms,
)


def terms_of(problem: Problem) -> tuple[Term, ...]:
    """Every rule of a problem as terms; those without weight are left out."""
    context = RuleContext(problem)
    return tuple(term for source in SOURCES for term in source(context) if term.rule.points > 0)
