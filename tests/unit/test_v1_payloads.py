"""Payloads of version 1 clients in the words of today."""

from typing import Any

import pytest

from shiftsync.realtime.socket.v1_payloads import with_text_ids
from staff.v1 import read_create, read_update


@pytest.mark.parametrize(
    ("payload", "read"),
    [
        ({"groupId": 3}, {"groupId": "3"}),
        ({"id": 3, "period": 0}, {"id": "3", "period": 0}),
        ({"staffIds": [1, "b"]}, {"staffIds": ["1", "b"]}),
        ({"staffId": True}, {"staffId": True}),
        ({"staffId": 1.5}, {"staffId": 1.5}),
        ({"staffId": None, "paid": 3}, {"staffId": None, "paid": 3}),
        ([], []),
        ("x", "x"),
        (None, None),
    ],
)
def test_ids__at_the_top__are_text(payload: Any, read: Any) -> None:
    assert with_text_ids(payload) == read
    assert with_text_ids(read) is read


POINT = {"year": 2025, "month": 8}


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({"name": "a", "startPeriod": "", "endPeriod": None}, {"name": "a", "startPeriod": None, "endPeriod": None}),
        ({"startPeriod": {**POINT, "day": ""}}, {"startPeriod": POINT}),
        ({"endPeriod": {"year": "", "month": "", "day": ""}}, {"endPeriod": None}),
        ({"endPeriod": {"year": 2025, "month": ""}}, {"endPeriod": {"year": 2025}}),
        ({"startPeriod": 7}, {"startPeriod": 7}),
        ({"order": 3}, {"staffOrder": 3}),
        ({"order": 3, "staffOrder": 5}, {"staffOrder": 5}),
        ({"order": ""}, {}),
        ({"staffOrder": "", "period": "", "type": "", "name": ""}, {"type": "", "name": ""}),
    ],
)
def test_member__of_version_1__is_in_the_words_of_today(given: dict[str, Any], read: dict[str, Any]) -> None:
    assert read_create(given) == read
    assert read_update({"staffId": "s", "changes": given}) == {"staffId": "s", "changes": read}


@pytest.mark.parametrize("payload", [[], "x", None, {"staffId": "s"}, {"staffId": "s", "changes": []}])
def test_member__that_is_none__stays_to_be_refused(payload: Any) -> None:
    assert read_update(payload) == payload
