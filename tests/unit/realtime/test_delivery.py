"""From changes to frames: who hears what, and in which frame."""

import json
from typing import Any

import pytest

from shiftsync.realtime.hub.delivery import FRAME_CHARACTERS, Audience, Delivery, ReadState, Told
from shiftsync.realtime.protocol.wire import Protocol
from tests.support.changes import AUTHOR, OTHER_SCHEDULE, SCHEDULE, cell_change, logged_change

ALL = frozenset({"staff", "calendar", "shifts"})
EDITOR = Audience(Protocol.V2, False, ALL)
VIEWER = Audience(Protocol.V2, True, ALL)
OLD_EDITOR = Audience(Protocol.V1, False, ALL)
OLD_SETTINGS = Audience(Protocol.V1, False, frozenset({"settings"}))
NOBODY = (None, None)


def frames(delivery: Delivery, audience: Audience = EDITOR) -> list[dict[str, Any]]:
    return [json.loads(frame.text) for frame in delivery.frames_for(audience, NOBODY)]


def versions(delivery: Delivery, audience: Audience = EDITOR) -> list[int]:
    found: list[int] = []
    for frame in frames(delivery, audience):
        found += [
            message["version"] for message in (frame["payload"]["messages"] if frame["type"] == "BATCH" else [frame])
        ]
    return found


def test_frames_for__one_change__is_no_batch() -> None:
    (frame,) = frames(Delivery([cell_change(7)]))
    assert (frame["type"], frame["version"], frame["clientId"]) == ("SHIFT_BROADCAST", 7, "author")


def test_frames_for__what_one_commit_changed__is_one_batch_for_v2_and_a_message_each_for_v1() -> None:
    delivery = Delivery([cell_change(version) for version in range(7, 12)])
    (frame,) = frames(delivery)
    assert (frame["type"], frame["version"]) == ("BATCH", 11)
    assert versions(delivery) == [7, 8, 9, 10, 11]
    assert [message["type"] for message in frames(delivery, OLD_EDITOR)] == ["SHIFT_BROADCAST"] * 5


def test_frames_for__long_replay__comes_in_frames_of_moderate_size() -> None:
    changes = [
        logged_change(version, "shifts", "SHIFT_BULK_BROADCAST", SCHEDULE, {"changes": ["x" * 100_000]})
        for version in range(1, 11)
    ]
    delivery = Delivery(changes)
    assert versions(delivery) == list(range(1, 11))
    sizes = [frame.size for frame in delivery.frames_for(EDITOR, NOBODY)]
    assert len(sizes) == 5
    assert max(sizes) < FRAME_CHARACTERS + 1000


@pytest.mark.parametrize(
    ("audience", "heard"),
    [
        (EDITOR, [1, 2, 3]),
        (VIEWER, []),  # what is not published is for editors
        (Audience(Protocol.V2, False, frozenset({"shifts"})), [1, 2]),
        (Audience(Protocol.V2, False, frozenset({"staff"})), [3]),
        (Audience(Protocol.V2, False, ALL, frozenset({OTHER_SCHEDULE})), [2, 3]),
        (Audience(Protocol.V2, False, ALL, frozenset()), [3]),
        (Audience(Protocol.V2, False, frozenset()), []),
    ],
)
def test_frames_for__audience__hears_what_is_for_it(audience: Audience, heard: list[int]) -> None:
    changes = [
        cell_change(1),
        cell_change(2, schedule_id=OTHER_SCHEDULE),
        logged_change(3, "staff", "STAFF_DELETE", "", {}),
    ]
    assert versions(Delivery(changes), audience) == heard


def test_frames_for__what_is_for_editors__tells_each_person_their_part_and_all_others_nothing() -> None:
    wishes = [{"id": "1", "staffId": "a"}, {"id": "2", "staffId": "b"}]
    delivery = Delivery(
        [
            logged_change(1, "shifts", "WISH_CREATE", SCHEDULE, {"staffId": "a"}),
            logged_change(2, "shifts", "WISH_ANSWER", SCHEDULE, {"wishes": wishes}),
            logged_change(3, "shifts", "WISH_TERMS_UPDATE", SCHEDULE, {"limit": 3}),
            cell_change(4),
        ]
    )

    def heard_by(person: str | None, audience: Audience = VIEWER) -> list[dict[str, Any]]:
        told = [json.loads(frame.text) for frame in delivery.frames_for(audience, NOBODY, person)]
        return [message for frame in told for message in frame["payload"].get("messages", [frame])]

    assert [message["version"] for message in heard_by("a")] == [1, 2, 3]
    assert heard_by("a")[1]["payload"]["wishes"] == wishes[:1]
    assert heard_by("b")[0]["payload"]["wishes"] == wishes[1:]
    assert [message["type"] for message in heard_by("c")] == ["WISH_TERMS_UPDATE"]
    assert heard_by(None) == []
    assert heard_by("a", Audience(Protocol.V1, True, ALL)) == []
    assert heard_by("a", Audience(Protocol.V2, True, ALL, frozenset({OTHER_SCHEDULE}))) == []
    assert heard_by("a", EDITOR) == heard_by(None, EDITOR)


def test_frames_for__nothing_of_anybodys_own__is_shared_by_all_viewers() -> None:
    delivery = Delivery([logged_change(1, "shifts", "SCHEDULE_PUBLISH", SCHEDULE, {})])
    assert delivery.frames_for(VIEWER, NOBODY, "a") is delivery.frames_for(VIEWER, NOBODY, "b")


