"""The best schedule of a run, and what is proved of it: for all threads of the run, and for who watches it."""

import threading
import time
from collections.abc import Callable, Sequence

from schedules.generation.kinds import State
from schedules.generation.model.search import whole_points
from schedules.generation.results import Progress
from schedules.generation.score import Scorer

OnProgress = Callable[[Progress], None]


class Incumbent:
    """Holds the best schedule and the bounds, and reports each better one. Once it is ``end``ed it stays as it is: a solver that nobody
    waits for may come back later."""

    def __init__(self, scorer: Scorer, on_progress: OnProgress, started: float) -> None:
        self.best = scorer
        """May hold a trial of another thread at any moment, unless ``lock`` is held."""
        self.score = scorer.score
        self.bound = 0
        self.hard_bound = 0
        self.solutions = 0
        self.first_elapsed = 0.0
        self.started = started
        self.lock = threading.Lock()
        self._telling = threading.Lock()
        """Reports come one after the other from all threads, so that none tells of less than the one before."""
        self._on_progress = on_progress
        self._has_ended = False

    @property
    def elapsed(self) -> float:
        """Seconds since the start of the run."""
        return time.monotonic() - self.started

    @property
    def is_proved(self) -> bool:
        """No better schedule is possible."""
        score = self.score
        return self.bound >= score.objective and self.hard_bound >= score.hard

    def states(self) -> list[State]:
        """The best schedule, cell by cell."""
        with self.lock:
            return list(self.best.states)

    def take_better(self, states: dict[int, State]) -> bool:
        """Takes a schedule (or the cells that it changes) if it is better than the best so far."""
        with self.lock:
            if self._has_ended:
                return False
            before = self.best.score
            kept = {cell: self.best.states[cell] for cell in states}
            self.best.put_all(states)
            after = self.best.score
            better = (after.hard, after.objective) < (before.hard, before.objective)
            if better:
                self.score = after
            else:
                self.best.put_all(kept)
            return better

    def found(self, states: Sequence[State]) -> None:
        """Takes a schedule if it is better than the best, and reports it. The first one is reported whatever it is."""
        self.found_in(dict(enumerate(states)))

    def found_in(self, states: dict[int, State]) -> None:
        """The same for some cells of a schedule, of which others may have changed others since."""
        if self.take_better(states) or not self.solutions:
            if not self.solutions:
                self.first_elapsed = self.elapsed
            self.tell("soft" if self.solutions else "first", self.score.objective, self.bound)

    def tell(self, phase: str, objective: float, bound: float) -> None:
        """Counts the solution and reports it. What is proved of a schedule is never above it, however a solver rounds."""
        with self._telling:
            self.solutions += 1
            if phase == "hard":
                points, proved = round(objective), max(whole_points(bound), self.hard_bound)
            else:
                points, proved = self._soft(max(whole_points(bound), self.bound))
            self._report(phase, points, proved)

    def raise_bound(self, bound: float) -> None:
        """Whoever watches learns of it at once: a gap that is known to be smaller than it is told is not the true one."""
        proved = whole_points(bound)
        with self._telling:
            if proved > self.bound and not self._has_ended:
                self.bound = proved
                self._report("soft", *self._soft(proved))

    def raise_hard_bound(self, bound: float) -> None:
        """So many hard points no schedule can save."""
        self.hard_bound = max(self.hard_bound, whole_points(bound))

    def _soft(self, bound: int) -> tuple[int, int]:
        """The soft points of the best schedule and what is proved of them, as the result has them: minor points are minimised too, but
        nobody reads them anywhere. How far the two are apart is the same with them."""
        score = self.score
        return score.soft, max(0, bound - score.minor)

    def _report(self, phase: str, points: int, proved: int) -> None:
        if not self._has_ended:
            self._on_progress(Progress(phase, points, min(points, proved), self.elapsed, self.solutions))

    def end(self) -> None:
        """Nothing is taken and nothing reported from now on."""
        with self._telling, self.lock:
            self._has_ended = True
