"""What an operator asks this installation, and what the start says of what is wrong."""

import os
import re
import socket
import subprocess
import sys
from io import StringIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import connection

from shiftsync import __version__
from shiftsync.config import ROOT
from shiftsync.core.actor import Role
from shiftsync.tenants.models import Membership, Restaurant, User
from tests.support.waiting import PATIENCE_SECONDS
from tests.support.world import World

SECRET = "s" * 50


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port: int = closed.getsockname()[1]
    return port


def manage(*arguments: str, settings: str = "shiftsync.settings", **environ: str) -> subprocess.CompletedProcess[str]:
    """A command of an installation in production."""
    given = {"SHIFTSYNC_ENV_FILE": os.devnull, "SHIFTSYNC_SECRET_KEY": SECRET, "SHIFTSYNC_ALLOWED_HOSTS": "localhost"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHIFTSYNC_")}
    environment = {**kept, "REDIS_URL": "redis://127.0.0.1:1/0", "DJANGO_SETTINGS_MODULE": settings, **given, **environ}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE_SECONDS
    )


def said(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    "command", [["prune_changes"], ["restaurants"], ["migrate", "--no-input"], ["backup", "{new}"]]
)
def test_command__database_away__one_line_with_host_and_reason(command: list[str], tmp_path: Path) -> None:
    port = closed_port()
    ended = manage(
        *(each.format(new=tmp_path / "new") for each in command),
        DATABASE_URL=f"postgresql://me:hunter2@127.0.0.1:{port}/shifts",
    )
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert line.startswith(f"shiftsync: postgresql://127.0.0.1:{port}/shifts: connection failed")
    assert "Connection refused" in line
    assert "hunter2" not in line


def test_check_deploy__what_it_needs_is_not_there__names_each_in_a_line(tmp_path: Path) -> None:
    port = closed_port()
    ended = manage(
        *("check", "--deploy"),
        DATABASE_URL=f"postgresql://127.0.0.1:{port}/shifts",
        REDIS_URL=f"redis://:hunter2@127.0.0.1:{port}/3",
        settings="tests.support.unbuilt_settings",
    )
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "hunter2" not in ended.stderr
    found = dict(re.findall(r"\(shiftsync\.(E00\d)\) (.*)", ended.stderr))
    assert f"postgresql://127.0.0.1:{port}/shifts" in found["E001"]
    assert f"redis://127.0.0.1:{port}/3" in found["E002"]
    assert "refused" in found["E002"]
    assert "was not built" in found["E003"]


def test_command_line__wrong_argument__one_line() -> None:
    ended = manage("issue_token", "--restaurant", "xx", "--user", "me")
    assert ended.returncode == 2
    assert ended.stderr == "manage.py issue_token: argument --restaurant: xx is not a UUID.\n"


def test_create_restaurant__with_a_new_owner__who_can_sign_in(world: World) -> None:
    told = said(
        "create_restaurant", "--name", "Bistro", "--owner", "anna", "--timezone", "Europe/Paris", "--closing-day", "31"
    )
    found = re.search(r"^Created Bistro: (\S+)\.\nCreated the user anna with the password (\S+)$", told, re.MULTILINE)
    assert found
    restaurant = Restaurant.objects.get(id=UUID(found[1]))
    assert (restaurant.timezone, restaurant.closing_day) == ("Europe/Paris", 31)
    user = authenticate(username="anna", password=found[2])
    assert isinstance(user, User)
    assert not user.is_staff
    assert Membership.objects.get(restaurant=restaurant, user=user).role == Role.OWNER
    assert "password" not in said("create_restaurant", "--name", "Second", "--owner", "anna")
    assert re.search(rf"^{restaurant.id}  1 +31 +Europe/Paris +Bistro$", said("restaurants"), re.MULTILINE)
    assert re.search(
        r"^anna +user +\d{4}-\d\d-\d\d \d\d:\d\d|^anna +user +never +owner of Bistro, owner of Second$",
        said("users"),
        re.MULTILINE,
    )
    assert "anna" in said("users", "--restaurant", str(restaurant.id))
    assert "anna" not in said("users", "--restaurant", str(world.id))


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--name", "Bistro"], "--owner"),
        (["--owner", "anna"], "--name"),
        (["--name", "Bistro", "--owner", "anna", "--country", "XX"], "XX"),
        (["--name", "Bistro", "--owner", "anna", "--timezone", "Mars/Base"], "Mars/Base"),
        (["--name", "Bistro", "--owner", "anna", "--closing-day", "32"], "32 is not between 1 and 31"),
        (["--name", "Bistro", "--owner", "an na"], "username"),
        (["--name", "B" * 201, "--owner", "anna"], "200"),
        (["--name", "", "--owner", "anna"], "blank"),
    ],
)
def test_create_restaurant__what_cannot_be__one_line_and_nothing_is_made(
    world: World, arguments: list[str], problem: str
) -> None:
    before = Restaurant.objects.count(), User.objects.count()
    with pytest.raises(CommandError) as refused:
        call_command("create_restaurant", *arguments)
    assert problem in str(refused.value)
    assert "\n" not in str(refused.value)
    assert (Restaurant.objects.count(), User.objects.count()) == before


def test_doctor__looks_at_everything_and_fails_where_something_is_wrong(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    out = StringIO()
    with pytest.raises(CommandError, match=r"^1 wrong\.$"):
        call_command("doctor", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0].split() == ["version", __version__]
    assert [line.split()[0] for line in lines[1:]] == [
        "database",
        "tables",
        "queue",
        "redis",
        "frontend",
        "worker",
        "disk",
    ]
    assert [line.split()[0] for line in lines if "WRONG" in line] == ["worker"]
    (tmp_path / f"shiftsync-worker-{os.getuid()}").touch()
    assert "WRONG" not in said("doctor")


def test_doctor__database_away__says_so_and_goes_on() -> None:
    ended = manage("doctor", DATABASE_URL=f"postgresql://127.0.0.1:{closed_port()}/shifts")
    assert ended.returncode == 1
    assert re.search(r"^database  WRONG postgresql://127\.0\.0\.1:\d+/shifts: .*refused", ended.stdout, re.MULTILINE)
    assert re.search(r"^disk ", ended.stdout, re.MULTILINE)
    assert "Traceback" not in ended.stderr


@pytest.mark.services
def test_migrate__told_to_wait_for_a_database_that_refuses_us__ends_in_one_line() -> None:
    settings = connection.settings_dict
    name = f"nobody_{uuid4().hex}"
    url = f"postgresql://{settings['HOST']}:{settings['PORT']}/{name}"
    ended = manage("migrate", "--wait", "--no-input", DATABASE_URL=url)
    assert ended.returncode == 1
    assert "does not exist" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
