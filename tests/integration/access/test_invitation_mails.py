"""Inviting by mail: into a real mail server, from a worker, once; nothing of whom it went to stays when the invitation ends."""

import json
import logging
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from shiftsync.config import Email
from shiftsync.core.actor import Role
from shiftsync.core.clock import now
from shiftsync.core.fence import everywhere
from shiftsync.notices.sending.courier import Courier
from shiftsync.tenants.models import AnsweredPost, InvitationLink, InvitationMail, Membership, SecurityEvent, User
from shiftsync.tenants.services.invitation_mails import MOST_TO_A_MAILBOX, prune_invitation_mails
from tests.integration.access.test_invitation_links import account, newcomer, send
from tests.integration.rest.conftest import AsRole, Rest
from tests.support.mailbox import Mailbox
from tests.support.receiver import PATIENCE
from tests.support.waiting import wait_until
from tests.support.worker import WorkerProcess
from tests.support.world import World, make_world

HANAKO = "hanako@example.com"


def invite(rest: Rest, email: str = HANAKO, **offered: Any) -> str:
    made: dict[str, str] = rest.post("invitation-links/", {"role": "staff", "email": email, **offered}, status=201)
    return made["id"]


def mail_of(rest: Rest, link_id: str) -> Any:
    return next(each["mail"] for each in rest.get("invitation-links/") if each["id"] == link_id)


def settled(rest: Rest, link_id: str) -> str:
    wait_until(lambda: mail_of(rest, link_id)["state"] != "waiting", PATIENCE, "the mail to be settled")
    state: str = mail_of(rest, link_id)["state"]
    return state


def everything_kept() -> str:
    """What stands in the tables that outlive an invitation, and in that of its mails."""
    with everywhere():
        tables = (
            InvitationLink.objects,
            InvitationLink.history,
            InvitationMail.objects,
            SecurityEvent.objects,
            AnsweredPost.objects,
        )
        return str([list(each.values()) for each in tables])


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("en", "ShiftSync: invitation to Kitchen", "within seven days"),
        ("ja", "ShiftSync: 「Kitchen」への招待", "7日以内"),
        (None, "ShiftSync: 「Kitchen」への招待", "7日以内"),
    ],
)
def test_invitation__with_an_address__is_mailed_and_its_link_leads_in(
    manager: Rest, world: World, mailbox: Mailbox, courier: Courier, language: str | None, subject: str, words: str
) -> None:
    link_id = invite(manager, staffId=world.staff_ids[1], **({"language": language} if language else {}))
    ((to, told),) = mailbox.wait_for(1)
    assert (to, str(told["Subject"]).strip()) == (HANAKO, subject)
    assert told["Content-Language"] == (language or "ja")
    assert words in told.get_content()
    assert ("for 佐藤." if language == "en" else "佐藤 さん宛て") in told.get_content()
    assert settled(manager, link_id) == "sent"
    shown = mail_of(manager, link_id)
    assert shown["email"] == HANAKO
    assert shown["settledAt"] >= shown["askedAt"]
    found = re.search(r"http://testserver(/join/\S+)", told.get_content())
    assert found is not None
    listed = manager.get("invitation-links/")[0]["url"]
    assert urlsplit(listed).path == found[1]
    name = newcomer()
    assert send(Client(), found[1], **account(name)).status_code == 302
    assert Membership.objects.get(user__username=name).restaurant_id == world.id
    assert User.objects.get(username=name).email == "", "whoever invites has the link too, so it proves no address"


def test_invitation__mailed_again__comes_twice_with_the_same_link(
    manager: Rest, mailbox: Mailbox, courier: Courier
) -> None:
    link_id = invite(manager)
    mailbox.wait_for(1)
    manager.post(f"invitation-links/{link_id}/mail/", {"email": HANAKO})
    mails = mailbox.wait_for(2)
    links = {re.search(r"http://testserver/join/\S+", told.get_content())[0] for _, told in mails}  # type: ignore[index]  # it is there
    assert len(links) == 1
    assert len({told["Message-ID"] for _, told in mails}) == 2


