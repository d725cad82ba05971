"""When staff may enter wishes, and what a wish would write into its cell."""

from collections.abc import Container, Iterable
from datetime import date

from schedules.models import ShiftKind, WishKind

WRITTEN = {
    WishKind.OFF: (ShiftKind.DESIGNATED_OFF, ShiftKind.OFF),
    WishKind.CANNOT: (ShiftKind.OFF, ShiftKind.DESIGNATED_OFF),
}
"""The kinds of shift that a wish for a free day becomes, the first that the restaurant has."""
NAMES_A_SHIFT = frozenset({WishKind.PREFER, WishKind.AVOID})


def own_wish_refusal(
    *,
    today: date,
    day: date,
    deadline: date | None,
    limit: int | None,
    others: Iterable[date],
    closed: Container[date],
    is_new: bool,
) -> tuple[str, str] | None:
    """The field and the sentence that keep a staff member from entering, changing or withdrawing a wish of their own for ``day``.

    ``deadline`` is the last day on which they may; ``others``: the days of their other wishes in the period. Those for ``closed`` days
    do not count, and can always be entered: they ask for nothing while the day is closed, and it may be opened.
    """
    if day < today:
        return "dateKey", "This day is over."
    if deadline is not None and today > deadline:
        return "dateKey", f"Wishes for this period could be entered until {deadline}."
    if not is_new or limit is None or day in closed:
        return None
    if sum(other not in closed for other in others) >= limit:
        return "dateKey", f"The number of wishes for this period is limited to {limit}."
    return None


def written_for(kind: str, value: str, types: Iterable[tuple[str, str]]) -> str:
    """What taking a wish writes into its cell, of the restaurant's ``types`` (symbol, kind); blank: nothing.

    A shift to avoid writes nothing: taking it says that it is agreed.
    """
    if kind == WishKind.PREFER:
        return value
    known = list(types)
    for wanted in WRITTEN.get(WishKind(kind), ()):
        for symbol, its_kind in known:
            if its_kind == wanted and symbol:
                return symbol
    return ""
