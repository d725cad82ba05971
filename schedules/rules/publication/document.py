"""A published month as one frozen document, and its form as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

FORMAT = 2
"""The form of the JSON. Earlier forms are read beside this one, as what they said then: what is published is kept.

Form 1 said nothing of holidays and groups, and text that no shift type explains was work.
"""

Wire = Mapping[str, Any]


class Blank(StrEnum):
    """What an empty cell says of one person on one day; kept as one letter for each day."""

    WORK = "w"
    FREE = "f"
    CLOSED = "c"
    ABSENT = "-"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who was on the month. ``member`` is the staff member as on the wire then; ``blanks`` has a :class:`Blank` for
    each day of the period."""

    member: Wire
    blanks: str

    @property
    def id(self) -> str:
        """The member's id."""
        return str(self.member["id"])

    @property
    def name(self) -> str:
        """The name at that time."""
        return str(self.member["name"])

    @property
    def position(self) -> str:
        """The position at that time."""
        return str(self.member["position"])


@dataclass(frozen=True, slots=True)
class Cover:
    """A cell in which somebody covers a group, with the group's name at that time."""

    staff_id: str
    date_key: str
    group_id: str
    group_name: str


@dataclass(frozen=True, slots=True)
class Document:
    """A month as it was published.

    ``people`` stand in their order; ``shift_types`` and ``days`` (those that are not ordinary) are as on the wire; ``cells`` holds
    the filled ones, ``{staff id: {day: value}}``. ``restaurant`` and ``timezone`` are the restaurant's name and zone then, and
    ``text_counts_as`` what it said of text that no shift type explains (a key of ``kinds.TEXT``). ``holidays`` (also the one after the
    last day) are as on the wire, ``groups`` are ``{id, name, members}``; None: the document's form did not tell them.
    """

    schedule_id: str
    start_date: date
    end_date: date
    restaurant: str
    timezone: str
    people: tuple[Person, ...] = ()
    shift_types: tuple[Wire, ...] = ()
    days: tuple[Wire, ...] = ()
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    covers: tuple[Cover, ...] = ()
    text_counts_as: str = "nothing"
    holidays: tuple[Wire, ...] | None = ()
    groups: tuple[Wire, ...] | None = ()

    def dates(self) -> list[date]:
        """The days of the period."""
        return dates_between(self.start_date, self.end_date)

    def value(self, staff_id: str, date_key: str) -> str:
        """What a cell holds; blank where it is empty or is not there."""
        return self.cells.get(staff_id, {}).get(date_key, "")

    def cover_at(self, staff_id: str, date_key: str) -> Cover | None:
        """The group that a cell covers."""
        return next((each for each in self.covers if (each.staff_id, each.date_key) == (staff_id, date_key)), None)

    def to_json(self) -> dict[str, Any]:
        """The document in JSON's terms, which :func:`document_from` reads back."""
        return {
            "format": FORMAT,
            "scheduleId": self.schedule_id,
            "startDate": str(self.start_date),
            "endDate": str(self.end_date),
            "restaurant": self.restaurant,
            "timezone": self.timezone,
            "people": [{**person.member, "blanks": person.blanks} for person in self.people],
            "shiftTypes": [dict(each) for each in self.shift_types],
            "days": [dict(each) for each in self.days],
            "cells": {staff_id: dict(row) for staff_id, row in self.cells.items()},
            "covers": [cover_payload(each) for each in self.covers],
            "textCountsAs": self.text_counts_as,
            "holidays": None if self.holidays is None else [dict(each) for each in self.holidays],
            "groups": None if self.groups is None else [dict(each) for each in self.groups],
        }


def cover_payload(cover: Cover) -> dict[str, str]:
    """A cover on the wire."""
    return {
        "staffId": cover.staff_id,
        "dateKey": cover.date_key,
        "groupId": cover.group_id,
        "groupName": cover.group_name,
    }


def document_from(data: Wire) -> Document:
    """The document that :meth:`Document.to_json` wrote."""
    return Document(
        schedule_id=data["scheduleId"],
        start_date=date.fromisoformat(data["startDate"]),
        end_date=date.fromisoformat(data["endDate"]),
        restaurant=data["restaurant"],
        timezone=data["timezone"],
        people=tuple(person_from(each) for each in data["people"]),
        shift_types=tuple(data["shiftTypes"]),
        days=tuple(data["days"]),
        cells=_in_order(data),
        covers=tuple(
            Cover(each["staffId"], each["dateKey"], each["groupId"], each["groupName"]) for each in data["covers"]
        ),
        text_counts_as=text_meaning(data.get("textCountsAs"), data["format"]),
        holidays=_told(data.get("holidays")),
        groups=_told(data.get("groups")),
    )


def text_meaning(told: str | None, form: int) -> str:
    """What text counts as in a document of that form, which tells it, or was written when all text was work."""
    return told if told is not None and form >= 2 else "work"


def _told(rows: Sequence[Wire] | None) -> tuple[Wire, ...] | None:
    return None if rows is None else tuple(rows)


def person_from(row: Wire) -> Person:
    """A person out of a document's JSON."""
    return Person({name: value for name, value in row.items() if name != "blanks"}, row["blanks"])


def _in_order(data: Wire) -> dict[str, dict[str, str]]:
    """The cells by people and days: a database does not keep the order of keys."""
    cells: Mapping[str, Mapping[str, str]] = data["cells"]
    return {row["id"]: dict(sorted(cells[row["id"]].items())) for row in data["people"] if cells.get(row["id"])}


def dates_between(first: date, last: date) -> list[date]:
    """The days from ``first`` to ``last``, both included."""
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def special_days(days: Sequence[Wire], kind: str) -> frozenset[date]:
    """The days of that kind."""
    return frozenset(date.fromisoformat(each["date"]) for each in days if each["kind"] == kind)
