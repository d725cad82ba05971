"""What has changed between two documents of a month, in sections, for people to read before they publish."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Literal

from schedules.rules.cells import differences
from schedules.rules.publication.document import Blank, Document, Person, Wire
from schedules.rules.times import TIME_FIELDS, times_on
from shiftsync.core.dated import fact_on
from staff.rules import first_day, last_day

Change = Literal["added", "removed", "changed"]

LASTING_FIELDS = ("name", "position", "department")
DATED_FIELDS = ("type", "status", "allowedShiftTypes")
EMPLOYMENT_FIELDS = ("startPeriod", "endPeriod")
PERSON_FIELDS = (*LASTING_FIELDS, *DATED_FIELDS, *EMPLOYMENT_FIELDS)
SHIFT_TYPE_FIELDS = ("symbol", "kind", "labelJa", "labelEn", "offEquivalent", "color")
DAY_FIELDS = ("kind", "note")
HOLIDAY_FIELDS = ("nameJa", "nameEn")
GROUP_FIELDS = ("name", "members")
HEADING_FIELDS = ("restaurant", "timezone", "startDate", "endDate", "textCountsAs")
MEANINGS = {Blank.WORK: "work", Blank.FREE: "free", Blank.CLOSED: "closed", Blank.ABSENT: "absent"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that says something else; ``date_keys`` where it is about some days only."""

    field: str
    before: Any
    after: Any
    date_keys: tuple[str, ...] = ()

    def payload(self) -> dict[str, Any]:
        """The change on the wire."""
        return {"field": self.field, "before": self.before, "after": self.after, "dateKeys": list(self.date_keys)}


@dataclass(frozen=True, slots=True)
class EntryChange:
    """Something that is new, gone or different: a person, a shift type, a day, a cover. ``name`` is for people to read."""

    id: str
    name: str
    change: Change
    fields: tuple[FieldChange, ...] = ()

    def payload(self) -> dict[str, Any]:
        """The change on the wire."""
        return {
            "id": self.id,
            "name": self.name,
            "change": self.change,
            "fields": [each.payload() for each in self.fields],
        }


@dataclass(frozen=True, slots=True)
class DocumentChanges:
    """All that differs. ``cells`` as in a ``SCHEDULE_PUBLISH``; the other sections list entries."""

    cells: tuple[Mapping[str, str], ...] = ()
    people: tuple[EntryChange, ...] = ()
    shift_types: tuple[EntryChange, ...] = ()
    days: tuple[EntryChange, ...] = ()
    covers: tuple[EntryChange, ...] = ()
    heading: tuple[FieldChange, ...] = ()
    groups: tuple[EntryChange, ...] = ()

    def __bool__(self) -> bool:
        return any((self.cells, self.people, self.shift_types, self.days, self.covers, self.heading, self.groups))

    def sections(self) -> dict[str, Any]:
        """Everything but the cells, on the wire."""
        return {
            "people": [each.payload() for each in self.people],
            "shiftTypes": [each.payload() for each in self.shift_types],
            "days": [each.payload() for each in self.days],
            "covers": [each.payload() for each in self.covers],
            "heading": [each.payload() for each in self.heading],
            "groups": [each.payload() for each in self.groups],
        }


def changes_between(before: Document | None, after: Document | None) -> DocumentChanges:
    """What somebody who knew ``before`` does not know yet. None: nothing is published; then only cells are told."""
    cells = tuple(differences(before.cells if before else {}, after.cells if after else {}))
    if before is None or after is None:
        return DocumentChanges(cells)
    return DocumentChanges(
        cells=cells,
        people=_people(before, after),
        shift_types=_shift_types(before, after),
        days=(
            *_entries(before.days, after.days, _day_id, _day_id, _differing(DAY_FIELDS)),
            *_told_by_both(before.holidays, after.holidays, _day_id, _day_id, HOLIDAY_FIELDS),
        ),
        covers=_covers(before, after),
        heading=tuple(_fields(_heading(before), _heading(after), HEADING_FIELDS)),
        groups=_told_by_both(_groups(before), _groups(after), _type_id, _group_name, GROUP_FIELDS),
    )


def _groups(document: Document) -> list[Wire] | None:
    """The groups with the names of their members, as people read them."""
    if document.groups is None:
        return None
    names = {person.id: person.name for person in document.people}
    return [{**group, "members": [names[each] for each in group["members"]]} for group in document.groups]


