"""What a cell means on a day for a person. Whoever counts shifts, shows them or plans them asks here."""

from collections.abc import Container
from datetime import date
from fractions import Fraction
from typing import Protocol

from schedules.generation.kinds import ABSENT, BLANK, Kind, ShiftTypes, State

CLOSED = State(BLANK, Kind.OFF, Fraction(1))
"""A blank on a closed day of somebody whose blank otherwise means work: a day off, as if × were written."""


class Person(Protocol):
    """What must be known of somebody to read their cells."""

    @property
    def blank_works(self) -> bool:
        """Whether a blank cell means normal work."""

    @property
    def allowed(self) -> frozenset[str]:
        """The symbols that the person works; empty: all."""

    def employed(self, day: date) -> bool:
        """Whether the person is employed on ``day``."""

    def on(self, day: date) -> "Person":
        """The person as of ``day``: facts about people have dates."""


def meaning(
    person: Person, day: date, value: str, *, types: ShiftTypes, closed: Container[date], covers: str | None = None
) -> State:
    """The state of a cell that holds ``value``; ``covers`` is the group that the person backs up then.

    Outside the employment nothing counts. On a closed day a blank is no shift: a day off for somebody whose blank means work,
    and no call, as always, for somebody who is called by shift. What is written on a closed day counts as it stands.
    """
    if not person.employed(day):
        return ABSENT if value == BLANK else State(value, Kind.ABSENT)
    then = person.on(day)
    if value == BLANK and then.blank_works and day in closed:
        return CLOSED
    return types.state(value, blank_works=then.blank_works, allowed=then.allowed, covers=covers)
