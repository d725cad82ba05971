"""A version 2 client's state: snapshots by the sync messages, the changes applied to them, and a run with every kind of change."""

import json
from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import date
from typing import Any
from uuid import uuid4

from schedules.serializers.calendar import ShiftTypeSerializer
from schedules.serializers.closings import ClosingRuleSerializer
from schedules.serializers.swaps import SwapSerializer
from schedules.serializers.wishes import WishSerializer
from shiftsync.core.examples import SOME_SCHEDULE, SOMEBODY
from shiftsync.realtime.protocol.wire import BROADCASTS
from shiftsync.realtime.socket.router import HANDLERS
from staff.rules import is_employed_within
from staff.serializers import AvailabilitySerializer, StaffMemberSerializer
from tests.support.client import Client, Message
from tests.support.world import World

State = dict[str, Any]
Step = tuple[str, dict[str, Any]]

TOPICS = ("staff", "calendar", "shifts", "restaurant")
"""Those whose changes the steps make; settings have steps of their own, for each table."""


def snapshot(client: Client, schedules: Iterable[str]) -> State:
    """Everything that the sync messages tell, in a form that does not depend on when it was asked."""
    client.send("CALENDAR_SYNC_REQUEST")
    calendar = client.expect("CALENDAR_SYNC_RESPONSE")["payload"]
    client.send("SYNC_ALL_PERIODS_REQUEST")
    answer = client.expect("SYNC_ALL_PERIODS_RESPONSE")["payload"]
    staff = answer["periods"]
    return {
        "availability": {entry["id"]: entry for entry in answer.get("availability", ())},
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
    wishes = {wish["id"]: wish for wish in answer.get("wishes", ())}
    terms = answer.get("wishTerms", {"deadline": None, "limit": None})
    swaps = {swap["id"]: swap for swap in answer.get("swaps", ())}
    found = {"cells": cells, "locked": locked, "state": answer["state"], "wishes": wishes, "wishTerms": terms}
    return {**found, "swaps": swaps}


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


def _swap(state: State, payload: State) -> None:
    state["schedules"][payload["scheduleId"]]["swaps"][payload["id"]] = payload


def _wish(state: State, payload: State) -> None:
    state["schedules"][payload["scheduleId"]]["wishes"][payload["id"]] = payload


def _without_wish(state: State, payload: State) -> None:
    del state["schedules"][payload["scheduleId"]]["wishes"][payload["wishId"]]


def _answered_wishes(state: State, payload: State) -> None:
    for wish in payload["wishes"]:
        _wish(state, wish)


def _wish_terms(state: State, payload: State) -> None:
    terms = {name: payload[name] for name in ("deadline", "limit")}
    state["schedules"][payload["scheduleId"]]["wishTerms"] = terms


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


def _availability(state: State, payload: State) -> None:
    entry = {name: value for name, value in payload.items() if name != "past"}
    for each in (entry, *([payload["past"]] if "past" in payload else [])):
        state["availability"][each["id"]] = each


def _without_availability(state: State, payload: State) -> None:
    if "past" in payload:
        state["availability"][payload["past"]["id"]] = payload["past"]
    else:
        del state["availability"][payload["availabilityId"]]


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
    for schedule in state["schedules"].values():
        for wish in schedule.get("wishes", {}).values():
            for name in ("shiftValue", "takenValue"):
                wish[name] = moved["symbol"] if wish[name] == moved["previousSymbol"] else wish[name]
    for schedule_id in moved["scheduleIds"]:
        grid = state["schedules"].get(schedule_id, {"cells": {}})["cells"]
        for cell, value in grid.items():
            grid[cell] = moved["symbol"] if value == moved["previousSymbol"] else value


def _without_shift_type(state: State, payload: State) -> None:
    del state["shiftTypes"][payload["shiftTypeId"]]


OF_ROWS = {
    AvailabilitySerializer: _availability,
    ClosingRuleSerializer: _closing_rule,
    ShiftTypeSerializer: _shift_type,
    StaffMemberSerializer: _member,
    SwapSerializer: _swap,
    WishSerializer: _wish,
}
"""What a whole row leads to, by its shape: of every message that carries one and nothing else, new ones included."""

REDUCERS = {
    **{type: OF_ROWS[spec.payload] for type, spec in BROADCASTS.items() if spec.payload in OF_ROWS},
    "SHIFT_BROADCAST": _one_cell,
    "SHIFT_BULK_BROADCAST": _many_cells,
    "WISH_DELETE": _without_wish,
    "WISH_ANSWER": _answered_wishes,
    "WISH_TERMS_UPDATE": _wish_terms,
    "SHIFT_LOCK": _lock,
    "SHIFT_UNLOCK": _unlock,
    "SCHEDULE_PUBLISH": _publication,
    "SCHEDULE_UNPUBLISH": _publication,
    "STAFF_UPDATE": _updated_member,
    "STAFF_DELETE": _without_member,
    "STAFF_REORDER": _reordered,
    "AVAILABILITY_UPDATE": _availability,
    "AVAILABILITY_DELETE": _without_availability,
    "PERIOD_CREATE": _periods,
    "PERIOD_UPDATE": _periods,
    "PERIOD_DELETE": _periods,
    "CALENDAR_UPDATE": _day,
    "RESTAURANT_UPDATE": _restaurant,
    "CLOSING_RULE_DELETE": _without_closing_rule,
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


def steps(world: World) -> list[Step]:
    """Every kind of change of staff, calendar, shifts and the restaurant, one after the other: by hand where one depends on what came
    before, else by the example of its payload."""
    wish_id = str(uuid4())
    by_hand = [
        *_changes_of_cells(world),
        *_changes_of_staff(world),
        *_changes_of_availability(world),
        *_changes_of_periods(world),
        *_changes_of_wishes(world, wish_id),
        *_changes_of_swaps(world),
        *_changes_of_the_calendar(),
        *_changes_of_shift_types(world, wish_id),
    ]
    return [*by_hand, *by_example(world, {type for type, _ in by_hand})]


def by_example(world: World, known: set[str]) -> Iterator[Step]:
    """Every change that is not ``known`` and announced under its own name, about somebody or the schedule of ``world`` where it is about one."""
    for type, spec in BROADCASTS.items():
        if type in HANDLERS and type not in known and spec.topic in TOPICS:
            example = getattr(HANDLERS[type].payload, "example", None)
            assert example is not None, f"{type}: give its payload an `example`, or name it in a list of `steps`"
            text = json.dumps(example).replace(SOMEBODY, world.staff_ids[0]).replace(SOME_SCHEDULE, world.schedule_id)
            yield type, json.loads(text)


def _changes_of_cells(world: World) -> list[Step]:
    """Written, pasted, taken back, locked and published."""
    schedule = {"scheduleId": world.schedule_id}
    first, second, _ = world.staff_ids
    cell = {"staffId": first, "dateKey": "2025-08-02"}
    return [
        ("SHIFT_UPDATE", world.edit(0, "08-01", "×")),
        ("SHIFT_UPDATE", world.edit(0, "08-02", "my own")),
        ("SHIFT_UPDATE", world.edit(0, "08-01", "")),
        ("SHIFT_BULK_UPDATE", {**schedule, "scheduleData": world.grid({0: {"08-03": "△"}, 1: {"08-03": "◇"}})}),
        ("SHIFT_BULK_UPDATE", {**schedule, "scheduleData": world.grid({0: {"08-03": "", "08-04": "★"}})}),
        ("UNDO", schedule),
        ("REDO", schedule),
        ("SHIFT_LOCK", {**schedule, "cells": [cell, {"staffId": second, "dateKey": "2025-08-05"}]}),
        ("SHIFT_BULK_UPDATE", {**schedule, "scheduleData": world.grid({1: {"08-09": "●"}}), "mode": "replace"}),
        ("SCHEDULE_PUBLISH", schedule),
        ("SHIFT_UNLOCK", {**schedule, "cells": [cell]}),
        ("SHIFT_UPDATE", world.edit(1, "08-06", "○")),
        ("SCHEDULE_PUBLISH", schedule),
        ("SCHEDULE_UNPUBLISH", schedule),
    ]


def _changes_of_staff(world: World) -> list[Step]:
    """Somebody comes, changes, moves, goes and is back."""
    first, second, third = world.staff_ids
    new_member = str(uuid4())
    return [
        (
            "STAFF_CREATE",
            {"id": new_member, "name": "高橋", "status": "パート", "startPeriod": {"year": 2025, "month": 8}},
        ),
        (
            "STAFF_UPDATE",
            {
                "staffId": first,
                "changes": {"name": "田中 太郎", "allowedShiftTypes": ["○", "×"]},
                "validFrom": "2025-08-01",
            },
        ),
        ("STAFF_UPDATE", {"staffId": second, "changes": {"endPeriod": {"year": 2025, "month": 8, "day": 20}}}),
        ("STAFF_REORDER", {"staffIds": [third, new_member]}),
        ("STAFF_DELETE", {"staffId": third}),
        ("STAFF_RESTORE", {"staffId": third}),
    ]


def _changes_of_availability(world: World) -> list[Step]:
    """Entered, changed from today on, ended and withdrawn; what was entered for the past stays."""
    first, second, _ = world.staff_ids
    begun, ahead = str(uuid4()), str(uuid4())
    return [
        ("AVAILABILITY_CREATE", {"id": begun, "staffId": first, "weekdays": [1, 3], "validFrom": "2025-08-01"}),
        ("AVAILABILITY_CREATE", {"id": ahead, "staffId": second, "weekdays": [6], "validFrom": "2190-01-01"}),
        ("AVAILABILITY_UPDATE", {"availabilityId": begun, "changes": {"availableFrom": "17:00", "note": "授業"}}),
        ("AVAILABILITY_UPDATE", {"availabilityId": begun, "changes": {"validUntil": "2195-03-31"}}),
        ("AVAILABILITY_UPDATE", {"availabilityId": ahead, "changes": {"weekdays": [0, 6]}}),
        ("AVAILABILITY_DELETE", {"availabilityId": ahead}),
        ("AVAILABILITY_CREATE", {"staffId": second, "weekdays": [5], "validFrom": "2025-08-01"}),
    ]


def _changes_of_periods(world: World) -> list[Step]:
    """Made before and after the others, moved and taken away."""
    second, period_id = world.staff_ids[1], str(uuid4())
    return [
        ("PERIOD_CREATE", {"startDate": "2025-08-21", "endDate": "2025-09-20"}),
        ("PERIOD_CREATE", {"startDate": "2025-06-21", "endDate": "2025-07-20"}),
        ("PERIOD_CREATE", {"id": period_id, "startDate": "2024-01-01", "endDate": "2024-01-31"}),
        ("PERIOD_UPDATE", {"periodId": period_id, "startDate": "2025-05-21", "endDate": "2025-06-20"}),
        ("PERIOD_DELETE", {"periodId": period_id}),
        ("STAFF_UPDATE", {"staffId": second, "changes": {"endPeriod": None}}),
    ]


def _changes_of_wishes(world: World, other_wish: str) -> list[Step]:
    """Entered, answered, changed and withdrawn; ``other_wish`` stays."""
    schedule = {"scheduleId": world.schedule_id}
    first, second, _ = world.staff_ids
    wish_id = str(uuid4())
    return [
        ("WISH_TERMS_UPDATE", {**schedule, "deadline": "2025-07-10", "limit": 3}),
        ("WISH_CREATE", {**schedule, "id": wish_id, "staffId": first, "dateKey": "2025-08-15", "kind": "off"}),
        (
            "WISH_CREATE",
            {
                **schedule,
                "id": other_wish,
                "staffId": second,
                "dateKey": "2025-08-15",
                "kind": "prefer",
                "shiftValue": "△",
                "weight": 5,
                "note": "子どもの迎え",
            },
        ),
        ("WISH_ANSWER", {**schedule, "state": "taken"}),
        ("UNDO", schedule),
        ("WISH_ANSWER", {**schedule, "wishIds": [wish_id], "state": "declined", "answer": "人手不足"}),
        ("WISH_UPDATE", {"wishId": wish_id, "changes": {"kind": "cannot", "note": "通院"}}),
        ("WISH_DELETE", {"wishId": wish_id}),
        ("WISH_TERMS_UPDATE", {**schedule, "deadline": None, "limit": None}),
    ]


def _changes_of_swaps(world: World) -> list[Step]:
    """Offered and withdrawn, asked, agreed and approved, which is published."""
    schedule = {"scheduleId": world.schedule_id}
    first, second, _ = world.staff_ids
    given = {**schedule, "staffId": first, "dateKey": "2025-08-11"}
    offer, asked = str(uuid4()), str(uuid4())
    return [
        ("SHIFT_BULK_UPDATE", {**schedule, "scheduleData": world.grid({0: {"08-11": "△"}, 1: {"08-11": "×"}})}),
        ("SCHEDULE_PUBLISH", schedule),
        ("SWAP_CREATE", {**given, "id": offer, "otherId": second, "note": "通院"}),
        ("SWAP_WITHDRAW", {"swapId": offer}),
        ("SWAP_CREATE", {**given, "id": asked, "otherId": second}),
        ("SWAP_ANSWER", {"swapId": asked, "accepts": True}),
        ("SWAP_DECIDE", {"swapId": asked, "approves": True, "anyway": True, "answer": "了解"}),
        ("SCHEDULE_UNPUBLISH", schedule),
    ]


def _changes_of_the_calendar() -> list[Step]:
    """Days, and rules for days."""
    rule_id = str(uuid4())
    return [
        ("CALENDAR_UPDATE", {"date": "2025-08-13", "kind": "closed", "note": "お盆"}),
        ("CALENDAR_UPDATE", {"date": "2025-08-14", "kind": "all_work"}),
        ("CALENDAR_UPDATE", {"date": "2025-08-13", "kind": None, "note": ""}),
        ("CLOSING_RULE_CREATE", {"id": rule_id, "repeats": "weekly", "daysOfWeek": [3], "validFrom": None}),
        ("CALENDAR_UPDATE", {"date": "2025-08-06", "kind": "open"}),
        ("CLOSING_RULE_UPDATE", {"ruleId": rule_id, "changes": {"repeats": "monthly", "weeks": [2, -1]}}),
        ("CLOSING_RULE_DELETE", {"ruleId": rule_id}),
    ]


def _changes_of_shift_types(world: World, other_wish: str) -> list[Step]:
    """Made, used, renamed (which a wish follows), timed and taken away."""
    schedule = {"scheduleId": world.schedule_id}
    first, shift_type_id = world.staff_ids[0], str(uuid4())
    return [
        ("SHIFT_TYPE_CREATE", {"id": shift_type_id, "symbol": "▲", "kind": "early", "offEquivalent": 0.5}),
        ("SHIFT_UPDATE", world.edit(1, "08-07", "▲")),
        (
            "STAFF_UPDATE",
            {"staffId": first, "changes": {"allowedShiftTypes": ["▲", "×"]}, "validFrom": "2025-08-10"},
        ),
        ("WISH_UPDATE", {"wishId": other_wish, "changes": {"shiftValue": "▲"}}),
        ("WISH_ANSWER", {**schedule, "wishIds": [other_wish], "state": "taken"}),
        ("SHIFT_TYPE_UPDATE", {"shiftTypeId": shift_type_id, "changes": {"symbol": "▽", "startTime": "06:30"}}),
        (
            "SHIFT_TYPE_UPDATE",
            {"shiftTypeId": shift_type_id, "changes": {"endTime": "14:00"}, "validFrom": "2025-08-10"},
        ),
        (
            "SHIFT_TYPE_UPDATE",
            {
                "shiftTypeId": shift_type_id,
                "changes": {
                    "times": [
                        {"validFrom": None, "startTime": "06:00", "endTime": None},
                        {"validFrom": "2199-01-01", "startTime": "07:00", "endTime": "15:00"},
                    ]
                },
            },
        ),
        ("SHIFT_TYPE_UPDATE", {"shiftTypeId": shift_type_id, "changes": {"times": []}}),
        ("SHIFT_TYPE_DELETE", {"shiftTypeId": shift_type_id, "successor": "△"}),
    ]


def dated_steps(world: World) -> list[Step]:
    """Changes that tell of the day on which they are made: somebody with a past leaves with yesterday, and is back."""
    somebody = {"staffId": world.staff_ids[1]}
    return [("STAFF_DELETE", somebody), ("STAFF_RESTORE", somebody)]
