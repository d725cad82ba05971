"""A day or a person's month as a form: cells to choose symbols for, what was changed of them, and what was refused."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from shiftsync.core.admin import problems_of
from shiftsync.core.errors import DomainError

Place = tuple[str, str]
"""A cell: the person's id and the day, as the wire has them."""

BLANK = ("", gettext_lazy("(empty)"))


@dataclass(slots=True)
class Line:
    """One cell of the form. ``shown``: what its author saw; ``value``: what they want; ``now``: what is stored."""

    place: Place
    label: str
    beside: str = ""
    link: str = ""
    now: str = ""
    shown: str = ""
    value: str = ""
    is_locked: bool = False
    is_ticked: bool = False
    problem: str = ""
    choices: list[tuple[str, str]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The cell in the names of fields."""
        return "_".join(self.place)

    @property
    def is_changed(self) -> bool:
        """Whether its author wants another value than they saw."""
        return self.value != self.shown and not self.is_locked


class PlanningForm:
    """The lines of a page, as stored or as they were sent."""

    def __init__(self, lines: Iterable[Line], symbols: list[tuple[str, str]], data: Mapping[str, Any] | None) -> None:
        self.lines = list(lines)
        self.problems: list[str] = []
        self.together = str(data.get("together", "")) if data else ""
        self.symbols = [(BLANK[0], str(BLANK[1])), *symbols]
        for line in self.lines:
            self._take(line, data)

    def _take(self, line: Line, data: Mapping[str, Any] | None) -> None:
        line.shown = line.value = line.now
        if data is not None and not line.is_locked:
            line.shown = str(data.get(f"was_{line.key}", line.now))
            line.value = str(data.get(f"cell_{line.key}", line.shown))
            is_ticked = f"tick_{line.key}" in data
            if is_ticked and data.get("do") == "fill":
                line.value = self.together
            else:
                line.is_ticked = is_ticked
        known = {symbol for symbol, _ in self.symbols}
        others = dict.fromkeys(value for value in (line.now, line.shown, line.value) if value not in known)
        line.choices = [*self.symbols, *((value, value) for value in others)]

    @property
    def changed(self) -> list[Line]:
        """The cells whose values its author changed."""
        return [line for line in self.lines if line.is_changed]

    def wanted(self) -> dict[str, dict[str, str]]:
        """What a bulk edit takes: values by person and day."""
        data: dict[str, dict[str, str]] = {}
        for line in self.changed:
            staff_id, day = line.place
            data.setdefault(staff_id, {})[day] = line.value
        return data

    def refuse(self, refusal: DomainError) -> None:
        """Shows why nothing was saved: at the cells where it is about some, else above them. What was chosen stays chosen."""
        by_place = {line.place: line for line in self.lines}
        for place, problem in _problems_by_place(refusal):
            line = by_place.get(place)
            if line is not None:
                line.problem = problem
        if not any(line.problem for line in self.lines):
            self.problems += [text for _, text in problems_of(refusal)]


def _problems_by_place(refusal: DomainError) -> Iterator[tuple[Place, str]]:
    for item in refusal.details.get("items", ()):
        words = {"author": item["theirAuthor"] or gettext("the system"), "value": item["theirs"] or str(BLANK[1])}
        text = gettext("Meanwhile %(author)s has set this to “%(value)s”. Save again to keep yours.") % words
        yield place_of(item["entityId"]), text
    for cell in refusal.details.get("cells", ()):
        yield (str(cell["staffId"]), str(cell["dateKey"])), gettext("The cell is locked.")


def place_of(entity_id: str) -> Place:
    """The cell that a conflict is about: ``<schedule>/<staff>/<day>``."""
    _, staff_id, day = entity_id.split("/")
    return staff_id, day


def told_day(day: date) -> str:
    """A day with its weekday, in the language of the reader."""
    return date_format(day, gettext("D, M j, Y"))
