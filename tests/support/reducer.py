"""A version 2 client's state: snapshots by the sync messages, and the changes applied to them."""

from collections.abc import Iterable
from copy import deepcopy
from datetime import date
from typing import Any

from staff.rules import is_employed_within
from tests.support.client import Client, Message

State = dict[str, Any]


def snapshot(client: Client, schedules: Iterable[str]) -> State:
    """Everything that the sync messages tell, in a form that does not depend on when it was asked."""
    client.send("CALENDAR_SYNC_REQUEST")
    calendar = client.expect("CALENDAR_SYNC_RESPONSE")["payload"]
    client.send("SYNC_ALL_PERIODS_REQUEST")
    staff = client.expect("SYNC_ALL_PERIODS_RESPONSE")["payload"]["periods"]
    return {
        "periods": calendar["periods"],
        "days": {day["date"]: day for day in calendar["days"]},
        "restaurant": calendar["restaurant"],
        "closingRules": {rule["id"]: rule for rule in calendar["closingRules"]},
        "shiftTypes": {shift_type["id"]: shift_type for shift_type in calendar["shiftTypes"]},
        "staff": {int(index): [{**member, "period": None} for member in members] for index, members in staff.items()},
        "schedules": {schedule_id: _schedule(client, schedule_id) for schedule_id in schedules},
    }


def _schedule(client: Client, schedule_id: str) -> State:
    client.send("SHIFT_SYNC_REQUEST", {"scheduleId": schedule_id})
    answer = client.expect("SHIFT_SYNC_RESPONSE")["payload"]
    cells = {
        (staff_id, day): value
        for staff_id, row in answer["scheduleData"].items()
        for day, value in row.items()
        if value
    }
    locked = {(cell["staffId"], cell["dateKey"]) for cell in answer["lockedCells"]}
    return {"cells": cells, "locked": locked, "state": answer["state"]}


def applied(state: State, messages: Iterable[Message], *, is_viewer: bool = False) -> State:
    """``state`` after those broadcasts. Whatever is no broadcast is passed over.

    A viewer has to ask anew after a publication: until then what they know of people, days, shift types and cells is left out.
    """
    after = deepcopy(state)
    for message in messages:
        reduce_one = (VIEWER_REDUCERS if is_viewer else REDUCERS).get(message["type"])
        if reduce_one is not None:
            reduce_one(after, message["payload"])
            _follow(after, message["payload"].get("moved"))
    return after


def _one_cell(state: State, payload: State) -> None:
    _set_cells(state, payload["scheduleId"], [payload])


def _many_cells(state: State, payload: State) -> None:
    _set_cells(state, payload["scheduleId"], payload["changes"])


def _set_cells(state: State, schedule_id: str, cells: Iterable[State]) -> None:
    grid = state["schedules"][schedule_id]["cells"]
    for cell in cells:
        grid.pop((cell["staffId"], cell["dateKey"]), None)
        if cell["shiftValue"]:
            grid[(cell["staffId"], cell["dateKey"])] = cell["shiftValue"]


def _lock(state: State, payload: State) -> None:
    state["schedules"][payload["scheduleId"]]["locked"] |= _cells(payload)


def _unlock(state: State, payload: State) -> None:
    state["schedules"][payload["scheduleId"]]["locked"] -= _cells(payload)


def _cells(payload: State) -> set[tuple[str, str]]:
    return {(cell["staffId"], cell["dateKey"]) for cell in payload["cells"]}


def _publication(state: State, payload: State) -> None:
    state["schedules"][payload["scheduleId"]]["state"] = payload["state"]
    for period in state["periods"]:
        if period["scheduleId"] == payload["scheduleId"]:
            period["state"] = payload["state"]


def _member(state: State, member: State) -> None:
    everybody = {each["id"]: each for members in state["staff"].values() for each in members}
    _place(state, {**everybody, member["id"]: {**member, "period": None}})


def _updated_member(state: State, payload: State) -> None:
    _member(state, payload["changes"])


def _without_member(state: State, payload: State) -> None:
    if "staff" in payload:
        _member(state, payload["staff"])
        return
    for index, members in state["staff"].items():
        state["staff"][index] = [member for member in members if member["id"] != payload["staffId"]]


def _reordered(state: State, payload: State) -> None:
    places = {staff_id: place for place, staff_id in enumerate(payload["staffIds"], start=1)}
    everybody = {}
    for member in [each for members in state["staff"].values() for each in members]:
        place = places[member["id"]]
        moved = {"staffOrder": place, "revision": payload["revision"]} if member["staffOrder"] != place else {}
        everybody[member["id"]] = {**member, **moved}
    _place(state, everybody)


