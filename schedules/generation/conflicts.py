"""A smallest set of hard rules that contradict each other.

First as a linear programme (``model.refuting``), which shows what is too much or too little in all: its proof names some units, and whole
rules, then scopes, then single units are left out of them one by one, as long as the others are refuted too. That nothing more can be left out is
shown by a schedule that breaks that unit alone. Where the linear programme has a solution in fractions only, CP-SAT answers: each unit an
assumption, a core of them, and the same deletion.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, IntEnum, auto
from functools import cached_property
from typing import NamedTuple

from ortools.sat.python import cp_model

from schedules.generation.choices import Choices
from schedules.generation.compiled import Compiled
from schedules.generation.kinds import State
from schedules.generation.model.allowance import Allowance
from schedules.generation.model.encode import Encoder, Hard
from schedules.generation.model.refuting import Kept, Refuted, Refuter, System
from schedules.generation.model.search import Limits, solver_for
from schedules.generation.problem import Problem
from schedules.generation.score import Scorer
from schedules.generation.terms import Term, Tier


class Detail(IntEnum):
    """How much is left out at a time."""

    RULE = 0
    SCOPE = 1
    DATE = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """What is left out: a rule, perhaps with a person or a label, perhaps with a day."""

    kind: str
    rule_id: str | None
    staff: int | None = None
    label: str = ""
    day: date | None = None

    def at(self, detail: Detail) -> "Unit":
        """The coarser unit that this one belongs to."""
        if detail is Detail.RULE:
            return Unit(self.kind, self.rule_id)
        return self if detail is Detail.DATE else replace(self, day=None)


def unit_of(term: Term) -> Unit:
    """The smallest unit that a term belongs to."""
    rule, subject = term.rule, term.subject
    return Unit(rule.kind, rule.id, subject.staff, subject.label, subject.day)


def units_of(named: Iterable[Hashable]) -> Iterator[Unit]:
    """The names of assumptions that are units; all are."""
    return (each for each in named if isinstance(each, Unit))


class Found(NamedTuple):
    """Units that contradict each other; ``minimal``: proved that none of them can be left out."""

    units: frozenset[Unit]
    minimal: bool

    def examples(self, compiled: Compiled) -> dict[Unit, Term]:
        """For each rule and scope one of its terms, in the order of the rules."""
        found: dict[Unit, Term] = {}
        for term in compiled.terms:
            unit = unit_of(term)
            if any(unit.at(detail) in self.units for detail in Detail):
                own = unit.at(Detail.SCOPE)
                found.setdefault(own if unit in self.units or own in self.units else unit.at(Detail.RULE), term)
        return found


class Truth(Enum):
    """What is known of units that are asked to hold together."""

    POSSIBLE = auto()
    UNKNOWN = auto()


Answer = frozenset[Unit] | Truth
"""Of the units that were asked for those that cannot hold together, or what else is known."""


def contradiction(compiled: Compiled, allowance: Allowance) -> Found | None:
    """Of a problem's hard terms those that cannot all be kept; None if they can, or if the time did not suffice."""
    search = Contradiction(compiled, allowance)
    answer = search.of_all()
    if answer is Truth.UNKNOWN:
        return search.by_assumptions()
    return search.shrunk(answer) if isinstance(answer, frozenset) else None


def hard_terms(problem: Problem) -> Compiled:
    """The hard rules of a problem alone."""
    return Compiled(problem, minor=False, without=lambda rule: rule.tier is not Tier.HARD)


