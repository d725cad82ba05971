"""A complete schedule fast, and better ones by small moves: what the solver starts from.

Each cell starts as it is, or plain. Then broken rules are taken one by one, and a cell of theirs is changed, swapped with
another day of the same person, or with another person on the same day, if that does not make the schedule worse. Months
that are too large to be proved are annealed as well. Pure Python over the incremental scorer; deterministic for a seed and a number of steps.
"""

import random
from collections.abc import Callable, Sequence
from itertools import count
from math import exp

from schedules.generation.compiled import Compiled
from schedules.generation.kinds import State
from schedules.generation.problem import Keep, Problem
from schedules.generation.score import Scorer
from schedules.generation.terms import POINTS, Term, Tier, cells_of

HARD_FACTOR = 1000
HOT, COLD = 0.7 * POINTS, 0.05 * POINTS
DRAWS = 6
NEAR_BROKEN = 0.3
"""How often a move starts at a broken rule rather than anywhere."""

Stop = Callable[[], bool]


def starting_states(
    problem: Problem, choices: Sequence[tuple[State, ...]], present: Sequence[State]
) -> dict[int, State]:
    """By cell: as it is, where that is a choice, else the first choice; always the first where nothing need stay as it is. (A blank of the
    grid is only a beginning; the first choice is what a blank stands for.)"""
    keep = problem.options.keep is not Keep.NONE
    return {
        cell: now if keep and now in options else options[0]
        for cell, (options, now) in enumerate(zip(choices, present, strict=True))
    }


