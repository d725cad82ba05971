"""Text in cells that no shift type explains: it is kept as it is, and said, so that somebody can say what it means."""

from collections.abc import Iterator

from schedules.generation.kinds import BLANK
from schedules.generation.problem import Problem
from schedules.generation.violations import Violation

KIND = "unknown_text"


def unknown_texts(problem: Problem) -> Iterator[Violation]:
    """One for each text of a person, at the first day that holds it. It breaks no rule, so it costs nothing."""
    for member in problem.staff:
        told: set[str] = set()
        for day in problem.days:
            value = problem.values.get((member.id, day), BLANK)
            if value != BLANK and value not in problem.shift_types.by_symbol and value not in told:
                told.add(value)
                yield Violation(
                    kind=KIND,
                    rule="",
                    rule_id=None,
                    is_hard=False,
                    penalty=0,
                    amount=0,
                    message=f"“{value}” is no shift type",
                    message_ja=f"「{value}」はシフトの種類ではありません",
                    staff_id=member.id,
                    day=day,
                    label=value,
                )
