"""Notices on the socket: asked for, and told to their user alone."""

from schedules.services.publishing import SchedulePublish, schedule_publish
from shiftsync.core.actor import Role
from shiftsync.notices.services import notices_read
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.conftest import Connect
from tests.integration.notices.conftest import people
from tests.support.world import World

__all__ = ["people"]


def publish(world: World) -> None:
    schedule_publish(ChangeRequest(world.system, SchedulePublish(world.schedule_id)))


def test_notices__told_live_to_their_user_alone(connect: Connect, people: World) -> None:
    mine, nobody = connect(Role.STAFF), connect(Role.OWNER)
    publish(people)
    news = mine.expect("NOTICE_NEWS")["payload"]
    assert news["unread"] == 1
    assert news["latest"]["kind"] == "schedule_published"
    mine.send("NOTICES_REQUEST", {})
    listed = mine.expect("NOTICES")["payload"]
    assert [each["id"] for each in listed["notices"]] == [news["latest"]["id"]]
    nobody.send("NOTICES_REQUEST", {})
    assert nobody.expect("NOTICES")["payload"] == {"notices": [], "unread": 0}
    assert "NOTICE_NEWS" not in [message["type"] for message in nobody.settled()]


def test_notices__read_elsewhere__every_page_of_the_user_learns_of_it(connect: Connect, people: World) -> None:
    one, two = connect(Role.STAFF), connect(Role.STAFF)
    publish(people)
    for page in (one, two):
        assert page.expect("NOTICE_NEWS")["payload"]["unread"] == 1
    notices_read(people.actor(Role.STAFF))
    for page in (one, two):
        assert page.expect("NOTICE_NEWS")["payload"]["unread"] == 0


def test_notices__version_1__never_hears_of_them(connect: Connect, people: World) -> None:
    old, new = connect(Role.STAFF, v2=False), connect(Role.STAFF)
    publish(people)
    new.expect("NOTICE_NEWS")
    assert "NOTICE_NEWS" not in [message["type"] for message in old.settled()]
