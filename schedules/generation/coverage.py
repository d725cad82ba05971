"""A problem and a grid as the roster that the backup rules work on."""

from collections.abc import Mapping
from datetime import date

from backups.rules import CellKind, Roster
from schedules.generation.backup_cells import backup_group, backup_person, cell_kind
from schedules.generation.kinds import Kind, State
from schedules.generation.problem import Cell, Problem
from schedules.generation.score import Scorer
from schedules.generation.terms import Tier


def roster_of(
    problem: Problem, values: Mapping[Cell, str] | None = None, covering: Mapping[Cell, str] | None = None
) -> Roster:
    """The roster of a schedule (the problem's own without ``values``). A backup may be called where that breaks no hard
    rule about the person that is not broken already: the longest run, a week's or the month's days off, and so on."""
    scorer = Scorer(problem, values, covering)
    return Roster(
        days=problem.days,
        people={each.id: backup_person(each) for each in problem.staff},
        groups=[backup_group(group) for group in problem.groups],
        assignments=problem.backups,
        cell=lambda staff_id, day: _cell_kind(scorer, staff_id, day),
        closed=problem.closed,
        covering=scorer.covering(),
        may_work=OwnLimits(Scorer(problem, values, covering, compiled=scorer.compiled)).may_work,
    )


def _cell_kind(scorer: Scorer, staff_id: str, day: date) -> CellKind:
    cell = scorer.compiled.cell(staff_id, day)
    return cell_kind(scorer.problem, None if cell is None else scorer.states[cell])


class OwnLimits:
    """Asks a scorer of its own whether a call would break a hard rule about the person.

    What was assumed for the last question stays in place, so that one call after the other of the same person is cheap.
    """

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer
        self._before: dict[int, State] = {}
        """The cells that hold an assumed call, with what they held."""

    def may_work(self, staff_id: str, day: date, called: frozenset[date]) -> bool:
        """Whether one more shift on ``day`` keeps the hard limits of that person."""
        problem = self.scorer.problem
        normal = problem.shift_types.first(Kind.NORMAL)
        if normal is None:
            return False
        state = problem.state(problem.staff_by_id[staff_id], day, normal.symbol)
        cells = (self.scorer.compiled.cell(staff_id, each) for each in called)
        self._assume({cell for cell in cells if cell is not None}, state)
        return self._harmless(staff_id, day, state)

    def _assume(self, cells: set[int], state: State) -> None:
        for cell in self._before.keys() - cells:
            self.scorer.put(cell, self._before.pop(cell))
        for cell in cells - self._before.keys():
            self._before[cell] = self.scorer.states[cell]
            self.scorer.put(cell, state)

    def _harmless(self, staff_id: str, day: date, state: State) -> bool:
        scorer = self.scorer
        cell = scorer.compiled.cell(staff_id, day)
        if cell is None:
            return False
        before = scorer.states[cell]
        changed = scorer.put(cell, state)
        amounts = [(number, amount, scorer.amounts[number]) for number, amount in changed]
        scorer.put(cell, before)
        row = scorer.compiled.row[staff_id]
        return not any(after > earlier and self._own(number, row) for number, earlier, after in amounts)

    def _own(self, number: int, row: int) -> bool:
        term = self.scorer.compiled.terms[number]
        return term.rule.tier is Tier.HARD and term.subject.staff == row
