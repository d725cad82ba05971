"""Places: what needs that name a skill ask on one day, where one person fills one place.

Each number of a need with a skill is so many places. Who has the skill, belongs to the need's people and has its shift that day may
fill one of them, and nobody fills two on a day, whatever the shifts and whichever needs: a cook and a cashier are two people, even if
each of them can do both. So many places are filled as can be, those that must be before those that should be, and the dearer first;
each that stays empty is missing. Needs without a skill count heads, whatever these people fill.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

from schedules.generation.kinds import State
from schedules.generation.measures import BY_SHIFT, shift
from schedules.generation.rules.context import RuleContext
from schedules.generation.terms import Competition, Count, Measure, Places, Ref, Rule, Subject, Term

PLACE = "staffing_skill"


class Kind(NamedTuple):
    """Places of one kind: so many of these people (rows of the grid) with that shift."""

    rule: Rule
    shift: str
    rows: frozenset[int]
    wanted: int
    subject: Subject


def place_terms(context: RuleContext, kinds: Sequence[Kind]) -> Iterator[Term]:
    """The terms of one day's places. Kinds that share nobody do not compete: a single one is a plain count."""
    for competing in _competing(sorted(kinds, key=lambda kind: (kind.rule.tier, -kind.rule.points))):
        if len(competing) > 1:
            yield from _places(context, competing)
        else:
            rule, name, rows, wanted, subject = competing[0]
            assert subject.day is not None
            refs = context.refs(sorted(rows), subject.day, shift(name))
            yield Count(rule, refs, low=wanted, subject=subject)


def _competing(kinds: Iterable[Kind]) -> list[list[Kind]]:
    """The kinds in sets of which no two share anybody, each in the order given."""
    sets: list[tuple[set[int], list[tuple[int, Kind]]]] = []
    for number, kind in enumerate(kinds):
        people, members = set(kind.rows), [(number, kind)]
        apart = []
        for others in sets:
            if others[0].isdisjoint(kind.rows):
                apart.append(others)
            else:
                people |= others[0]
                members += others[1]
        sets = [*apart, (people, members)]
    return [[kind for _, kind in sorted(members, key=lambda each: each[0])] for _, members in sets]


def _places(context: RuleContext, kinds: Sequence[Kind]) -> Iterator[Term]:
    cells: dict[int, list[Ref]] = {}
    for row in sorted(frozenset().union(*(kind.rows for kind in kinds))):
        for mask, ref in _fits(context, kinds, row):
            cells.setdefault(mask, []).append(ref)
    rows = tuple(tuple(refs) for refs in cells.values())
    competition = Competition(tuple(kind.wanted for kind in kinds), tuple(cells), rows)
    for number, kind in enumerate(kinds):
        yield Places(kind.rule, competition, number, kind.subject)


def _fits(context: RuleContext, kinds: Sequence[Kind], row: int) -> Iterator[tuple[int, Ref]]:
    """Which kinds of places a person may fill with one shift or another: each set of them with the cell that counts for it."""
    day = kinds[0].subject.day
    assert day is not None
    if not context.employed(row, day):
        return
    own = {number: kind.shift for number, kind in enumerate(kinds) if row in kind.rows}
    names = tuple(sorted(set(own.values())))
    for held in _together(names):
        mask = sum(1 << number for number, name in own.items() if name in held)
        yield mask, context.ref(row, day, exactly(held, names))


def _together(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Sets of these names of shifts that one cell may hold at once: of a kind, working or off, and of a symbol one at most."""
    kinds = [name for name in names if name in ONE_OF]
    broad = [name for name in names if name in BY_SHIFT and name not in ONE_OF]
    symbols = [name for name in names if name not in BY_SHIFT]
    for kind in [(), *((name,) for name in kinds)]:
        for symbol in [(), *((name,) for name in symbols)]:
            for count in range(len(broad) + 1):
                for some in combinations(broad, count):
                    if held := (*kind, *symbol, *some):
                        yield tuple(sorted(held))


ONE_OF = frozenset({"normal", "early", "late", "special", "designated_off"})
"""Kinds of which a cell holds one; ``any`` and ``off`` are several."""


@cache
def exactly(held: tuple[str, ...], names: tuple[str, ...]) -> Measure:
    """Cells that count as all of the shifts ``held``, and as none of the other ``names``."""
    if held == names and len(names) == 1:
        return shift(names[0])
    wanted = [(shift(name).of, name in held) for name in names]

    def of(state: State) -> int:
        return int(all(bool(counts(state)) is asked for counts, asked in wanted))

    return Measure(f"exactly {' '.join(held)} of {' '.join(names)}", of)
