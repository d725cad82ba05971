"""Who fills which place: of places of several kinds as many as can be, the kinds one after the other."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

Flow = tuple[tuple[int, ...], ...]


class Filled(NamedTuple):
    """``flow[m][k]``: so many of set ``m`` fill a place of kind ``k``; ``missing``: the places of each kind that stay empty."""

    flow: Flow
    missing: tuple[int, ...]


@lru_cache(maxsize=65_536)
def filled(wanted: tuple[int, ...], masks: tuple[int, ...], there: tuple[int, ...]) -> Filled:
    """``there`` people of each set may fill one place each, of the kinds in the set's mask.

    Kind after kind gets as many as it can without taking any from those before it. That costs the least whatever each kind weighs, as
    long as the heavier come first: the sets of places that can be filled at once are a matroid, of which the greedy choice is best.
    """
    flow = [[0] * len(wanted) for _ in masks]
    free = list(there)
    missing = []
    for kind, number in enumerate(wanted):
        got = 0
        while got < number and _augment(kind, masks, free, flow):
            got += 1
        missing.append(number - got)
    return Filled(tuple(tuple(row) for row in flow), tuple(missing))


def _augment(kind: int, masks: Sequence[int], free: list[int], flow: list[list[int]]) -> bool:
    """Fills one more place of this kind, where need be by moving others to other kinds; false if that cannot be."""
    found = _path(kind, masks, free, flow)
    if found is None:
        return False
    free[found[-1][0]] -= 1
    for place, (row, taker) in enumerate(found):
        flow[row][taker] += 1
        if place + 1 < len(found):
            flow[row][found[place + 1][1]] -= 1
    return True


def _path(
    kind: int, masks: Sequence[int], free: Sequence[int], flow: Sequence[Sequence[int]]
) -> list[tuple[int, int]] | None:
    """Steps (set, kind that takes one of it): each kind after the first is that from which the one before takes."""
    seen, paths = {kind}, [(kind, list[tuple[int, int]]())]
    for taker, path in paths:
        for row in _sets_of(taker, masks):
            step = [*path, (row, taker)]
            if free[row] > 0:
                return step
            for other, number in enumerate(flow[row]):
                if number and other not in seen:
                    seen.add(other)
                    paths.append((other, step))
    return None


def _sets_of(kind: int, masks: Sequence[int]) -> Iterator[int]:
    return (row for row, mask in enumerate(masks) if mask >> kind & 1)
