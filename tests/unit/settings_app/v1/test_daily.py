"""The limits of a day as one object: what it shows of the rows, and what an edit of it makes of them."""

import copy
from collections.abc import Sequence
from typing import Any

import pytest

from settings_app.rules.v1.daily import (
    SWITCHED_OFF,
    RowPlan,
    daily_errors,
    daily_object,
    daily_plan,
    is_daily_object,
    key_of,
)

Row = dict[str, Any]


def row(
    row_id: str, kind: str, *, is_active: bool = True, hard: bool = False, weight: float = 1.0, **config: Any
) -> Row:
    return {
        "id": row_id,
        "name": row_id,
        "limitConfig": {"shiftType": kind, "scope": "all", "targetIds": [], **config},
        "penaltyWeight": weight,
        "isHardConstraint": hard,
        "isActive": is_active,
    }


def of_status(row_id: str, kind: str, status: str, **more: Any) -> Row:
    return row(row_id, kind, scope="staff_status", targetIds=[status], **more)


OFF, EARLY, WORK = (
    row("off", "off", minCount=0, maxCount=5),
    row("early", "early", maxCount=3),
    row("work", "any", minCount=4),
)
ROWS = [OFF, EARLY, WORK]
GIVEN = {"enabled": True, "minOffPerDay": 0, "maxOffPerDay": 5, "maxEarlyPerDay": 3, "minWorkingStaffPerDay": 4}
REGULAR = of_status("regular", "off", "社員", maxCount=2, hard=True, weight=10.0)


def after(rows: Sequence[Row], plan: Sequence[RowPlan]) -> list[Row]:
    """The rows once the plan was carried out; new ones are called by their name."""
    stored = {each["id"]: copy.deepcopy(each) for each in rows}
    for step in plan:
        row_id = step.row_id or step.columns["name"]
        stored[row_id] = {**stored.get(row_id, {}), "id": row_id, **step.columns, "isActive": step.is_active}
    return list(stored.values())


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], {"enabled": True, "staffTypeLimits": {}}),
        (ROWS, {**GIVEN, "staffTypeLimits": {}}),
        ([row("late", "late", minCount=1, maxCount=2)], {"minLatePerDay": 1, "maxLatePerDay": 2}),
        ([row("all week", "off", maxCount=5, daysOfWeek=[0, 1, 2, 3, 4, 5, 6])], {"maxOffPerDay": 5}),
        ([row("sundays", "off", maxCount=1, daysOfWeek=[0]), row("a day", "off", maxCount=1, dates=["2025-08-01"])], {}),
        ([row("deleted", "off", maxCount=1, is_active=False)], {}),
        ([row("cooks", "off", maxCount=1, scope="position", targetIds=["cook"]), row("x", "special", maxCount=1)], {}),
        ([row("first", "off", minCount=1), row("second", "off", maxCount=4)], {"minOffPerDay": 1, "maxOffPerDay": 4}),
        ([row("first", "off", maxCount=2), row("second", "off", maxCount=4)], {"maxOffPerDay": 2}),
        ([row("off", "off", maxCount=5, is_active=False, switchedOff=True)], {"enabled": False, "maxOffPerDay": 5}),
        (
            [row("off", "off", maxCount=5, is_active=False, switchedOff=True), row("new", "early", maxCount=1)],
            {"maxEarlyPerDay": 1},
        ),
        (
            [REGULAR, of_status("e", "early", "社員", minCount=1), of_status("l", "late", "派遣", maxCount=1)],
            {"staffTypeLimits": {"社員": {"maxOff": 2, "minEarly": 1, "isHard": True, "penaltyWeight": 10.0}}},
        ),
        ([row("two", "off", maxCount=1, scope="staff_status", targetIds=["社員", "派遣"])], {}),
    ],
)  # fmt: skip
def test_daily_object__rows__shows_those_that_count_on_every_day(rows: list[Row], told: Row) -> None:
    assert daily_object(rows) == {"enabled": True, "staffTypeLimits": {}, **told}


