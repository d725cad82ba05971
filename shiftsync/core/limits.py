"""Limits per account, address and restaurant, so that none can hurt the others.

The operator can set each of them. A test keeps docs/operations.md in step.
"""

from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Limit:
    """One of them: how it is called here and in the environment, and what it may be."""

    name: str
    variable: str
    lowest: int
    highest: int
    default: int


def _limit(variable: str, lowest: int, highest: int, default: int) -> int:
    number: int = field(default=default, metadata={"of": (f"SHIFTSYNC_{variable}", lowest, highest)})
    return number


@dataclass(frozen=True, slots=True)
class Limits:
    """All of them; docs/operations.md explains each."""

    guesses_per_account: int = _limit("GUESSES_PER_ACCOUNT", 1, 1000, 10)
    guesses_per_address: int = _limit("GUESSES_PER_ADDRESS", 1, 100_000, 50)
    jobs_per_restaurant: int = _limit("JOBS_PER_RESTAURANT", 1, 1000, 10)
    sockets_per_user: int = _limit("SOCKETS_PER_USER", 1, 100_000, 1000)
    sockets_per_restaurant: int = _limit("SOCKETS_PER_RESTAURANT", 1, 1_000_000, 5000)
    requests_per_user: int = _limit("REQUESTS_PER_USER", 10, 10_000_000, 6000)
    requests_per_address: int = _limit("REQUESTS_PER_ADDRESS", 10, 10_000_000, 12_000)
    periods_per_restaurant: int = _limit("PERIODS_PER_RESTAURANT", 1, 100_000, 600)
    versions_per_restaurant: int = _limit("VERSIONS_PER_RESTAURANT", 1, 100_000, 1000)
    webhooks_per_restaurant: int = _limit("WEBHOOKS_PER_RESTAURANT", 0, 1000, 20)
    invitation_mails_per_day: int = _limit("INVITATION_MAILS_PER_DAY", 0, 100_000, 100)
    restaurants_per_user: int = _limit("RESTAURANTS_PER_USER", 1, 100_000, 20)


def _described(name: str, default: Any, of: tuple[str, int, int]) -> Limit:
    variable, lowest, highest = of
    return Limit(name, variable, lowest, highest, default)


LIMITS = tuple(_described(each.name, each.default, each.metadata["of"]) for each in fields(Limits))
