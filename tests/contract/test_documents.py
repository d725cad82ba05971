"""The exported protocol is the one that is spoken."""

from pathlib import Path

import pytest

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
