"""What a run of the generator tells on its way and gives in the end."""

from dataclasses import dataclass, field
from enum import StrEnum

from schedules.generation.compiled import Compiled
from schedules.generation.problem import Cell, Problem
from schedules.generation.score import Score
from schedules.generation.violations import Violation


class Status(StrEnum):
    """``infeasible``: it is proved that a hard rule must be broken; the best schedule is given all the same."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Progress:
    """A better schedule, or a higher bound: ``objective`` and ``bound`` in hard points in the phase ``hard``, else in soft ones, without the
    minor points that are minimised with them, as in the result."""

    phase: str
    objective: int
    bound: int
    elapsed: float
    solutions: int

    def to_wire(self) -> dict[str, object]:
        """The progress as the protocol names its fields."""
        return {
            "phase": self.phase,
            "objective": self.objective,
            "bound": self.bound,
            "elapsedSeconds": round(self.elapsed, 2),
            "solutions": self.solutions,
        }


@dataclass(frozen=True)
class Result:
    """The best schedule found. ``bound`` is a proved lower bound of ``score.objective`` at this ``score.hard``;
    ``hard_bound`` one of the hard points. ``compiled`` is the problem's, for who scores the result again."""

    status: Status
    values: dict[Cell, str]
    covering: dict[Cell, str]
    score: Score
    violations: list[Violation]
    bound: int
    hard_bound: int
    elapsed: float
    first_elapsed: float
    changed: tuple[Cell, ...]
    compiled: Compiled = field(repr=False, compare=False)

    @property
    def soft_bound(self) -> int:
        """What the bound says of the soft points alone: no schedule that costs as little in minor points has fewer."""
        return max(0, self.bound - self.score.minor)

    @property
    def gap(self) -> float:
        """How far the objective may be from the best, as a share of it. As long as fewer broken hard rules may be possible, their points
        are what matters: to be near the best of those that break as many says nothing then."""
        hard = self.score.hard
        if hard > self.hard_bound:
            return (hard - self.hard_bound) / hard
        objective = self.score.objective
        return 0.0 if objective <= self.bound else (objective - self.bound) / objective


def changed_cells(problem: Problem, values: dict[Cell, str], covering: dict[Cell, str]) -> tuple[Cell, ...]:
    """The cells that are not as in the problem's grid. A shift without a record is the same shift whichever group it is counted for."""
    return tuple(
        cell
        for cell, value in values.items()
        if value != problem.values.get(cell, "")
        or (covering.get(cell) != problem.covering.get(cell) and cell not in problem.unrecorded)
    )
