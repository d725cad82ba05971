"""/api/periods/, /api/calendar/, /api/shift-types/."""

from typing import Any

from shiftsync.core.clock import local_today
from tests.integration.rest.conftest import Rest
from tests.support.world import World

LUNCH: dict[str, Any] = {
    "symbol": "昼",
    "kind": "normal",
    "labelJa": "昼番",
    "labelEn": "Lunch",
    "color": "#123456",
    "startTime": "11:00",
    "endTime": None,
    "offEquivalent": 0.5,
}


def test_periods__create_without_dates__holds_today(manager: Rest, world: World) -> None:
    period = manager.post("periods/", status=201)["result"]["period"]
    assert period["startDate"] <= str(local_today(world.restaurant.timezone)) <= period["endDate"]
    assert manager.get("periods/")[1] == period == manager.get(f"periods/{period['id']}/")


def test_periods__empty__corrected_and_deleted(manager: Rest, world: World) -> None:
    period = manager.post("periods/", {"startDate": "2025-09-01"}, status=201)["result"]["period"]
    path = f"periods/{period['id']}/"
    assert "endDate" in manager.refused("patch", path, {"endDate": "9999-12-01"}, status=400)["details"]
    assert manager.patch(path, {"endDate": "2025-09-15"})["result"]["period"]["endDate"] == "2025-09-15"
    manager.delete(path)
    assert len(manager.get("periods/")) == 1
    manager.refused("delete", path, status=404)


def test_periods__overlap__refused(manager: Rest, world: World) -> None:
    error = manager.refused("post", "periods/", {"startDate": "2025-08-20"}, status=400)
    assert "startDate" in error["details"]
    assert "startDate" in manager.refused("post", "periods/", {"startDate": "soon"}, status=400)["details"]


def test_calendar__day_put_and_patched__told_by_the_calendar(manager: Rest, world: World) -> None:
    manager.put("calendar/days/2025-08-13/", {"kind": "closed", "note": "お盆"})
    day = manager.patch("calendar/days/2025-08-13/", {"note": "休業"})["result"]["day"]
    assert (day["kind"], day["note"]) == ("closed", "休業")
    calendar = manager.get("calendar/")
    assert calendar["days"] == [day]
    assert (len(calendar["periods"]), len(calendar["shiftTypes"])) == (1, 6)
    assert manager.put("calendar/days/2025-08-13/", {"kind": None})["result"]["day"]["note"] == ""
    assert manager.get("calendar/")["days"] == []


def test_calendar__no_day__named_or_not_found(manager: Rest) -> None:
    assert "kind" in manager.refused("put", "calendar/days/2025-08-13/", {"note": "x"}, status=400)["details"]
    assert "kind" in manager.refused("put", "calendar/days/2025-08-13/", {"kind": "?"}, status=400)["details"]
    manager.refused("put", "calendar/days/2025-02-30/", {"kind": None}, status=404)


def test_shift_types__create_update_delete__as_stored(manager: Rest) -> None:
    made = manager.post("shift-types/", LUNCH, status=201)["result"]["shiftType"]
    assert {name: made[name] for name in LUNCH} == LUNCH
    path = f"shift-types/{made['id']}/"
    assert manager.patch(path, {"labelEn": "Noon"})["result"]["shiftType"]["labelEn"] == "Noon"
    assert manager.put(path, LUNCH)["result"]["shiftType"]["labelEn"] == "Lunch"
    assert len(manager.get("shift-types/")) == 7
    assert manager.delete(path)["result"] == {}
    assert len(manager.get("shift-types/")) == 6
    assert manager.get(path)["isActive"] is False


def test_shift_types__symbol_taken_or_bad__named(manager: Rest) -> None:
    assert "symbol" in manager.refused("post", "shift-types/", {**LUNCH, "symbol": "×"}, status=400)["details"]
    assert (
        "offEquivalent" in manager.refused("post", "shift-types/", LUNCH | {"offEquivalent": 2}, status=400)["details"]
    )
    assert "kind" in manager.refused("post", "shift-types/", {"symbol": "x"}, status=400)["details"]


def test_write__viewer__forbidden(viewer: Rest, manager: Rest) -> None:
    path = f"shift-types/{manager.get('shift-types/')[0]['id']}/"
    for method, where, body in (
        ("post", "periods/", {}),
        ("put", "calendar/days/2025-08-13/", {"kind": "closed"}),
        ("post", "shift-types/", LUNCH),
        ("patch", path, {"labelEn": "x"}),
        ("delete", path, None),
    ):
        assert viewer.refused(method, where, body, status=403)["code"] == "forbidden"
