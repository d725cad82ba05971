"""How version 1 clients ask for settings and send them."""

from typing import Any

from tests.support.client import Client

Row = dict[str, Any]
A, B = "client_a", "client_b"


def asked(client: Client, payload: Row | None = None) -> Row:
    """The answer to a question for the settings, not what was told of a change that was made just before."""
    answer: Row = client.request("SETTINGS_SYNC_REQUEST", payload or {})["payload"]
    return answer


def sent(client: Client, type: str, payload: Row, name: str = A) -> Row:
    """Sends an update as such a client does, and returns the sync that follows it (or the error)."""
    client.settled()
    client.send(type, payload, clientId=name)
    return client.expect("SETTINGS_SYNC_RESPONSE", "ERROR")


def by_id(rows: list[Row]) -> dict[str, Row]:
    return {row["id"]: row for row in rows}
