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


def test_publish__a_draft_that_others_changed_since_it_was_looked_at__says_so(connect: Connect, world: World) -> None:
    author, other, schedule = connect(), connect(Role.OWNER), {"scheduleId": world.schedule_id}
    other.ack("SHIFT_UPDATE", world.edit(1, "08-02", "◇"))
    seen = asked(author, "PUBLICATION_PREVIEW_REQUEST", "PUBLICATION_PREVIEW", schedule)["version"]
    assert seen == world.position.version
    author.ack("SHIFT_UPDATE", world.edit(2, "08-03", "×"))
    other.ack("SHIFT_UPDATE", world.edit(0, "08-01", "△"))
    other.ack("SHIFT_UPDATE", world.edit(1, "08-02", "○"))
    other.ack("SHIFT_UPDATE", world.edit(1, "08-02", "◇"))
    other.ack("STAFF_UPDATE", {"staffId": world.staff_ids[1], "changes": {"name": "佐藤 花"}})
    based = {**schedule, "baseVersion": seen}
    refused = author.request("SCHEDULE_PUBLISH", {**based, "strategy": "first_writer_wins"})["payload"]
    assert refused["code"] == "conflict"
    conflict = author.request("SCHEDULE_PUBLISH", {**based, "strategy": "user_choice"})
    assert conflict["type"] == "CONFLICT"
    cell, fact = conflict["payload"]["items"]
    assert (cell["entity"], cell["entityId"]) == ("shift", f"{world.schedule_id}/{world.staff_ids[0]}/2025-08-01")
    assert (cell["base"], cell["yours"], cell["theirs"]) == ("", "", "△")
    assert cell["theirAuthor"] == fact["theirAuthor"] == world.users[Role.OWNER].display_name
    assert (fact["entity"], fact["entityId"]) == ("staff", world.staff_ids[1])
    again = {**schedule, "baseVersion": conflict["payload"]["currentVersion"], "strategy": "user_choice"}
    assert author.ack("SCHEDULE_PUBLISH", again)["result"]["publication"] == 1


def test_publish__by_the_later_writer__is_published_as_it_is(connect: Connect, world: World) -> None:
    author, other, schedule = connect(), connect(Role.OWNER), {"scheduleId": world.schedule_id}
    seen = world.position.version
    other.ack("SHIFT_UPDATE", world.edit(0, "08-01", "△"))
    told = author.ack("SCHEDULE_PUBLISH", {**schedule, "baseVersion": seen})["result"]
    assert [each["shiftValue"] for each in told["diff"]] == ["△"]


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
    people = [(each["name"], each["change"]) for each in told["changes"]["people"]]
    assert people == [("田中 花子", "changed")], "the last one was there until today, which is no news of this month"
    assert viewer.expect("SCHEDULE_PUBLISH")["payload"]["changes"] == told["changes"]
    grid = old.expect("SHIFT_SYNC_RESPONSE")["payload"]
    assert set(grid["scheduleData"]) == set(world.staff_ids), "dense, with whoever has left since"
    assert [each["name"] for each in old.expect("SYNC_RESPONSE")["payload"]["staff"]] == ["田中 花子", "佐藤", "鈴木"]


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
