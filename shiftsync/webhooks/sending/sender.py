"""Delivers the events of all webhooks, beside the tasks of a worker: each webhook's in order, all webhooks at the same time.

One event loop on a thread of its own, so that a receiver that takes its time holds a coroutine and nobody else; the database is asked on
other threads. Several workers may run: a webhook is one's at a time (:mod:`.turns`).
"""

import asyncio
import logging
import threading
import time
from contextlib import suppress

from django.conf import settings
from django.db import Error

from shiftsync.core import tracing
from shiftsync.core.beside import End, runs_beside_tasks
from shiftsync.core.clock import now
from shiftsync.core.database_errors import is_transient
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.metrics import WEBHOOK_ATTEMPTS
from shiftsync.core.outward.http import Undelivered, post
from shiftsync.realtime.stream.database import run_db
from shiftsync.webhooks.sending.turns import Attempt, Outgoing, Turn, claim_due, destination, let_go, record, to_deliver

logger = logging.getLogger("shiftsync.webhooks")

POLL_SECONDS = 1.0
MOST_AT_ONCE = 256
PAGES_A_TURN = 10
"""After so many pages a webhook with more to be told waits until others had their turn."""


class Sender:
    """What :func:`send_webhooks` runs; tests run it as well."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._at_work: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def start(self) -> "Sender":
        """Begins, on a thread that ends with the process."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends it after what is under way; returns when it has ended."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        asyncio.run(self._deliver())

    async def _deliver(self) -> None:
        while not self._stopped.is_set():
            await self._begin_turns()
            if self._at_work:  # the next event of a busy webhook is due as soon as its turn ends
                await asyncio.wait(self._at_work, timeout=POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            else:
                await asyncio.sleep(POLL_SECONDS)
        for task in self._at_work:
            task.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)

    async def _begin_turns(self) -> None:
        try:
            turns = await run_db(claim_due, MOST_AT_ONCE - len(self._at_work))
        except Error as error:
            self._tell(error)
            return
        except Exception:  # the thread must not end by it
            logger.exception("webhook.claiming_failed")
            return
        for turn in turns:
            task = asyncio.create_task(self._take(turn))
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)

    async def _take(self, turn: Turn) -> None:
        """One webhook's turn. What goes wrong here ends it; the lease lapses, and somebody takes it up again."""
        try:
            for _ in range(PAGES_A_TURN):
                page = await run_db(to_deliver, turn)
                if not page or not await self._send(turn, page):
                    break
            await run_db(let_go, turn)
        except asyncio.CancelledError:
            with suppress(Error):
                await run_db(let_go, turn)
            raise
        except Error as error:
            self._tell(error)
        except Exception:
            logger.exception("webhook.turn_failed webhook=%s", turn.webhook_id)

    async def _send(self, turn: Turn, page: list[Outgoing]) -> bool:
        for outgoing in page:
            about = {
                "shiftsync.restaurant": turn.restaurant_id,
                "shiftsync.webhook": turn.webhook_id,
                "shiftsync.version": outgoing.version,
            }
            with tracing.work("webhook", about):
                attempt = await _attempted(turn, outgoing)
                if attempt is None or not await run_db(record, turn, outgoing, attempt):
                    return False
        return True

    def _tell(self, error: Error) -> None:
        if not is_transient(error):
            logger.error("webhook.database error=%r", error)


async def _attempted(turn: Turn, outgoing: Outgoing) -> Attempt | None:
    """What became of one delivery; None: the turn is somebody else's."""
    began, clock = now(), time.monotonic()

    def after(outcome: str, **facts: object) -> Attempt:
        WEBHOOK_ATTEMPTS.labels(outcome=outcome).inc()
        return Attempt(began, round((time.monotonic() - clock) * 1000), **facts)  # type: ignore[arg-type]  # its own fields

    try:
        found = await run_db(destination, turn, outgoing, began)
        if found is None:
            return None
        url, headers = found
        networks, seconds = settings.CONFIG.webhook_networks, settings.WEBHOOK_TIMEOUT_SECONDS
        since = tracing.moment()
        answer = await post(url, headers, outgoing.body, networks=networks, seconds=seconds)
        tracing.note("post", since, {"http.response.status_code": answer.status})
    except (Undelivered, ValidationFailed) as problem:
        return after("failed", error=str(problem))
    return after(
        "succeeded" if answer.is_success else "failed",
        status=answer.status,
        text=answer.text,
        retry_after=answer.retry_after,
    )


@runs_beside_tasks
def send_webhooks() -> End:
    """Delivers in this worker, too."""
    return Sender().start().stop
