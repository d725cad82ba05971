"""Many statements to PostgreSQL and all their answers in one round trip, by libpq's own pipeline.

psycopg's pipeline goes through a dozen Python calls for each statement and asks the socket after each whether it takes more: a batch of the lane has
fifteen, which took half of the time that it spends on the database.
"""

import re
from collections.abc import Generator, Sequence
from functools import lru_cache
from itertools import count
from typing import Any
from uuid import UUID

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.waiting import Ready, Wait

Asked = tuple[str, Sequence[Any] | None]
"""A statement and its parameters, ``%s`` in its text. Without a list of parameters it is not prepared, and its text is sent as it is."""

MOST_PREPARED = 200
"""What is executed again and again are some dozens of texts."""
REFUSED = (ExecStatus.FATAL_ERROR, ExecStatus.BAD_RESPONSE)


class Exchange:
    """What a connection in pipeline mode has prepared. One caller at a time."""

    def __init__(self) -> None:
        self._prepared: dict[str, bytes] = {}
        self._names = count()

    async def carry_out(self, on: "psycopg.AsyncConnection[Any]", asked: Sequence[Asked]) -> list[Any]:
        """The result of each statement. Raises what the database refused first; what stands behind that is not carried out."""
        told = [(sql, None if given is None else [_told(each) for each in given]) for sql, given in asked]
        new: dict[str, bytes] = {}
        is_answer: list[bool] = []
        for sql, parameters in told:
            if self._send(on, sql, parameters, new):
                is_answer.append(False)
            is_answer.append(True)
        on.pgconn.pipeline_sync()
        results = await on.wait(_results(on))
        for result in results:
            if result.status in REFUSED:
                raise error_from_result(result)
        self._prepared |= new
        return [result for result, is_wanted in zip(results, is_answer, strict=True) if is_wanted]

    async def forget(self, on: "psycopg.AsyncConnection[Any]") -> None:
        """Ends the transaction without a trace, and what was prepared, which a change of a table may have made useless."""
        self._prepared.clear()
        await self.carry_out(on, [("ROLLBACK", None), ("DEALLOCATE ALL", None)])

    def _send(
        self, on: "psycopg.AsyncConnection[Any]", sql: str, parameters: list[bytes | None] | None, new: dict[str, bytes]
    ) -> bool:
        """Whether it is prepared first, in ``new``: that has a result of its own. A name is never used again, since after an error
        nobody knows which were prepared."""
        if parameters is None:
            on.pgconn.send_query_params(sql.encode(), None)
            return False
        name = self._prepared.get(sql) or new.get(sql)
        if name is None and len(self._prepared) + len(new) >= MOST_PREPARED:
            on.pgconn.send_query_params(_numbered(sql), parameters)
            return False
        is_new = name is None
        if name is None:
            name = new[sql] = b"lane%d" % next(self._names)
            on.pgconn.send_prepare(name, _numbered(sql))
        on.pgconn.send_query_prepared(name, parameters)
        return is_new


def _results(on: "psycopg.AsyncConnection[Any]") -> Generator[Wait, Ready | int, list[Any]]:
    """Sends what is queued and reads every result up to the synchronization, as ``wait`` drives it."""
    pgconn = on.pgconn
    found: list[Any] = []
    while pgconn.flush():
        if (yield Wait.RW) & Ready.R:
            pgconn.consume_input()
    while True:
        while pgconn.is_busy():
            yield Wait.R
            pgconn.consume_input()
        result = pgconn.get_result()
        if result is None:  # the end of one statement's results
            if on.closed:
                raise psycopg.OperationalError("the connection is closed")
        elif result.status == ExecStatus.PIPELINE_SYNC:
            return found
        else:
            found.append(result)


@lru_cache(1024)
def _numbered(sql: str) -> bytes:
    """The text as PostgreSQL takes it: ``$1`` for the first ``%s``, ``%`` for ``%%``."""
    numbers = count(1)
    return re.sub("%[s%]", lambda found: "%" if found[0] == "%%" else f"${next(numbers)}", sql).encode()


def _told(value: Any) -> bytes | None:
    """A parameter as text, whose kind the statement says. Raises ``TypeError`` for what nothing here is written as."""
    if value is None:
        return None
    if isinstance(value, bool):
        return b"t" if value else b"f"
    if not isinstance(value, (str, int, UUID)):
        raise TypeError(f"{type(value).__name__} is no parameter of the lane")
    text = str(value)
    if "\0" in text:  # where libpq would end the text
        raise psycopg.DataError("text for PostgreSQL cannot contain U+0000")
    return text.encode()
