"""One delivery over HTTP/1.1: to the address that was checked and no other, without redirects, within a time and a size.

The parts of HTTP are h11's, which uvicorn is made of as well; a client that opens its own connections would look the name up again,
after it was checked.
"""

import asyncio
import socket
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

import h11

from shiftsync import __version__
from shiftsync.core.outward.addresses import Address, Network, Target, may_reach, target_of
from shiftsync.core.text import without_unfit

MOST_READ = 16 * 1024
"""How much of an answer is read; the rest of it is of no interest."""
MOST_SHOWN = 500
MOST_ADDRESSES = 3
AGENT = f"ShiftSync/{__version__}"


class Undelivered(Exception):
    """There was no answer; the text says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver said. ``retry_after`` in seconds, if it said so."""

    status: int
    text: str
    retry_after: float | None

    @property
    def is_success(self) -> bool:
        """Whether the event has been received: 2xx and nothing else."""
        return 200 <= self.status < 300


async def post(
    url: str, headers: Mapping[str, str], body: bytes, *, networks: Sequence[Network], seconds: float
) -> Answer:
    """Sends ``body`` and returns the answer. Raises :class:`Undelivered`, after ``seconds`` at the latest."""
    try:
        target = target_of(url)
        async with asyncio.timeout(seconds):
            reader, writer = await _connection(target, networks)
            try:
                return await _exchange(reader, writer, _request(target, headers, body), body)
            finally:
                writer.transport.abort()
    except TimeoutError:
        raise Undelivered(f"There was no answer within {seconds:g} s.") from None
    except ssl.SSLCertVerificationError as error:
        raise Undelivered(f"The certificate is not valid: {error.verify_message}.") from None
    except (OSError, h11.RemoteProtocolError, asyncio.IncompleteReadError, ValueError) as error:
        raise Undelivered(str(error)[:200] or type(error).__name__) from None


async def _connection(target: Target, networks: Sequence[Network]) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    security = ssl.create_default_context() if target.is_secure else None
    last: OSError | None = None
    for address in (await _addresses(target, networks))[:MOST_ADDRESSES]:
        try:
            return await asyncio.open_connection(
                str(address), target.port, ssl=security, server_hostname=target.host if security else None
            )
        except ssl.SSLError:
            raise
        except OSError as error:
            last = error
    raise last or Undelivered("The host has no address.")


async def _addresses(target: Target, networks: Sequence[Network]) -> list[Address]:
    """What the name leads to now, as far as the server may go there. Raises :class:`Undelivered` if that is nowhere."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Undelivered("The host is not known.") from None
    addresses = [ip_address(str(place[0]).partition("%")[0]) for *_, place in found]
    allowed = [each for each in dict.fromkeys(addresses) if may_reach(each, target, networks)]
    if not allowed:
        raise Undelivered("The address does not lead to the public internet by https.")
    return allowed


def _request(target: Target, headers: Mapping[str, str], body: bytes) -> h11.Request:
    own = {
        "Host": target.shown_host,
        "User-Agent": AGENT,
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Accept": "*/*",
        "Connection": "close",
    }
    return h11.Request(method="POST", target=target.path, headers=list({**own, **headers}.items()))


async def _exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: h11.Request, body: bytes
) -> Answer:
    connection = h11.Connection(our_role=h11.CLIENT, max_incomplete_event_size=MOST_READ)
    writer.write(connection.send(request) or b"")
    writer.write(connection.send(h11.Data(data=body)) or b"")
    writer.write(connection.send(h11.EndOfMessage()) or b"")
    with suppress(ConnectionError):  # whoever refuses a body unread has answered nevertheless
        await writer.drain()
    head: h11.Response | None = None
    text = b""
    while len(text) < MOST_READ:
        event: Any = connection.next_event()
        if event is h11.NEED_DATA:
            data = await reader.read(MOST_READ)
            if not data and head is None:
                raise Undelivered("The connection was closed without an answer.")
            connection.receive_data(data)
        elif isinstance(event, h11.Response):
            head = event
        elif isinstance(event, h11.Data):
            text += bytes(event.data)
        elif not isinstance(event, h11.InformationalResponse):
            break  # the end of the answer
    if head is None:
        raise Undelivered("The answer is not HTTP.")
    shown = without_unfit(text.decode(errors="replace"))[:MOST_SHOWN]
    return Answer(head.status_code, shown, _retry_after(head))


def _retry_after(head: h11.Response) -> float | None:
    for name, value in head.headers:
        if bytes(name).lower() == b"retry-after" and value.isdigit() and len(value) < 9:
            return float(value)
    return None
