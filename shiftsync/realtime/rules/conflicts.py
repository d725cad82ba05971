"""What happens to a change whose author's view was out of date: the four strategies, as pure functions.

A change is judged field by field. A field is in conflict if another client changed it after the base version, to a
value other than the requested one and the one at the base. In a list of facts that hold from a day, each day is a field of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shiftsync.core.spelling import spelled
from shiftsync.realtime.rules.merging import ABSENT, Clash, are_dated, merge


class Strategy(StrEnum):
    """How conflicts are resolved. The values are those on the wire and in ``Restaurant.conflict_strategy``; other
    spellings (``LastWriterWins``) are accepted."""

    LAST_WRITER_WINS = "last_writer_wins"
    FIRST_WRITER_WINS = "first_writer_wins"
    MERGE_CHANGES = "merge_changes"
    USER_CHOICE = "user_choice"

    @classmethod
    def _missing_(cls, value: object) -> "Strategy | None":
        known = spelled(value, [strategy.value for strategy in cls])
        return None if known is None else cls(known)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What to write, by field, and the conflicts that were found.

    ``apply`` holds only fields that differ from what is stored. ``clashes`` are overwritten if ``is_refused`` is false,
    and the reason of the refusal otherwise.
    """

    apply: dict[str, Any]
    clashes: tuple[Clash, ...] = ()
    is_refused: bool = False


def judge(
    strategy: Strategy, base: Mapping[str, Any], theirs: Mapping[str, Any], yours: Mapping[str, Any]
) -> Judgement:
    """Judges a change of the fields in ``yours`` against the stored ``theirs``.

    ``base`` has the values at the author's base version, including the author's own later changes.
    Guarantees: a field that only the author changed is applied under every strategy; under ``first_writer_wins`` and
    ``user_choice`` a conflict refuses the whole; under the other two nothing is refused.
    """
    if strategy is Strategy.MERGE_CHANGES:
        return _merged(base, theirs, yours)
    dated = {field: value for field, value in yours.items() if are_dated(value) and are_dated(theirs.get(field))}
    by_day = _merged(base, theirs, dated)
    clashes = tuple(
        Clash((field,), base.get(field), value, theirs.get(field))
        for field, value in yours.items()
        if field not in dated and theirs.get(field) not in (base.get(field), value)
    )
    clashes = (*clashes, *by_day.clashes)
    if clashes and strategy is not Strategy.LAST_WRITER_WINS:
        return Judgement({}, clashes, is_refused=True)
    whole = {field: value for field, value in yours.items() if field not in dated and theirs.get(field) != value}
    return Judgement({**whole, **by_day.apply}, clashes)


def _merged(base: Mapping[str, Any], theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> Judgement:
    apply: dict[str, Any] = {}
    clashes: list[Clash] = []
    for field, value in yours.items():
        part = merge(base.get(field, ABSENT), theirs.get(field), value, (field,))
        clashes += part.clashes
        if part.value != theirs.get(field):
            apply[field] = part.value
    return Judgement(apply, tuple(clashes))