def _place(state: State, everybody: dict[str, State]) -> None:
    """Puts each member into the periods in which they are employed."""
    ordered = sorted(everybody.values(), key=lambda each: (each["staffOrder"], each["createdAt"], each["id"]))
    for period in state["periods"]:
        first, last = date.fromisoformat(period["startDate"]), date.fromisoformat(period["endDate"])
        state["staff"][period["index"]] = [
            member for member in ordered if is_employed_within(member["startPeriod"], member["endPeriod"], first, last)
        ]


def _periods(state: State, payload: State) -> None:
    everybody = {each["id"]: each for members in state["staff"].values() for each in members}
    state["periods"] = payload["periods"]
    state["staff"] = {}
    _place(state, everybody)


def _day(state: State, payload: State) -> None:
    state["days"].pop(payload["date"], None)
    if payload["kind"] or payload["note"]:
        state["days"][payload["date"]] = payload


def _restaurant(state: State, payload: State) -> None:
    state["restaurant"] = {name: part for name, part in payload.items() if name not in ("changed", "holidays")}


def _closing_rule(state: State, payload: State) -> None:
    state["closingRules"][payload["id"]] = payload


def _without_closing_rule(state: State, payload: State) -> None:
    del state["closingRules"][payload["ruleId"]]


def _shift_type(state: State, payload: State) -> None:
    state["shiftTypes"][payload["id"]] = {key: value for key, value in payload.items() if key != "moved"}


def _follow(state: State, moved: State | None) -> None:
    """What a symbol's new name does elsewhere."""
    if moved is None:
        return
    for member in moved["staff"]:
        _member(state, member)
    for schedule_id in moved["scheduleIds"]:
        grid = state["schedules"].get(schedule_id, {"cells": {}})["cells"]
        for cell, value in grid.items():
            grid[cell] = moved["symbol"] if value == moved["previousSymbol"] else value


def _without_shift_type(state: State, payload: State) -> None:
    del state["shiftTypes"][payload["shiftTypeId"]]


REDUCERS = {
    "SHIFT_BROADCAST": _one_cell,
    "SHIFT_BULK_BROADCAST": _many_cells,
    "SHIFT_LOCK": _lock,
    "SHIFT_UNLOCK": _unlock,
    "SCHEDULE_PUBLISH": _publication,
    "SCHEDULE_UNPUBLISH": _publication,
    "STAFF_CREATE": _member,
    "STAFF_UPDATE": _updated_member,
    "STAFF_DELETE": _without_member,
    "STAFF_RESTORE": _member,
    "STAFF_REORDER": _reordered,
    "PERIOD_CREATE": _periods,
    "PERIOD_UPDATE": _periods,
    "PERIOD_DELETE": _periods,
    "CALENDAR_UPDATE": _day,
    "RESTAURANT_UPDATE": _restaurant,
    "CLOSING_RULE_CREATE": _closing_rule,
    "CLOSING_RULE_UPDATE": _closing_rule,
    "CLOSING_RULE_DELETE": _without_closing_rule,
    "SHIFT_TYPE_CREATE": _shift_type,
    "SHIFT_TYPE_UPDATE": _shift_type,
    "SHIFT_TYPE_DELETE": _without_shift_type,
}


def _publication_of_viewer(state: State, payload: State) -> None:
    for period in state["periods"]:
        if period["scheduleId"] == payload["scheduleId"]:
            period["state"] = payload["state"]
    for part in ("restaurant", "staff", "days", "closingRules", "shiftTypes", "schedules"):
        state.pop(part, None)


def _periods_of_viewer(state: State, payload: State) -> None:
    """What is published of a month stays with it, wherever it stands among the periods."""
    before = {period["index"]: period["id"] for period in state["periods"]}
    by_id = {before[index]: staff for index, staff in state.get("staff", {}).items()}
    state["periods"] = payload["periods"]
    if "staff" in state:
        state["staff"] = {period["index"]: by_id.get(period["id"], []) for period in payload["periods"]}


VIEWER_REDUCERS = {
    "RESTAURANT_UPDATE": _restaurant,
    "SCHEDULE_PUBLISH": _publication_of_viewer,
    "SCHEDULE_UNPUBLISH": _publication_of_viewer,
    "PERIOD_CREATE": _periods_of_viewer,
    "PERIOD_UPDATE": _periods_of_viewer,
    "PERIOD_DELETE": _periods_of_viewer,
}
