"""Cells as version 1 clients write them."""

from typing import Any

import pytest

from schedules.rules.v1_cells import named_day, read_cell, read_cells

DAY = "2025-08-02"


@pytest.mark.parametrize(
    ("given", "day"),
    [
        (DAY, DAY),
        (f"{DAY}T00:00:00.000Z", DAY),
        (f" {DAY}T00:00:00+09:00 ", DAY),
        (f"{DAY}T23:30:00", DAY),
        (f"{DAY} 00:00", DAY),
        (f"{DAY}T15:00:00.000Z", f"{DAY}T15:00:00.000Z"),
        (f"{DAY}T25:00", f"{DAY}T25:00"),
        ("20250802", "20250802"),
        ("2025-W31-6", "2025-W31-6"),
        ("", ""),
        (None, None),
        (7, 7),
    ],
)
def test_named_day__only_what_is_one_day_in_every_zone__is_read(given: Any, day: Any) -> None:
    assert named_day(given) == day


@pytest.mark.parametrize(
    ("payload", "read"),
    [
        ({"dateKey": f"{DAY}T00:00:00Z", "shiftValue": None}, {"dateKey": DAY, "shiftValue": ""}),
        ({"dateKey": DAY, "shiftValue": 5, "staffId": None}, {"dateKey": DAY, "shiftValue": 5, "staffId": None}),
        ({}, {}),
        (None, None),
        ([1], [1]),
    ],
)
def test_cell__any_payload__has_its_day_and_its_blank(payload: Any, read: Any) -> None:
    assert read_cell(payload) == read


@pytest.mark.parametrize(
    ("data", "read"),
    [
        ({"a": {f"{DAY}T00:00:00Z": "×", "2025-08-03": None}}, {"a": {DAY: "×", "2025-08-03": None}}),
        ({"a": {DAY: "△", f"{DAY}T00:00:00Z": "×"}}, {"a": {DAY: "△"}}),
        ({"a": {f"{DAY}T00:00:00Z": "×", DAY: "△"}}, {"a": {DAY: "△"}}),
        ({"a": None, "b": {DAY: "×"}}, {"a": {}, "b": {DAY: "×"}}),
        ({"a": 5}, {"a": 5}),
        ([], []),
        (None, None),
    ],
)
def test_cells__any_grid__is_by_day(data: Any, read: Any) -> None:
    assert read_cells({"scheduleData": data, "mode": "merge"}) == {"scheduleData": read, "mode": "merge"}


@pytest.mark.parametrize("payload", [None, [], "x", {}])
def test_cells__no_grid__stay_as_they_are(payload: Any) -> None:
    assert read_cells(payload) == payload
