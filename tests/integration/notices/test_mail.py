"""Notices by mail, into a real mail server: once, whatever ends; nothing to who does not want it, nor to who has read it already."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from pytest_django import Settings

from shiftsync.config import Email
from shiftsync.core.actor import Role
from shiftsync.core.clock import now
from shiftsync.core.fence import within
from shiftsync.notices.models import Notice, NoticeDelivery
from shiftsync.notices.sending.courier import Courier
from shiftsync.notices.services import notice_settings_change, notices_read
from shiftsync.tenants.models import Restaurant, User
from tests.integration.notices.conftest import SATO, TANAKA, edit, publish
from tests.support.mailbox import Mailbox
from tests.support.receiver import PATIENCE
from tests.support.waiting import wait_until
from tests.support.worker import WorkerProcess
from tests.support.world import World


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox().open()
    yield box
    box.close()


@pytest.fixture
def addressed(people: World) -> World:
    """田中 has an address for mail, 佐藤 has none."""
    User.objects.filter(id=people.users[Role.STAFF].id).update(email="tanaka@example.com")
    return people


@pytest.fixture
def courier(addressed: World, mailbox: Mailbox, settings: Settings) -> Iterator[Courier]:
    """What a worker runs beside its tasks, with the mail server of the test."""
    email = Email("127.0.0.1", mailbox.port, "smtp", "shifts@example.com")
    settings.CONFIG = replace(settings.CONFIG, email=email)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = email.host, email.port
    running = Courier().start()
    yield running
    running.stop()


@pytest.fixture
def environment(database_url: str, mailbox: Mailbox) -> dict[str, str]:
    return {"DATABASE_URL": database_url, "SHIFTSYNC_EMAIL_URL": mailbox.url}


def subject(mail: EmailMessage) -> str:
    """A long one begins on the line below its name."""
    return str(mail["Subject"]).strip()


def deliveries(world: World) -> list[NoticeDelivery]:
    with within(world.id):
        return list(NoticeDelivery.objects.filter(restaurant_id=world.id).order_by("created_at", "id"))


def settled(world: World, count: int) -> list[str]:
    """The states of so many deliveries that nobody will touch again."""

    def states() -> list[str]:
        return [each.state for each in deliveries(world) if each.settled_at is not None]

    wait_until(lambda: len(states()) >= count, PATIENCE, f"{count} settled deliveries")
    return states()


def lapse(world: World) -> None:
    """Whoever held something is taken to be gone, and what waits waits no longer."""
    with within(world.id):
        NoticeDelivery.objects.filter(restaurant_id=world.id, lease_until__isnull=False).update(
            lease_until=now() - timedelta(seconds=1)
        )
        NoticeDelivery.objects.filter(restaurant_id=world.id).update(next_attempt_at=now())


def test_mail__sent_by_a_worker__to_those_with_an_address_in_the_restaurants_language(
    addressed: World, mailbox: Mailbox, environment: dict[str, str]
) -> None:
    edit(addressed, {TANAKA: {"08-01": "△"}})
    publish(addressed)
    edit(addressed, {TANAKA: {"08-01": "×"}})
    publish(addressed)
    with WorkerProcess(environment):
        mails = mailbox.wait_for(2)
        assert settled(addressed, 2) == ["sent", "sent"]
    assert {to for to, _ in mails} == {"tanaka@example.com"}
    by_subject = {subject(mail): mail for _, mail in mails}
    assert set(by_subject) == {
        "Kitchen: 7月21日 – 8月20日のシフトが公開されました",
        "Kitchen: 7月21日 – 8月20日のシフトが1日変更されました",
    }
    changed = by_subject["Kitchen: 7月21日 – 8月20日のシフトが1日変更されました"]
    assert "8月1日(金): △ → ×" in changed.get_content()
    assert "http" not in changed.get_content(), "nobody has said how the page is reached"
    assert changed["From"] == "shifts@example.com"
    assert {str(mail["Message-ID"]) for _, mail in mails} == {
        f"<{each.id}@example.com>" for each in deliveries(addressed)
    }


def test_mail__of_a_site_whose_address_is_known__leads_to_the_page(
    addressed: World, mailbox: Mailbox, environment: dict[str, str]
) -> None:
    publish(addressed)
    with WorkerProcess({**environment, "SHIFTSYNC_SITE_URL": "https://shifts.example.com/"}):
        ((_, mail),) = mailbox.wait_for(1)
    assert f"\nhttps://shifts.example.com/?restaurant={addressed.id}#/mine\n" in mail.get_content().replace(
        "\r\n", "\n"
    )


def test_mail__of_a_restaurant_whose_name_has_two_lines__has_a_subject_of_one(
    addressed: World, mailbox: Mailbox, courier: Courier
) -> None:
    with within(addressed.id):
        Restaurant.objects.filter(id=addressed.id).update(name="Kitchen\n& Bar")
    edit(addressed, {TANAKA: {"08-01": "△"}})
    publish(addressed)
    [(_, mail)] = mailbox.wait_for(1)
    assert subject(mail) == "Kitchen & Bar: 7月21日 – 8月20日のシフトが公開されました"
    assert settled(addressed, 1) == ["sent"]


def test_mail__worker_killed_while_the_server_takes_it__not_sent_again(
    addressed: World, mailbox: Mailbox, environment: dict[str, str]
) -> None:
    with WorkerProcess(environment) as worker:

        def kill(number: int) -> str:
            worker.kill()
            return "250 OK"

        mailbox.handle = kill
        publish(addressed)
        mailbox.wait_for(1)
        wait_until(lambda: not worker.runs, PATIENCE, "the worker to be killed")
    mailbox.handle = lambda number: "250 OK"
    lapse(addressed)
    with WorkerProcess(environment):
        assert settled(addressed, 1) == ["uncertain"]
        edit(addressed, {TANAKA: {"08-01": "×"}})
        publish(addressed)
        mailbox.wait_for(2)
    subjects = [subject(mail) for _, mail in mailbox.mails]
    assert len(subjects) == len(set(subjects)) == 2


def test_mail__two_workers__each_once(addressed: World, mailbox: Mailbox, environment: dict[str, str]) -> None:
    count = 8
    with WorkerProcess(environment), WorkerProcess(environment):
        for number in range(count):
            edit(addressed, {TANAKA: {"08-01": "△×"[number % 2]}})
            publish(addressed)
        mailbox.wait_for(count)
        assert settled(addressed, count) == ["sent"] * count
    ids = [str(mail["Message-ID"]) for _, mail in mailbox.mails]
    assert len(ids) == len(set(ids)) == count


def test_mail__server_away__sent_when_it_is_back(addressed: World, mailbox: Mailbox, courier: Courier) -> None:
    mailbox.close()
    publish(addressed)
    wait_until(lambda: any(each.attempts for each in deliveries(addressed)), PATIENCE, "an attempt")
    (waiting,) = deliveries(addressed)
    assert (waiting.state, waiting.begun_at) == ("waiting", None)
    assert waiting.next_attempt_at > now()
    mailbox.open()
    lapse(addressed)
    assert settled(addressed, 1) == ["sent"]
    assert len(mailbox.mails) == 1


def test_mail__address_refused_for_good__failed_at_once(addressed: World, mailbox: Mailbox, courier: Courier) -> None:
    mailbox.refused["tanaka@example.com"] = "550 No such user"
    publish(addressed)
    assert settled(addressed, 1) == ["failed"]
    assert deliveries(addressed)[0].error == "550 No such user"


def test_mail__refused_for_now__tried_again(addressed: World, mailbox: Mailbox, courier: Courier) -> None:
    mailbox.refused["tanaka@example.com"] = "451 Greylisted"
    publish(addressed)
    wait_until(lambda: any(each.error for each in deliveries(addressed)), PATIENCE, "an attempt")
    mailbox.refused.clear()
    lapse(addressed)
    assert settled(addressed, 1) == ["sent"]


def test_mail__an_earlier_one_waits__a_later_one_to_the_same_person_waits_for_it(
    addressed: World, mailbox: Mailbox, courier: Courier
) -> None:
    """Else the last that somebody reads would be of a day as it was before."""
    User.objects.filter(id=addressed.users[Role.VIEWER].id).update(email="sato@example.com")
    mailbox.refused["tanaka@example.com"] = "451 Greylisted"
    edit(addressed, {TANAKA: {"08-01": "△"}})
    publish(addressed)
    wait_until(lambda: any(each.error for each in deliveries(addressed)), PATIENCE, "an attempt")
    with within(addressed.id):
        NoticeDelivery.objects.filter(error="451 Greylisted").update(next_attempt_at=now() + timedelta(hours=1))
    mailbox.refused.clear()
    edit(addressed, {TANAKA: {"08-01": "×"}, SATO: {"08-01": "×"}})
    publish(addressed)
    mailbox.wait_for(2)
    assert {to for to, _ in mailbox.mails} == {"sato@example.com"}
    lapse(addressed)
    mailbox.wait_for(4)
    subjects = [subject(mail) for to, mail in mailbox.mails if to == "tanaka@example.com"]
    assert ["公開" in each for each in subjects] == [True, False]


def test_mail__connection_lost_after_it_was_handed_over__not_sent_again(
    addressed: World, mailbox: Mailbox, courier: Courier
) -> None:
    mailbox.hangs_up = True
    publish(addressed)
    assert settled(addressed, 1) == ["uncertain"]
    mailbox.hangs_up = False
    edit(addressed, {TANAKA: {"08-01": "△"}})
    publish(addressed)
    assert settled(addressed, 2) == ["uncertain", "sent"]
    assert len(mailbox.mails) == 2


def test_mail__switched_off_or_read_meanwhile__not_sent(addressed: World, mailbox: Mailbox, courier: Courier) -> None:
    me = addressed.actor(Role.STAFF)
    with within(addressed.id):
        notice_settings_change(me, kinds=[{"kind": "schedule_published", "mail": False}], language="en")
    publish(addressed)
    mailbox.refused["tanaka@example.com"] = "451 Later"
    edit(addressed, {TANAKA: {"08-01": "△"}})
    publish(addressed)
    wait_until(lambda: any(each.attempts for each in deliveries(addressed)), PATIENCE, "an attempt")
    mailbox.refused.clear()
    with within(addressed.id):
        notices_read(me)
    lapse(addressed)
    assert settled(addressed, 1) == ["dropped"]
    assert not mailbox.mails
    edit(addressed, {TANAKA: {"08-01": "×"}})
    publish(addressed)
    ((_, mail),) = mailbox.wait_for(1)
    assert subject(mail) == "Kitchen: 1 of your days in Jul 21 – Aug 20 has changed"


def test_mail__where_no_server_is_set__nothing_waits(addressed: World, database_url: str) -> None:
    publish(addressed)
    with WorkerProcess({"DATABASE_URL": database_url}):

        def routed() -> bool:
            with within(addressed.id):
                return not Notice.objects.filter(restaurant_id=addressed.id, routed_at=None).exists()

        wait_until(routed, PATIENCE, "the notices to be taken up")
    assert not deliveries(addressed)
