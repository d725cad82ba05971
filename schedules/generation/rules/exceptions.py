"""Limits for some people that count instead of more general ones about the same.

Of two weekly limits, two monthly ones, or two rules of a kind that limits what a person does, the more particular one counts for the people of both: one about named people
before one about their groups, that before one about their position, type or status, that before one about everybody. It does so bound by
bound: its least number takes the place of the other's least, its most of the other's most; and a bound of the other that contradicts it
goes too. Both must be about the same shift and the same days, and the particular one in force wherever the general one is; and a wish sets
aside nothing that must be kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from schedules.generation.problem import Limit, PriorityRule, Scope, When

if TYPE_CHECKING:
    from schedules.generation.rules.context import RuleContext

Limited = TypeVar("Limited", Limit, PriorityRule)

Ranked = tuple[Any, Mapping[int, int]]
"""A limit or rule, and how particular it is for each person that it is about."""

RANKS = {Scope.POSITION: 1, Scope.TYPE: 1, Scope.STAFF_STATUS: 1, Scope.GROUP: 2, Scope.INDIVIDUAL: 3}
OF_GROUPS, NAMED = 2, 3

PERSONAL = frozenset({"max_consecutive_work", "run_length", "hours", "rest_between", "max_weekends"})
"""The kinds of rules that limit what each person does by herself."""

OF_DAYS = frozenset({"max_consecutive_work", "max_weekends"})
"""Those of them that are about the days that they name."""

LEAST_AND_MOST = (("minimum", "maximum"), ("min_hours", "max_hours"))
BOUNDS = ("minimum", "maximum", "min_hours", "max_hours", "max_consecutive", "min_days_between")


class Exceptions:
    """Which bounds count for whom. ``instead``: by the id of a particular row, the names of the rows that it takes the place of."""

    def __init__(self, context: RuleContext) -> None:
        self.context = context
        self.instead: dict[str, dict[str, None]] = {}
        self._counted: dict[tuple[str, int], Any] = {}
        problem = context.problem
        self._settle([(row, self._of_limit(row)) for row in problem.weekly])
        self._settle([(row, self._of_limit(row)) for row in problem.monthly])
        self._settle([(row, self._of_rule(row)) for row in problem.rules if row.rule_type in PERSONAL])

    def of(self, row: Limited, person: int) -> Limited:
        """A limit or rule as it counts for a person: without the bounds that something more particular sets."""
        found: Limited = self._counted.get((row.id, person), row)
        return found

    def parts(self, row: PriorityRule) -> Iterator[PriorityRule]:
        """A rule as it counts for each of its people, those for whom it counts alike together."""
        people = [person for person in self._of_rule(row) if (row.id, person) in self._counted]
        if not people:
            yield row
            return
        alike: dict[PriorityRule, list[str]] = {}
        for person in self._of_rule(row):
            alike.setdefault(self.of(row, person), []).append(self.context.problem.staff[person].id)
        for counted, ids in alike.items():
            yield replace(counted, staff_ids=tuple(ids))

    def _of_limit(self, row: Limit) -> Mapping[int, int]:
        rank = RANKS.get(row.scope, 0) if row.targets else 0
        return dict.fromkeys(self.context.people(row.scope, row.targets), rank)

    def _of_rule(self, row: PriorityRule) -> Mapping[int, int]:
        if not row.staff_ids:
            return dict.fromkeys(self.context.everybody(), 0)
        named = set(self.context.rows(row.named))
        return {person: NAMED if person in named else OF_GROUPS for person in self.context.rows(row.staff_ids)}

    def _settle(self, rows: Sequence[Ranked]) -> None:
        by_quantity: dict[Any, list[Ranked]] = {}
        for each in rows:
            by_quantity.setdefault(_quantity(each[0]), []).append(each)
        for alike in by_quantity.values():
            for general in alike if len(alike) > 1 else ():
                for particular in alike:
                    self._set_aside(general, particular)

    def _set_aside(self, general: Ranked, particular: Ranked) -> None:
        row, ranks = general
        other, others = particular
        if not _is_stronger(other, row) or not self._covers(other.when, row.when):
            return
        for person in ranks.keys() & others.keys():
            if others[person] > ranks[person]:
                before = self.of(row, person)
                if lost := _lost(before, other):
                    self._counted[row.id, person] = replace(before, **dict.fromkeys(lost))
                    self.instead.setdefault(other.id, {})[row.name] = None

    def _covers(self, particular: When, general: When) -> bool:
        return all(particular.in_force(day) for day in self.context.problem.days if general.in_force(day))


def _quantity(row: Limit | PriorityRule) -> tuple[Any, ...]:
    """What is limited: rows in which this differs have nothing to do with one another."""
    if isinstance(row, Limit):
        return (row.shift_type, *_days(row.when))
    return (row.rule_type, row.shift_type, row.per, *(_days(row.when) if row.rule_type in OF_DAYS else ()))


def _days(when: When) -> tuple[frozenset[Any], ...]:
    return (when.weekdays, when.dates, when.named) if when.names_days else ()


def _is_stronger(particular: Limit | PriorityRule, general: Limit | PriorityRule) -> bool:
    return particular.hard or (not general.hard and particular.weight > 0)


def _lost(general: Limit | PriorityRule, particular: Limit | PriorityRule) -> list[str]:
    """The bounds that the general row loses."""
    own = {name: getattr(particular, name, None) for name in BOUNDS}
    theirs = {name: getattr(general, name, None) for name in BOUNDS}
    lost = {name for name in BOUNDS if own[name] is not None and theirs[name] is not None}
    for least, most in LEAST_AND_MOST:
        lost |= {most} if _is_above(own[least], theirs[most]) else set()
        lost |= {least} if _is_above(theirs[least], own[most]) else set()
    return sorted(lost)


def _is_above(one: Any, other: Any) -> bool:
    return one is not None and other is not None and one > other
