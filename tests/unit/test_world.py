"""A restaurant to test in that is copied is one that the services have made."""

import re
from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import connection

from shiftsync.core.actor import Role
from shiftsync.tenants.credentials import token_for
from shiftsync.tenants.models import Restaurant
from tests.support import world as worlds
from tests.support.world import PASSWORD, make_world
from tests.support.world_copy import HEX, WITHIN_TEXT, Written, all_rows

CHANCE = re.compile(r"^(?:[0-9a-f]{64}|md5\$.*|(owner|manager|viewer|staff)-[0-9a-f]{12})$")


def told(written: Written) -> dict[str, Counter[Any]]:
    """How often each value is in each table, but for what chance and the clock have made."""
    return {table.insert: Counter(map(without_chance, table.values)) for table in written.tables}


def without_chance(value: Any) -> Any:
    if isinstance(value, UUID) or (isinstance(value, str) and HEX.fullmatch(value)):
        return "an id"
    if isinstance(value, datetime):
        return "a moment"
    return CHANCE.sub("by chance", WITHIN_TEXT.sub("an id", value)) if isinstance(value, str) else value


def ids(written: Written) -> list[str]:
    """All ids, as often as they are there."""
    texts = [str(UUID(value)) if HEX.fullmatch(value) else value for value in values(written)]
    return [each for text in texts for each in WITHIN_TEXT.findall(text)]


def values(written: Written) -> list[str]:
    return [str(value) for table in written.tables for value in table.values]


@pytest.fixture
def nothing_made(db_with_commits: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worlds, "_made", {})


def test_restaurant__copied__has_the_same_rows_with_ids_of_its_own(nothing_made: None) -> None:
    make_world()
    made = all_rows()
    call_command("flush", interactive=False, verbosity=0)
    make_world()
    copied = all_rows()
    assert told(copied) == told(made)
    assert sorted(Counter(ids(copied)).values()) == sorted(Counter(ids(made)).values())
    assert not set(ids(copied)) & set(ids(made))
    assert not {each for each in values(copied) if CHANCE.match(each) and not each.startswith("md5")} & {
        *values(made)
    } - hashes_of_requests(made)
    connection.check_constraints()


def hashes_of_requests(written: Written) -> set[str]:
    """Those of payloads without an id, which are always the same."""
    (requests,) = [table for table in written.tables if "content_hash" in table.insert]
    return set(map(str, requests.values))


def test_restaurant__copied_beside_another__works_like_that(nothing_made: None) -> None:
    first, second = make_world("Kitchen"), make_world("Bistro")
    assert [each.name for each in Restaurant.objects.order_by("created_at")] == ["Kitchen", "Bistro"]
    for world in (first, second):
        assert world.position.version == 4
        for role in Role:
            token = token_for(world.tokens[role])
            assert (token.restaurant_id, token.user_id) == (world.id, world.users[role].id)
            assert authenticate(username=world.users[role].username, password=PASSWORD) == world.users[role]
    assert first.position.epoch != second.position.epoch
    assert not {*first.staff_ids, first.schedule_id, first.period_id} & {
        *second.staff_ids,
        second.schedule_id,
        second.period_id,
    }