def test_invitation__refused_by_the_mail_server__said_without_its_reason(
    manager: Rest, mailbox: Mailbox, courier: Courier
) -> None:
    mailbox.refused[HANAKO] = "550 5.1.1 there is no such person here"
    link_id = invite(manager)
    assert settled(manager, link_id) == "failed"
    assert "no such person" not in str(manager.get("invitation-links/"))
    mailbox.refused.clear()
    manager.post(f"invitation-links/{link_id}/mail/", {"email": HANAKO})
    assert settled(manager, link_id) == "sent"


@pytest.mark.parametrize("end", ["used", "revoked", "expired"])
def test_address__when_its_invitation_has_ended__is_nowhere(manager: Rest, mail: Email, end: str) -> None:
    link_id = invite(manager, note="花子さん")
    assert everything_kept().count(HANAKO) == 1
    if end == "used":
        send(Client(), urlsplit(manager.get("invitation-links/")[0]["url"]).path, **account(newcomer()))
    elif end == "revoked":
        manager.delete(f"invitation-links/{link_id}/", status=204)
    else:
        InvitationLink.objects.update(expires_at=now() - timedelta(seconds=1))
        prune_invitation_mails()
    assert HANAKO not in everything_kept()
    assert InvitationMail.objects.count() == 1, "counted for a day"
    InvitationMail.objects.update(created_at=now() - timedelta(days=1, seconds=1))
    assert prune_invitation_mails() == 1
    assert not InvitationMail.objects.exists()


def test_invitation__revoked_before_a_worker_came__is_not_sent(
    manager: Rest, mail: Email, mailbox: Mailbox, database_url: str
) -> None:
    manager.delete(f"invitation-links/{invite(manager)}/", status=204)
    expired = invite(manager, "taro@example.com")
    InvitationLink.objects.filter(id=expired).update(expires_at=now() - timedelta(seconds=1))
    courier = Courier().start()
    wait_until(lambda: not InvitationMail.objects.filter(state="waiting").exists(), PATIENCE, "the mails to be dropped")
    courier.stop()
    assert mailbox.mails == []
    assert set(InvitationMail.objects.values_list("state", flat=True)) == {"dropped"}


def test_invitation__worker_killed_while_the_server_takes_it__not_sent_again(
    manager: Rest, mail: Email, mailbox: Mailbox, database_url: str
) -> None:
    environment = {"DATABASE_URL": database_url, "SHIFTSYNC_EMAIL_URL": mailbox.url}
    link_id = invite(manager)
    with WorkerProcess(environment) as worker:

        def kill(number: int) -> str:
            worker.kill()
            return "250 OK"

        mailbox.handle = kill
        mailbox.wait_for(1)
        wait_until(lambda: not worker.runs, PATIENCE, "the worker to be killed")
    mailbox.handle = lambda number: "250 OK"
    InvitationMail.objects.update(lease_until=now() - timedelta(seconds=1))
    with WorkerProcess(environment):
        assert settled(manager, link_id) == "uncertain"
    assert len(mailbox.mails) == 1


@pytest.mark.parametrize("why", ["no mail server", "any host may be named", "the operator allows none"])
def test_invitation__where_none_is_mailed__refused_at_the_field_and_not_made(
    manager: Rest, settings: Settings, mail: Email, why: str
) -> None:
    config = settings.CONFIG
    settings.CONFIG = {
        "no mail server": replace(config, email=None),
        "any host may be named": replace(config, allowed_hosts=("*",)),
        "the operator allows none": replace(config, limits=replace(config.limits, invitation_mails_per_day=0)),
    }[why]
    refused = manager.refused("post", "invitation-links/", {"role": "staff", "email": HANAKO}, status=400)
    assert refused["details"] == {"email": ["This server sends no email; pass the link on yourself."]}
    assert manager.get("invitation-links/") == []
    manager.post("invitation-links/", {"role": "staff"}, status=201)
    assert manager.get("invitation-links/")[0]["mail"] is None