@pytest.mark.parametrize(
    ("rows", "given", "changed"),
    [
        # What is equal, or not there, stays.
        (ROWS, GIVEN, []),
        (ROWS, {}, []),
        (ROWS, {"enabled": True, "staffTypeLimits": {}}, []),
        (ROWS, {"minLatePerDay": None, "maxLatePerDay": "", "staffTypeLimits": None}, []),
        ([REGULAR], {"staffTypeLimits": {"社員": {"maxOff": 2, "isHard": True, "penaltyWeight": 10}}}, []),
        # Bounds.
        (ROWS, {**GIVEN, "maxOffPerDay": 4}, ["off"]),
        (ROWS, {"maxOffPerDay": None}, ["off"]),
        (ROWS, {"maxOffPerDay": 4, "maxEarlyPerDay": "", "minWorkingStaffPerDay": 5}, ["off", "early", "work"]),
        (ROWS, {"minEarlyPerDay": 1}, ["early"]),
        (ROWS, {"maxLatePerDay": 2}, ["Daily limit: late"]),
        ([row("a", "off", minCount=1), row("b", "off", maxCount=4)], {"maxOffPerDay": 3}, ["b"]),
        ([row("a", "off", maxCount=2), row("b", "off", maxCount=4)], {"maxOffPerDay": None}, ["a", "b"]),
        ([row("sundays", "off", maxCount=1, daysOfWeek=[0])], {"maxOffPerDay": 3}, ["Daily limit: off"]),
        ([], {"minLatePerDay": 1, "maxLatePerDay": 2}, ["Daily limit: late"]),
        # In and out of use.
        (ROWS, {"enabled": False}, ["off", "early", "work"]),
        ([], {"enabled": False}, []),
        ([], {"enabled": False, "maxOffPerDay": 3}, ["Daily limit: off"]),
        # By status.
        ([REGULAR], {"staffTypeLimits": {"社員": {"maxOff": 1, "isHard": False}}}, ["regular"]),
        ([REGULAR], {"staffTypeLimits": {"社員": {"maxEarly": 2}}}, ["Daily limit: 社員 early"]),
        ([REGULAR], {"staffTypeLimits": {"社員": {}, "派遣": {"maxOff": 1}}}, ["Daily limit: 派遣 off"]),
        ([REGULAR], {"staffTypeLimits": {"社員": {}, "派遣": {}}}, ["Daily limit: 派遣 off"]),
        ([REGULAR], {"staffTypeLimits": {}}, ["regular"]),
        ([REGULAR], {"staffTypeLimits": {"社員": None}}, ["regular"]),
        ([of_status("l", "late", "社員", maxCount=1)], {"staffTypeLimits": {}}, []),
    ],
)  # fmt: skip
def test_daily_plan__edit__touches_the_rows_of_what_differs(rows: list[Row], given: Row, changed: list[str]) -> None:
    plan = daily_plan(given, rows)
    assert [step.row_id or step.columns["name"] for step in plan] == changed


@pytest.mark.parametrize(
    "given",
    [
        {**GIVEN, "maxOffPerDay": 4, "minLatePerDay": 1, "staffTypeLimits": {}},
        {"enabled": False, "maxOffPerDay": 2, "staffTypeLimits": {"社員": {"maxOff": 1, "isHard": True, "penaltyWeight": 3}}},
        {**GIVEN, "staffTypeLimits": {"パート": {"maxEarly": 2, "minOff": 1, "isHard": False, "penaltyWeight": 2.5}}},
    ],
)  # fmt: skip
def test_daily_plan__whole_object__is_what_the_rows_then_show(given: Row) -> None:
    rows = [*ROWS, REGULAR]
    told = daily_object(after(rows, daily_plan(given, rows)))
    assert {key: told[key] for key in given} == given
    assert daily_plan(told, after(rows, daily_plan(given, rows))) == []


def test_daily_plan__off_and_on_again__brings_back_the_same_rows() -> None:
    off = after(ROWS, daily_plan({"enabled": False}, ROWS))
    assert [(each["isActive"], each["limitConfig"][SWITCHED_OFF]) for each in off] == [(False, True)] * 3
    assert daily_object(off) == {**daily_object(ROWS), "enabled": False}
    assert daily_plan(daily_object(off), off) == []
    assert after(off, daily_plan({"enabled": True}, off)) == ROWS


def test_daily_plan__bound_set_while_off__stays_off() -> None:
    off = after(ROWS, daily_plan({"enabled": False}, ROWS))
    edited = after(off, daily_plan({"enabled": False, "maxOffPerDay": 2, "minLatePerDay": 1}, off))
    assert {each["isActive"] for each in edited} == {False}
    assert daily_object(edited) == {**daily_object(off), "maxOffPerDay": 2, "minLatePerDay": 1}


def test_daily_plan__deleted_by_hand__does_not_come_back() -> None:
    deleted = [{**OFF, "isActive": False}]
    assert daily_plan({"enabled": True}, deleted) == []


@pytest.mark.parametrize(
    ("given", "paths"),
    [
        (GIVEN, []),
        ({"maxOffPerDay": -1, "minOffPerDay": "two", "enabled": "no"}, ["enabled", "minOffPerDay", "maxOffPerDay"]),
        ({"maxOffPerDay": 1.5}, ["maxOffPerDay"]),
        ({"staffTypeLimits": []}, ["staffTypeLimits"]),
        ({"staffTypeLimits": {"社員": 3}}, ["staffTypeLimits.社員"]),
        ({"staffTypeLimits": {"社員": {"maxOff": -1, "penaltyWeight": "x"}}},
         ["staffTypeLimits.社員.maxOff", "staffTypeLimits.社員.penaltyWeight"]),
        ({"staffTypeLimits": {"": {}}}, ["staffTypeLimits"]),
        ({"unheard": {"of": 1}}, []),
    ],
)  # fmt: skip
def test_daily_errors__any__name_the_keys_of_the_object(given: Row, paths: list[str]) -> None:
    assert [error.path for error in daily_errors(given)] == paths


@pytest.mark.parametrize(
    ("given", "is_object"),
    [
        ({"maxOffPerDay": 3}, True),
        ({"staffTypeLimits": {}}, True),
        ({"enabled": False}, True),
        ({}, False),
        ({"maxCount": 3}, False),
        ({"id": "x", "enabled": False}, False),
        ({"name": "n", "maxOffPerDay": 3}, False),
        ({"limitConfig": {}, "maxOffPerDay": 3}, False),
    ],
)
def test_is_daily_object__any__is_told_from_a_row(given: Row, is_object: bool) -> None:
    assert is_daily_object(given) is is_object


def test_key_of__bound_of_a_row__is_the_key_of_the_object() -> None:
    assert key_of(OFF, "minCount") == "minOffPerDay"
    assert key_of(REGULAR, "maxCount") == "staffTypeLimits.社員.maxOff"
