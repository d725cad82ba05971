"""The scorer: what a schedule breaks and what that costs, in plain Python, cell by cell.

It holds a grid and keeps the sums of all terms, so that one edited cell costs some tens of microseconds whatever the size.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date

from schedules.generation.compiled import Compiled
from schedules.generation.kinds import BLANK, State
from schedules.generation.problem import Cell, Problem
from schedules.generation.terms import Tier
from schedules.generation.violations import Violation, in_order, violation_of


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """Penalty points: of hard rules, of soft ones, and of what is minor. Less is better, in this order.

    ``objective`` is what the solver minimises once the hard rules are held.
    """

    hard: int
    soft: int
    minor: int = 0

    @property
    def objective(self) -> int:
        """What the soft rules cost; comparable if the hard ones are equal."""
        return self.soft + self.minor

    def to_wire(self) -> dict[str, int]:
        """The penalties of hard and soft rules, and their sum."""
        return {"hard": self.hard, "soft": self.soft, "total": self.hard + self.soft}


@dataclass(frozen=True, slots=True)
class Edit:
    """What one edit changed: the violations that came and went (a changed amount is both), and the score after it."""

    added: tuple[Violation, ...]
    removed: tuple[Violation, ...]
    score: Score


class Scorer:
    """A grid and its score.

    ``values`` and ``covering`` default to the problem's own grid; cells left out are blank. Pass ``compiled`` to share
    the (costly) compilation between scorers of one problem.
    """

    def __init__(
        self,
        problem: Problem,
        values: Mapping[Cell, str] | None = None,
        covering: Mapping[Cell, str] | None = None,
        *,
        compiled: Compiled | None = None,
    ) -> None:
        self.problem = problem
        self.compiled = compiled or Compiled(problem)
        own = values is None
        grid = problem.values if values is None else values
        covered = (problem.covering if own else {}) if covering is None else covering
        self.states = [
            problem.state(member, day, grid.get((member.id, day), BLANK), covered.get((member.id, day)))
            for member in problem.staff
            for day in problem.days
        ]
        self.sums: list[int] = []
        self.amounts: list[int] = []
        self.totals = [0, 0, 0]
        self._count_all()

    def copy(self) -> "Scorer":
        """Another grid that holds the same, to be changed by itself."""
        other = copy(self)
        other.states, other.sums, other.amounts = list(self.states), list(self.sums), list(self.amounts)
        other.totals = list(self.totals)
        return other

    def _count_all(self) -> None:
        compiled = self.compiled
        self.sums = list(compiled.constants)
        for touches, state in zip(compiled.touching, self.states, strict=True):
            vector = compiled.vector(state)
            for _, position, measure, factor in touches:
                self.sums[position] += vector[measure] * factor
        self.amounts = [evaluate(self.sums) for evaluate in compiled.evaluate]
        self.totals = [0, 0, 0]
        for term, amount in zip(compiled.terms, self.amounts, strict=True):
            self.totals[term.rule.tier] += term.rule.points * amount

    @property
    def score(self) -> Score:
        """The score of the current schedule."""
        return Score(*self.totals)

    def put(self, cell: int, state: State) -> list[tuple[int, int]]:
        """Puts a state into a cell (by number); the terms whose amount changed, each with the amount before."""
        compiled = self.compiled
        old, new = compiled.vector(self.states[cell]), compiled.vector(state)
        self.states[cell] = state
        touched: dict[int, None] = {}
        for term, position, measure, factor in compiled.touching[cell]:
            difference = new[measure] - old[measure]
            if difference:
                self.sums[position] += difference * factor
                touched[term] = None
        return self._recount(touched)

    def put_all(self, states: Mapping[int, State]) -> None:
        """Puts a state into each of these cells."""
        for cell, state in states.items():
            if self.states[cell] != state:
                self.put(cell, state)

    def _recount(self, touched: Iterable[int]) -> list[tuple[int, int]]:
        compiled, sums, amounts = self.compiled, self.sums, self.amounts
        changed: list[tuple[int, int]] = []
        for term in touched:
            before, after = amounts[term], compiled.evaluate[term](sums)
            if before != after:
                amounts[term] = after
                rule = compiled.terms[term].rule
                self.totals[rule.tier] += rule.points * (after - before)
                changed.append((term, before))
        return changed

    def set(self, staff_id: str, day: date, value: str, covers: str | None = None) -> Edit:
        """One edit. A cell that does not belong to the problem changes nothing."""
        cell = self.compiled.cell(staff_id, day)
        if cell is None:
            return Edit((), (), self.score)
        state = self.problem.state(self.problem.staff_by_id[staff_id], day, value, covers)
        changed = [
            (number, before)
            for number, before in self.put(cell, state)
            if self.compiled.terms[number].rule.tier is not Tier.MINOR
        ]
        removed = tuple(self._violation(number, before) for number, before in changed if before)
        added = tuple(self._violation(number, self.amounts[number]) for number, _ in changed if self.amounts[number])
        return Edit(added, removed, self.score)

    def newly_broken(self, cells: Iterable[tuple[str, date, str]]) -> list[Violation]:
        """The hard rules that those values (staff id, day, value) would break, or break further, the dearest first. The grid stays."""
        trial, before = self.copy(), dict[int, int]()
        for staff_id, day, value in cells:
            cell = self.compiled.cell(staff_id, day)
            if cell is not None:
                state = self.problem.state(self.problem.staff_by_id[staff_id], day, value)
                for number, amount in trial.put(cell, state):
                    before.setdefault(number, amount)
        return in_order(
            trial._violation(number, trial.amounts[number])
            for number, amount in before.items()
            if trial.amounts[number] > amount and self.compiled.terms[number].rule.tier is Tier.HARD
        )

    def _violation(self, number: int, amount: int) -> Violation:
        term = self.compiled.terms[number]
        offset = self.compiled.offsets[number]
        return violation_of(self.problem, term, amount, self.sums[offset])

    def violations(self) -> list[Violation]:
        """All that the grid breaks, the hardest and dearest first."""
        return in_order(
            self._violation(number, amount)
            for number, amount in enumerate(self.amounts)
            if amount and self.compiled.terms[number].rule.tier is not Tier.MINOR
        )

    def values(self) -> dict[Cell, str]:
        """The grid, every cell."""
        cells = ((member.id, day) for member in self.problem.staff for day in self.problem.days)
        return {cell: state.value for cell, state in zip(cells, self.states, strict=True)}

    def covering(self) -> dict[Cell, str]:
        """Which cells cover which group."""
        cells = ((member.id, day) for member in self.problem.staff for day in self.problem.days)
        return {cell: state.covers for cell, state in zip(cells, self.states, strict=True) if state.covers}


def score_schedule(
    problem: Problem, values: Mapping[Cell, str] | None = None, covering: Mapping[Cell, str] | None = None
) -> tuple[Score, list[Violation]]:
    """The score of a schedule and what it breaks."""
    scorer = Scorer(problem, values, covering)
    return scorer.score, scorer.violations()