@pytest.mark.parametrize(
    "given",
    ["", "hanako", "a@b", "a b@example.com", "a@example.com, b@example.com", "a@example.com\nBcc: b@example.com"],
)
def test_invitation__what_is_no_address__refused_at_the_field_and_not_made(
    manager: Rest, mail: Email, given: str
) -> None:
    refused = manager.refused("post", "invitation-links/", {"role": "staff", "email": given}, status=400)
    assert list(refused["details"]) == ["email"]
    assert manager.get("invitation-links/") == []
    assert not InvitationMail.objects.exists()


def test_address__in_full_width_letters__is_the_usual_one(manager: Rest, mail: Email) -> None:
    link_id = invite(manager, "ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｃｏｍ ")
    assert mail_of(manager, link_id)["email"] == HANAKO


def test_names__of_several_lines_and_long__are_one_short_line(
    manager: Rest, world: World, mailbox: Mailbox, courier: Courier
) -> None:
    world.restaurant.name = "Win\nBcc: all@example.com\n" + "x" * 150
    world.restaurant.save()
    invite(manager, language="en")
    ((to, told),) = mailbox.wait_for(1)
    assert to == HANAKO
    assert told["Bcc"] is None
    subject = str(told["Subject"]).strip()
    assert subject.startswith("ShiftSync: invitation to Win Bcc: all@example.com xxx")
    assert subject.endswith("…")
    assert len(subject) < 90


def limit(settings: Settings, most: int) -> None:
    settings.CONFIG = replace(settings.CONFIG, limits=replace(settings.CONFIG.limits, invitation_mails_per_day=most))


def test_mails__more_than_a_restaurant_may__refused_until_a_day_has_gone(
    manager: Rest, owner: Rest, mail: Email, settings: Settings
) -> None:
    limit(settings, 2)
    for number in range(2):
        # Taken back, they count as before: else whoever does so would mail without end.
        manager.delete(f"invitation-links/{invite(manager, f'a{number}@example.com')}/", status=204)
    refused = owner.refused("post", "invitation-links/", {"role": "staff", "email": HANAKO}, status=400)
    assert refused["details"] == {"email": ["At most 2 invitations can be emailed within a day."]}
    assert owner.get("invitation-links/") == []
    InvitationMail.objects.update(created_at=now() - timedelta(days=1, seconds=1))
    invite(owner)


def test_mails__of_one_inviter_in_several_restaurants__count_together(
    world: World, as_role: AsRole, mail: Email, settings: Settings
) -> None:
    limit(settings, 2)
    other = make_world("Elsewhere", ("山田",))
    owner = world.users[Role.OWNER]
    Membership.objects.create(restaurant_id=other.id, user=owner, role="owner")
    browser = Client(headers={"X-User-Id": str(owner.id)})
    browser.force_login(owner)

    def asked(restaurant: World, address: str) -> Any:
        body = {"role": "staff", "email": address}
        path = f"/api/invitation-links/?restaurant={restaurant.id}"
        return browser.post(path, body, content_type="application/json")

    assert [asked(world, "a@example.com").status_code, asked(other, "b@example.com").status_code] == [201, 201]
    assert asked(other, "c@example.com").json()["details"] == {
        "email": ["At most 2 invitations can be emailed within a day."]
    }
    invite(as_role(Role.OWNER, other), "d@example.com")


