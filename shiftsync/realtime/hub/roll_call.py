"""Whether those who are connected may still be: every few seconds, of all sockets of this process at once.

A change of access that a service makes is told by a row of the log and acted on at once (:meth:`Room._apply_access`). But a session also
ends by the clock, by a sign-out that only deletes its row, by a password set anywhere; nobody would write a row for these. So the
database is asked, in one round trip for all.
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
    """Asks once, and closes or changes what has no right to be as it is."""
    present = [connection for connection in connections if not connection.is_closing]
    if not present:
        return
    truth = await run_db(partial(sign_ins_of, {connection.actor for connection in present}))
    for connection in present:
        _apply(truth, connection)


async def keep_calling(connections: Callable[[], Iterable[Connection]]) -> None:
    """Asks for ever; the hub supervises it."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        await call_roll(connections())


def _apply(truth: SignIns, connection: Connection) -> None:
    if connection.is_closing:
        return
    try:
        connection.take_role(truth.role_of(connection.actor))
    except Unauthenticated:
        connection.revoke(UNAUTHENTICATED)
    except Forbidden:
        connection.revoke(FORBIDDEN)
