"""What the cells of a published month meant: the states over which everything is counted, out of the document alone."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from schedules.generation.kinds import ABSENT, BLANK, Kind, ShiftTypes, State
from schedules.generation.loading import load_member, load_shift_type
from schedules.generation.meaning import CLOSED
from schedules.generation.problem import Staff
from schedules.rules.publication.document import Blank, Cover, Document, Person


@dataclass(frozen=True)
class PublishedGrid:
    """A document as a grid of states."""

    document: Document
    types: ShiftTypes = field(init=False)

    def __post_init__(self) -> None:
        known = (load_shift_type(row) for row in self.document.shift_types)
        types = ShiftTypes(known, self.document.text_counts_as)
        object.__setattr__(self, "types", types)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days of the period."""
        return tuple(self.document.dates())

    @cached_property
    def staff(self) -> tuple[Staff, ...]:
        """The people, in their order."""
        return tuple(load_member(person.member) for person in self.document.people)

    @cached_property
    def states(self) -> list[State]:
        """The states of all cells, person by person."""
        return [state for person in self.document.people for state in self.states_of(person)]

    @cached_property
    def _covers(self) -> dict[tuple[str, str], Cover]:
        return {(each.staff_id, each.date_key): each for each in self.document.covers}

    def states_of(self, person: Person) -> list[State]:
        """What that person did on each day."""
        return [
            self._state(person, str(day), Blank(letter)) for day, letter in zip(self.days, person.blanks, strict=True)
        ]

    def _state(self, person: Person, date_key: str, blank: Blank) -> State:
        value = self.document.value(person.id, date_key)
        if blank is Blank.ABSENT:
            return ABSENT if value == BLANK else State(value, Kind.ABSENT)
        if value == BLANK and blank is Blank.CLOSED:
            return CLOSED
        cover = self._covers.get((person.id, date_key))
        return self.types.state(value, blank_works=blank is not Blank.FREE, covers=cover.group_id if cover else None)
