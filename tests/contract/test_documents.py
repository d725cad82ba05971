"""The exported protocol is the one that is spoken."""

from pathlib import Path

import pytest

from settings_app.rules.table import SettingsTable
from settings_app.tables import settings_tables
from shiftsync.realtime.export.document import protocol_schema
from shiftsync.realtime.management.commands.export_protocol import documents
from shiftsync.realtime.protocol.wire import BROADCASTS, TOPICS
from shiftsync.realtime.socket.router import HANDLERS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = documents()


@pytest.mark.parametrize("name", list(DOCUMENTS))
def test_document__as_committed__is_fresh(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == DOCUMENTS[name], "run manage.py export_protocol"


def test_registries__every_broadcast__has_a_topic_that_exists() -> None:
    assert {spec.topic for spec in BROADCASTS.values()} <= set(TOPICS)


def test_registries__what_version_1_gets_as_it_is__is_closed() -> None:
    """Its clients were written for these messages; one made later is unknown to them (`UNKNOWN_TO_V1`, the default of `broadcast`)."""
    of_rows = {type for table in settings_tables() if table.is_for_v1 for type in table.message_types}
    known = {type for type, spec in BROADCASTS.items() if spec.v1.keeps}
    assert known - of_rows == {
        *("STAFF_CREATE", "STAFF_UPDATE", "STAFF_DELETE", "STAFF_RESTORE", "STAFF_REORDER"),
        *("SHIFT_BROADCAST", "SHIFT_LOCK", "SHIFT_UNLOCK", "SCHEDULE_PUBLISH", "SCHEDULE_UNPUBLISH"),
        *("CALENDAR_UPDATE", "PERIOD_CREATE", "PERIOD_UPDATE", "PERIOD_DELETE"),
        *("SHIFT_TYPE_CREATE", "SHIFT_TYPE_UPDATE", "SHIFT_TYPE_DELETE"),
        *("SETTINGS_CREATE_VERSION", "SETTINGS_DELETE_VERSION", "SETTINGS_ACTIVATE_VERSION"),
        *("SETTINGS_LOCK_VERSION", "SETTINGS_UNLOCK_VERSION"),
    }
    assert of_rows <= known


def test_tables__that_version_1_knows__are_closed() -> None:
    assert {table.key for table in settings_tables() if table.is_for_v1} == {
        *("staff_groups", "daily_limits", "weekly_limits", "monthly_limits", "priority_rules"),
        *("ml_model_configs", "staff_backup_assignments"),
    }


def test_registries__a_change_that_carries_a_row__is_told_to_the_front_end_as_one() -> None:
    rows = protocol_schema()["registries"]["wholeRows"]
    assert {"STAFF_CREATE", "STAFF_RESTORE"} <= set(rows["StaffMember"])
    assert not {type for types in rows.values() for type in types} & {"STAFF_UPDATE", "AVAILABILITY_DELETE"}


@pytest.mark.parametrize("table", settings_tables(), ids=lambda table: table.key)
def test_settings_md__every_table__is_listed_with_what_it_is_called_and_holds(table: SettingsTable) -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    row = next((line for line in text.splitlines() if line.startswith(f"| `{table.key}` | `")), "")
    names = table.names
    for name in (
        f"`{names.id_key}`",
        f"`{names.row}`",
        f"`{names.path}`",
        *(f"`{config}`" for config in table.configs),
    ):
        assert name in row, f"docs/settings.md, the table of tables: {table.key}: {name}"
    for config, shape in table.configs.items():
        assert f"\n| `{config}`" in text, f"docs/settings.md, the table of configs: {config}"
        assert [key for key in shape.fields if f"`{key}`" not in text] == [], f"docs/settings.md: keys of {config}"


def test_registries__the_heart__is_complete() -> None:
    assert set(HANDLERS) >= {
        "PING",
        "SUBSCRIBE",
        "UNSUBSCRIBE",
        "RESUME",
        "SYNC_REQUEST",
        "SYNC_ALL_PERIODS_REQUEST",
        "STAFF_CREATE",
        "STAFF_UPDATE",
        "STAFF_DELETE",
        "STAFF_RESTORE",
        "STAFF_REORDER",
        "CALENDAR_SYNC_REQUEST",
        "CALENDAR_UPDATE",
        "PERIOD_CREATE",
        "SHIFT_TYPE_CREATE",
        "SHIFT_TYPE_UPDATE",
        "SHIFT_TYPE_DELETE",
        "SHIFT_SYNC_REQUEST",
        "SHIFT_UPDATE",
        "SHIFT_BULK_UPDATE",
        "SHIFT_LOCK",
        "SHIFT_UNLOCK",
        "SCHEDULE_PUBLISH",
        "SCHEDULE_UNPUBLISH",
        "PRESENCE_UPDATE",
        "UNDO",
        "REDO",
    }
