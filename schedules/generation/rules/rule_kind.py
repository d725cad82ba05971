"""What one kind of rule about people is: its name, its words, its terms, and which shifts it has a use for.

A new kind is one such object in a file of its own, listed in ``rule_kinds``; the scorer, the model, the explanation and the sentences
follow. What its settings may hold is in ``settings_app.rules.configs``.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from schedules.generation.problem import PriorityRule
from schedules.generation.rules.context import RuleContext
from schedules.generation.terms import Rule, Term

Teller = Callable[[RuleContext, PriorityRule, Rule], Iterator[Term]]
Shifts = Callable[[PriorityRule], Iterable[str]]


def no_shift(row: PriorityRule) -> Iterable[str]:
    """Most kinds have no use for any shift of their own."""
    return ()


def its_shift(row: PriorityRule) -> Iterable[str]:
    """The shift that the row names."""
    return (row.shift_type,)


@dataclass(frozen=True, slots=True)
class RuleKind:
    """``words`` say what it asks and ``sentence`` what is broken (with the names of ``violations.Facts``), each in English and Japanese.
    ``wanted``: shifts that more of may keep it; ``shunned``: those that less of may. ``is_even``: more or less of its shift may keep it.
    ``needs_times``: shifts are told apart by when they begin and end. ``says_bounds``: an explanation names the numbers of its terms."""

    name: str
    words: tuple[str, str]
    sentence: tuple[str, str]
    terms: Teller
    wanted: Shifts = no_shift
    shunned: Shifts = no_shift
    is_even: bool = False
    needs_times: bool = False
    says_bounds: bool = True


def people_of(context: RuleContext, row: PriorityRule) -> tuple[int, ...]:
    """Whom a rule is about, as rows of the grid."""
    return context.rows(row.staff_ids) if row.staff_ids else context.everybody()


def days_of(context: RuleContext, row: PriorityRule) -> list[date]:
    """The open days that a rule is about."""
    return [day for day in context.open_days if row.when.applies(day)]
