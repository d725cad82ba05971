"""Published months over the socket, for those who only look, in both protocols."""

from typing import Any

from shiftsync.core.actor import Role
from tests.conftest import Connect
from tests.support.client import Client
from tests.support.world import World


def asked(client: Client, type: str, answer: str, payload: Any = None) -> Any:
    client.send(type, payload or {})
    return client.expect(answer)["payload"]


def test_publication__version_2_viewer__has_all_that_is_needed_to_read_it(connect: Connect, world: World) -> None:
    editor, viewer, schedule = connect(), connect(Role.VIEWER), {"scheduleId": world.schedule_id}
    error = viewer.request("PUBLICATION_REQUEST", schedule)["payload"]
    assert (error["code"], error["message"]) == ("not_found", "This month has not been published yet.")
    editor.ack("SHIFT_UPDATE", world.edit(0, "08-01", "△"))
    assert editor.ack("SCHEDULE_PUBLISH", schedule)["result"]["publication"] == 1
    assert viewer.expect("SCHEDULE_PUBLISH")["payload"]["publication"] == 1
    month = asked(viewer, "PUBLICATION_REQUEST", "PUBLICATION", schedule)
    assert (month["number"], month["scheduleData"]) == (1, world.grid({0: {"08-01": "△"}}))
    assert [person["name"] for person in month["people"]] == ["田中", "佐藤", "鈴木"]
    synced = asked(viewer, "SHIFT_SYNC_REQUEST", "SHIFT_SYNC_RESPONSE", schedule)
    assert synced["publication"]["people"] == month["people"]
    preview = asked(editor, "PUBLICATION_PREVIEW_REQUEST", "PUBLICATION_PREVIEW", schedule)
    assert [each["name"] for each in preview["seenBy"]] == [world.users[Role.VIEWER].display_name]
    assert viewer.request("PUBLICATIONS_REQUEST", schedule)["payload"]["code"] == "forbidden"


def test_publication__facts_change__viewers_hear_nothing_until_it_is_published_again(
    connect: Connect, world: World
) -> None:
    editor, schedule = connect(), {"scheduleId": world.schedule_id}
    editor.ack("SCHEDULE_PUBLISH", schedule)
    viewer, old = connect(Role.VIEWER), connect(Role.VIEWER, v2=False)
    asked(old, "SHIFT_SYNC_REQUEST", "SHIFT_SYNC_RESPONSE", schedule)
    late = next(
        row
        for row in asked(editor, "CALENDAR_SYNC_REQUEST", "CALENDAR_SYNC_RESPONSE")["shiftTypes"]
        if row["kind"] == "late"
    )
    editor.ack("STAFF_UPDATE", {"staffId": world.staff_ids[0], "changes": {"name": "田中 花子"}})
    editor.ack("STAFF_DELETE", {"staffId": world.staff_ids[2]})
    editor.ack("SHIFT_TYPE_UPDATE", {"shiftTypeId": late["id"], "changes": {"startTime": "15:00"}})
    editor.ack("CALENDAR_UPDATE", {"date": "2025-08-13", "kind": "closed"})
    assert viewer.settled() == old.settled() == []
    for client in (viewer, old):
        staff = asked(client, "SYNC_REQUEST", "SYNC_RESPONSE", {"period": 0})["staff"]
        assert [each["name"] for each in staff] == ["田中", "佐藤", "鈴木"]
    told = editor.ack("SCHEDULE_PUBLISH", schedule)["result"]
    assert [(each["name"], each["change"]) for each in told["changes"]["people"]] == [
        ("田中 花子", "changed"),
        ("鈴木", "removed"),
    ]
    assert viewer.expect("SCHEDULE_PUBLISH")["payload"]["changes"] == told["changes"]
    grid = old.expect("SHIFT_SYNC_RESPONSE")["payload"]
    assert set(grid["scheduleData"]) == set(world.staff_ids[:2]), "dense, and without whoever has left"
    assert [each["name"] for each in old.expect("SYNC_RESPONSE")["payload"]["staff"]] == ["田中 花子", "佐藤"]


def test_unpublished_month__viewers_of_both_protocols__get_its_state_and_nothing_else(
    connect: Connect, world: World
) -> None:
    connect().ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    for v2 in (True, False):
        viewer = connect(Role.VIEWER, v2=v2)
        month = asked(viewer, "SHIFT_SYNC_REQUEST", "SHIFT_SYNC_RESPONSE", {"scheduleId": world.schedule_id})
        assert (month["state"], month["scheduleData"], "publication" in month) == ("draft", {}, False)
        assert asked(viewer, "SYNC_REQUEST", "SYNC_RESPONSE", {"period": 0})["staff"] == []
        assert asked(viewer, "SYNC_ALL_PERIODS_REQUEST", "SYNC_ALL_PERIODS_RESPONSE")["periods"] == {"0": []}


def test_publication__taken_back_by_mistake__is_shown_again_by_one_request(connect: Connect, world: World) -> None:
    editor, viewer, schedule = connect(), connect(Role.VIEWER), {"scheduleId": world.schedule_id}
    editor.ack("SHIFT_UPDATE", world.edit(0, "08-01", "△"))
    first = editor.ack("SCHEDULE_PUBLISH", schedule)["result"]
    editor.ack("SCHEDULE_UNPUBLISH", schedule)
    editor.ack("SHIFT_UPDATE", world.edit(0, "08-01", "×"))
    again = editor.ack("SCHEDULE_RESTORE_PUBLICATION", schedule)["result"]
    assert (again["publication"], again["publishedAt"]) == (1, first["publishedAt"])
    assert asked(viewer, "PUBLICATION_REQUEST", "PUBLICATION", schedule)["scheduleData"] == world.grid(
        {0: {"08-01": "△"}}
    )
    assert viewer.request("SCHEDULE_RESTORE_PUBLICATION", schedule)["payload"]["code"] == "forbidden"
