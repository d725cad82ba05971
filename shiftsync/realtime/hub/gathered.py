"""Questions that many ask at the same time, answered together: hundreds of clients that come at once cost a few reads, not a few each."""

import asyncio
from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from shiftsync.core.errors import DomainError
from shiftsync.realtime.stream.database import run_db

Question = TypeVar("Question")
Answer = TypeVar("Answer")

MOST_TOGETHER = 100

Waiting = list[tuple[Any, "asyncio.Future[Any]"]]


class Gathered:
    """The questions of one event loop. Who asks while the same is being answered for others waits for the next time, and is answered with
    all who asked meanwhile: what is read for them is read after they asked."""

    def __init__(self) -> None:
        self._waiting: dict[Hashable, Waiting] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def ask(
        self,
        answer: Callable[[Sequence[Question]], Sequence[Answer | DomainError]],
        key: Hashable,
        question: Question,
    ) -> Answer:
        """What ``answer``, on a database thread, says to ``question``; an error that it says is raised. Its answers are in the order
        of the questions, which are those with an equal ``key``. An error that it raises is raised for each of them."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Answer] = loop.create_future()
        place = (answer, key)
        waiting = self._waiting.get(place)
        if waiting is not None:
            waiting.append((question, future))
            return await future
        self._waiting[place] = [(question, future)]
        task = loop.create_task(self._answer_all(place, answer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await future

    async def close(self) -> None:
        """Answers nobody any more."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _answer_all(self, place: Hashable, answer: Callable[[Sequence[Any]], Sequence[Any]]) -> None:
        try:
            while waiting := self._waiting[place]:
                some, self._waiting[place] = waiting[:MOST_TOGETHER], waiting[MOST_TOGETHER:]
                # Who has gone meanwhile is not asked for.
                await _answer([each for each in some if not each[1].done()], answer)
        finally:
            for _, future in self._waiting.pop(place):
                future.cancel()


async def _answer(asked: Waiting, answer: Callable[[Sequence[Any]], Sequence[Any]]) -> None:
    if not asked:
        return
    try:
        answers = await run_db(answer, [question for question, _ in asked])
    except asyncio.CancelledError:
        for _, future in asked:
            future.cancel()
        raise
    except Exception as error:
        answers = [error] * len(asked)
    for (_, future), said in zip(asked, answers, strict=True):
        if future.done():
            continue
        if isinstance(said, Exception):
            future.set_exception(said)
        else:
            future.set_result(said)
