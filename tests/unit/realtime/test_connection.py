"""One socket's outgoing side: order, holding, overflow, the end."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftsync.realtime.hub import connection as module
from shiftsync.realtime.hub.connection import MAX_WAITING_BYTES, TRY_AGAIN
from shiftsync.realtime.hub.delivery import Delivery
from shiftsync.realtime.protocol.envelope import envelope
from shiftsync.realtime.protocol.frames import Frame
from shiftsync.realtime.protocol.wire import Protocol
from tests.support.changes import cell_change
from tests.support.peer import Peer, flushed, open_connection
from tests.support.waiting import PATIENCE_SECONDS


def answer(version: int) -> Frame:
    return Frame.of(envelope("SHIFT_SYNC_RESPONSE", "{}", client_id=None, version=version))


def delivery(*versions: int) -> Delivery:
    return Delivery([cell_change(version) for version in versions])


async def test_deliver__not_held__goes_out_in_order() -> None:
    peer = Peer()
    connection = open_connection(peer)
    connection.deliver(delivery(1))
    connection.deliver(delivery(2, 3))
    assert connection.position == 3
    await flushed(connection)
    assert peer.versions == [1, 2, 3]


@pytest.mark.parametrize(
    ("skip_older", "types"),
    [
        (False, ["SHIFT_BROADCAST", "SHIFT_BROADCAST", "SHIFT_SYNC_RESPONSE", "SHIFT_BROADCAST", "SHIFT_BROADCAST"]),
        (True, ["SHIFT_SYNC_RESPONSE", "SHIFT_BROADCAST", "SHIFT_BROADCAST"]),
    ],
)
async def test_release__a_state__stands_at_its_place_among_the_changes(skip_older: bool, types: list[str]) -> None:
    peer = Peer()
    connection = open_connection(peer)
    connection.hold()
    connection.deliver(delivery(1, 2, 3))
    connection.deliver(delivery(4))
    assert connection.position == 0
    connection.release(2, [answer(2)], skip_older=skip_older)
    assert connection.position == 4
    await flushed(connection)
    assert peer.types == types
    assert peer.versions[-3:] == [2, 3, 4]


async def test_release__nothing_was_read__what_waited_goes_out() -> None:
    peer = Peer()
    connection = open_connection(peer)
    connection.hold()
    connection.deliver(delivery(1))
    connection.release()
    connection.deliver(delivery(2))
    await flushed(connection)
    assert peer.versions == [1, 2]


async def test_hold__twice__keeps_what_waits() -> None:
    peer = Peer()
    connection = open_connection(peer)
    connection.hold()
    connection.deliver(delivery(1))
    connection.hold()
    connection.release()
    await flushed(connection)
    assert peer.versions == [1]


@given(
    sizes=st.lists(st.integers(1, 4), min_size=1, max_size=8),
    hold_after=st.integers(0, 8),
    release_after=st.integers(0, 8),
    read_at=st.integers(0, 32),
)
def test_release__any_interleaving__each_version_once_and_in_order(
    sizes: list[int], hold_after: int, release_after: int, read_at: int
) -> None:
    async def scenario() -> list[int]:
        peer = Peer()
        connection = open_connection(peer)
        last = 0
        for index, size in enumerate(sizes):
            if index == hold_after:
                connection.hold()
            connection.deliver(delivery(*range(last + 1, last + size + 1)))
            last += size
            if index == hold_after + release_after:
                connection.release(min(read_at, last))
        connection.release()
        await flushed(connection)
        assert connection.position == last
        return peer.versions

    assert asyncio.run(scenario()) == list(range(1, sum(sizes) + 1))


async def test_push__peer_does_not_read__is_closed_with_1013_and_keeps_little() -> None:
    peer = Peer()
    peer.reads.clear()
    connection = open_connection(peer)
    writing = asyncio.create_task(connection.write())
    for _ in range(MAX_WAITING_BYTES // 100_000 + 2):
        connection.push(Frame.of("x" * 100_000))
    assert connection.is_closing
    peer.messages.clear()
    connection.send_text("{}")
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    assert not peer.messages


async def test_push__one_frame_above_the_limit__passes_alone() -> None:
    connection = open_connection(Peer())
    connection.push(Frame.of("x" * (MAX_WAITING_BYTES + 1)))
    assert not connection.is_closing
    connection.push(Frame.of("x"))
    assert connection.is_closing


async def test_write__peer_reads_again_after_overflow__learns_the_close_code() -> None:
    peer = Peer()
    peer.reads.clear()
    connection = open_connection(peer)
    writing = asyncio.create_task(connection.write())
    connection.deliver(delivery(1))
    await asyncio.sleep(0)
    connection.push(Frame.of("x" * MAX_WAITING_BYTES))
    connection.push(Frame.of("x"))
    peer.reads.set()
    await writing
    assert peer.close_code == TRY_AGAIN
    assert peer.versions == [1]


async def test_write__closing_and_peer_never_reads__gives_up_after_its_grace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "CLOSE_GRACE_SECONDS", 0.05)
    peer = Peer()
    peer.reads.clear()
    connection = open_connection(peer)
    writing = asyncio.create_task(connection.write())
    connection.send_text("{}")
    await asyncio.sleep(0)  # the writer waits for the peer now
    connection.close(TRY_AGAIN)
    await asyncio.wait([writing], timeout=PATIENCE_SECONDS)
    assert isinstance(writing.exception(), TimeoutError)


async def test_close__what_is_queued__is_sent_before_it() -> None:
    peer = Peer()
    connection = open_connection(peer)
    connection.deliver(delivery(1))
    connection.close(1012)
    connection.deliver(delivery(2))
    await connection.write()
    assert (peer.versions, peer.close_code) == ([1], 1012)


@pytest.mark.parametrize(("protocol", "types"), [(Protocol.V2, ["ERROR"]), (Protocol.V1, [])])
async def test_revoke__version_2__is_told_why(protocol: Protocol, types: list[str]) -> None:
    peer = Peer()
    connection = open_connection(peer, protocol)
    connection.revoke(4403)
    await connection.write()
    assert (peer.types, peer.close_code) == (types, 4403)


async def test_start_over__version_1__reconnects_and_version_2_is_told() -> None:
    old, new = Peer(), Peer()
    connections = [open_connection(old, Protocol.V1), open_connection(new)]
    for connection in connections:
        connection.start_over("epoch", 3, "why")
        await flushed(connection)
    assert (old.types, old.close_code) == ([], 1012)
    assert new.types == ["RESYNC_REQUIRED"]
    assert new.messages[0]["payload"] == {"epoch": "epoch", "version": 3, "reason": "why"}


async def test_close__after_the_peer_has_gone__does_no_harm() -> None:
    async def gone(message: object) -> None:
        raise ConnectionResetError

    connection = open_connection(Peer())
    connection._send = gone
    connection.send_text("{}")
    with pytest.raises(ConnectionResetError):
        await connection.write()
    connection.close(TRY_AGAIN)
    assert connection.is_closing
