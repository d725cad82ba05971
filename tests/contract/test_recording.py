"""The recording that the front end replays is of this server.

``UPDATE_RECORDING=1 .venv/bin/python -m pytest tests/contract/test_recording.py`` writes it anew.
"""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from settings_app.rules.shapes import STAFF
from settings_app.rules.table import SettingsTable
from shiftsync.core.actor import Role
from shiftsync.realtime.protocol.wire import BROADCASTS
from tests.conftest import Connect
from tests.contract.settings.samples import TABLES, another, plain_row
from tests.support.client import Client
from tests.support.recording import TODAY, YESTERDAY, Recorder, normal, store, stored
from tests.support.reducer import steps
from tests.support.world import World

Step = tuple[str, dict[str, Any]]


def table_steps(table: SettingsTable, others: dict[str, str]) -> Iterator[Step]:
    """Every kind of change of a table's rows. ``others``: a row of each earlier table, for those that refer to it."""
    names, row_id, kept_id = table.names, str(uuid4()), str(uuid4())
    references = {name: others[refers.target] for name, refers in table.row.references.items()}
    row = {**plain_row(table), **references}
    column, value = another(table, row) if "description" in row else ("notes", "changed")
    yield names.create_type, {names.row: {**row, "id": row_id}}
    yield names.create_type, {names.row: {**row, "id": kept_id}}
    yield names.update_type, {names.row: {"id": row_id, column: value}}
    yield names.delete_type, {names.id_key: row_id}
    others[table.key] = kept_id


def settings_steps(world: World, author: Client) -> Iterator[Step]:
    """Every kind of change of settings, one after the other."""
    yield "SETTINGS_CREATE_VERSION", {"name": "empty", "empty": True}
    yield "SETTINGS_ACTIVATE_VERSION", {"versionId": newest(author)}
    others = {STAFF: world.staff_ids[0]}
    for table in TABLES:
        yield from table_steps(table, others)
    for table in TABLES:
        if table.hard_delete:
            yield table.names.delete_type, {table.names.id_key: others[table.key]}
            yield table.names.hard_delete_type, {table.names.id_key: others[table.key]}
    active = newest(author)
    yield "SETTINGS_LOCK_VERSION", {"versionId": active}
    yield "SETTINGS_UNLOCK_VERSION", {"versionId": active}
    yield "SETTINGS_CREATE_VERSION", {"name": "copy", "description": "of the one in use"}
    yield "SETTINGS_DELETE_VERSION", {"versionId": newest(author)}
    yield "SETTINGS_MIGRATE", {"settings": {"dailyLimits": [{"name": "off", "shiftType": "off", "maxCount": 3}]}}
    yield "SETTINGS_RESET", {}
    yield "RESTAURANT_UPDATE", {"changes": {"textCountsAs": "work", "country": "DE"}}


def newest(client: Client) -> str:
    """The id of the newest version."""
    versions = client.request("SETTINGS_VERSIONS_REQUEST", {})["payload"]["versions"]
    version_id: str = max(versions, key=lambda version: version["versionNumber"])["id"]
    return version_id


def test_recording__as_committed__is_what_this_server_says(connect: Connect, world: World) -> None:
    author, observer = connect(Role.OWNER), connect(Role.MANAGER)
    recorder = Recorder(observer, world.schedule_id)
    for type, payload in steps(world):
        author.ack(type, payload)
        recorder.step(type)
    for type, payload in settings_steps(world, author):
        assert author.request(type, payload)["type"] != "ERROR", type
        recorder.step(type)
    recording = recorder.recording()
    assert all(step["events"] for step in recording["steps"])
    assert {event["type"] for step in recording["steps"] for event in step["events"]} >= set(BROADCASTS)
    if os.environ.get("UPDATE_RECORDING"):
        store(recording)
    assert recording == stored(), "run this with UPDATE_RECORDING=1 and commit what it writes"


@pytest.mark.parametrize("made", [date(2027, 3, 1), date(2026, 12, 2)], ids=str)
@pytest.mark.parametrize("days_before", [0, 1], ids=["in a day", "over midnight"])
def test_normal__made_on_whatever_day__names_the_same_days(made: date, days_before: int) -> None:
    told = {"past": {"validUntil": str(made - timedelta(days=1))}, "validFrom": str(made), "other": "2025-08-01"}
    begun = made - timedelta(days=days_before)
    assert normal(told, begun) == {"past": {"validUntil": YESTERDAY}, "validFrom": TODAY, "other": "2025-08-01"}
