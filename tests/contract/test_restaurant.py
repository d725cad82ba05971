"""The settings of the restaurant itself: a change of its stream, whoever makes it, and what it does to calendars."""

from typing import Any
from uuid import uuid4

import pytest

from shiftsync.core.actor import Role
from shiftsync.tenants.models import Restaurant
from shiftsync.tenants.services import restaurant_update
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.world import World

BEFORE_CHRISTMAS = {"startDate": "2025-12-01", "endDate": "2025-12-31"}


def calendar(client: Client) -> dict[str, Any]:
    client.send("CALENDAR_SYNC_REQUEST")
    payload: dict[str, Any] = client.expect("CALENDAR_SYNC_RESPONSE")["payload"]
    return payload


def test_restaurant__changed_over_the_socket__is_told_to_all(connect: Connect, world: World) -> None:
    owner, manager, viewer = connect(Role.OWNER), connect(), connect(Role.VIEWER)
    result = owner.ack("RESTAURANT_UPDATE", {"changes": {"textCountsAs": "work", "name": "小料理"}})["result"]
    for client in (manager, viewer):
        message = client.expect("RESTAURANT_UPDATE")
        assert message["payload"] == result["restaurant"]
        assert message["version"] == world.position.version
    told = result["restaurant"]
    assert (told["textCountsAs"], told["name"], told["changed"]) == ("work", "小料理", ["name", "textCountsAs"])
    stored = Restaurant.objects.get(id=world.id)
    assert (stored.text_counts_as, stored.name) == ("work", "小料理")
    assert stored.history.first().history_user == world.users[Role.OWNER]


def test_restaurant__the_same_again__is_no_version(connect: Connect, world: World) -> None:
    owner = connect(Role.OWNER)
    owner.ack("RESTAURANT_UPDATE", {"changes": {"country": "JP"}})
    first = str(uuid4())
    owner.ack("RESTAURANT_UPDATE", {"changes": {"country": "DE"}}, first)
    version = world.position.version
    owner.ack("RESTAURANT_UPDATE", {"changes": {"country": "US"}})
    owner.ack("RESTAURANT_UPDATE", {"changes": {"country": "DE"}}, first)
    assert world.position.version == version + 1
    assert Restaurant.objects.get(id=world.id).country == "US", "a repeat does not overwrite what came between"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"textCountsAs": "maybe"}, "textCountsAs"),
        ({"country": "XX"}, "country"),
        ({"country": "jp"}, "country"),
        ({"timezone": "localtime"}, "timezone"),
        ({"closingDay": 0}, "closingDay"),
    ],
)
def test_restaurant__wrong_value__is_refused_at_the_field(connect: Connect, changes: Any, field: str) -> None:
    error = connect(Role.OWNER).request("RESTAURANT_UPDATE", {"changes": changes})
    assert error["type"] == "ERROR", error
    assert error["payload"]["code"] == "validation_error"
    assert field in str(error["payload"]["details"])


def test_restaurant__a_manager__may_not_change_it(connect: Connect, world: World) -> None:
    error = connect().request("RESTAURANT_UPDATE", {"changes": {"country": "DE"}})
    assert error["payload"]["code"] == "forbidden"
    assert Restaurant.objects.get(id=world.id).country == "JP"


def test_restaurant__changed_since_it_was_seen__is_a_conflict(connect: Connect, world: World) -> None:
    owner = connect(Role.OWNER)
    owner.ack("RESTAURANT_UPDATE", {"changes": {"country": "DE"}})
    answer = owner.request("RESTAURANT_UPDATE", {"changes": {"country": "US"}, "seen": {"country": "JP"}})
    assert answer["type"] in ("ERROR", "CONFLICT")
    assert Restaurant.objects.get(id=world.id).country == "DE"


def test_country__changed_elsewhere__reaches_open_sockets_with_its_holidays(connect: Connect, world: World) -> None:
    editor, viewer = connect(), connect(Role.VIEWER)
    before = {each["date"] for each in calendar(editor)["holidays"]}
    restaurant_update(world.system, country="DE")
    told = [client.expect("RESTAURANT_UPDATE")["payload"] for client in (editor, viewer)]
    whole = calendar(editor)
    assert [each["changed"] for each in told] == [["country"]] * 2
    assert [each["holidays"] for each in told] == [whole["holidays"]] * 2
    assert whole["restaurant"]["country"] == "DE"
    after = {each["date"] for each in whole["holidays"]}
    year = next(iter(after))[:4]
    assert f"{year}-10-03" in after
    assert f"{year}-10-03" not in before
    assert f"{year}-11-03" in before - after


def test_country__closings_that_heed_holidays__are_other_days_for_version_1(connect: Connect, world: World) -> None:
    author, old, without = connect(), connect(v2=False), connect(v2=False)
    author.ack("PERIOD_CREATE", BEFORE_CHRISTMAS)
    author.ack("CLOSING_RULE_CREATE", {"repeats": "weekly", "daysOfWeek": [4], "onHoliday": "open", "validFrom": None})
    without.send("UNSUBSCRIBE", {"topics": ["calendar"]})
    old.settled(), without.settled()
    restaurant_update(world.system, country="DE")
    message = old.expect("CALENDAR_SYNC_RESPONSE")
    closed = {day["date"] for day in message["payload"]["days"]}
    assert "2025-12-18" in closed
    assert "2025-12-25" not in closed, "Christmas is a holiday there"
    assert message["clientId"] is None
    assert [each["type"] for each in old.settled()] == []
    assert without.settled() == []
    restaurant_update(world.system, name="Elsewhere")
    assert old.settled() == [], "they know no such message"


def test_period__new_for_version_1__comes_with_its_closed_days(connect: Connect) -> None:
    author, old, viewer = connect(), connect(v2=False), connect(Role.VIEWER, v2=False)
    author.ack("CLOSING_RULE_CREATE", {"repeats": "weekly", "daysOfWeek": [3], "validFrom": None, "note": "定休日"})
    old.settled(), viewer.settled()
    author.ack("PERIOD_CREATE", BEFORE_CHRISTMAS)
    created, whole = old.expect("PERIOD_CREATE"), old.expect("CALENDAR_SYNC_RESPONSE")
    assert created["version"] <= whole["version"]
    days = {day["date"]: day["note"] for day in whole["payload"]["days"]}
    assert days["2025-12-03"] == "定休日"
    assert created["payload"]["id"] in {each["id"] for each in whole["payload"]["periods"]}
    assert [each["type"] for each in viewer.settled()] == ["PERIOD_CREATE"]
    period = created["payload"]["id"]
    author.ack("PERIOD_UPDATE", {"periodId": period, "endDate": "2026-01-10"})
    old.expect("PERIOD_UPDATE")
    assert "2026-01-07" in {day["date"] for day in old.expect("CALENDAR_SYNC_RESPONSE")["payload"]["days"]}
