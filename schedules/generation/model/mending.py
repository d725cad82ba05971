"""Repairs of large months: only the cells around an edit are free, in models of some hundred cells; what such a model changes is where the
next one begins."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from schedules.generation.kinds import State
from schedules.generation.model.allowance import Allowance
from schedules.generation.model.neighbourhoods import Neighbourhoods
from schedules.generation.model.search import Limits
from schedules.generation.score import Scorer
from schedules.generation.terms import Tier, cells_of

MENDED_CELLS = 2_500
"""Repairs of larger months free only what is around the edits: there is no time for a model of the whole."""

WORK = 1.0
"""What a part may take, in CP-SAT's deterministic time: most need a twentieth of it."""

FREE = 800
"""Cells that are free at a time: some days of everybody, and all days of those who can help."""

DAYS_AT_A_TIME = 2

IN_VAIN = 4
"""So many parts one after the other without any use end a repair that nothing else ends."""


def mended(
    scorer: Scorer, choices: Sequence[tuple[State, ...]], seconds: float, cancelled: Callable[[], bool]
) -> Sequence[State]:
    """The scorer's schedule, repaired around the problem's edited cells in so many seconds of the processor."""
    options, compiled = scorer.problem.options, scorer.compiled
    limits = Limits(seconds, workers=1, seed=options.seed, deterministic=WORK)
    parts = Neighbourhoods(compiled, choices, scorer.copy(), limits)
    cells = (compiled.cell(*each) for each in scorer.problem.edited)
    Mending(parts, seconds).mend([cell for cell in cells if cell is not None], cancelled)
    return parts.scorer.states


class Mending:
    """Mends the schedule that the scorer of ``parts`` holds, in place."""

    def __init__(self, parts: Neighbourhoods, seconds: float) -> None:
        self.parts = parts
        self.scorer = parts.scorer
        self.choices = parts.choices
        self.left = Allowance(seconds).left
        self.width = parts.compiled.width
        self.height = len(parts.compiled.problem.staff)

    def mend(self, edited: Iterable[int], cancelled: Callable[[], bool]) -> None:
        """Around the edited cells first, from there around those that this changed, and so on; then wherever a hard rule is broken."""
        waiting, seen = list(dict.fromkeys(edited)), set[int]()
        while waiting and not self._is_over(cancelled):
            columns = set(islice(dict.fromkeys(cell % self.width for cell in waiting), DAYS_AT_A_TIME))
            now = [cell for cell in waiting if cell % self.width in columns]
            seen.update(now)
            changed = self._mended(self._around(now), cancelled)
            waiting = list(dict.fromkeys(cell for cell in (*waiting, *changed) if cell not in seen))
        in_vain = 0
        for free in self.parts.parts():
            if self._is_over(cancelled) or in_vain == IN_VAIN or (seen and not self.scorer.score.hard):
                return
            in_vain = 0 if self._mended(free, cancelled) else in_vain + 1

    def _is_over(self, cancelled: Callable[[], bool]) -> bool:
        return self.left() <= 0 or cancelled()

    def _mended(self, free: set[int], cancelled: Callable[[], bool]) -> list[int]:
        """The cells that a better schedule of these changes."""
        before = {cell: self.scorer.states[cell] for cell in sorted(free)}
        if not self.parts.improve(free, self.left, cancelled):
            return []
        return [cell for cell, state in before.items() if self.scorer.states[cell] != state]

    def _around(self, cells: Sequence[int]) -> set[int]:
        """The days of these cells for everybody, and all days of their people and of those whose change on these days costs least."""
        cost: dict[int, tuple[int, ...]] = {}
        for cell in cells:
            column, concerned = cell % self.width, self._concerned(cell)
            for row in range(self.height):
                each = (row not in concerned, *self._cost(row, column))
                cost[row] = min(each, cost.get(row, each))
        own = {cell // self.width for cell in cells}
        free = {row * self.width + cell % self.width for row in range(self.height) for cell in cells}
        for row in sorted(cost, key=lambda row: (row not in own, cost[row])):
            if row not in own and len(free) + self.width > FREE:
                break
            free.update(range(row * self.width, (row + 1) * self.width))
        return free

    def _concerned(self, cell: int) -> set[int]:
        """Who has a part in the hard rules that are broken at this cell. What each of them costs alone says little: it may take several."""
        terms, amounts = self.parts.compiled.terms, self.scorer.amounts
        touched = {touch[0] for touch in self.parts.compiled.touching[cell]}
        broken = [terms[number] for number in touched if amounts[number] and terms[number].rule.tier is Tier.HARD]
        return {ref.row for term in broken for ref in cells_of(term)}

    def _cost(self, row: int, column: int) -> tuple[int, int]:
        """The least that another state of this cell leaves to pay: hard points, then all others."""
        cell, scorer = row * self.width + column, self.scorer
        now, found = scorer.states[cell], list[tuple[int, int]]()
        for state in self.choices[cell]:
            if state != now:
                scorer.put(cell, state)
                found.append((scorer.score.hard, scorer.score.objective))
        scorer.put(cell, now)
        return min(found, default=(2**62, 0))
