"""What the rule modules share: rows and columns of the grid, weights, and the days before the period."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from schedules.generation.kinds import State
from schedules.generation.problem import Problem, Row, Scope
from schedules.generation.rules.exceptions import Exceptions
from schedules.generation.terms import Measure, Ref, Rule, Tier, points


class RuleContext:
    """A problem with its members and days as rows and columns."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.row = {member.id: index for index, member in enumerate(problem.staff)}
        self.column = {day: index for index, day in enumerate(problem.days)}
        self.open_days = tuple(day for day in problem.days if day not in problem.closed)

    @cached_property
    def exceptions(self) -> Exceptions:
        """Which limits count instead of which, for whom."""
        return Exceptions(self)

    @cached_property
    def columns(self) -> range:
        """The days by number."""
        return range(len(self.problem.days))

    def rows(self, staff_ids: Iterable[str]) -> tuple[int, ...]:
        """The rows of those who are known, each once, in order."""
        return tuple(sorted({self.row[staff_id] for staff_id in staff_ids if staff_id in self.row}))

    def everybody(self) -> tuple[int, ...]:
        """All people by number."""
        return tuple(range(len(self.problem.staff)))

    def employed(self, row: int, day: date) -> bool:
        """Whether the person in that row is employed on ``day``."""
        return self.problem.staff[row].employed(day)

    def ref(self, row: int, day: date, measure: Measure, factor: int = 1) -> Ref:
        """A reference to one measure of one cell."""
        return Ref(row, self.column[day], measure, factor)

    def refs(self, rows: Iterable[int], day: date, measure: Measure, factor: int = 1) -> tuple[Ref, ...]:
        """A cell of each of these people who is employed on that day."""
        return tuple(self.ref(row, day, measure, factor) for row in rows if self.employed(row, day))

    def rule(self, kind: str, row: Row, *, scale: int = 1, weight: Fraction | None = None) -> Rule:
        """The rule of a settings row, its weight multiplied as the solver configuration says for this kind."""
        made = self.make_rule(
            kind, row.id, row.name, hard=row.hard, weight=row.weight if weight is None else weight, scale=scale
        )
        instead = self.exceptions.instead.get(row.id)
        return replace(made, instead=tuple(instead)) if instead else made

    def make_rule(
        self, kind: str, rule_id: str | None, name: str, *, hard: bool, weight: Fraction, scale: int = 1
    ) -> Rule:
        """A rule with its weight, after the problem's own factor for that kind."""
        factor = self.problem.options.penalty_weights.get(kind, Fraction(1))
        tier = Tier.HARD if hard else Tier.SOFT
        # A hard rule always counts, and a weight of 0 says nothing about how much: it is as heavy as any other.
        counted = (weight * factor or Fraction(1)) if hard else weight * factor
        return Rule(kind, rule_id, name, tier, points(counted, scale))

    def past(self, row: int, day: date) -> State | None:
        """The state on a day before the period, or None where nobody was planned then. A blank is what it is for that person, whether
        or not they have any mark: work, for most."""
        if (self.problem.days[0] - day).days > self.problem.days_before:
            return None
        return self.problem.past(self.problem.staff[row], day)

    def beyond(self, row: int, day: date) -> State | None:
        """The state on a day outside the period, before it or after; None where it is not known."""
        if day < self.problem.days[0]:
            return self.past(row, day)
        return self.problem.planned(self.problem.staff[row], day)

    def after(self, count: int) -> list[date]:
        """The ``count`` days after the period; none where nothing is planned there."""
        last = self.problem.days[-1]
        return [last + timedelta(days=step) for step in range(1, count + 1)] if self.problem.after else []

    def before(self, count: int) -> list[date]:
        """The ``count`` days before the period, oldest first."""
        first = self.problem.days[0]
        return [first - timedelta(days=age) for age in range(count, 0, -1)]

    def targets(self, scope: Scope, targets: Sequence[str]) -> list[tuple[str, tuple[int, ...]]]:
        """The sets of people that a scope means, each with its label: one for each position, type, status or group; without
        targets every one that there is. ``all`` and the listed individuals are one set; individuals without a list are
        each person by herself."""
        if scope is Scope.ALL:
            return [("", self.everybody())]
        if scope is Scope.INDIVIDUAL and not targets:
            return [(member.name, (row,)) for row, member in enumerate(self.problem.staff)]
        if scope is Scope.INDIVIDUAL:
            rows = self.rows(targets)
            return [(self._names(rows), rows)] if rows else []
        return [(label, rows) for label, rows in self._sets(scope, targets) if rows]

    def _names(self, rows: Sequence[int]) -> str:
        names = [self.problem.staff[row].name for row in rows]
        return "、".join(names[:3]) + (" …" if len(names) > 3 else "")

    def _sets(self, scope: Scope, targets: Sequence[str]) -> list[tuple[str, tuple[int, ...]]]:
        staff = self.problem.staff
        if scope is Scope.GROUP:
            wanted = set(targets) or {group.id for group in self.problem.groups}
            chosen = [group for group in self.problem.groups if group.id in wanted or group.name in wanted]
            return [(group.name, self.rows(group.members)) for group in chosen]
        if scope is Scope.POSITION:
            labels = targets or sorted({member.position for member in staff if member.position})
            return [(label, self.rows(m.id for m in staff if m.position == label)) for label in labels]
        if scope is Scope.STAFF_STATUS:
            labels = targets or sorted({member.status for member in staff if member.status})
            return [(label, self.rows(m.id for m in staff if m.status == label)) for label in labels]
        labels = targets or sorted({label for member in staff for label in member.types})
        return [(label, self.rows(m.id for m in staff if label in m.types)) for label in labels]

    def people(self, scope: Scope, targets: Sequence[str]) -> tuple[int, ...]:
        """All the people that a scope means, each once."""
        return tuple(sorted({row for _, rows in self.targets(scope, targets) for row in rows}))
