"""Text in cells that no shift type explains: it is kept as it is, and said, so that somebody can say what it means. A restaurant that
has said what such text counts as is not asked."""

from collections.abc import Iterator

from schedules.generation.kinds import BLANK
from schedules.generation.problem import Problem
from schedules.generation.violations import Violation

KIND = "unknown_text"


def unknown_texts(problem: Problem) -> Iterator[Violation]:
    """One for each text of a person, at the first day that holds it. It breaks no rule, so it costs nothing.

    Text in a locked cell was meant: it is a note.
    """
    if problem.shift_types.text_counts_as != "nothing":
        return
    for member in problem.staff:
        told: set[str] = set()
        for day in problem.days:
            value = problem.values.get((member.id, day), BLANK)
            is_note = (member.id, day) in problem.locked
            if not problem.shift_types.explains(value) and value not in told and not is_note:
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
                    text=value,
                )
