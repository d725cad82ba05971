"""Places: what needs that name a skill ask on one day, where one person fills one place.

Each number of a need with a skill is so many places. Who has the skill, belongs to the need's people and has its shift that day may
fill one of them, and nobody fills two on a day, whatever the shifts and whichever needs: a cook and a cashier are two people, even if
each of them can do both. So many places are filled as can be, those that must be before those that should be, and the dearer first;
each that stays empty is missing. Needs without a skill count heads, whatever these people fill.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import combinations
from typing import NamedTuple

from schedules.generation.kinds import State
from schedules.generation.measures import BY_SHIFT, during, shift
from schedules.generation.rules.context import RuleContext
from schedules.generation.terms import Competition, Count, Measure, Places, Ref, Rule, Subject, Term

PLACE = "staffing_skill"


class Kind(NamedTuple):
    """Places of one kind: so many of these people (rows of the grid) with that shift. ``there``: at a moment, whose shifts count then: those
    of these types, by day; None: those of the subject's day, whichever."""

    rule: Rule
    shift: str
    rows: frozenset[int]
    wanted: int
    subject: Subject
    there: Mapping[date, frozenset[str]] | None = None

    @property
    def days(self) -> Mapping[date, frozenset[str] | None]:
        """The days whose cells may count."""
        assert self.subject.day is not None
        return {self.subject.day: None} if self.there is None else self.there


def place_terms(context: RuleContext, kinds: Sequence[Kind]) -> Iterator[Term]:
    """The terms of one day's places. Kinds that share nobody do not compete: a single one is a plain count."""
    for competing in _competing(sorted(kinds, key=lambda kind: (kind.rule.tier, -kind.rule.points))):
        if len(competing) > 1:
            yield from _places(context, competing)
        else:
            rule, _, rows, wanted, subject, _ = competing[0]
            cells = [fit for row in sorted(rows) for fit in _fits(context, competing, row)]
            refs = tuple(fit for _, fit in cells if isinstance(fit, Ref))
            yield Count(rule, refs, low=wanted, constant=len(cells) - len(refs), subject=subject)


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
    certain: Counter[int] = Counter()
    for row in sorted(frozenset().union(*(kind.rows for kind in kinds))):
        for mask, fit in _fits(context, kinds, row):
            refs = cells.setdefault(mask, [])
            if isinstance(fit, Ref):
                refs.append(fit)
            else:
                certain[mask] += 1
    rows = tuple(tuple(refs) for refs in cells.values())
    constants = tuple(certain[mask] for mask in cells) if certain else ()
    competition = Competition(tuple(kind.wanted for kind in kinds), tuple(cells), rows, constants)
    for number, kind in enumerate(kinds):
        yield Places(kind.rule, competition, number, kind.subject)


def _fits(context: RuleContext, kinds: Sequence[Kind], row: int) -> Iterator[tuple[int, Ref | None]]:
    """Which kinds of places a person may fill with one shift or another: each set of them with the cell that counts for it; None for a day
    around the period on which the person is there."""
    own = {number: kind.shift for number, kind in enumerate(kinds) if row in kind.rows}
    names = tuple(sorted(set(own.values())))
    for day, symbols in kinds[0].days.items():
        if not context.employed(row, day):
            continue
        for held in _together(names):
            mask = sum(1 << number for number, name in own.items() if name in held)
            measure = exactly(held, names)
            if symbols is not None:
                measure = during(context.problem.shift_types, measure, symbols)
            if day in context.column:
                yield mask, context.ref(row, day, measure)
            elif (state := context.beyond(row, day)) is not None and measure.of(state):
                yield mask, None


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
