"""Checks every few seconds whether all connected users still have access.

A change of access by a service is in the log and takes effect at once (:meth:`Room._apply_access`). But a session also
expires, is deleted by a sign-out, or ends with a new password, and none of these writes to the log. So the database is
asked, in one round trip for all sockets.
"""

import asyncio
from collections.abc import Callable, Iterable
from functools import partial

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
    truth = await run_db(partial(sign_ins_of, {connection.actor for connection in present}))
    for connection in present:
        _apply(truth, connection)


async def keep_calling(connections: Callable[[], Iterable[Connection]]) -> None:
    """Repeats this for ever. Supervised by the hub."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        await call_roll(connections())


def _apply(truth: SignIns, connection: Connection) -> None:
    if connection.is_closing:
        return
    try:
        connection.take_role(truth.role_of(connection.actor))
        connection.take_person(truth.person_of(connection.actor))
    except Unauthenticated:
        connection.revoke(UNAUTHENTICATED)
    except Forbidden:
        connection.revoke(FORBIDDEN)
