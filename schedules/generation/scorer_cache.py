"""Scorers that stand by. What a schedule breaks is asked after each edit; then only the edited cells are counted again."""

import threading
from collections import OrderedDict
from dataclasses import replace
from uuid import UUID

from schedules.generation import Problem, Score, Scorer, Violation
from schedules.generation.compiled import Compiled
from schedules.generation.judging import problems_of
from schedules.generation.kinds import State

MOST_CELLS = 25_000
"""How many cells all the grids that stand by may have together: some 150 MB at most. The one asked last always stays."""


class CachedScorer:
    """The scorer of one schedule, as long as nothing but its grid changes."""

    def __init__(self, problem: Problem) -> None:
        self._rules = rules_of(problem)
        self._scorer = Scorer(problem, compiled=Compiled(problem, minor=False))
        self._lock = threading.Lock()
        self.cells = len(self._scorer.states)

    def fits(self, problem: Problem) -> bool:
        """Whether this is the same month with perhaps another grid."""
        return self._rules == rules_of(problem)

    def judge(self, problem: Problem, *, is_finished: bool = False) -> tuple[Score, list[Violation]]:
        """The problems of the problem's grid (see ``problems_of``) and what they cost."""
        with self._lock:
            self._scorer.put_all(_states(problem))
            return problems_of(self._scorer, problem.locked, is_finished=is_finished)

    def standing_at(self, problem: Problem) -> Scorer:
        """A scorer of the problem's grid, to be tried out by itself."""
        with self._lock:
            self._scorer.put_all(_states(problem))
            return self._scorer.copy()


def _states(problem: Problem) -> dict[int, State]:
    cells = ((member, day) for member in problem.staff for day in problem.days)
    return {number: problem.present(member, day) for number, (member, day) in enumerate(cells)}


def rules_of(problem: Problem) -> Problem:
    """The problem without its grid, on which no rule depends."""
    return replace(problem, values={}, covering={}, unrecorded=frozenset(), locked=frozenset(), warnings=())


class ScorerCache:
    """The scorers that stand by in this process, the least lately asked one first."""

    def __init__(self, most_cells: int = MOST_CELLS) -> None:
        self._most_cells = most_cells
        self._scorers: OrderedDict[UUID, CachedScorer] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._scorers)

    def of(self, schedule_id: UUID, problem: Problem) -> CachedScorer:
        """The scorer of a schedule; a new one if there is none yet or its rules have changed."""
        with self._lock:
            found = self._scorers.get(schedule_id)
        if found is None or not found.fits(problem):
            found = CachedScorer(problem)
        with self._lock:
            self._scorers[schedule_id] = found
            self._scorers.move_to_end(schedule_id)
            while len(self._scorers) > 1 and sum(each.cells for each in self._scorers.values()) > self._most_cells:
                self._scorers.popitem(last=False)
        return found


SCORERS = ScorerCache()
