"""Commands refuse arguments that make no sense with one line, before they do anything."""

import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from shiftsync.core.errors import ValidationFailed
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
