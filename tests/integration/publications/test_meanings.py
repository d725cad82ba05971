"""What a published month says of text, holidays and groups is what was said when it was published."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.test import Client as DjangoClient

from schedules.models import Publication, Schedule
from schedules.services.cells import CellEdit, cell_edit
from settings_app.services.rows import RowWrite, row_save
from shiftsync.core.clock import local_today
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.models import TextMeaning
from shiftsync.tenants.services import restaurant_update
from tests.integration.publications.conftest import publish
from tests.integration.rest.conftest import Rest
from tests.support.world import World


@pytest.mark.parametrize(("meaning", "is_work", "days_off"), [("nothing", 0, 0), ("work", 1, 0), ("off", 0, 1)])
def test_text__published__counts_as_the_restaurant_said_then(
    world: World, published: World, manager: Rest, viewer: Rest, meaning: str, is_work: int, days_off: int
) -> None:
    path = f"schedules/{world.schedule_id}"
    mine = world.staff_ids[0]
    feed = urlsplit(manager.post(f"staff/{mine}/feed/", status=201)["url"]).path

    def told() -> tuple[int, float, int]:
        people = viewer.get(f"{path}/statistics/")["people"]
        row = next(each for each in people if each["staffId"] == mine)
        return row["working"], row["daysOff"], DjangoClient().get(feed).content.count(b"BEGIN:VEVENT")

    working, off, events = told()
    restaurant_update(world.system, text_counts_as=TextMeaning(meaning))
    cell_edit(ChangeRequest(world.system, CellEdit(world.schedule_id, mine, "2025-08-04", "本店")))
    publish(world)
    expected = (working - 1 + is_work, off + days_off, events - 1 + is_work)
    assert told() == expected
    assert viewer.get(f"{path}/publication/")["textCountsAs"] == meaning
    for another in TextMeaning.values:
        restaurant_update(world.system, text_counts_as=TextMeaning(another))
        assert told() == expected, "what is published is kept"
    heading = manager.get(f"{path}/publication-preview/")["changes"]["heading"]
    assert [(each["field"], each["before"], each["after"]) for each in heading] == (
        [("textCountsAs", meaning, "off")] if meaning != "off" else []
    )


def test_document__of_the_first_form__means_what_it_meant(
    world: World, published: World, manager: Rest, viewer: Rest
) -> None:
    """Text was work then, and nothing was said of holidays and groups."""
    mine = world.staff_ids[0]
    path = f"schedules/{world.schedule_id}"
    before = {each["staffId"]: each for each in viewer.get(f"{path}/statistics/")["people"]}[mine]["working"]
    cell_edit(ChangeRequest(world.system, CellEdit(world.schedule_id, mine, "2025-08-04", "本店")))
    publish(world)
    shown = Schedule.objects.get(id=world.schedule_id).publication
    assert shown is not None
    old = {name: part for name, part in shown.document.items() if name not in ("textCountsAs", "holidays", "groups")}
    Publication.objects.filter(id=shown.id).update(document={**old, "format": 1})
    told = {each["staffId"]: each for each in viewer.get(f"{path}/statistics/")["people"]}[mine]
    assert told["working"] == before, "a day with text was a working day"
    whole = viewer.get(f"{path}/publication/")
    assert whole["textCountsAs"] == "work"
    assert not {"holidays", "groups"} & whole.keys()
    feed = urlsplit(manager.post(f"staff/{mine}/feed/", status=201)["url"]).path
    assert "本店" in DjangoClient().get(feed).content.decode()
    changes = manager.get(f"{path}/publication-preview/")["changes"]
    assert [each["field"] for each in changes["heading"]] == ["textCountsAs"]
    assert (changes["groups"], changes["days"]) == ([], [])


def test_groups_and_holidays__published__stay_with_the_month(world: World, published: World, viewer: Rest) -> None:
    def write(name: str, members: list[str], id: str | None = None) -> str:
        own = id or str(uuid4())
        row = {"id": own, "name": name, "groupConfig": {"members": members}}
        row_save(ChangeRequest(world.system, RowWrite("staff_groups", row, row_id=own)))
        return own

    path = f"schedules/{world.schedule_id}"
    grill = write("焼き場", world.staff_ids[:2])
    assert viewer.get(f"{path}/publication/")["groups"] == []
    publish(world)
    kept = viewer.get(f"{path}/publication/")
    assert [(each["name"], each["members"]) for each in kept["groups"]] == [("焼き場", world.staff_ids[:2])]
    assert "2025-08-11" in [each["date"] for each in kept["holidays"]]
    write("炭火", world.staff_ids[1:], grill)
    restaurant_update(world.system, country="DE")
    assert viewer.get(f"{path}/publication/") == kept
    again = publish(world)["changes"]
    assert [(each["field"]) for each in again["groups"][0]["fields"]] == ["name", "members"]
    assert {each["change"] for each in again["days"]} == {"removed"}
    fresh = viewer.get(f"{path}/publication/")
    assert ([each["name"] for each in fresh["groups"]], fresh["holidays"]) == (["炭火"], [])


def test_finished_month__kind_and_text_change_later__says_the_same_to_editors(
    world: World, published: World, manager: Rest, viewer: Rest
) -> None:
    path = f"schedules/{world.schedule_id}"
    cell_edit(ChangeRequest(world.system, CellEdit(world.schedule_id, world.staff_ids[0], "2025-08-04", "本店")))
    publish(world)

    def told() -> list[object]:
        wanted = ("working", "early", "late", "daysOff")
        planned, shown = (
            [[row[name] for name in wanted] for row in reader.get(f"{path}/statistics/")["people"]]
            for reader in (manager, viewer)
        )
        return [planned, shown]

    before = told()
    assert before[0] == before[1]
    early = next(each for each in manager.get("shift-types/") if each["kind"] == "early")
    manager.patch(f"shift-types/{early['id']}/", {"kind": "late", "labelJa": "中番", "symbol": "中"})
    off = next(each for each in manager.get("shift-types/") if each["kind"] == "special")
    manager.patch(f"shift-types/{off['id']}/", {"offEquivalent": 0.5})
    restaurant_update(world.system, text_counts_as=TextMeaning.WORK)
    assert told() == before
    cell_edit(ChangeRequest(world.system, CellEdit(world.schedule_id, world.staff_ids[1], "2025-08-01", "○")))
    assert told()[0] != before[0], "what is edited in the plan is told to who plans"
    assert told()[1] == before[1]
    publish(world)
    after = told()
    assert after[0] == after[1] != before[1], "published again, the other kind holds"


def test_month_that_goes_on__kind_changes__is_followed_by_the_plan(world: World, manager: Rest) -> None:
    """A correction of what was typed wrongly."""
    today = local_today(world.restaurant.timezone)
    manager.post("periods/", {"startDate": str(today - timedelta(days=3)), "endDate": str(today)}, status=201)
    path = f"schedules/{manager.get(f'schedules/?from={today}&to={today}')[0]['id']}"
    manager.put(f"{path}/cells/{world.staff_ids[0]}/{today}/", {"shiftValue": "△"})
    manager.post(f"{path}/publish/", {})
    early = next(each for each in manager.get("shift-types/") if each["kind"] == "early")
    manager.patch(f"shift-types/{early['id']}/", {"kind": "late"})
    person = manager.get(f"{path}/statistics/")["people"][0]
    assert (person["early"], person["late"]) == (0, 1)
