"""Facts that hold from a day on.

They are rows, the oldest first, each with ``validFrom`` (``YYYY-MM-DD``; None: from the beginning) and what holds from then until the
next begins. There is always one that holds from the beginning.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

VALID_FROM = "validFrom"

Fact = Mapping[str, Any]


def fact_on(facts: Sequence[Fact], day: date) -> Fact:
    """The one of ``facts`` that holds on ``day``."""
    return next(fact for fact in reversed(facts) if fact[VALID_FROM] is None or fact[VALID_FROM] <= str(day))


def facts_within(facts: Sequence[Fact], first: date, last: date) -> list[Fact]:
    """What of ``facts`` holds on some day from ``first`` to ``last``, as if what holds on ``first`` had always held."""
    later = [fact for fact in facts if fact[VALID_FROM] is not None and str(first) < fact[VALID_FROM] <= str(last)]
    return settled([{**fact_on(facts, first), VALID_FROM: None}, *later])


def with_fact(facts: Sequence[Fact], valid_from: date | None, values: Mapping[str, Any]) -> list[Fact]:
    """``facts`` where ``values`` hold from that day on until the next fact begins; None: in the first one.

    What is not among the values stays as it is then.
    """
    begins = None if valid_from is None else str(valid_from)
    base = facts[0] if valid_from is None else fact_on(facts, valid_from)
    others = [fact for fact in facts if fact[VALID_FROM] != begins]
    return settled([*others, {**base, **values, VALID_FROM: begins}])


def settled(facts: Iterable[Fact]) -> list[Fact]:
    """``facts`` in their order, without those that say the same as the one before them."""
    kept: list[Fact] = []
    for fact in sorted(facts, key=lambda each: each[VALID_FROM] or ""):
        if not kept or {**fact, VALID_FROM: None} != {**kept[-1], VALID_FROM: None}:
            kept.append(fact)
    return kept