class Contradiction:
    """The search for the smallest set among hard terms."""

    def __init__(self, compiled: Compiled, allowance: Allowance) -> None:
        self.compiled = compiled
        self.allowance = allowance
        self.choices = told_apart(compiled, Choices(compiled.problem).all())
        self.minimal = True
        self._units = [unit_of(term) for term in compiled.terms]
        self._order = {unit: number for number, unit in enumerate(dict.fromkeys(self._units))}

    def of_all(self) -> Answer:
        """Can all units hold together?"""
        self._system = System.of(self._encoder(lambda unit: unit))
        if self._system.impossible:
            return frozenset(units_of(self._system.impossible[:1]))
        return self._asked(Refuter(self._system, self.allowance), frozenset(self._units))

    def shrunk(self, core: frozenset[Unit]) -> Found:
        """What is left of contradicting units when all that can be left out is."""
        core = self._fewest_rules(core)
        refuter = self._refuter(core)
        core = self._fewest_scopes(refuter, core)
        for unit in self._in_order(core):
            if unit in core and len(core) > 1:
                core = self._without(refuter, core, unit)
        return Found(core, self.minimal)

    def by_assumptions(self) -> Found | None:
        """The same by CP-SAT alone, one assumption for each rule, then for each scope of those left, then for each day."""
        found, minimal = frozenset[Unit](), False
        for detail in Detail:
            core = Core(self._encoder(_grouped(detail, found)), self.allowance)
            units = core.shrink()
            if units is None:
                break
            found, minimal = frozenset(units), core.minimal and detail is Detail.DATE
        return Found(found, minimal) if found else None

    def _refuter(self, units: Collection[Unit]) -> Refuter:
        return Refuter(self._system.of_units(units), self.allowance)

    def _in_order(self, units: Iterable[Unit]) -> list[Unit]:
        return sorted(units, key=self._order.__getitem__)

    def _fewest_rules(self, core: frozenset[Unit]) -> frozenset[Unit]:
        """Units of fewer rules, if some contradict each other: any of theirs, not only those of the core."""
        rules = dict.fromkeys(unit.at(Detail.RULE) for unit in self._in_order(core))
        if len(rules) < 2:
            return core
        asked = frozenset(unit for unit in self._units if unit.at(Detail.RULE) in rules)
        refuter = self._refuter(asked)
        for rule in rules:
            others = frozenset(unit for unit in asked if unit.at(Detail.RULE) != rule)
            answer = refuter.ask(others) if len(others) < len(asked) else None
            if isinstance(answer, Refuted):
                core = frozenset(units_of(answer.units))
                left = {unit.at(Detail.RULE) for unit in core}
                asked = frozenset(unit for unit in others if unit.at(Detail.RULE) in left)
        return core

    def _fewest_scopes(self, refuter: Refuter, core: frozenset[Unit]) -> frozenset[Unit]:
        """The core without the scopes that can be left out whole."""
        for scope in dict.fromkeys(unit.at(Detail.SCOPE) for unit in self._in_order(core)):
            others = frozenset(unit for unit in core if unit.at(Detail.SCOPE) != scope)
            if others and len(core) - len(others) > 1 and isinstance(answer := refuter.ask(others), Refuted):
                core = frozenset(units_of(answer.units))
        return core

    def _without(self, refuter: Refuter, core: frozenset[Unit], unit: Unit) -> frozenset[Unit]:
        """The core without this unit, or as it is, if it is needed."""
        others = core - {unit}
        answer = self._asked(refuter, others)
        if answer is Truth.UNKNOWN and self.allowance.left() > 0:
            answer = Core(self._encoder(lambda each: each if each in others else None), self.allowance).ask(others)
        if answer is Truth.UNKNOWN:
            self.minimal = False
        return answer if isinstance(answer, frozenset) else core

    def _asked(self, refuter: Refuter, units: frozenset[Unit]) -> Answer:
        """What linear programming knows of these units."""
        answer = refuter.ask(units)
        if isinstance(answer, Refuted):
            return frozenset(units_of(answer.units))
        kept = isinstance(answer, Kept) and self._is_kept(answer.chosen, units)
        return Truth.POSSIBLE if kept else Truth.UNKNOWN

    def _is_kept(self, chosen: dict[int, int], units: frozenset[Unit]) -> bool:
        """Does the schedule of these choices keep all the units?"""
        scorer = self._scorer
        scorer.put_all({cell: self.choices[cell][choice] for cell, choice in chosen.items()})
        return not any(scorer.amounts[number] for unit in units for number in self._terms[unit])

    @cached_property
    def _terms(self) -> dict[Unit, list[int]]:
        terms: dict[Unit, list[int]] = {}
        for number, unit in enumerate(self._units):
            terms.setdefault(unit, []).append(number)
        return terms

    @cached_property
    def _scorer(self) -> Scorer:
        scorer = Scorer(self.compiled.problem, compiled=self.compiled)
        scorer.put_all({cell: options[0] for cell, options in enumerate(self.choices)})
        return scorer

    def _encoder(self, group: Callable[[Unit], Unit | None]) -> Encoder:
        return Encoder(
            self.compiled,
            self.choices,
            hard=Hard.ASSUMED,
            soft=False,
            group_of=lambda number, term: group(self._units[number]),
        )


def told_apart(compiled: Compiled, choices: Sequence[tuple[State, ...]]) -> list[tuple[State, ...]]:
    """Of the choices of each cell the first of those that all terms count alike."""
    few = []
    for touches, options in zip(compiled.touching, choices, strict=True):
        measures = {measure for _, _, measure, _ in touches}
        alike: dict[tuple[int, ...], State] = {}
        for state in options:
            vector = compiled.vector(state)
            alike.setdefault(tuple(vector[measure] for measure in measures), state)
        few.append(tuple(alike.values()))
    return few


def _grouped(detail: Detail, within: frozenset[Unit]) -> Callable[[Unit], Unit | None]:
    """One assumption for each unit of this detail; from the second detail on, of these coarser units only."""

    def group(unit: Unit) -> Unit | None:
        if detail is not Detail.RULE and unit.at(Detail(detail - 1)) not in within:
            return None
        return unit.at(detail)

    return group


class Core:
    """A set of assumptions that cannot hold together, made smaller one by one."""

    def __init__(self, encoder: Encoder, allowance: Allowance) -> None:
        self.model = encoder.model
        self.assumptions = encoder.assumptions
        self.allowance = allowance
        self.minimal = True

    def shrink(self) -> list[Unit] | None:
        """The minimal set; None if all can hold, or nothing could be shown in time."""
        core = self._refuted([unit for unit in self.assumptions if isinstance(unit, Unit)])
        if core is None:
            return None
        for each in list(core):
            if each in core and len(core) > 1:
                smaller = self._refuted([other for other in core if other != each])
                core = core if smaller is None else smaller
        return core

    def _refuted(self, units: Sequence[Unit]) -> list[Unit] | None:
        answer = self.ask(units)
        if answer is Truth.UNKNOWN:
            self.minimal = False
        return [unit for unit in units if unit in answer] if isinstance(answer, frozenset) else None

    def ask(self, units: Iterable[Unit]) -> Answer:
        """Can these units hold together?"""
        left = self.allowance.left()
        if left <= 0:
            return Truth.UNKNOWN
        held = [unit for unit in units if unit in self.assumptions]  # what no choice can break has none
        self.model.clear_assumptions()
        self.model.add_assumptions([self.assumptions[unit] for unit in held])
        solver = solver_for(Limits(seconds=left, workers=1, seed=1))
        solver.parameters.cp_model_presolve = False  # it takes longer than the question
        status = solver.solve(self.model)
        if status != cp_model.INFEASIBLE:
            return Truth.UNKNOWN if status == cp_model.UNKNOWN else Truth.POSSIBLE
        named = set(solver.sufficient_assumptions_for_infeasibility())
        # Without names the contradiction was seen before any assumption was looked at: all of them stay.
        return frozenset(unit for unit in held if self.assumptions[unit].index in named) or frozenset(held)
