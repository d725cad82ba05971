"""Reading frames of clients, writing frames of the server."""

import json
from contextlib import suppress
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftsync.core.errors import DomainError, InvalidJson, InvalidMessage, RateLimited, ValidationFailed
from shiftsync.realtime.protocol.envelope import (
    CLIENT_ID_LENGTH,
    MAX_FRAME_BYTES,
    Envelope,
    batch,
    client_id_from,
    envelope,
    error_envelope,
    parse,
    request_id_from,
)
from shiftsync.realtime.protocol.wire import Protocol

REQUEST = "0197f0a0-0000-7000-8000-000000000001"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('{"type":"PING"}', Envelope("PING", {}, None, None)),
        ('{"type":"PING","payload":null,"clientId":null,"requestId":null}', Envelope("PING", {}, None, None)),
        ('{"type":"PING","payload":[1]}', Envelope("PING", [1], None, None)),
        ('{"type":"A","payload":{"b":1},"clientId":"tab"}', Envelope("A", {"b": 1}, None, "tab")),
        (f'{{"type":"A","requestId":"{REQUEST}"}}', Envelope("A", {}, UUID(REQUEST), None)),
        ('{"type":"A","clientId":7,"timestamp":{},"unknown":1}', Envelope("A", {}, None, None)),
    ],
)
def test_parse__a_message__is_read(text: str, read: Envelope) -> None:
    assert parse(text) == read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "invalid_message"),
        ("", "invalid_json"),
        ("{", "invalid_json"),
        ("NaN", "invalid_json"),
        ('{"type":"A","payload":Infinity}', "invalid_json"),
        ("[" * 100_000, "invalid_json"),
        ("[]", "invalid_message"),
        ("7", "invalid_message"),
        ("{}", "invalid_message"),
        ('{"type":""}', "invalid_message"),
        ('{"type":null}', "invalid_message"),
        (json.dumps({"type": "A" * 65}), "invalid_message"),
        ('{"type":"A","requestId":7}', "validation_error"),
        ('{"type":"A","requestId":"nine"}', "validation_error"),
        ('"' + "x" * MAX_FRAME_BYTES + '"', "payload_too_large"),
    ],
)
def test_parse__no_message__is_refused_with_its_code(text: str | None, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        parse(text)
    assert refusal.value.code == code


@given(st.text())
def test_parse__any_text__is_read_or_refused(text: str) -> None:
    with suppress(InvalidJson, InvalidMessage):
        parse(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, None),
        ("{", None),
        ("[]", None),
        ('{"requestId":7}', None),
        ('{"requestId":"nine"}', "nine"),
        (json.dumps({"requestId": "x" * 101}), None),
    ],
)
def test_request_id_from__what_could_not_be_handled__is_told_apart(text: str | None, found: str | None) -> None:
    assert request_id_from(text) == found


@pytest.mark.parametrize(
    ("value", "kept"),
    [("tab", "tab"), ("", None), (None, None), (7, None), ("a\x00b", None), ("x" * CLIENT_ID_LENGTH, "x" * 100)],
)
def test_client_id_from__any_value__is_kept_or_not(value: object, kept: str | None) -> None:
    assert client_id_from(value) == kept


@given(client_id=st.none() | st.text(), version=st.none() | st.integers(0), request_id=st.none() | st.uuids())
def test_envelope__any_parts__is_json_that_says_them(
    client_id: str | None, version: int | None, request_id: UUID | None
) -> None:
    message = json.loads(envelope("A", '{"b":1}', client_id=client_id, version=version, request_id=request_id))
    assert (message["type"], message["payload"], message["clientId"]) == ("A", {"b": 1}, client_id)
    assert message.get("version") == version
    assert message.get("requestId") == (str(request_id) if request_id else None)
    assert message["success"] is True
    assert message["timestamp"].endswith("Z")


def test_error_envelope__an_error__carries_code_text_and_patience() -> None:
    message = json.loads(error_envelope(RateLimited(retry_after=2), Protocol.V1, client_id="tab", request_id=REQUEST))
    assert message["success"] is False
    assert message["requestId"] == REQUEST
    payload = message["payload"]
    assert (payload["code"], payload["retryAfterSeconds"]) == ("rate_limited", 2)
    assert payload["message"] == payload["error"]
    assert list(payload) == ["code", "message", "error", "details", "retryAfterSeconds"]


def test_error_envelope__of_version_two__says_it_in_japanese_as_well() -> None:
    error = ValidationFailed.of("startDate", "This field is required.")
    payload = json.loads(error_envelope(error, Protocol.V2, client_id="tab"))["payload"]
    assert payload["message"] == "startDate: This field is required."
    assert payload["messageJa"] == "開始日：この項目は必須です。"
    assert payload["details"] == {"startDate": ["This field is required."]}
    assert payload["detailsJa"] == {"startDate": ["この項目は必須です。"]}


def test_batch__messages__stand_in_their_order() -> None:
    messages = [envelope("A", "1", client_id=None, version=version) for version in (4, 5)]
    frame = json.loads(batch(messages, 5))
    assert (frame["type"], frame["version"]) == ("BATCH", 5)
    assert frame["payload"]["messages"] == [json.loads(message) for message in messages]
