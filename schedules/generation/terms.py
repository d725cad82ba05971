"""The small language in which every rule is said: five kinds of term over the cells of the grid.

``rules`` turn settings into terms; the scorer evaluates them in plain Python, the model encodes them for CP-SAT. A term's
*amount* is how far a schedule breaks it (0 = kept), its penalty is ``amount * rule.points``.

- ``Count``: a sum over cells lies between two bounds; the amount is how far it lies outside (of each bound:
  they may contradict each other). With ``when`` cells, the
  bounds only bind if one of those counts too.
- ``Pattern``: not all of some cells at once (a forbidden sequence, a run that is too long); the amount is 0 or 1.
- ``Blocks``: at most ``high``, or at least ``low``, of some sets of cells hold one that counts (weekends with work, people who may be there by
  one of two shifts); the amount is how many more, or fewer, do.
- ``Places``: so many places of one kind are to be filled, by people who may fill places of several kinds but one of them at a time; the
  amount is how many stay empty.
- ``Spread``: the sums of several rows differ by at most ``tolerance``; the amount is by how much more they differ. With ``shares``
  each row is measured by its part of the whole: what it has above that part may differ by ``tolerance``, begun units counted whole.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from fractions import Fraction
from typing import NamedTuple

from schedules.generation.kinds import State

POINTS = 1000
"""Penalty points of one unit at weight 1: the score counts in whole numbers."""

UNIT = 100
"""Off-equivalents are counted in hundredths."""


class Tier(IntEnum):
    """Hard is minimised first; soft and minor together after it. Minor terms (stability, tie-breaks) are no violations."""

    HARD = 0
    SOFT = 1
    MINOR = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """What a term belongs to: the kind of rule, the row of the settings, and how heavy it is; ``instead``: the names of the more general
    rows that it takes the place of for its people."""

    kind: str
    id: str | None
    name: str
    tier: Tier
    points: int
    instead: tuple[str, ...] = ()

    @property
    def title(self) -> tuple[str, str]:
        """The row's name, and instead of what it counts, in English and Japanese; empty where neither is known."""
        others = [name for name in self.instead if name]
        if not self.instead:
            return self.name, self.name
        other, other_ja = (", ".join(others), "、".join(others)) if others else ("the general limit", "全体の制限")
        return f"{self.name} (instead of {other})".strip(), f"{self.name}({other_ja}の代わり)"


@dataclass(frozen=True)
class Measure:
    """A number that can be read off a state: what a term counts. Equal by name."""

    name: str
    of: Callable[[State], int] = field(compare=False, repr=False)

    def inverse(self) -> "Measure":
        """1 where this one is 0 (a day outside the employment is neither)."""
        of = self.of
        return Measure(f"not {self.name}", lambda state: int(state.kind != "absent" and of(state) == 0))


class Ref(NamedTuple):
    """A cell (row and column of the grid), what is read off it, and the factor it counts with."""

    row: int
    column: int
    measure: Measure
    factor: int = 1


@dataclass(frozen=True, slots=True)
class Subject:
    """What a term is about, for its violation: perhaps a person, a day, a further label. ``since`` is the first of the days
    that count, where that lies before the period; ``whole`` what a bound is in a whole month, where only a part of it is asked; ``hours`` from which
    minute of the day to which, after the beginning of ``day``."""

    staff: int | None = None
    day: date | None = None
    label: str = ""
    what: str = ""
    until: date | None = None
    since: date | None = None
    whole: Fraction | None = None
    hours: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A bound on a weighted count of cells."""

    rule: Rule
    refs: tuple[Ref, ...]
    low: int | None = None
    high: int | None = None
    constant: int = 0
    subject: Subject = Subject()
    scale: int = 1
    when: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sequence of cells that must not occur."""

    rule: Rule
    refs: tuple[Ref, ...]
    subject: Subject = Subject()


@dataclass(frozen=True, slots=True)
class Spread:
    """``constants``: what each row has already, whatever the grid holds. ``shares``: how much of the whole is each row's, where they are
    not alike; they have no common divisor."""

    rule: Rule
    rows: tuple[tuple[Ref, ...], ...]
    tolerance: int = 0
    subject: Subject = Subject()
    people: tuple[int, ...] = ()
    constants: tuple[int, ...] = ()
    shares: tuple[int, ...] = ()

    def amount(self, sums: Sequence[int]) -> int:
        """By how much the rows, which add up to these, differ more than allowed."""
        if not self.shares:
            return max(0, max(sums) - min(sums) - self.tolerance)
        total, whole = sum(sums), sum(self.shares)
        above = [whole * own - share * total for own, share in zip(sums, self.shares, strict=True)]
        return max(0, -((min(above) - max(above)) // whole) - self.tolerance)


@dataclass(frozen=True, slots=True)
class Blocks:
    """``constant``: blocks that count already, whatever the grid holds. One of the bounds is set."""

    rule: Rule
    rows: tuple[tuple[Ref, ...], ...]
    high: int | None = None
    constant: int = 0
    subject: Subject = Subject()
    low: int | None = None

    def amount(self, sums: Sequence[int]) -> int:
        """How far the number of blocks, which add up to these, lies outside."""
        number = self.constant + sum(total > 0 for total in sums)
        over = 0 if self.high is None else max(0, number - self.high)
        return over if self.low is None else over + max(0, self.low - number)


@dataclass(frozen=True, slots=True)
class Competition:
    """Kinds of places that the same people fill: ``wanted`` of each, the heaviest first, and for each set of kinds (a bit mask) those
    cells that may fill one of them, whichever. Each cell fills one place. ``constants``: of each set, who is there whatever the grid holds."""

    wanted: tuple[int, ...]
    masks: tuple[int, ...]
    rows: tuple[tuple[Ref, ...], ...]
    constants: tuple[int, ...] = ()

    def among(self, kinds: Sequence[int]) -> "Competition":
        """Those kinds alone, in the same order."""
        cells: dict[int, list[Ref]] = {}
        certain: Counter[int] = Counter()
        for mask, row, constant in zip(self.masks, self.rows, self.certain, strict=True):
            left = sum(1 << place for place, kind in enumerate(kinds) if mask >> kind & 1)
            if left:
                cells.setdefault(left, []).extend(row)
                certain[left] += constant
        return Competition(
            tuple(self.wanted[kind] for kind in kinds),
            tuple(cells),
            tuple(tuple(row) for row in cells.values()),
            tuple(certain[mask] for mask in cells),
        )

    @property
    def certain(self) -> tuple[int, ...]:
        """The constants, one for each set."""
        return self.constants or (0,) * len(self.masks)


@dataclass(frozen=True, slots=True)
class Places:
    """One ``kind`` of the places of a competition."""

    rule: Rule
    of: Competition
    kind: int
    subject: Subject = Subject()

    @property
    def rows(self) -> tuple[tuple[Ref, ...], ...]:
        """The cells of all kinds: who fills another place is missing here."""
        return self.of.rows

    @property
    def low(self) -> int:
        """How many places there are."""
        return self.of.wanted[self.kind]


Term = Count | Pattern | Spread | Blocks | Places


def cells_of(term: Term) -> Sequence[Ref]:
    """All cells that a term counts, of whatever row."""
    return [ref for row in term.rows for ref in row] if isinstance(term, Spread | Blocks | Places) else term.refs


def points(weight: Fraction, scale: int = 1) -> int:
    """The penalty points of a weight for one counted unit; a weight above 0 costs at least one point."""
    if weight <= 0:
        return 0
    return max(1, round(weight * POINTS / scale))
