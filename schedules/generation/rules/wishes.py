"""What people wish for single days, one term for each wish.

- ``off``: no work on that day. Soft, by its weight.
- ``cannot``: the same, hard: it is broken only where the hard rules cannot all be kept, and then reported.
- ``prefer``: that shift; ★ misses nothing, another day off does. Nothing is missed on a closed day.
- ``avoid``: not that shift.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from schedules.generation.kinds import Kind, ShiftType
from schedules.generation.measures import NORMAL, WORK, during, missing, shift
from schedules.generation.problem import Wish
from schedules.generation.rules.context import RuleContext
from schedules.generation.terms import Count, Measure, Subject, Term

PREFIX = "wish_"
"""Of the kinds of these terms; what follows is the kind of the wish."""


@dataclass(frozen=True, slots=True)
class WishKind:
    """``words`` say what is wished and ``sentence`` what was not kept (with the names of ``violations.Facts``), in English and Japanese."""

    words: tuple[str, str]
    sentence: tuple[str, str]
    is_hard: bool = False


WISH_KINDS: Mapping[str, WishKind] = {
    "off": WishKind(
        ("the wish for a day off", "休み希望"),
        ("wish of {who} on {day} not kept: wanted the day off", "{who}:{day_ja}の休み希望が通っていません"),
    ),
    "cannot": WishKind(
        ("cannot work", "出勤できない日"),
        (
            "{who} works on {day}, though they said that they cannot",
            "{who}:{day_ja}は出勤できないと伝えていますが出勤です",
        ),
        is_hard=True,
    ),
    "prefer": WishKind(
        ("the wish for a shift", "シフト希望"),
        ("wish of {who} on {day} not kept: wanted {shift}", "{who}:{day_ja}の希望({shift_ja})が通っていません"),
    ),
    "avoid": WishKind(
        ("the wish against a shift", "避けたいシフト"),
        ("wish of {who} on {day} not kept: has {shift}", "{who}:{day_ja}は避けたい{shift_ja}になっています"),
    ),
}


def wish_terms(context: RuleContext) -> Iterator[Term]:
    """A term for each wish of somebody who is employed on its day."""
    for wish in context.problem.wishes:
        row = context.row[wish.staff_id]
        if context.employed(row, wish.day) and not (wish.kind == "prefer" and wish.day in context.problem.closed):
            kind = WISH_KINDS[wish.kind]
            rule = context.make_rule(PREFIX + wish.kind, wish.id, "", hard=kind.is_hard, weight=wish.weight)
            refs = (context.ref(row, wish.day, _measure(context, wish)),)
            yield Count(rule, refs, high=0, subject=Subject(staff=row, day=wish.day, what=wish.shift))


def _measure(context: RuleContext, wish: Wish) -> Measure:
    if wish.kind not in ("prefer", "avoid"):
        return WORK
    # Work of the first normal type may stand as a blank; another normal type is another shift.
    types = context.problem.shift_types
    is_first = wish.shift == _symbol_of(types.first(Kind.NORMAL))
    wished = during(types, NORMAL, frozenset({wish.shift})) if is_first else shift(wish.shift)
    return missing(wished, True) if wish.kind == "prefer" else wished


def _symbol_of(shift_type: ShiftType | None) -> str | None:
    return None if shift_type is None else shift_type.symbol
