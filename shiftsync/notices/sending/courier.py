"""What tells people beside the tasks of a worker: deadlines that come near, and what leaves the server by mail or push.

One event loop on a thread of its own, as for webhooks; several workers may run, and the database decides who sends what (:mod:`.turns`).
"""

import asyncio
import logging
import threading
import time
from collections.abc import Awaitable, Callable
from functools import partial

from django.db import Error

from shiftsync.core import tracing
from shiftsync.core.beside import End, runs_beside_tasks
from shiftsync.core.database_errors import is_transient
from shiftsync.core.metrics import NOTICES_SENT
from shiftsync.notices.kinds import WATCHES
from shiftsync.notices.models import Channel
from shiftsync.notices.sending import held
from shiftsync.notices.sending.held import Held
from shiftsync.notices.sending.invitations import INVITATIONS
from shiftsync.notices.sending.letters import LETTERS
from shiftsync.notices.sending.mail import letter, send_mail
from shiftsync.notices.sending.push import send_push
from shiftsync.notices.sending.turns import Outcome, Parcel, Turn, begin, claim_due, end, route
from shiftsync.realtime.stream.database import run_db

logger = logging.getLogger("shiftsync.notices")

POLL_SECONDS = 1.0
WATCH_SECONDS = 300.0
MOST_AT_ONCE = 16
Attempt = tuple[Outcome, str, float | None]


class Courier:
    """What :func:`send_notices` runs; tests run it as well."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._watched_at: float | None = None
        self._at_work: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="notices", daemon=True)

    def start(self) -> "Courier":
        """Begins, on a thread that ends with the process."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends it after what is under way; returns when it has ended."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        asyncio.run(self._work())

    async def _work(self) -> None:
        while not self._stopped.is_set():
            if self._watched_at is None or time.monotonic() - self._watched_at >= WATCH_SECONDS:
                self._watched_at = time.monotonic()
                for look in WATCHES:
                    await self._guarded(partial(run_db, look))
            await self._guarded(self._begin_turns)
            if self._at_work:
                await asyncio.wait(self._at_work, timeout=POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            else:
                await asyncio.sleep(POLL_SECONDS)
        # What has been begun is ended and noted: it is bounded, and whether a mail was sent is not found out later.
        await asyncio.gather(*self._at_work, return_exceptions=True)

    async def _begin_turns(self) -> None:
        await run_db(route)
        for turn in await run_db(claim_due, MOST_AT_ONCE - len(self._at_work)):
            self._begin(partial(_take, turn))
        for post in (LETTERS, INVITATIONS):
            for mail in await run_db(held.claim, post, max(0, MOST_AT_ONCE - len(self._at_work))):
                self._begin(partial(_take_mail, mail))

    def _begin(self, work: Callable[[], Awaitable[object]]) -> None:
        task = asyncio.create_task(self._guarded(work))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    async def _guarded(self, work: Callable[[], Awaitable[object]]) -> None:
        """The thread must not end by what goes wrong; it is tried again."""
        try:
            await work()
        except Error as error:
            if not is_transient(error):
                logger.error("notices.database error=%r", error)
        except Exception:
            logger.exception("notices.failed")


async def _take(turn: Turn) -> None:
    about = {"shiftsync.restaurant": turn.restaurant_id, "shiftsync.delivery": turn.delivery_id}
    with tracing.work(f"notice by {turn.channel}", about):
        await _carry(turn)


async def _carry(turn: Turn) -> None:
    parcel = await run_db(begin, turn)
    if parcel is None:
        return
    since = tracing.moment()
    outcome, error, retry_after = await _attempted(turn, parcel)
    tracing.note("send", since, {"shiftsync.outcome": outcome.value})
    NOTICES_SENT.labels(channel=turn.channel, outcome=outcome.value).inc()
    await run_db(end, turn, outcome, error, retry_after)


async def _take_mail(taken: Held) -> None:
    with tracing.work("mail about an account", {"shiftsync.delivery": taken.id}):
        mail = await run_db(held.begin, taken)
        if mail is None:
            return
        outcome, error = await asyncio.to_thread(send_mail, mail)
        NOTICES_SENT.labels(channel=Channel.MAIL, outcome=outcome.value).inc()
        await run_db(held.end, taken, outcome, error)


async def _attempted(turn: Turn, parcel: Parcel) -> Attempt:
    if turn.channel == Channel.MAIL:
        return (*await asyncio.to_thread(send_mail, letter(parcel)), None)
    return await send_push(parcel)


@runs_beside_tasks
def send_notices() -> End:
    """Tells people in this worker, too."""
    return Courier().start().stop
