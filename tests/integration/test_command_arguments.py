"""Commands refuse arguments that make no sense with one line, before they do anything."""

import json
import subprocess
import sys
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from shiftsync.core.errors import ValidationFailed
from shiftsync.realtime.export.commands import commands_document
from shiftsync.realtime.models import Change
from shiftsync.realtime.stream.pruning import prune_changes
from tests.support.world import World

NOWHERE = str(uuid4())
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("days", ["-3", "0", "3651", "9" * 30, "1.5", "x", ""])
def test_prune_changes__days_beyond_the_bounds__deletes_nothing(world: World, days: str) -> None:
    before = Change.objects.count()
    with pytest.raises(CommandError):
        call_command("prune_changes", f"--days={days}")
    assert Change.objects.count() == before


@pytest.mark.parametrize("days", [-3, 0, 3651, 10**30])
def test_pruning__days_beyond_the_bounds__is_refused_whoever_asks(world: World, days: int) -> None:
    with pytest.raises(ValidationFailed, match="days"):
        prune_changes(days)
    with pytest.raises(CommandError, match="days"):
        call_command("prune_changes", days=days)


@pytest.mark.parametrize(
    "arguments",
    [
        ["issue_token", "--restaurant", NOWHERE, "--user", "nobody"],
        ["issue_token", "--restaurant", "x", "--user", "nobody"],
        ["issue_token", "--restaurant", "{world}", "--user", "{user}", "--name", "a\x0bb"],
        ["issue_token", "--restaurant", NOWHERE, "--user", "{user}"],
        ["revoke_token", "\udcff"],
        ["reset_settings", "--restaurant", NOWHERE],
        ["migrate_settings", "/nowhere", "--restaurant", NOWHERE],
        ["generate_schedule", "--schedule", NOWHERE],
        ["generate_schedule", "--schedule", "x"],
        ["generate_schedule", "--schedule", "{schedule}", "--seed", "9" * 30],
        ["generate_schedule", "--schedule", "{schedule}", "--seed", "-1"],
        ["generate_schedule", "--schedule", "{schedule}", "--time-limit", "nan"],
    ],
)
def test_command__senseless_arguments__one_line(world: World, arguments: list[str]) -> None:
    user = next(iter(world.users.values()))
    named = {"{world}": str(world.id), "{user}": user.username, "{schedule}": world.schedule_id}
    with pytest.raises(CommandError) as refused:
        call_command(*(named.get(each, each) for each in arguments))
    assert "\n" not in str(refused.value)


def test_command_line__senseless_arguments__no_traceback(database_url: str) -> None:
    asked = [sys.executable, "manage.py", "generate_schedule", "--schedule", "x"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "x is not a UUID." in done.stderr


def told(name: str, *arguments: str) -> dict[str, Any]:
    """What a command says in JSON: one object and nothing else."""
    out = StringIO()
    call_command(name, *arguments, "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    assert out.getvalue().count("\n") == 1
    return found


def test_json__of_each_command__one_object(world: World) -> None:
    user = next(iter(world.users.values())).username
    restaurant = f"--restaurant={world.id}"
    issued = told("issue_token", restaurant, f"--user={user}", "--name=x")
    assert issued["token"].startswith("ss_")
    assert told("revoke_token", issued["token"]) == {"revoked": issued["id"]}
    assert {"id", "members", "closingDay", "timeZone", "name"} == told("restaurants")["restaurants"][0].keys()
    assert user in [each["user"] for each in told("users", restaurant)["users"]]
    made = told("create_restaurant", "--name=新", f"--owner={user}")
    assert (made["name"], made["owner"], "password" in made) == ("新", user, False)
    assert told("prune_changes") == {"removed": {"changes": 0, "requests": 0}}
    assert told("prune_security_log") == {"removed": 0}
    assert told("upgrade_plan") == {"plan": "nothing", "migrations": []}
    assert told("reset_settings", restaurant)["newVersion"]["name"] == "Default Settings"
    assert told("renew_epochs")["restaurants"] == 2
    assert told("housekeeping")["removed"].keys()


def test_json__of_what_is_refused__the_line_as_always(world: World) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="No such token"):
        call_command("revoke_token", NOWHERE, "--json", stdout=out)
    assert out.getvalue() == ""


def test_migrate_settings__dash__reads_standard_input(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = json.dumps({"staffGroups": [{"id": "g1", "name": "Kitchen", "members": []}]}).encode()
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(stored)))
    report = told("migrate_settings", "-", f"--restaurant={world.id}")
    assert report["rowsInserted"]["staffGroups"] == 1
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"{")))
    with pytest.raises(CommandError, match="- is not JSON"):
        call_command("migrate_settings", "-", f"--restaurant={world.id}")


def test_commands__page__names_every_command_and_argument() -> None:
    page = commands_document()
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == page
    for name in ("generate_schedule", "migrate_settings", "backup", "doctor", "work", "prune_changes"):
        assert f"## {name}\n" in page
    for argument in ("`--time-limit TIME_LIMIT`", "`FILE`", "`--restaurant RESTAURANT`", "`--json`"):
        assert argument in page
