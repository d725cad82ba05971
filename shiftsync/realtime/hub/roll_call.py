"""Checks every few seconds whether all connected users still have access.

A change of access by a service is in the log and takes effect at once (:meth:`Room._apply_access`). But a session also
expires, is deleted by a sign-out, or ends with a new password, and none of these writes to the log. So the database is
asked, in one round trip for all sockets.
"""

import asyncio
from collections.abc import Callable, Iterable
from functools import partial

from shiftsync.core.actor import Sight
from shiftsync.core.errors import Forbidden, Unauthenticated
from shiftsync.realtime.hub.connection import FORBIDDEN, UNAUTHENTICATED, Connection
from shiftsync.realtime.stream.database import run_db
from shiftsync.tenants.selectors import SignIns, sign_ins_of

EVERY_SECONDS = 2.0


async def call_roll(connections: Iterable[Connection]) -> None:
    """Asks once, and closes or updates the connections whose access has changed."""
    present = [connection for connection in connections if not connection.is_closing]
    if not present:
        return
    known = {connection: connection.sight for connection in present}
    truth = await run_db(partial(sign_ins_of, {connection.actor for connection in present}))
    for connection in present:
        _apply(truth, connection, known[connection])


async def keep_calling(connections: Callable[[], Iterable[Connection]]) -> None:
    """Repeats this for ever. Supervised by the hub."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        await call_roll(connections())


def _apply(truth: SignIns, connection: Connection, known: Sight) -> None:
    if connection.is_closing:
        return
    try:
        sight = truth.sight_of(connection.actor)
        if connection.sight is known:  # else the log has said something since, which may be newer than what was read
            connection.take_sight(sight)
    except Unauthenticated:
        connection.revoke(UNAUTHENTICATED)
    except Forbidden:
        connection.revoke(FORBIDDEN)
