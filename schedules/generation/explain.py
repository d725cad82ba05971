"""Why not every hard rule can be kept: a smallest set of rules that contradict each other, and the cheapest way out.

The set is minimal (``conflicts``): without any one of its parts, a rule about somebody on some day, the others could be kept. When the
time runs out it is only sufficient, as fine as it has become by then, and says so.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from schedules.generation.compiled import Compiled
from schedules.generation.conflicts import Detail, Found, Unit, contradiction, hard_terms
from schedules.generation.model.allowance import Allowance
from schedules.generation.problem import Problem
from schedules.generation.rule_names import kind_of_row, rule_words
from schedules.generation.terms import Rule, Term
from schedules.generation.violations import Violation, english_day, japanese_day

SECONDS = 2.0
"""Of the processor."""


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
        """One rule of the conflict as the protocol names its fields."""
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
        """The rules in conflict, and whether leaving out any one of them would end it."""
        return {"rules": [part.to_wire() for part in self.parts], "minimal": self.minimal}


@dataclass(frozen=True, slots=True)
class Explanation:
    """The conflict (none if all hard rules can be kept, or it was not found in time) and the cheapest way out: what the
    best schedule breaks of the hard rules."""

    conflict: Conflict | None
    way_out: tuple[Violation, ...]

    def to_wire(self) -> dict[str, object]:
        """The explanation as the protocol names its fields."""
        return {
            "conflict": self.conflict.to_wire() if self.conflict else None,
            "wayOut": [violation.to_wire() for violation in self.way_out],
        }


def explain(problem: Problem, violations: Iterable[Violation] = (), seconds: float = SECONDS) -> Explanation:
    """Why hard rules must be broken. ``violations`` are those of the best schedule: the hard ones are the way out."""
    return Explanation(find_conflict(problem, seconds), tuple(each for each in violations if each.is_hard))


def find_conflict(problem: Problem, seconds: float = SECONDS) -> Conflict | None:
    """A minimal set of hard rules that cannot all be kept; None if they can, or if the time did not suffice."""
    allowance = Allowance(seconds)
    compiled = hard_terms(problem)
    found = contradiction(compiled, allowance)
    return Conflict(_parts(compiled, found), found.minimal) if found else None


def _parts(compiled: Compiled, found: Found) -> tuple[Part, ...]:
    """The units as parts, those of one rule and scope joined, with their dates; in the order of the rules."""
    dates: dict[Unit, list[date]] = defaultdict(list)
    for unit in found.units:
        dates[unit.at(Detail.SCOPE)].extend([unit.day] if unit.day else [])
    return tuple(
        _part(compiled.problem, unit, sorted(dates[unit]), term) for unit, term in found.examples(compiled).items()
    )


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
