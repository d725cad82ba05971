"""Publishing, taking back, showing again, and who has seen what."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from schedules.models import Publication
from schedules.services.cells import CellEdit, cell_edit
from schedules.services.publishing import (
    SchedulePublicationRestore,
    ScheduleUnpublish,
    schedule_restore_publication,
    schedule_unpublish,
)
from shiftsync.core.actor import Role
from shiftsync.core.errors import NotFound
from shiftsync.realtime.stream.requests import ChangeRequest
from staff.services import StaffDelete, StaffUpdate, staff_delete, staff_update
from tests.integration.publications.conftest import Outputs, publish, unlike
from tests.integration.rest.conftest import AsRole, Rest
from tests.support.world import World


def withdraw(world: World) -> None:
    schedule_unpublish(ChangeRequest(world.system, ScheduleUnpublish(world.schedule_id)))


def restore(world: World, number: int | None = None) -> object:
    intent = SchedulePublicationRestore(world.schedule_id, number)
    return schedule_restore_publication(ChangeRequest(world.actor(Role.MANAGER), intent)).result["publication"]


def test_unpublished_month__viewer__is_told_so_and_gets_nothing(world: World, viewer: Rest, manager: Rest) -> None:
    cell_edit(ChangeRequest(world.system, CellEdit(world.schedule_id, world.staff_ids[0], "2025-08-01", "×")))
    path = f"schedules/{world.schedule_id}"
    cells = viewer.get(f"{path}/cells/")
    assert (cells["state"], cells["scheduleData"], "publication" in cells) == ("draft", {}, False)
    assert viewer.get("staff/?period=0") == viewer.get("calendar/")["days"] == viewer.get("shift-types/") == []
    for name, status in (("export.csv", 404), ("export.xlsx", 404), ("publication/", 404), ("statistics/", 403)):
        error = viewer.refused("get", f"{path}/{name}", status=status)
        assert error["message"] == "This month has not been published yet."
    assert len(manager.get("staff/?period=0")) == 3, "who plans it sees it"
    assert manager.get(f"{path}/statistics/")["people"]
    manager.refused("get", f"{path}/statistics/?published=true", status=404)


def test_publication__taken_back_and_shown_again__is_the_very_same(
    published: World, outputs: Callable[[], Outputs], viewer: Rest
) -> None:
    before = outputs()
    staff_delete(ChangeRequest(published.system, StaffDelete(published.staff_ids[2])))
    withdraw(published)
    viewer.refused("get", f"schedules/{published.schedule_id}/export.csv", status=404)
    assert restore(published) == 1
    assert unlike(before, outputs()) == []
    version = published.position.version
    assert restore(published) == restore(published, 1) == 1
    assert published.position.version == version, "it is shown already"


def test_publication__an_older_one_is_shown_again__becomes_a_new_one_with_the_same_document(published: World) -> None:
    rename = StaffUpdate(published.staff_ids[0], {"name": "田中 花子"})
    staff_update(ChangeRequest(published.system, rename))
    publish(published)
    assert restore(published, 1) == 3, "calendars follow numbers that grow only"
    first, second, third = Publication.objects.order_by("number")
    assert first.document == third.document != second.document
    assert third.published_by_id == published.users[Role.MANAGER].id


def test_publication__none_or_another_number__is_not_found(world: World) -> None:
    for number in (None, 7):
        with pytest.raises(NotFound):
            restore(world, number)


def test_publications__listed__who_when_and_who_has_seen_them(published: World, viewer: Rest, manager: Rest) -> None:
    path = f"schedules/{published.schedule_id}"
    manager.get(f"{path}/publication/")
    assert manager.get(f"{path}/publication-preview/")["seenBy"] == [], "what editors read says nothing"
    viewer.get(f"{path}/cells/")
    viewer.response("get", f"{path}/export.csv")
    staff_update(ChangeRequest(published.system, StaffUpdate(published.staff_ids[0], {"name": "田中 花子"})))
    publish(published, published.actor(Role.OWNER))
    second, first = manager.get(f"{path}/publications/")["publications"]
    (seen,) = first["seenBy"]
    name = published.users[Role.VIEWER].display_name
    assert (seen["name"], seen["isFeed"], second["seenBy"]) == (name, False, [])
    assert [each["isShown"] for each in (second, first)] == [True, False]
    assert [each["publishedBy"] for each in (second, first)] == [published.users[Role.OWNER].display_name, None]
    for name in ("publications", "publication-preview"):
        viewer.refused("get", f"{path}/{name}/", status=403)


def test_feed__fetched__is_seen_by_its_person(feeds: dict[str, str], published: World, manager: Rest) -> None:
    for _ in range(2):
        Client().get(feeds[published.staff_ids[0]])
    (seen,) = manager.get(f"schedules/{published.schedule_id}/publication-preview/")["seenBy"]
    assert (seen["name"], seen["isFeed"]) == ("田中", True)


def test_preview__facts_have_changed__says_which_for_people_to_read(published: World, manager: Rest) -> None:
    staff_update(ChangeRequest(published.system, StaffUpdate(published.staff_ids[0], {"name": "田中 花子"})))
    cell_edit(
        ChangeRequest(published.system, CellEdit(published.schedule_id, published.staff_ids[1], "2025-08-01", ""))
    )
    preview = manager.get(f"schedules/{published.schedule_id}/publication-preview/")
    assert [(each["dateKey"], each["previousValue"]) for each in preview["diff"]] == [("2025-08-01", "×")]
    (person,) = preview["changes"]["people"]
    assert (person["name"], person["change"]) == ("田中 花子", "changed")
    assert person["fields"] == [{"field": "name", "before": "田中", "after": "田中 花子", "dateKeys": []}]


def test_preview__terms_and_employment_outside_the_month__are_no_news(published: World, manager: Rest) -> None:
    path = f"schedules/{published.schedule_id}/publication-preview/"
    became = StaffUpdate(published.staff_ids[0], {"type": "パート", "status": "パート"})
    staff_update(ChangeRequest(published.system, became))
    staff_delete(ChangeRequest(published.system, StaffDelete(published.staff_ids[1])))
    later = StaffUpdate(published.staff_ids[2], {"allowed_shift_types": ["△"]}, valid_from=date(2025, 9, 1))
    staff_update(ChangeRequest(published.system, later))
    earlier = StaffUpdate(published.staff_ids[2], {"start_period": {"year": 2020, "month": 4, "day": 1}})
    staff_update(ChangeRequest(published.system, earlier))
    assert manager.get(path)["changes"]["people"] == []
    name = StaffUpdate(published.staff_ids[0], {"name": "田中 花子"})
    staff_update(ChangeRequest(published.system, name))
    publish(published)
    people = manager.get(f"schedules/{published.schedule_id}/publication/")["people"]
    assert (people[0]["name"], people[0]["status"], "terms" in people[0]) == ("田中 花子", "社員", False), (
        "the terms of then"
    )


def test_preview__other_terms_within_the_month__says_on_which_days(published: World, manager: Rest) -> None:
    became = StaffUpdate(published.staff_ids[0], {"status": "パート"}, valid_from=date(2025, 8, 19))
    staff_update(ChangeRequest(published.system, became))
    leaves = StaffUpdate(published.staff_ids[1], {"end_period": {"year": 2025, "month": 8, "day": 18}})
    staff_update(ChangeRequest(published.system, leaves))
    first, second = manager.get(f"schedules/{published.schedule_id}/publication-preview/")["changes"]["people"]
    days = ["2025-08-19", "2025-08-20"]
    assert first["fields"] == [{"field": "status", "before": "社員", "after": "パート", "dateKeys": days}]
    assert [(each["field"], each["after"]) for each in second["fields"]] == [
        ("endPeriod", {"year": 2025, "month": 8, "day": 18}),
        ("blankMeans", "absent"),
    ]
    publish(published)
    assert manager.get(f"schedules/{published.schedule_id}/publication-preview/")["changes"]["people"] == []
    person = manager.get(f"schedules/{published.schedule_id}/publication/")["people"][0]
    assert (person["status"], [each["status"] for each in person["terms"]]) == ("社員", ["社員", "パート"])


def test_publications__another_restaurant__does_not_exist(
    published: World, other_world: World, as_role: AsRole
) -> None:
    stranger = as_role(Role.OWNER, other_world)
    for name in ("publication", "publication-preview", "publications"):
        stranger.refused("get", f"schedules/{published.schedule_id}/{name}/", status=404)
    stranger.refused("post", f"schedules/{published.schedule_id}/restore-publication/", {}, status=404)
