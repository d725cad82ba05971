"""Totals that are whole numbers, and what that adds to the bound of the relaxation.

Where all points of a kind of rule are multiples of 500, so is their sum in any schedule, whatever fractions the relaxation makes of it. A *total* is the sum of
all amounts whose points a number divides, each times its points by that number. The least that a total can be, rounded up, is a row that no schedule breaks; with it
the relaxation costs more. (100 people × 62 days: it pays three quarters of 500 points, where whole schedules pay 500 or none.)
"""

import time
from collections.abc import Callable, Mapping, Sequence
from math import ceil, gcd

from ortools.math_opt.solution_pb2 import BasisProto

from schedules.generation.model.encode import Encoder
from schedules.generation.model.linear_solver import Simplex, Solved
from schedules.generation.model.relaxed import Relaxed, reachable
from schedules.generation.terms import Tier

WHOLE = 1e-4
"""So near to a whole number a total is one."""

ROUNDING = 0.01
"""Points by which the sum of a bound may be off, in the arithmetic of fractions."""

FEW = 0.5
"""The share of the columns of the largest total."""

Total = dict[int, float]
"""Factors by column."""


def totals_of(costs: Mapping[int, int]) -> list[Total]:
    """The totals for the points of each column: of those that a number of points divides, for each number that occurs, and of all. Those of the most columns come
    first."""
    points = {abs(cost) for cost in costs.values() if cost}
    found: dict[tuple[int, ...], Total] = {}
    for divisor in points | {1}:
        divided = {column: cost for column, cost in sorted(costs.items()) if cost and cost % divisor == 0}
        unit = gcd(*divided.values())
        found[tuple(divided)] = {column: cost / unit for column, cost in divided.items()}
    return sorted((total for total in found.values() if total), key=len, reverse=True)


class Totals:
    """Raises the bound of a relaxation by its totals, from its basis on: each step is a few dozen iterations of the simplex."""

    def __init__(self, encoder: Encoder, relaxed: Relaxed, seconds: float, cancelled: Callable[[], bool]) -> None:
        self._objective = encoder.model.proto.objective
        self._totals = totals_of(encoder.cost[Tier.SOFT])
        self._relaxed = relaxed
        self._until = time.monotonic() + seconds
        self._cancelled = cancelled
        self._simplex = Simplex(relaxed.model, self._totals)

    def raise_bound(self, heard: Callable[[float], None]) -> None:
        """Tells of each higher bound, until no total says more, the time is up or nobody wants it."""
        solved: Solved | None = self._relaxed.solved
        known = self._relaxed.solved.basis
        basis = None if known is None else self._simplex.basis(known)
        while solved is not None and basis is not None and (lows := self._lows(solved.columns, basis)):
            for number, low in lows.items():
                self._simplex.raise_row(number, low)
            solved = self._simplex.least(None, basis, self._left(), self._cancelled)
            if solved is not None:
                heard(reachable(solved.value - ROUNDING, self._objective))
                basis = solved.basis

    def _lows(self, columns: Sequence[float], basis: BasisProto) -> dict[int, int]:
        """What the totals are at least, by number, as far as they are less at that optimum. Those of a few columns seldom say anything: they are asked where the
        others say no more."""
        lows: dict[int, int] = {}
        start: BasisProto | None = basis
        for number, total in enumerate(self._totals):
            if self._cancelled() or self._left() <= 0 or (lows and len(total) < FEW * len(self._totals[0])):
                break
            now = sum(factor * columns[column] for column, factor in total.items())
            if abs(now - round(now)) > WHOLE:
                found = self._simplex.least(total, start, self._left(), self._cancelled)
                start = None
                if found is not None and (low := ceil(found.value - WHOLE)) > now:
                    lows[number] = low
        return lows

    def _left(self) -> float:
        return self._until - time.monotonic()
