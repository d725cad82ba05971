"""``manage.py generate_schedule``."""

import json
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from schedules.models import Shift
from tests.support.world import World


def run(**options: Any) -> str:
    out = StringIO()
    call_command("generate_schedule", stdout=out, **{"include_past": True, **options})
    return out.getvalue()


def test_command__json__is_the_whole_result_and_writes_nothing(world: World) -> None:
    result = json.loads(run(schedule=world.schedule_id, time_limit="20", seed=1, json=True))
    assert result["status"] == "optimal"
    assert result["diff"]
    assert not Shift.objects.filter(restaurant=world.restaurant).exists()


def test_command__apply__is_one_change(world: World) -> None:
    before = world.position.version
    assert f"Applied as version {before + 1}" in run(schedule=world.schedule_id, time_limit="20", apply=True)
    assert Shift.objects.filter(restaurant=world.restaurant).exists()


@pytest.mark.parametrize("limit", ["0", "601", "soon"])
def test_command__bad_time_limit__is_one_line(world: World, limit: str) -> None:
    with pytest.raises(CommandError, match="1 to 600"):
        call_command("generate_schedule", f"--schedule={world.schedule_id}", f"--time-limit={limit}")


def test_command__unknown_schedule__is_one_line(db_with_commits: None) -> None:
    with pytest.raises(CommandError, match="not_found"):
        run(schedule=str(uuid4()))