class Search:
    """Local search over the choices of each cell."""

    def __init__(self, compiled: Compiled, choices: Sequence[tuple[State, ...]], seed: int) -> None:
        self.compiled = compiled
        self.choices = choices
        self.random = random.Random(seed)
        self.scorer = Scorer(compiled.problem, compiled=compiled)
        self.scorer.put_all(starting_states(compiled.problem, choices, self.scorer.states))

    @property
    def cost(self) -> int:
        """The weighted cost of the current schedule; lower is better."""
        hard, soft, minor = self.scorer.totals
        return hard * HARD_FACTOR + soft + minor

    def descend(self, stop: Stop, sweeps: int | None = None) -> None:
        """Sweeps over all cells, taking the best choice of each, until nothing gets better (at most so often)."""
        cells = [cell for cell, options in enumerate(self.choices) if len(options) > 1]
        for _ in range(sweeps) if sweeps is not None else count():
            better = False
            self.random.shuffle(cells)
            for index, cell in enumerate(cells):
                if index % 64 == 0 and stop():
                    return
                better |= self._best(cell)
            if not better:
                return

    def _best(self, cell: int) -> bool:
        now, cost = self.scorer.states[cell], self.cost
        best, least = now, cost
        for state in self.choices[cell]:
            if state != now:
                self.scorer.put(cell, state)
                if self.cost < least:
                    best, least = state, self.cost
        self.scorer.put(cell, best)
        return least < cost

    def wander(self, stop: Stop, steps: int) -> None:
        """Moves around broken hard rules; a move that costs no more is taken, and now and then one that costs a little
        more. Ends with the best schedule found."""
        best = Best(self)
        broken: list[int] = []
        for step in range(steps):
            if step % 16 == 0 and stop():
                break
            if step % 200 == 0:
                broken = self._broken(Tier.HARD)
                if not broken:
                    break
            number = self.random.choice(broken)
            if self.scorer.amounts[number]:
                self._try(self._change(*self._cell_of(self.compiled.terms[number])), temperature=0)
                best.look()
        best.restore()

    def anneal(self, progress: Callable[[], float], better: Callable[[Sequence[State]], None]) -> None:
        """Simulated annealing until ``progress`` reaches 1; ``better`` hears of each new best schedule (not more often
        than progress is asked for). Ends with the best."""
        best = Best(self)
        cells = [cell for cell, options in enumerate(self.choices) if len(options) > 1]
        temperature, broken = HOT, self._broken(Tier.SOFT)
        for step in count():
            if step % 50 == 0:
                if (done := progress()) >= 1 or not cells:
                    break
                temperature = HOT * (COLD / HOT) ** done
                if best.look():
                    better(self.scorer.states)
            if step % 500 == 0:
                broken = self._broken(Tier.SOFT)
            self._try(self._change(*self._somewhere(cells, broken)), temperature)
        best.look()
        best.restore()

    def _somewhere(self, cells: Sequence[int], broken: Sequence[int]) -> tuple[int, int]:
        if broken and self.random.random() < NEAR_BROKEN:
            number = self.random.choice(broken)
            if self.scorer.amounts[number]:
                return self._cell_of(self.compiled.terms[number])
        return divmod(self.random.choice(cells), self.compiled.width)

    def _broken(self, latest: Tier) -> list[int]:
        """The broken terms up to this tier that some cell has a part in."""
        terms = self.compiled.terms
        return [
            n
            for n, amount in enumerate(self.scorer.amounts)
            if amount and terms[n].rule.tier <= latest and cells_of(terms[n])
        ]

    def _change(self, row: int, column: int) -> list[tuple[int, State]]:
        """A move at this cell: another choice, an exchange with another day or another person, or a rectangle: two people
        exchange two days, which leaves every count by person and by day as it is."""
        cell, kind = row * self.compiled.width + column, self.random.random()
        if kind < 0.35:
            return self._other_choice(cell)
        if kind < 0.65:
            return self._swap(cell, self._other_day(row, cell))
        if kind < 0.8:
            return self._swap(cell, self._other_person(column, cell))
        return self._rectangle(row, column)

    def _other_choice(self, cell: int) -> list[tuple[int, State]]:
        others = [state for state in self.choices[cell] if state != self.scorer.states[cell]]
        return [(cell, self.random.choice(others))] if others else []

    def _other_day(self, row: int, cell: int) -> int:
        """A day of the same person with another state, if a few draws find one."""
        first, width = row * self.compiled.width, self.compiled.width
        return self._differing(cell, lambda: first + self.random.randrange(width))

    def _other_person(self, column: int, cell: int) -> int:
        width, height = self.compiled.width, len(self.compiled.problem.staff)
        return self._differing(cell, lambda: self.random.randrange(height) * width + column)

    def _differing(self, cell: int, draw: Callable[[], int]) -> int:
        states, kind = self.scorer.states, self.scorer.states[cell].kind
        for _ in range(DRAWS):
            other = draw()
            if states[other].kind is not kind:
                return other
        return cell

    def _rectangle(self, row: int, column: int) -> list[tuple[int, State]]:
        width, states = self.compiled.width, self.scorer.states
        here = row * width + column
        there = self._other_day(row, here)
        other_column = there - row * width
        for _ in range(DRAWS):
            other = self.random.randrange(len(self.compiled.problem.staff))
            opposite, across = other * width + column, other * width + other_column
            fits = states[opposite].kind is states[there].kind and states[across].kind is states[here].kind
            if fits and here != there:
                return [*self._swap(here, there), *self._swap(opposite, across)]
        return self._swap(here, there)

    def _cell_of(self, term: Term) -> tuple[int, int]:
        ref = self.random.choice(cells_of(term))
        return ref.row, ref.column

    def _swap(self, one: int, other: int) -> list[tuple[int, State]]:
        """The two cells with their states exchanged, in each one's own writing; nothing if one cannot have the other's."""
        if one == other:
            return []
        here, there = self.scorer.states[one], self.scorer.states[other]
        first, second = self._like(one, there), self._like(other, here)
        return [(one, first), (other, second)] if first is not None and second is not None else []

    def _like(self, cell: int, state: State) -> State | None:
        options = self.choices[cell]
        if state in options:
            return state
        return next((each for each in options if each.kind is state.kind and each.covers == state.covers), None)

    def _try(self, changes: Sequence[tuple[int, State]], temperature: float) -> None:
        """Makes the changes, and takes them back if they cost too much."""
        before = self.cost
        undo = [(cell, self.scorer.states[cell]) for cell, _ in changes]
        for cell, state in changes:
            self.scorer.put(cell, state)
        worse = self.cost - before
        if worse > 0 and not self._accepted(worse, temperature):
            for cell, state in reversed(undo):
                self.scorer.put(cell, state)

    def _accepted(self, worse: int, temperature: float) -> bool:
        if temperature <= 0:
            return worse <= 2 * POINTS and self.random.random() < 0.02
        return worse < 20 * temperature and self.random.random() < exp(-worse / temperature)


class Best:
    """The best schedule that a search has seen."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.cost = search.cost
        self.states = list(search.scorer.states)

    def look(self) -> bool:
        """Remembers the current schedule if it is better."""
        if self.search.cost >= self.cost:
            return False
        self.cost, self.states = self.search.cost, list(self.search.scorer.states)
        return True

    def restore(self) -> None:
        """Puts the remembered schedule back into the scorer."""
        self.search.scorer.put_all(dict(enumerate(self.states)))
