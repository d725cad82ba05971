"""Documents: made of the facts, kept as JSON, read back, and compared."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.generation.kinds import Kind
from schedules.rules.publication import (
    Cover,
    Document,
    Heading,
    PublishedGrid,
    build_document,
    changes_between,
    document_from,
)
from schedules.rules.publication.comparing import _moved

HEADING = Heading("s", date(2025, 8, 1), date(2025, 8, 5), "Kitchen", "Asia/Tokyo")
TYPES = [
    {"id": "n", "symbol": "○", "kind": "normal", "labelJa": "通常", "offEquivalent": 0},
    {
        "id": "l",
        "symbol": "◇",
        "kind": "late",
        "labelJa": "遅番",
        "startTime": "14:00",
        "endTime": "23:00",
        "offEquivalent": 0,
    },
    {"id": "o", "symbol": "×", "kind": "off", "labelJa": "休み", "offEquivalent": 1},
]


def member(id: str, **fields: Any) -> dict[str, Any]:
    usual = {"name": id.upper(), "position": "", "blankMeans": "work", "startPeriod": None, "endPeriod": None}
    return {"id": id, **usual, **fields}


def made(**parts: Any) -> Document:
    usual: dict[str, Any] = {
        "members": [member("a"), member("b"), member("c")],
        "shift_types": TYPES,
        "days": [],
        "cells": {"a": {"2025-08-02": "◇", "2025-08-03": "×"}},
        "covers": [],
    }
    return build_document(HEADING, **{**usual, **parts})


def test_document__written_and_read__is_the_same() -> None:
    document = made(
        covers=[Cover("a", "2025-08-02", "g", "焼き場")], days=[{"date": "2025-08-04", "kind": "closed", "note": ""}]
    )
    assert document_from(json.loads(json.dumps(document.to_json()))) == document


def test_document__what_is_not_of_the_month__is_left_out() -> None:
    cells = {"a": {"2025-08-01": "", "2025-09-01": "×", "2025-08-05": "○"}, "z": {"2025-08-01": "×"}}
    covers = [Cover("z", "2025-08-01", "g", ""), Cover("a", "2025-09-01", "g", "")]
    days = [{"date": "2025-09-01", "kind": "closed", "note": ""}]
    document = made(cells=cells, covers=covers, days=days)
    assert (document.cells, document.covers, document.days) == ({"a": {"2025-08-05": "○"}}, (), ())


def test_document__blanks__say_what_each_meant_on_each_day() -> None:
    late, called = member("a", startPeriod={"year": 2025, "month": 8, "day": 3}), member("b", blankMeans="free")
    document = made(members=[late, called, member("c")], days=[{"date": "2025-08-04", "kind": "closed", "note": ""}])
    assert [person.blanks for person in document.people] == ["--wcw", "fffff", "wwwcw"]
    first, second, third = (PublishedGrid(document).states_of(person) for person in document.people)
    assert [state.kind for state in first] == [Kind.ABSENT, Kind.ABSENT, Kind.OFF, Kind.OFF, Kind.NORMAL]
    assert {state.kind for state in second} == {Kind.FREE}
    assert [state.works for state in third] == [True, True, True, False, True]


LATER = [
    {"validFrom": None, "startTime": "14:00", "endTime": "23:00"},
    {"validFrom": "2025-08-04", "startTime": "15:00", "endTime": "23:00"},
    {"validFrom": "2025-08-05", "startTime": "15:00", "endTime": None},
]


@pytest.mark.parametrize(
    ("after", "section", "told"),
    [
        (
            {"members": [member("a"), member("b"), member("c"), member("d")]},
            "people",
            [("D", "added", [("name", None, "D", [])])],
        ),
        ({"members": [member("a"), member("c")]}, "people", [("B", "removed", [])]),
        (
            {"members": [member("a", name="X"), member("b"), member("c")]},
            "people",
            [("X", "changed", [("name", "A", "X", [])])],
        ),
        ({"members": [member("b"), member("c"), member("a")]}, "people", [("A", "changed", [("place", 1, 3, [])])]),
        (
            {"members": [member("a", blankMeans="free"), member("b"), member("c")]},
            "people",
            [("A", "changed", [("blankMeans", "work", "free", [f"2025-08-0{day}" for day in range(1, 6)])])],
        ),
        (
            {"shift_types": [TYPES[0], {**TYPES[1], "startTime": "15:00"}, TYPES[2]]},
            "shiftTypes",
            [("◇ 遅番", "changed", [("startTime", "14:00", "15:00", [])])],
        ),
        (
            {"shift_types": [TYPES[0], {**TYPES[1], "times": LATER}, TYPES[2]]},
            "shiftTypes",
            [
                (
                    "◇ 遅番",
                    "changed",
                    [
                        ("startTime", "14:00", "15:00", ["2025-08-04", "2025-08-05"]),
                        ("endTime", "23:00", None, ["2025-08-05"]),
                    ],
                )
            ],
        ),
        (
            {"days": [{"date": "2025-08-04", "kind": "closed", "note": "盆"}]},
            "days",
            [("2025-08-04", "added", [("kind", None, "closed", []), ("note", None, "盆", [])])],
        ),
        (
            {"covers": [Cover("a", "2025-08-02", "g", "焼き場")]},
            "covers",
            [("A", "added", [("group", None, "焼き場", ["2025-08-02"])])],
        ),
    ],
)
def test_changes__one_fact__is_told_in_its_section_alone(after: Any, section: str, told: Any) -> None:
    sections = changes_between(made(), made(**after)).sections()
    found = sections.pop(section)
    assert [
        (row["name"], row["change"], [(f["field"], f["before"], f["after"], f["dateKeys"]) for f in row["fields"]])
        for row in found
    ] == told
    assert not any(sections.values()), "a closed day is told once"


def test_changes__nothing_differs__are_none() -> None:
    assert not changes_between(made(), made())
    assert changes_between(made(), replace(made(), timezone="Europe/Paris")).heading[0].field == "timezone"


@given(st.permutations("abcdefg"))
def test_moved__whoever_did_not_move__kept_their_order(after: list[str]) -> None:
    moved = _moved(list("abcdefg"), after)
    kept = [each for each in after if each not in moved]
    assert kept == sorted(kept)
    assert (not moved) == (after == list("abcdefg"))