def test_frames_for__who_sees_one_person__what_is_about_that_one() -> None:
    diff = [{"staffId": each, "dateKey": "2025-08-01", "previousValue": "", "shiftValue": "○"} for each in "ab"]
    state = ReadState(1, {"scheduleData": {}})
    delivery = Delivery(
        [logged_change(1, "shifts", "SCHEDULE_PUBLISH", SCHEDULE, {"diff": diff, "periodIndex": 0})],
        {("schedule", SCHEDULE, True, "a"): state, ("published staff", SCHEDULE, "a"): state},
    )
    for protocol in Protocol:
        (first, *_) = frames(delivery, Audience(protocol, True, ALL, only="a"))
        assert first["payload"]["diff"] == diff[:1]
    (nobodys,) = frames(delivery, Audience(Protocol.V2, True, ALL, only=""))
    assert nobodys["payload"]["diff"] == []
    assert frames(delivery)[0]["payload"]["diff"] == diff


def test_frames_for__internal_topic__is_told_to_nobody() -> None:
    delivery = Delivery([logged_change(1, "access", "ACCESS_REVOKED", "", {"userId": "x"})])
    assert frames(delivery) == frames(delivery, OLD_EDITOR) == []
    assert delivery.version == 1


def test_frames_for__equal_audiences__get_the_very_same_frames() -> None:
    delivery = Delivery([cell_change(1)])
    first = delivery.frames_for(EDITOR, NOBODY)
    again = delivery.frames_for(Audience(Protocol.V2, False, frozenset(ALL)), (AUTHOR, "author"))
    assert first is again


@pytest.mark.parametrize(
    ("at", "before", "after"), [(0, [], [4, 5, 6]), (4, [4], [5, 6]), (6, [4, 5, 6], []), (9, [4, 5, 6], [])]
)
def test_split__at_a_version__loses_nothing(at: int, before: list[int], after: list[int]) -> None:
    first, second = Delivery([cell_change(version) for version in (4, 5, 6)]).split(at)
    assert [change.version for change in first.changes] == before if first else before == []
    assert [change.version for change in second.changes] == after if second else after == []


# --- whose the settings of version 1 are ---

EDIT = "SETTINGS_UPDATE_DAILY_LIMITS"
SETTLED = frozenset[str]()
OVERTAKEN = frozenset({"SETTINGS_SYNC_RESPONSE"})


def settings_of(told: Told) -> list[str | None]:
    """The ``clientId`` of each whole state of the settings that was told."""
    messages = [json.loads(frame.text) for frame in told.frames]
    return [message["clientId"] for message in messages if message["type"] == "SETTINGS_SYNC_RESPONSE"]


@pytest.mark.parametrize(
    ("before", "changes", "whose", "after"),
    [
        (SETTLED, ["own"], ["author"], SETTLED),
        (SETTLED, ["other"], ["other"], OVERTAKEN),
        (SETTLED, ["other", "own", "own"], ["other", None, "author"], SETTLED),
        (SETTLED, ["own", "other", "other", "own"], ["author", "other", "other", None], SETTLED),
        (OVERTAKEN, ["own", "other"], [None, "other"], OVERTAKEN),
        (OVERTAKEN, ["own"], [None], SETTLED),
        (SETTLED, ["nobody", "own"], [None, None], SETTLED),  # an edit over REST is somebody else's, too
    ],
)
def test_told_to__own_change_after_anothers__is_nobodys(
    before: frozenset[str], changes: list[str], whose: list[str | None], after: frozenset[str]
) -> None:
    authors = {"own": "author", "other": "other", "nobody": None}
    logged = [
        logged_change(version, "settings", EDIT, "row", {}, client_id=authors[name])
        for version, name in enumerate(changes, 1)
    ]
    delivery = Delivery(logged, {("settings", False): ReadState(len(changes), {})})
    told = delivery.told_to(OLD_SETTINGS, (AUTHOR, "author"), before)
    assert settings_of(told) == whose
    assert told.overtaken == after


def test_told_to__who_only_listens__shares_its_frames_whatever_came_before() -> None:
    delivery = Delivery([logged_change(1, "settings", EDIT, "row", {})], {("settings", False): ReadState(1, {})})
    first = delivery.told_to(OLD_SETTINGS, NOBODY, SETTLED)
    again = delivery.told_to(OLD_SETTINGS, NOBODY, frozenset({"OTHER"}))
    assert first.frames is again.frames
    assert again.overtaken == OVERTAKEN | {"OTHER"}


def test_frames_for__states_that_come_last__come_once_for_all_that_is_delivered_together() -> None:
    keeps_all = Audience(Protocol.V1, False, ALL, traits=frozenset({"staff.all_periods"}))
    changes = [logged_change(version, "staff", "STAFF_CREATE", "", {"name": str(version)}) for version in (7, 8, 9)]
    state = ReadState(9, {"periods": {}})
    delivery = Delivery(changes, {("staff of all periods", False, None): state})
    assert [frame["type"] for frame in frames(delivery, keeps_all)] == ["STAFF_CREATE"] * 3 + [
        "SYNC_ALL_PERIODS_RESPONSE"
    ]
    assert [frame["type"] for frame in frames(delivery, OLD_EDITOR)] == ["STAFF_CREATE"] * 3
    after = delivery.split(8)[1]
    assert after is not None
    assert [frame["type"] for frame in frames(after, keeps_all)] == ["STAFF_CREATE", "SYNC_ALL_PERIODS_RESPONSE"]