def _heading(document: Document) -> Wire:
    """What stands over the month. What text counts as is told where there is some."""
    symbols = {each["symbol"] for each in document.shift_types}
    has_text = any(value not in symbols for row in document.cells.values() for value in row.values())
    return {
        "textCountsAs": document.text_counts_as if has_text else None,
        "restaurant": document.restaurant,
        "timezone": document.timezone,
        "startDate": str(document.start_date),
        "endDate": str(document.end_date),
    }


def _type_id(row: Wire) -> str:
    return str(row["id"])


def _type_name(row: Wire) -> str:
    return f"{row['symbol']} {row.get('labelJa') or row.get('labelEn') or ''}".strip()


def _shift_types(before: Document, after: Document) -> tuple[EntryChange, ...]:
    """The shift types, whose times may differ on some days only."""
    dates = after.dates()

    def differing(old: Wire, new: Wire) -> tuple[FieldChange, ...]:
        return (*_fields(old, new, SHIFT_TYPE_FIELDS), *_times(old, new, dates))

    return _entries(before.shift_types, after.shift_types, _type_id, _type_name, differing)


def _times(before: Wire, after: Wire, dates: Sequence[date]) -> Iterable[FieldChange]:
    """When it begins and ends now and did before."""
    for name in TIME_FIELDS.values():
        yield from _by_day(
            name, [(day, times_on(before, day).get(name), times_on(after, day).get(name)) for day in dates]
        )


def _by_day(name: str, days: Sequence[tuple[date, Any, Any]]) -> Iterable[FieldChange]:
    """What a field says now and said before, with the days on which it does, where these are not all of ``days``."""
    differing = sorted((each for each in days if (each[1] or None) != (each[2] or None)), key=_told)
    for _, same in groupby(differing, key=_told):
        told = sorted(same, key=lambda each: each[0])
        _, was, is_now = told[0]
        dates = tuple(str(day) for day, _, _ in told)
        yield FieldChange(name, was or None, is_now or None, () if len(dates) == len(days) else dates)


def _told(each: tuple[date, Any, Any]) -> tuple[str, str]:
    return (str(each[1] or ""), str(each[2] or ""))


def _day_id(row: Wire) -> str:
    return str(row["date"])


def _group_name(row: Wire) -> str:
    return str(row["name"])


def _told_by_both(
    before: Sequence[Wire] | None,
    after: Sequence[Wire] | None,
    id_of: Callable[[Wire], str],
    name_of: Callable[[Wire], str],
    fields: Sequence[str],
) -> tuple[EntryChange, ...]:
    """As :func:`_entries`; nothing where a document of an earlier form does not tell them."""
    return () if before is None or after is None else _entries(before, after, id_of, name_of, _differing(fields))


def _entries(
    before: Sequence[Wire],
    after: Sequence[Wire],
    id_of: Callable[[Wire], str],
    name_of: Callable[[Wire], str],
    differing: Callable[[Wire, Wire], tuple[FieldChange, ...]],
) -> tuple[EntryChange, ...]:
    """What is new, gone or different; of what is new or gone, what is known of it."""
    old, new = {id_of(row): row for row in before}, {id_of(row): row for row in after}
    found = []
    for id in dict.fromkeys([*new, *old]):
        if id not in old or id not in new:
            change: Change = "added" if id in new else "removed"
            told = differing(old.get(id, {}), new.get(id, {}))
            found.append(EntryChange(id, name_of(new.get(id) or old[id]), change, told))
        elif told := differing(old[id], new[id]):
            found.append(EntryChange(id, name_of(new[id]), "changed", told))
    return tuple(found)


def _differing(fields: Sequence[str]) -> Callable[[Wire, Wire], tuple[FieldChange, ...]]:
    return lambda before, after: tuple(_fields(before, after, fields))


def _fields(before: Wire, after: Wire, fields: Iterable[str]) -> Iterable[FieldChange]:
    for name in fields:
        old, new = before.get(name), after.get(name)
        if (old or None) != (new or None):
            yield FieldChange(name, old, new)


# --- people ---


