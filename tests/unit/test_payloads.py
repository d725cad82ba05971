"""What a validated payload states, as a typed object."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from rest_framework import serializers

from schedules.services.cells import CellEdit, CellsEdit
from shiftsync.core.actor import Actor
from shiftsync.core.payloads import CHANGE_OPTIONS, FromPayload, from_payload, rest_of_payload
from shiftsync.realtime.protocol.payloads import ChangePayload
from shiftsync.realtime.socket.router import HANDLERS, change_message
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome


@dataclass(frozen=True, slots=True)
class Move(FromPayload):
    row_id: str
    place: str | None
    days: tuple[int, ...] = field(default=(), metadata=from_payload("weekdays", read=tuple))
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Creation(FromPayload):
    fields: dict[str, Any] = field(metadata=rest_of_payload())
    id: str | None = None


class MovePayload(ChangePayload):
    row_id = serializers.CharField(required=False)


def never(request: ChangeRequest[Move]) -> Outcome:
    raise AssertionError


def test_of__names_and_forms__are_the_fields_own() -> None:
    assert Move.of({"row_id": "1", "weekdays": [0, 6], "reason": "x"}) == Move("1", None, (0, 6))


def test_of__what_is_given__counts_before_the_payload() -> None:
    assert Move.of({"row_id": "1", "place": "a"}, row_id="2", is_shown=False) == Move("2", "a", (), False)


def test_of__the_rest__is_what_no_field_takes() -> None:
    payload = {"id": "1", "name": "A", "period": 2, "base_version": 3, "strategy": "merge_changes", "reason": "x"}
    assert Creation.of(payload) == Creation({"name": "A", "period": 2}, "1")


def test_change_options__are_the_fields_of_every_change() -> None:
    assert set(ChangePayload().fields) == CHANGE_OPTIONS


def test_change_message__payload_that_may_leave_out_a_field__is_refused_at_the_start() -> None:
    with pytest.raises(TypeError, match=r"TEST_MOVE.*Move.*row_id"):
        change_message("TEST_MOVE", MovePayload, Move, never)
    assert "TEST_MOVE" not in HANDLERS


@pytest.mark.parametrize(
    ("intent", "digest"),
    [
        (
            CellEdit("s", "p", "2026-01-01", "x", 2),
            "237be9ae74c829aa50c23111daf1664c963c2f1eb46bdb5bc6d8e4654282dfd7",
        ),
        (
            CellsEdit("s", {"p": {"2026-01-01": "x"}}),
            "55bd2483bba3a06a372dfc7e15dc39dfc03a3de93040c5716bb00b8794eb681e",
        ),
    ],
)
def test_content_hash__stored_before_an_upgrade__is_that_of_a_repeat_after_it(intent: FromPayload, digest: str) -> None:
    """Names of classes and fields are part of the hash: renaming one refuses what screens send again."""
    assert ChangeRequest(Actor.system(UUID(int=1)), intent).content_hash() == digest
