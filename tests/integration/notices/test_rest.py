"""Notices by REST: one's own, read and unread, and by which channels one is told."""

from dataclasses import replace

from pytest_django import Settings

from shiftsync.config import Email
from shiftsync.core.actor import Role
from shiftsync.core.fence import within
from shiftsync.notices.models import NoticeSettings
from shiftsync.tenants.models import User
from tests.integration.notices.conftest import TANAKA, edit, publish
from tests.integration.rest.conftest import AsRole, as_role, document, other_world
from tests.support.world import World

__all__ = ["as_role", "document", "other_world"]


def test_notices__listed_and_read__ones_own_alone(people: World, as_role: AsRole) -> None:
    publish(people)
    edit(people, {TANAKA: {"08-01": "×"}})
    publish(people)
    mine, other = as_role(Role.STAFF), as_role(Role.VIEWER)
    listed = mine.get("me/notices/")
    assert [each["kind"] for each in listed["notices"]] == ["schedule_changed", "schedule_published"]
    assert listed["unread"] == 2
    changed, published = listed["notices"]
    assert changed["title"]["en"].startswith("1 of your days")
    assert changed["text"]["ja"].startswith("8月1日(金)")
    assert (published["place"], published["readAt"]) == ("#/mine", None)
    assert other.post("me/notices/read/", {"ids": [changed["id"]]})["unread"] == 1, "what is not theirs is not read"
    after = mine.post("me/notices/read/", {"ids": [published["id"]]})
    assert (after["unread"], after["notices"][0]["readAt"]) == (1, None)
    assert after["notices"][1]["readAt"] is not None
    assert mine.post("me/notices/read/", {})["unread"] == 0
    assert as_role(Role.OWNER).get("me/notices/") == {"notices": [], "unread": 0}


def test_settings__a_kind_switched_off_in_the_page__is_not_listed_there(people: World, as_role: AsRole) -> None:
    publish(people)
    mine = as_role(Role.STAFF)
    assert all(each["page"] and each["mail"] for each in mine.get("me/notices/settings/")["kinds"])
    switched = mine.patch(
        "me/notices/settings/", {"kinds": [{"kind": "schedule_published", "page": False}], "language": "ja"}
    )
    by_kind = {each["kind"]: each for each in switched["kinds"]}
    assert (by_kind["schedule_published"]["page"], by_kind["schedule_published"]["mail"]) == (False, True)
    assert (by_kind["wish_answered"]["page"], switched["language"]) == (True, "ja")
    assert by_kind["wish_answered"]["name"]["ja"] == "希望休への回答"
    assert mine.get("me/notices/") == {"notices": [], "unread": 0}
    assert as_role(Role.VIEWER).get("me/notices/")["unread"] == 1
    mine.patch("me/notices/settings/", {"kinds": [{"kind": "schedule_published", "page": True}]})
    assert mine.get("me/notices/")["unread"] == 1
    with within(people.id):
        assert NoticeSettings.history.filter(history_user=people.users[Role.STAFF]).count() == 2


def test_settings__where_mail_goes__is_said_where_the_server_sends_some(
    people: World, as_role: AsRole, settings: Settings
) -> None:
    User.objects.filter(id=people.users[Role.STAFF].id).update(email="tanaka@example.com")
    assert as_role(Role.STAFF).get("me/notices/settings/")["mailAddress"] is None
    settings.CONFIG = replace(settings.CONFIG, email=Email("127.0.0.1", 25, "smtp", "shifts@example.com"))
    told = {role: as_role(role).get("me/notices/settings/")["mailAddress"] for role in (Role.STAFF, Role.VIEWER)}
    assert told == {Role.STAFF: "tanaka@example.com", Role.VIEWER: None}


def test_settings__of_a_kind_that_there_is_none_of__refused_at_its_field(people: World, as_role: AsRole) -> None:
    wrong = {"kinds": [{"kind": "weather", "page": False}]}
    error = as_role(Role.STAFF).refused("patch", "me/notices/settings/", wrong, status=400)
    assert error["details"] == {"kinds": ["There is no kind of notice weather."]}


def test_notices__of_another_restaurant__are_not_listed_here(
    people: World, other_world: World, as_role: AsRole
) -> None:
    publish(people)
    assert as_role(Role.STAFF, other_world).get("me/notices/") == {"notices": [], "unread": 0}
