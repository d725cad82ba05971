"""The canary of a server process: it edits something of its own now and then, and listens for the news as the process's clients do.

What answers a health check may take no edit all the same (a disk that is full, a standby that nobody promoted), or tell nobody of one (a
channel layer that takes messages and brings none). It writes into a table of its own, so that it touches no restaurant.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from shiftsync.core.clock import now
from shiftsync.core.ids import new_id
from shiftsync.core.metrics import CANARY, CANARY_SECONDS
from shiftsync.realtime.models import CanaryEdit
from shiftsync.realtime.stream.database import run_db

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 5.0
FORGOTTEN_AFTER = timedelta(days=1)

OK, UNWRITTEN, UNHEARD = "ok", "unwritten", "unheard"


class Canary:
    """``publish`` sends news to all processes, this one among them, which hands them to :meth:`hear`."""

    def __init__(self, publish: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self.last: dict[str, Any] | None = None
        self._publish = publish
        self._process = new_id()
        self._number = 0
        self._is_heard = asyncio.Event()

    async def keep_editing(self, every_seconds: float) -> None:
        """Edits as often as that, for ever; 0: never."""
        while every_seconds:
            await asyncio.sleep(every_seconds)
            await self._edit()
        await asyncio.Event().wait()

    def hear(self, news: list[Any]) -> None:
        """Takes what a canary has said, perhaps this one."""
        if news == [str(self._process), self._number]:
            self._is_heard.set()

    async def _edit(self) -> None:
        began = time.monotonic()
        self._number += 1
        self._is_heard.clear()
        outcome = UNWRITTEN
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await run_db(_write, self._process, self._number)
                outcome = UNHEARD
                await self._publish({"canary": [str(self._process), self._number]})
                await self._is_heard.wait()
                outcome = OK
        except Exception as error:
            if self.last is None or self.last["outcome"] != outcome:
                logger.warning("canary.%s error=%s", outcome, type(error).__name__)
        seconds = time.monotonic() - began
        CANARY.labels(outcome=outcome).inc()
        if outcome == OK:
            CANARY_SECONDS.observe(seconds)
        self.last = {"outcome": outcome, "seconds": round(seconds, 3)}


def _write(process: UUID, number: int) -> None:
    moment = now()
    CanaryEdit.objects.update_or_create(process=process, defaults={"number": number, "at": moment})
    if number == 1:
        CanaryEdit.objects.filter(at__lt=moment - FORGOTTEN_AFTER).delete()
