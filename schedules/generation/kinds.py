"""What a cell's value means: the kinds of shift, the restaurant's shift types, and the state that a cell is in.

A value by itself says little: a blank is normal work for one person and "not called" for another. A ``State`` is a
value read for one person on one day, and everything that is counted is counted over states.

- *working*: normal, early, late and special shifts (a special one with an off-equivalent of 1 or more is a day off)
- *off*: × and ★ and the restaurant's own symbols of these kinds, counted by head
- *off-equivalents*: what a cell counts towards the days off of a month or week; decimals are allowed (△ may be 0.5)
- *free*: a blank of somebody who is called by shift: neither working nor a day off, but a rest
- *absent*: a day outside the employment: counts nowhere
- *note*: text that no shift type explains: it is kept, and counts nowhere, unless the restaurant says that such text is work (of a
  special kind) or a day off; whoever means a shift by it makes it an alias of one
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property


class Kind(StrEnum):
    """What a state is, whatever its symbol."""

    NORMAL = "normal"
    EARLY = "early"
    LATE = "late"
    SPECIAL = "special"
    OFF = "off"
    DESIGNATED_OFF = "designated_off"
    FREE = "free"
    ABSENT = "absent"
    NOTE = "note"


WORKING = frozenset({Kind.NORMAL, Kind.EARLY, Kind.LATE, Kind.SPECIAL})
OFFS = frozenset({Kind.OFF, Kind.DESIGNATED_OFF})
CHOOSABLE = frozenset({Kind.NORMAL, Kind.EARLY, Kind.LATE, Kind.OFF, Kind.FREE})

BLANK = ""
DAY = 24 * 60

TEXT: Mapping[str, tuple[Kind, Fraction]] = {
    "nothing": (Kind.NOTE, Fraction(0)),
    "work": (Kind.SPECIAL, Fraction(0)),
    "off": (Kind.OFF, Fraction(1)),
}
"""What text counts as that no shift type explains, by what the restaurant says (``Restaurant.text_counts_as``)."""


@dataclass(frozen=True, slots=True)
class Times:
    """When a shift begins and ends, in minutes of the day; None where it has no times. ``valid_from``: from which day on, None: always."""

    begins: int | None = None
    ends: int | None = None
    valid_from: date | None = None

    @property
    def length(self) -> int:
        """How long it is; one that ends at or before its beginning ends on the next day. 0 without times."""
        return 0 if self.begins is None or self.ends is None else (self.ends - self.begins - 1) % DAY + 1

    @property
    def end(self) -> int | None:
        """Minutes after the beginning of the day on which the shift begins."""
        return None if self.begins is None or self.ends is None else self.begins + self.length


NEVER = Times()


@dataclass(frozen=True, slots=True)
class ShiftType:
    """A symbol of the restaurant, what kind of shift it is, how much of a day off it counts, and when it is worked: ``times``, the oldest
    first."""

    symbol: str
    kind: Kind
    off_equivalent: Fraction = Fraction(0)
    label_en: str = ""
    label_ja: str = ""
    id: str = ""
    times: tuple[Times, ...] = (NEVER,)

    def on(self, day: date) -> Times:
        """When it is worked on that day."""
        begun = (each for each in reversed(self.times) if each.valid_from is None or each.valid_from <= day)
        return next(begun, NEVER)

    def within(self, first: date, last: date) -> tuple[Times, ...]:
        """When it is worked from ``first`` to ``last``."""
        later = (each for each in self.times if each.valid_from is not None and first < each.valid_from <= last)
        return (self.on(first), *later)


DEFAULT_SHIFT_TYPES = (
    ShiftType("○", Kind.NORMAL, Fraction(0), "Normal", "通常"),
    ShiftType("△", Kind.EARLY, Fraction(0), "Early", "早番"),
    ShiftType("◇", Kind.LATE, Fraction(0), "Late", "遅番"),
    ShiftType("×", Kind.OFF, Fraction(1), "Off", "休み"),
    ShiftType("★", Kind.DESIGNATED_OFF, Fraction(1), "Designated off", "指定休"),
    ShiftType("●", Kind.SPECIAL, Fraction(0), "Special", "特別"),
)


@dataclass(frozen=True, slots=True)
class State:
    """A value as it counts for one person on one day; ``covers`` is the group that the person backs up then."""

    value: str
    kind: Kind
    off_equivalent: Fraction = Fraction(0)
    covers: str | None = None
    allowed: bool = True

    @property
    def works(self) -> bool:
        """Whether it is a working shift."""
        return self.kind in WORKING

    @property
    def off(self) -> bool:
        """Whether it is a day off."""
        return self.kind in OFFS


ABSENT = State(BLANK, Kind.ABSENT)


class ShiftTypes:
    """The shift types of a restaurant, by symbol; reads values into states. Without any the usual ones are taken.

    A symbol that is none of the restaurant's is text, whatever it means elsewhere: it may be what is left of a deleted type. Only normal
    work and days off have the usual symbols where the restaurant has none, since a plan cannot be written without them.
    """

    def __init__(self, types: Iterable[ShiftType] = (), text_counts_as: str = "nothing") -> None:
        self.text_counts_as = text_counts_as
        given = tuple(types)
        lacking = {Kind.NORMAL, Kind.OFF} - {each.kind for each in given}
        known = {each.symbol for each in given}
        usual = (each for each in DEFAULT_SHIFT_TYPES if each.kind in lacking and each.symbol not in known)
        self.types = (*given, *usual) if given else DEFAULT_SHIFT_TYPES
        self.by_symbol: Mapping[str, ShiftType] = {each.symbol: each for each in reversed(self.types) if each.symbol}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ShiftTypes):
            return False
        return (self.types, self.text_counts_as) == (other.types, other.text_counts_as)

    def __hash__(self) -> int:
        return hash(self.types)

    @cached_property
    def changes(self) -> tuple[date, ...]:
        """The days from which the times of some type are others than before."""
        days = {times.valid_from for each in self.types for times in each.times}
        return tuple(sorted(day for day in days if day is not None))

    def since(self, day: date) -> date | None:
        """From when on all types are worked at the times of that day; None: always so far."""
        at = bisect_right(self.changes, day)
        return self.changes[at - 1] if at else None

    def first(self, kind: Kind) -> ShiftType | None:
        """The type that is written for a kind: the first of it that has a symbol."""
        return next((each for each in self.types if each.kind is kind and each.symbol), None)

    def of_kind(self, kind: Kind) -> tuple[ShiftType, ...]:
        """The types of that kind that can be written into a cell."""
        return tuple(each for each in self.types if each.kind is kind and each.symbol)

    def explains(self, value: str) -> bool:
        """Whether that is blank or a shift type; all else is text that somebody wrote and that stays."""
        return value == BLANK or value in self.by_symbol

    def state(
        self, value: str, *, blank_works: bool, allowed: frozenset[str] = frozenset(), covers: str | None = None
    ) -> State:
        """The state of a value for a person whose blank means work (or not), who may work the ``allowed`` types.

        ``allowed`` holds symbols, ids or kinds; empty means all. Days off are never a question of permission.
        """
        if value == BLANK:
            return self._blank(blank_works, allowed, covers)
        found = self.by_symbol.get(value)
        if found is None:
            return State(value, *TEXT[self.text_counts_as], covers)
        kind = Kind.OFF if found.kind is Kind.SPECIAL and found.off_equivalent >= 1 else found.kind
        permitted = kind not in WORKING or kind is Kind.SPECIAL or permits(allowed, found)
        return State(value, kind, found.off_equivalent, covers, permitted)

    def _blank(self, blank_works: bool, allowed: frozenset[str], covers: str | None) -> State:
        if not blank_works:
            return State(BLANK, Kind.FREE)
        normal = self.first(Kind.NORMAL)
        permitted = not allowed or Kind.NORMAL.value in allowed or BLANK in allowed
        permitted = permitted or (normal is not None and permits(allowed, normal))
        return State(BLANK, Kind.NORMAL, Fraction(0), covers, permitted)


def permits(allowed: frozenset[str], shift_type: ShiftType) -> bool:
    """May somebody with these allowed types (symbols, ids or kinds; none = all) work this one?"""
    return not allowed or not allowed.isdisjoint({shift_type.symbol, shift_type.id, shift_type.kind.value} - {""})
