"""Large months, part by part: some people's or some days' cells are free, all others stay; each part is a small model."""

import random
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace

from schedules.generation.compiled import Compiled
from schedules.generation.kinds import State
from schedules.generation.model.encode import Abandoned, Encoder, Hard, Part
from schedules.generation.model.search import Limits, Value, run
from schedules.generation.score import Scorer
from schedules.generation.terms import Tier, cells_of

HARD_FACTOR = 1000
PART = 500
"""Free cells in a part: what is improved well within a few seconds."""

WIDER = (1.0, 1.5, 2.25)
"""How much larger parts become, and the work that each may take, where those of one size find nothing. Larger ones find what no smaller one shows, but
fewer of them fit into the time, so after the largest it is the turn of the smallest again."""


class Neighbourhoods:
    """Improves the schedule that a scorer holds, in place. It keeps the ``strict`` terms (by number), as any that is better does.
    No schedule has fewer hard points than ``hard_bound``."""

    def __init__(
        self,
        compiled: Compiled,
        choices: Sequence[tuple[State, ...]],
        scorer: Scorer,
        limits: Limits,
        strict: Container[int] = (),
        hard_bound: int = 0,
    ) -> None:
        self.compiled = compiled
        self.choices = choices
        self.scorer = scorer
        self.limits = limits
        self.strict = strict
        self.hard_bound = hard_bound
        self.random = random.Random(limits.seed)
        self._step = 0

    @property
    def size(self) -> int:
        """Free cells in a part, at present."""
        return round(PART * WIDER[self._step])

    def widen(self) -> None:
        """Those of the present size find nothing: another one from now on."""
        self._step = (self._step + 1) % len(WIDER)

    def _limits(self, seconds: float) -> Limits:
        work = self.limits.deterministic
        return replace(self.limits, seconds=seconds, deterministic=None if work is None else work * WIDER[self._step])

    def parts(self) -> Iterator[set[int]]:
        """Free cells, again and again: around what is broken, people by chance, groups with their backups, days."""
        while True:
            yield self._around_broken()
            yield self._people(self._some(range(len(self.compiled.problem.staff)), self.size // self.compiled.width))
            yield self._groups()
            yield self._days()

    def _some(self, rows: Sequence[int], count: int) -> list[int]:
        return self.random.sample(rows, min(len(rows), max(1, count)))

    def _people(self, rows: Sequence[int]) -> set[int]:
        width = self.compiled.width
        return {row * width + column for row in rows for column in range(width)}

    def _days(self) -> set[int]:
        width, height = self.compiled.width, len(self.compiled.problem.staff)
        length = max(1, min(width, self.size // height))
        first = self.random.randrange(width - length + 1)
        return {row * width + column for row in range(height) for column in range(first, first + length)}

    def _groups(self) -> set[int]:
        """The people of some groups and their backups."""
        problem = self.compiled.problem
        wanted, chosen = self.size // self.compiled.width, dict[int, None]()
        for group in self.random.sample(problem.groups, len(problem.groups)):
            backups = [each.staff_id for each in problem.backups if each.group_id == group.id]
            for staff_id in (*group.members, *backups):
                chosen[self.compiled.row[staff_id]] = None
            if len(chosen) >= wanted:
                break
        return self._people(list(chosen)[:wanted])

    def _around_broken(self) -> set[int]:
        """The people of some broken terms (hard ones, as long as more are broken than must be) and, by chance, some others. Kinds of rules
        are drawn first: where a hundred wishes cannot be kept, the one rule of another kind that is broken needlessly has its turn too."""
        terms = self.compiled.terms
        tier = Tier.HARD if self.scorer.score.hard > self.hard_bound else Tier.SOFT
        broken: dict[tuple[str, int], list[int]] = {}
        for number, amount in enumerate(self.scorer.amounts):
            rule = terms[number].rule
            if amount and rule.tier is tier:
                broken.setdefault((rule.kind, rule.points), []).append(number)
        rows: list[int] = []
        for kind in self.random.sample(list(broken), min(3, len(broken))):
            rows.extend(ref.row for ref in cells_of(terms[self.random.choice(broken[kind])]))
        wanted = self.size // self.compiled.width
        chosen = self._some(sorted(set(rows)), max(1, wanted // 2))
        others = self._some(range(len(self.compiled.problem.staff)), max(1, wanted - len(chosen)))
        return self._people([*chosen, *others])

    def improve(self, free: set[int], left: Callable[[], float], cancelled: Callable[[], bool]) -> bool:
        """Solves one part in the seconds that are ``left`` when it has been put together; True if the schedule got better."""
        held = self.scorer.score.hard
        part = Part(sorted(free), self.scorer.states, self.scorer.sums)
        mode = Hard.SLACK if held else Hard.STRICT
        try:
            encoder = Encoder(
                self.compiled, self.choices, hard=mode, part=part, strict=self.strict, cancelled=cancelled
            )
        except Abandoned:
            return False
        hard = encoder.penalty(Tier.HARD) * HARD_FACTOR if held else 0
        encoder.model.minimize(hard + encoder.penalty(Tier.SOFT, Tier.MINOR))
        encoder.hint(part.states, part.sums)
        outcome = run(encoder.model, self._limits(max(0.0, left())), _ignore, cancelled)
        return outcome.found and self._take(encoder.read(outcome.solver.value))

    def _take(self, states: dict[int, State]) -> bool:
        before, kept = self.scorer.score, {cell: self.scorer.states[cell] for cell in states}
        self.scorer.put_all(states)
        if self.scorer.score < before:
            return True
        self.scorer.put_all(kept)
        return False


def _ignore(objective: float, bound: float, value: Value) -> None:
    """Parts report as a whole."""