def _people(before: Document, after: Document) -> tuple[EntryChange, ...]:
    old = {person.id: person for person in before.people}
    new = {person.id: person for person in after.people}
    moved = _moved([each for each in old if each in new], [each for each in new if each in old])
    places = {each: place for place, each in enumerate(new, 1)}
    were = {each: place for place, each in enumerate(old, 1)}
    found = []
    for person in after.people:
        if person.id not in old:
            found.append(EntryChange(person.id, person.name, "added", tuple(_fields({}, person.member, PERSON_FIELDS))))
            continue
        fields = [*_fields(old[person.id].member, person.member, LASTING_FIELDS)]
        fields += _terms(old[person.id], person, before, after)
        fields += _fields(_employment(old[person.id], before), _employment(person, after), EMPLOYMENT_FIELDS)
        fields += _meanings(old[person.id], person, before, after)
        if person.id in moved:
            fields.append(FieldChange("place", were[person.id], places[person.id]))
        if fields:
            found.append(EntryChange(person.id, person.name, "changed", tuple(fields)))
    gone = (person for person in before.people if person.id not in new)
    return (*found, *(EntryChange(person.id, person.name, "removed") for person in gone))


def _terms(old: Person, new: Person, before: Document, after: Document) -> Iterable[FieldChange]:
    """On which terms they work now and did before, on the days on which they are employed."""
    was = dict(zip(before.dates(), old.blanks, strict=True))
    both = ((day, was[day], letter) for day, letter in zip(after.dates(), new.blanks, strict=True) if day in was)
    employed = [day for day, *letters in both if set(letters) != {Blank.ABSENT}]
    for name in DATED_FIELDS:
        yield from _by_day(name, [(day, _term(old, day).get(name), _term(new, day).get(name)) for day in employed])


def _term(person: Person, day: date) -> Wire:
    terms = person.member.get("terms")
    return fact_on(terms, day) if terms else person.member


def _employment(person: Person, document: Document) -> Wire:
    """When they come and go, as far as it is within the month: what is outside changes nothing in it."""
    spans = person.member.get("employments") or [person.member]
    start, end = spans[0].get("startPeriod"), spans[-1].get("endPeriod")
    begins, ends = first_day(start), last_day(end)
    return {
        "startPeriod": start if begins is not None and begins > document.start_date else None,
        "endPeriod": end if ends is not None and ends < document.end_date else None,
    }


def _meanings(old: Person, new: Person, before: Document, after: Document) -> Iterable[FieldChange]:
    """What a blank means now and meant before, with the days on which it does; closed days are told by their own section."""
    was = dict(zip(before.dates(), old.blanks, strict=True))
    pairs = [(day, was[day], letter) for day, letter in zip(after.dates(), new.blanks, strict=True) if day in was]
    differing = [each for each in pairs if each[1] != each[2] and Blank.CLOSED not in each[1:]]
    for (first, second), days in groupby(sorted(differing, key=lambda each: each[1:]), key=lambda each: each[1:]):
        dates = tuple(str(day) for day, _, _ in sorted(days))
        yield FieldChange("blankMeans", MEANINGS[Blank(first)], MEANINGS[Blank(second)], dates)


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The fewest whose move explains the new order: all but a longest run that kept its order."""
    place = {each: number for number, each in enumerate(before)}
    ends: list[int] = []
    lasts: list[str] = []
    previous: dict[str, str | None] = {}
    for each in after:
        at = bisect_left(ends, place[each])
        previous[each] = lasts[at - 1] if at else None
        ends[at : at + 1], lasts[at : at + 1] = [place[each]], [each]
    kept: set[str] = set()
    current = lasts[-1] if lasts else None
    while current is not None:
        kept.add(current)
        current = previous[current]
    return set(after) - kept


# --- covers ---


def _covers(before: Document, after: Document) -> tuple[EntryChange, ...]:
    """Cells that cover another group than before, by the names that people read."""
    old = {(each.staff_id, each.date_key): each.group_name for each in before.covers}
    new = {(each.staff_id, each.date_key): each.group_name for each in after.covers}
    names = {person.id: person.name for person in (*before.people, *after.people)}
    found = []
    for cell in sorted({*old, *new}, key=lambda each: each[::-1]):
        was, now = old.get(cell), new.get(cell)
        if was != now:
            change: Change = "added" if was is None else "removed" if now is None else "changed"
            field = FieldChange("group", was, now, (cell[1],))
            found.append(EntryChange(cell[0], names.get(cell[0], ""), change, (field,)))
    return tuple(found)
