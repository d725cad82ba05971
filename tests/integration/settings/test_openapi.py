"""What REST answers about settings is what the OpenAPI document says, operation by operation."""

from shiftsync.core.actor import Role
from tests.contract.settings.samples import TABLES, sample_row
from tests.contract.settings.test_replacing_socket import BAD
from tests.integration.rest.conftest import AsRole, Rest
from tests.integration.rest.schema import Document
from tests.support.world import World

WHOLE = ("settings", "settings-changes", "config-versions")


def ask_rows(owner: Rest, world: World) -> None:
    """Every operation on the rows of every table."""
    for table in TABLES:
        path = f"{table.names.path}/"
        row = owner.post(path, sample_row(table, world), status=201)["result"][table.names.created_key]
        one = f"{path}{row['id']}/"
        owner.get(path)
        owner.get(one)
        owner.put(one, {**row, "description": "whole"})
        owner.patch(one, {"description": "a part"})
        owner.delete(one)
        owner.post(f"{one}restore/")
        if table.hard_delete:
            owner.delete(one)
            owner.post(f"{one}hard-delete/")


def ask_versions(owner: Rest) -> None:
    """Every operation on versions."""
    first = owner.get("config-versions/")[0]["id"]
    owner.get(f"config-versions/{first}/")
    made = owner.post("config-versions/", {"name": "empty", "empty": True}, status=201)["result"]["version"]["id"]
    copied = owner.post(f"config-versions/{first}/copy/", {"name": "copy"}, status=201)["result"]["version"]["id"]
    owner.get(f"config-versions/compare/?from={first}&to={made}")
    owner.post(f"config-versions/{copied}/activate/")
    owner.post(f"config-versions/{copied}/lock/")
    owner.post(f"config-versions/{copied}/unlock/")
    owner.delete(f"config-versions/{made}/")


def ask_whole(owner: Rest) -> None:
    """Everything about the settings as a whole, and their trail."""
    owner.get("settings/")
    owner.get("settings/export/")
    owner.get("settings/answers/")
    owner.patch("settings/answers/", {"answers": {"leastDaysOff": {"count": 8}}})
    owner.post("settings/migrate/", {"settings": BAD, "dryRun": True})
    owner.post("settings/migrate/", {"settings": BAD, "skipInvalid": True})
    owner.post("settings/migrate/", {"settings": BAD, "skipInvalid": True})
    owner.post("settings/reset/")
    changes = owner.get("settings-changes/?tableName=dailyLimits")["changes"]
    owner.post(f"settings-changes/{changes[0]['id']}/restore/")


def test_document__every_operation_on_settings__answers_as_it_says(as_role: AsRole, world: World) -> None:
    document = Document()
    owner = as_role(Role.OWNER)
    owner._document = document
    ask_rows(owner, world)
    ask_versions(owner)
    ask_whole(owner)
    names = {*WHOLE, *(table.names.path for table in TABLES)}
    ours = {(method, path) for method, path in document.operations if path.split("/")[2] in names}
    assert len(ours) > 6 * len(TABLES)
    assert ours - document.seen == set()
