"""Two owners at one restaurant's settings: neither overwrites what they have not seen."""

import pytest

from shiftsync.core.actor import Role
from tests.integration.rest.conftest import Rest
from tests.integration.rest.schema import Document
from tests.support.world import World


@pytest.fixture
def owner(world: World, document: Document) -> Rest:
    return Rest(world.tokens[Role.OWNER], document)


def test_update__field_changed_since_it_was_seen__is_refused_with_both_values(world: World, owner: Rest) -> None:
    path = f"restaurants/{world.id}/"
    before = owner.get(path)
    owner.patch(path, {"name": "Theirs"})
    seen = {"name": before["name"], "closingDay": before["closingDay"]}
    error = owner.refused("patch", path, {"name": "Mine", "closingDay": 25, "seen": seen}, status=409)
    (item,) = error["details"]["items"]
    assert (item["field"], item["base"], item["yours"], item["theirs"]) == ("name", before["name"], "Mine", "Theirs")
    assert item["theirAuthor"] == world.users[Role.OWNER].display_name
    after = owner.get(path)
    assert (after["name"], after["closingDay"]) == ("Theirs", before["closingDay"])


def test_update__other_field_changed_since__is_written(world: World, owner: Rest) -> None:
    path = f"restaurants/{world.id}/"
    before = owner.get(path)
    owner.patch(path, {"closingDay": 15})
    saved = owner.patch(path, {"name": "Mine", "seen": {"name": before["name"], "closingDay": 31}})
    assert (saved["name"], saved["closingDay"]) == ("Mine", 15)


def test_update__both_chose_the_same__is_no_conflict(world: World, owner: Rest) -> None:
    path = f"restaurants/{world.id}/"
    before = owner.get(path)
    owner.patch(path, {"name": "Ours"})
    assert owner.patch(path, {"name": "Ours", "seen": {"name": before["name"]}})["name"] == "Ours"
