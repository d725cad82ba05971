"""What each soft rule costs in a schedule, and what would be gained if it were given up."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from schedules.generation.choices import Choices
from schedules.generation.compiled import Compiled
from schedules.generation.kinds import State
from schedules.generation.model.encode import Encoder, Hard
from schedules.generation.model.search import Limits, run, workers_for
from schedules.generation.problem import Problem
from schedules.generation.rule_names import kind_of_row
from schedules.generation.score import Scorer
from schedules.generation.terms import Rule, Tier
from shiftsync.core.text import counted


class Key(NamedTuple):
    """A row of the settings, and which of its rules."""

    kind: str
    rule_id: str | None


@dataclass(frozen=True, slots=True)
class Cost:
    """A soft rule: its points in this schedule, how often it is broken, and what giving it up gains (None = not tried).

    The gain is the rule's own cost and what the others save; found in limited time, so it may be more.
    """

    kind: str
    rule: str
    rule_id: str | None
    penalty: int
    count: int
    gain: int | None = None

    @property
    def message(self) -> str:
        """What the rule costs, in English."""
        text = f"{self.rule or kind_of_row(self.kind)[0]} costs {counted(self.penalty, 'point')} ({counted(self.count, 'time')})"
        return text if self.gain is None else f"{text}; without it the schedule would cost {self.gain} less"

    @property
    def message_ja(self) -> str:
        """The same in Japanese."""
        text = f"{self.rule or kind_of_row(self.kind)[1]}:減点{self.penalty}({self.count}回)"
        return text if self.gain is None else f"{text}。外すと減点が{self.gain}減ります"

    def to_wire(self) -> dict[str, object]:
        """What one rule costs in the bound, as the protocol names its fields."""
        return {
            "kind": self.kind,
            "rule": self.rule or kind_of_row(self.kind)[0],
            "ruleId": self.rule_id,
            "penalty": self.penalty,
            "count": self.count,
            "gain": self.gain,
            "message": self.message,
            "messageJa": self.message_ja,
        }


def soft_costs(scorer: Scorer) -> list[Cost]:
    """What each soft rule costs, the dearest first."""
    found: dict[Key, list[int]] = defaultdict(list)
    names: dict[Key, str] = {}
    for term, amount in zip(scorer.compiled.terms, scorer.amounts, strict=True):
        if amount and term.rule.tier is Tier.SOFT:
            key = Key(term.rule.kind, term.rule.id)
            found[key].append(term.rule.points * amount)
            names[key] = term.rule.name
    costs = [Cost(key.kind, names[key], key.rule_id, sum(each), len(each)) for key, each in found.items()]
    return sorted(costs, key=lambda cost: (-cost.penalty, cost.kind, cost.rule_id or ""))


def relaxation_gains(scorer: Scorer, *, most: int = 5, seconds: float = 0.5) -> list[Cost]:
    """``soft_costs``, the dearest ``most`` of them with what giving them up would gain, looked for ``seconds`` each."""
    costs = soft_costs(scorer)
    tried = [replace(cost, gain=_gain(scorer, Key(cost.kind, cost.rule_id), seconds)) for cost in costs[:most]]
    return [*tried, *costs[most:]]


def _gain(scorer: Scorer, key: Key, seconds: float) -> int:
    problem = scorer.problem

    def given_up(rule: Rule) -> bool:
        return rule.tier is Tier.SOFT and Key(rule.kind, rule.id) == key

    start = Scorer(problem, compiled=Compiled(problem, without=given_up))
    start.put_all(dict(enumerate(scorer.states)))
    return scorer.score.objective - _improved(problem, start, seconds)


def _improved(problem: Problem, start: Scorer, seconds: float) -> int:
    """The objective of the best schedule near this one that is found in the time, the hard rules no more broken."""
    choices = _with(Choices(problem).all(), start.states)
    encoder = Encoder(start.compiled, choices, hard=Hard.SLACK)
    encoder.model.add(encoder.penalty(Tier.HARD) <= start.score.hard)
    encoder.model.minimize(encoder.penalty(Tier.SOFT, Tier.MINOR))
    encoder.hint(start.states, start.sums)
    limits = Limits(seconds, workers_for(problem.options), problem.options.seed)
    outcome = run(encoder.model, limits, lambda objective, bound, value: None, lambda: False)
    return min(start.score.objective, round(outcome.objective)) if outcome.found else start.score.objective


def _with(choices: Sequence[tuple[State, ...]], states: Sequence[State]) -> list[tuple[State, ...]]:
    """The choices, and what is in each cell now."""
    return [options if state in options else (*options, state) for options, state in zip(choices, states, strict=True)]