def test_mails__to_one_mailbox__are_few_and_those_of_others_do_not_show(
    manager: Rest, as_role: AsRole, mail: Email
) -> None:
    other = as_role(Role.OWNER, make_world("Elsewhere", ("山田",)))
    for _ in range(MOST_TO_A_MAILBOX):
        invite(other)
    link_id = invite(manager)
    for _ in range(MOST_TO_A_MAILBOX - 1):
        manager.post(f"invitation-links/{link_id}/mail/", {"email": HANAKO.upper()})
    refused = manager.refused("post", f"invitation-links/{link_id}/mail/", {"email": HANAKO}, status=400)
    assert refused["details"] == {"email": [f"At most {MOST_TO_A_MAILBOX} emails a day can go to one address."]}


def test_answers__whether_somebody_has_that_address__are_the_same(manager: Rest, mail: Email) -> None:
    other = make_world("Elsewhere", ("山田",)).users[Role.VIEWER]
    other.email = HANAKO
    other.save()
    answers = []
    for address in (HANAKO, "nobody@example.com"):
        made = manager.post("invitation-links/", {"role": "staff", "email": address}, status=201)
        listed = next(each for each in manager.get("invitation-links/") if each["id"] == made["id"])
        told = {**made, **listed, "mail": {**listed["mail"], "email": "", "askedAt": ""}}
        answers.append({name: told[name] for name in told if name not in ("id", "url", "createdAt", "expiresAt")})
    assert answers[0] == answers[1]


def test_mailing__for_whom_they_may__and_of_open_ones_alone(as_role: AsRole, world: World, mail: Email) -> None:
    owner, manager, other = as_role(Role.OWNER), as_role(Role.MANAGER), make_world("Elsewhere", ("山田",))
    far = owner.post("invitation-links/", {"role": "owner"}, status=201)["id"]
    near = manager.post("invitation-links/", {"role": "staff"}, status=201)["id"]
    body = {"email": HANAKO}
    manager.refused("post", f"invitation-links/{far}/mail/", body, status=403)
    manager.refused("post", "invitation-links/", {"role": "owner", **body}, status=403)
    as_role(Role.OWNER, other).refused("post", f"invitation-links/{near}/mail/", body, status=404)
    for role in (Role.VIEWER, Role.STAFF):
        as_role(role).refused("post", f"invitation-links/{near}/mail/", body, status=403)
    manager.delete(f"invitation-links/{near}/", status=204)
    manager.refused("post", f"invitation-links/{near}/mail/", body, status=404)
    manager.refused("post", "invitation-links/nonsense/mail/", body, status=404)
    assert not InvitationMail.objects.exists()
    owner.post(f"invitation-links/{far}/mail/", body)


def test_request__repeated_by_its_key__mails_once_and_remembers_no_address(manager: Rest, mail: Email) -> None:
    key, body = str(uuid4()), {"role": "staff", "email": HANAKO}
    answers = [manager.post("invitation-links/", body, status=201, Idempotency_Key=key) for _ in range(2)]
    assert answers[0] == answers[1]
    assert InvitationMail.objects.count() == 1
    again = str(uuid4())
    for _ in range(2):
        manager.post(f"invitation-links/{answers[0]['id']}/mail/", {"email": HANAKO}, Idempotency_Key=again)
    assert InvitationMail.objects.count() == 2
    assert HANAKO not in str(list(AnsweredPost.objects.values()))


def test_security_log__of_a_mailed_invitation__names_it_without_the_address(
    owner: Rest, mail: Email, mailbox: Mailbox, courier: Courier, caplog: pytest.LogCaptureFixture
) -> None:
    mailbox.refused[HANAKO] = f"550 {HANAKO} is not known"
    with caplog.at_level(logging.DEBUG):
        link_id = invite(owner)
        assert settled(owner, link_id) == "failed"
    events = [each for each in owner.get("security-log/") if each["kind"] == "invitation_mailed"]
    assert [each["details"] for each in events] == [{"linkId": link_id}]
    assert HANAKO not in json.dumps(owner.get("security-log/"))
    ours = [
        each for each in caplog.records if each.name != "mail.log"
    ]  # the mail server of the test says what it is told
    assert not [each for each in ours if HANAKO in each.getMessage()]
