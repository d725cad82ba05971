"""The frames that a floor sends: as long as the server's, and with their version at the same place."""

TIMESTAMP = "2025-08-21T00:00:00.000Z"


def greeting() -> str:
    """What tells a client that it is in."""
    return frame("CONNECTION_ACK", '{"status":"connected"}', 0)


def is_heartbeat(text: str) -> bool:
    """Whether a client only says that it is there."""
    return text.startswith('{"type":"PING"')


def frame(kind: str, payload: str, version: int, client_id: str = "00000000-0000-0000-0000-000000000000") -> str:
    """A message of the server."""
    return (
        f'{{"type":"{kind}","payload":{payload},"timestamp":"{TIMESTAMP}","clientId":"{client_id}","success":true,'
        f'"version":{version}}}'
    )


def ack(request_id: str, version: int) -> str:
    """What its author gets for a change."""
    payload = f'{{"version":{version},"result":{{"shiftValue":"×"}}}}'
    return f'{frame("ACK", payload, version)[:-1]},"requestId":"{request_id}"}}'
