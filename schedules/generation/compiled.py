"""The terms of a problem, indexed by cell: what the scorer and the model both start from."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from schedules.generation.kinds import State
from schedules.generation.matching import filled
from schedules.generation.problem import Problem
from schedules.generation.rules import terms_of
from schedules.generation.terms import (
    Blocks,
    Competition,
    Count,
    Measure,
    Pattern,
    Places,
    Ref,
    Rule,
    Spread,
    Term,
    Tier,
)

Touch = tuple[int, int, int, int]
"""Which term, which of all sums, which measure, with which factor."""

Evaluate = Callable[[Sequence[int]], int]


@contextmanager
def no_collection() -> Iterator[None]:
    """Leaves garbage collection out while a great many objects are made that all stay: it takes as long as making them."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class Compiled:
    """Terms with their sums laid out in one list; ``touching[cell]`` are the sums that a cell counts in.

    A cell's number is ``row * len(days) + column``. ``vector(state)`` holds every measure of a state, by number.
    """

    def __init__(
        self, problem: Problem, *, minor: bool = True, without: Callable[[Rule], bool] = lambda rule: False
    ) -> None:
        self.problem = problem
        self.width = len(problem.days)
        self.column = {day: index for index, day in enumerate(problem.days)}
        self.row = {member.id: index for index, member in enumerate(problem.staff)}
        self.measures: list[Measure] = []
        self.constants: list[int] = []
        self.evaluate: list[Evaluate] = []
        self.offsets: list[int] = []
        self.touching: list[list[Touch]] = [[] for _ in range(self.width * len(problem.staff))]
        self._number: dict[Measure, int] = {}
        self._vectors: dict[State, tuple[int, ...]] = {}
        with no_collection():
            self.terms: tuple[Term, ...] = _regrouped(
                [
                    term
                    for term in terms_of(problem)
                    if (minor or term.rule.tier is not Tier.MINOR) and not without(term.rule)
                ]
            )
            for number, term in enumerate(self.terms):
                self._add(number, term)

    def cell(self, staff_id: str, day: date) -> int | None:
        """The number of a person's cell; None outside the problem."""
        row, column = self.row.get(staff_id), self.column.get(day)
        return None if row is None or column is None else row * self.width + column

    def vector(self, state: State) -> tuple[int, ...]:
        """Every measure of a state."""
        found = self._vectors.get(state)
        if found is None:
            found = self._vectors[state] = tuple(measure.of(state) for measure in self.measures)
        return found

    def number_of(self, measure: Measure) -> int:
        """The number of a measure, which gets one when it is first asked for."""
        number = self._number.get(measure)
        if number is None:
            number = self._number[measure] = len(self.measures)
            self.measures.append(measure)
        return number

    def _add(self, number: int, term: Term) -> None:
        offset = len(self.constants)
        self.offsets.append(offset)
        for index, (constant, refs) in enumerate(_sums(term)):
            self.constants.append(constant)
            self._touch(number, offset + index, refs)
        self.evaluate.append(evaluation(term, offset))

    def _touch(self, number: int, position: int, refs: Sequence[Ref]) -> None:
        for row, column, measure, factor in refs:
            self.touching[row * self.width + column].append((number, position, self.number_of(measure), factor))


def _regrouped(terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms; places of which some kinds were left out compete with the kinds that are there alone."""
    there: dict[int, list[int]] = {}
    for term in terms:
        if isinstance(term, Places):
            there.setdefault(id(term.of), []).append(term.kind)
    among: dict[int, Competition] = {}

    def regrouped(term: Term) -> Term:
        if not isinstance(term, Places) or len(there[id(term.of)]) == len(term.of.wanted):
            return term
        kinds = sorted(there[id(term.of)])
        if id(term.of) not in among:
            among[id(term.of)] = term.of.among(kinds)
        return replace(term, of=among[id(term.of)], kind=kinds.index(term.kind))

    return tuple(map(regrouped, terms))


def _sums(term: Term) -> list[tuple[int, Sequence[Ref]]]:
    """The sums that a term is judged by, each with what it starts from."""
    if isinstance(term, Spread):
        return list(zip(term.constants or (0,) * len(term.rows), term.rows, strict=True))
    if isinstance(term, Blocks):
        return [(0, row) for row in term.rows]
    if isinstance(term, Places):
        return list(zip(term.of.certain, term.of.rows, strict=True))
    if isinstance(term, Pattern):
        return [(0, term.refs)]
    return [(term.constant, term.refs), (0, term.when)] if term.when else [(term.constant, term.refs)]


def sum_count(term: Term) -> int:
    """How many sums a term has, one after the other."""
    return len(_sums(term))


def evaluation(term: Term, offset: int) -> Evaluate:
    """The amount of a term, read off the list of all sums."""
    if isinstance(term, Spread):
        return _spread(offset, offset + len(term.rows), term)
    if isinstance(term, Blocks):
        return _blocks(offset, offset + len(term.rows), term)
    if isinstance(term, Places):
        return _places(offset, offset + len(term.rows), term)
    if isinstance(term, Pattern):
        length = len(term.refs)
        return lambda sums: int(sums[offset] == length)
    outside = _outside(offset, term)
    if term.when:
        return lambda sums: outside(sums) if sums[offset + 1] > 0 else 0
    return outside


def _spread(start: int, end: int, term: Spread) -> Evaluate:
    return lambda sums: term.amount(sums[start:end])


def _blocks(start: int, end: int, term: Blocks) -> Evaluate:
    return lambda sums: term.amount(sums[start:end])


def _places(start: int, end: int, term: Places) -> Evaluate:
    wanted, masks, kind = term.of.wanted, term.of.masks, term.kind
    return lambda sums: filled(wanted, masks, tuple(sums[start:end])).missing[kind]


def _outside(offset: int, term: Count) -> Evaluate:
    low, high = term.low, term.high
    if low is None and high is None:
        return lambda sums: 0
    if low is None:
        return lambda sums: max(0, sums[offset] - high)  # type: ignore[operator]  # one of the two is set
    if high is None:
        return lambda sums: max(0, low - sums[offset])
    return lambda sums: max(0, low - sums[offset]) + max(0, sums[offset] - high)
