"""Every kind of rule about people, by its name (``PriorityRule.ruleType``)."""

from collections.abc import Iterator, Mapping

from schedules.generation.rules import fairness, hours, priority, run_length, weekends
from schedules.generation.rules.context import RuleContext
from schedules.generation.rules.rule_kind import RuleKind
from schedules.generation.terms import Term

RULE_KINDS: Mapping[str, RuleKind] = {
    kind.name: kind for kind in (*priority.KINDS, *fairness.KINDS, *run_length.KINDS, *weekends.KINDS, *hours.KINDS)
}


def priority_terms(context: RuleContext) -> Iterator[Term]:
    """The terms of every rule about people."""
    for row in context.problem.rules:
        for part in context.exceptions.parts(row):
            yield from RULE_KINDS[row.rule_type].terms(context, part, context.rule(row.rule_type, part))
