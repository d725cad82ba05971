"""Why not every hard rule can be kept: a smallest set of rules that contradict each other, and the cheapest way out.

Each hard rule gets one assumption; CP-SAT names assumptions that cannot hold together; a deletion filter leaves out each
that is not needed. Then the same again with one assumption for each scope (a person, a group) of the rules that are left,
and at last for each date of those scopes. The result is minimal: without any one of its parts the others could be kept.
When the time runs out it is only sufficient, as fine as it has become by then, and says so.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from ortools.sat.python import cp_model

from schedules.generation.choices import Choices
from schedules.generation.compiled import Compiled
from schedules.generation.model.encode import Encoder, Hard
from schedules.generation.model.search import Limits, solver_for
from schedules.generation.problem import Problem
from schedules.generation.rule_names import kind_of_row, rule_words
from schedules.generation.terms import Rule, Term, Tier
from schedules.generation.violations import Violation, english_day, japanese_day

SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Part:
    """A rule of the conflict: about whom (a person, a group or a label) and on which dates (none = the whole period)."""

    kind: str
    rule: str
    rule_id: str | None
    staff_id: str | None
    scope: str
    dates: tuple[date, ...]
    message: str
    message_ja: str

    def to_wire(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "rule": self.rule,
            "ruleId": self.rule_id,
            "staffId": self.staff_id,
            "scope": self.scope,
            "dateKeys": [day.isoformat() for day in self.dates],
            "message": self.message,
            "messageJa": self.message_ja,
        }


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that cannot all be kept. ``minimal``: proved that none of them can be left out."""

    parts: tuple[Part, ...]
    minimal: bool

    def to_wire(self) -> dict[str, object]:
        return {"rules": [part.to_wire() for part in self.parts], "minimal": self.minimal}


@dataclass(frozen=True, slots=True)
class Explanation:
    """The conflict (none if all hard rules can be kept, or it was not found in time) and the cheapest way out: what the
    best schedule breaks of the hard rules."""

    conflict: Conflict | None
    way_out: tuple[Violation, ...]

    def to_wire(self) -> dict[str, object]:
        return {
            "conflict": self.conflict.to_wire() if self.conflict else None,
            "wayOut": [violation.to_wire() for violation in self.way_out],
        }


class Detail(IntEnum):
    """How much one assumption stands for."""

    RULE = 0
    SCOPE = 1
    DATE = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """What one assumption stands for: a rule, perhaps with a person or a label, perhaps with a day."""

    kind: str
    rule_id: str | None
    staff: int | None = None
    label: str = ""
    day: date | None = None


def unit_of(term: Term, detail: Detail) -> Unit:
    rule, subject = term.rule, term.subject
    if detail is Detail.RULE:
        return Unit(rule.kind, rule.id)
    return Unit(rule.kind, rule.id, subject.staff, subject.label, subject.day if detail is Detail.DATE else None)


def explain(problem: Problem, violations: Iterable[Violation] = (), seconds: float = SECONDS) -> Explanation:
    """Why hard rules must be broken. ``violations`` are those of the best schedule: the hard ones are the way out."""
    return Explanation(find_conflict(problem, seconds), tuple(each for each in violations if each.is_hard))


def find_conflict(problem: Problem, seconds: float = SECONDS) -> Conflict | None:
    """A minimal set of hard rules that cannot all be kept; None if they can, or if the time did not suffice."""
    deadline = time.monotonic() + seconds
    compiled = Compiled(problem, without=lambda rule: rule.tier is not Tier.HARD)
    choices = Choices(problem).all()
    found, minimal = frozenset[Unit](), False
    for detail in Detail:
        wanted = group_by(detail, found)
        core = Core(Encoder(compiled, choices, hard=Hard.ASSUMED, soft=False, group_of=wanted), deadline)
        units = core.shrink()
        if units is None:
            break
        found, minimal = frozenset(units), core.minimal and detail is Detail.DATE
    return Conflict(_parts(compiled, found), minimal) if found else None


def group_by(detail: Detail, within: frozenset[Unit]) -> Callable[[int, Term], Unit | None]:
    """One assumption for each unit of this detail; from the second detail on, of these coarser units only."""

    def group(number: int, term: Term) -> Unit | None:
        if detail is not Detail.RULE and unit_of(term, Detail(detail - 1)) not in within:
            return None
        return unit_of(term, detail)

    return group


class Core:
    """A set of assumptions that cannot hold together, made smaller one by one."""

    def __init__(self, encoder: Encoder, deadline: float) -> None:
        self.model = encoder.model
        self.assumptions = encoder.assumptions
        self.deadline = deadline
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
        """Which of these assumptions already contradict each other; None if they do not, or it was not found out."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            self.minimal = False
            return None
        self.model.clear_assumptions()
        self.model.add_assumptions([self.assumptions[unit] for unit in units])
        solver = solver_for(Limits(seconds=left, workers=1, seed=1))
        solver.parameters.cp_model_presolve = False  # it takes longer than the question
        status = solver.solve(self.model)
        if status == cp_model.UNKNOWN:
            self.minimal = False
        if status != cp_model.INFEASIBLE:
            return None
        named = set(solver.sufficient_assumptions_for_infeasibility())
        # Without names the contradiction was seen before any assumption was looked at: all of them stay.
        return [unit for unit in units if self.assumptions[unit].index in named] or list(units)


def _parts(compiled: Compiled, units: Collection[Unit]) -> tuple[Part, ...]:
    """The units as parts, those of one rule and scope joined, with their dates; in the order of the rules."""
    found = frozenset(units)
    dates: dict[Unit, set[date]] = defaultdict(set)
    examples: dict[Unit, Term] = {}
    for term in compiled.terms:
        for unit in found.intersection(unit_of(term, detail) for detail in Detail):
            key = replace(unit, day=None)
            examples.setdefault(key, term)
            dates[key].update([unit.day] if unit.day else [])
    return tuple(_part(compiled.problem, key, sorted(dates[key]), term) for key, term in examples.items())


def _part(problem: Problem, unit: Unit, days: Sequence[date], term: Term) -> Part:
    rule: Rule = term.rule
    who = problem.staff[unit.staff].name if unit.staff is not None else unit.label
    english, japanese = rule_words(term)
    when, when_ja = _dates(days, english_day), _dates(days, japanese_day)
    return Part(
        kind=unit.kind,
        rule=rule.name or kind_of_row(rule.kind)[0],
        rule_id=unit.rule_id,
        staff_id=problem.staff[unit.staff].id if unit.staff is not None else None,
        scope=who,
        dates=tuple(days),
        message=" ".join(filter(None, [english, f"({who})" if who else "", f"on {when}" if when else ""])),
        message_ja="".join(filter(None, [f"{who}:" if who else "", f"{when_ja} " if when_ja else "", japanese])),
    )


def _dates(days: Sequence[date], name: Callable[[date | None], str]) -> str:
    return ", ".join(name(day) for day in days[:6]) + (" …" if len(days) > 6 else "")
