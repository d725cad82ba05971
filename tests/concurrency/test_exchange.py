"""Many statements and their answers in one round trip, on a connection of the lane."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import pytest

from shiftsync.core.queries import BoundQuery
from shiftsync.realtime.stream import pipeline
from shiftsync.realtime.stream.exchange import MOST_PREPARED, Exchange
from shiftsync.realtime.stream.pipeline import Pipeline

pytestmark = pytest.mark.services


@asynccontextmanager
async def connected(database_url: str) -> AsyncIterator["psycopg.AsyncConnection[Any]"]:
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as connection:
        connection.pgconn.enter_pipeline_mode()
        yield connection


def values(results: list[Any]) -> list[bytes | None]:
    """The first value of each result."""
    return [result.get_value(0, 0) for result in results]


async def test_statements__one_round_trip__are_answered_in_order_and_prepared_once(database_url: str) -> None:
    async with connected(database_url) as connection:
        exchange = Exchange()
        for given in ("1", "2"):
            asked = [("SELECT %s::text || '%%'", [given]), ("SELECT 3", None), ("SELECT %s::int + %s", [4, 5])]
            assert values(await exchange.carry_out(connection, asked)) == [f"{given}%".encode(), b"3", b"9"]
        (prepared,) = await exchange.carry_out(connection, [("SELECT count(*) FROM pg_prepared_statements", None)])
        assert prepared.get_value(0, 0) == b"2"


async def test_statement_refused__raises_it__and_the_connection_goes_on_after_forgetting(database_url: str) -> None:
    async with connected(database_url) as connection:
        exchange = Exchange()
        asked = [("BEGIN", None), ("SELECT %s::int", [1]), ("SELECT 1 / %s::int", [0]), ("SELECT %s::text", ["never"])]
        for _ in range(2):
            with pytest.raises(psycopg.errors.DivisionByZero):
                await exchange.carry_out(connection, asked)
            await exchange.forget(connection)
        assert values(await exchange.carry_out(connection, [("SELECT %s::int", [7])])) == [b"7"]


async def test_parameters__of_every_kind__come_as_they_are(database_url: str) -> None:
    async with connected(database_url) as connection:
        asked = ("SELECT %s::bool, %s::bool, %s::bigint, %s::text, %s::text", [True, False, 2**40, 'ä"\\田', None])
        (found,) = await Exchange().carry_out(connection, [asked])
        assert [found.get_value(0, column) for column in range(5)] == [
            b"t",
            b"f",
            b"1099511627776",
            'ä"\\田'.encode(),
            None,
        ]


async def test_text_that_would_end_early__is_refused_before_anything_is_sent(database_url: str) -> None:
    async with connected(database_url) as connection:
        exchange = Exchange()
        with pytest.raises(psycopg.DataError):
            await exchange.carry_out(connection, [("SELECT 1", None), ("SELECT %s::text", ["a\0b"])])
        with pytest.raises(TypeError):
            await exchange.carry_out(connection, [("SELECT %s::text", [1.5])])
        assert values(await exchange.carry_out(connection, [("SELECT 2", None)])) == [b"2"]


async def test_more_texts_than_are_prepared__are_answered_all_the_same(database_url: str) -> None:
    async with connected(database_url) as connection:
        exchange = Exchange()
        asked = [(f"SELECT %s::int + {number}", [1]) for number in range(MOST_PREPARED + 5)]
        for _ in range(2):
            found = values(await exchange.carry_out(connection, asked))
            assert found == [str(number + 1).encode() for number in range(MOST_PREPARED + 5)]


async def test_connection_ended_by_the_database__raises_what_a_lost_connection_raises(database_url: str) -> None:
    async with connected(database_url) as connection:
        with pytest.raises(psycopg.OperationalError):
            await Exchange().carry_out(connection, [("SELECT pg_terminate_backend(pg_backend_pid())", None)])
        assert connection.closed


@pytest.mark.django_db(transaction=True)
async def test_plan__of_a_list_is_used_again__and_made_anew_when_its_time_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lane, found = Pipeline(), BoundQuery(None, "SELECT number FROM grown WHERE number = ANY(%s::int[])", ["{7}"])
    plans = (
        "SELECT name, generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE 'SELECT number%%'"
    )

    async def carried(*questions: BoundQuery, write: Sequence[str] = ()) -> list[list[Any]]:
        answers = await lane.begin(questions, ())
        await lane.commit([(sql, []) for sql in write])
        return answers

    try:
        await carried(write=["CREATE TEMP TABLE grown AS SELECT 1 AS number"])
        await carried(write=["CREATE INDEX ON grown (number)", "ANALYZE grown"])
        for _ in range(10):
            await carried(found)
        ((name, *planned),) = (await carried(BoundQuery(None, plans, [])))[0]
        explained = BoundQuery(None, f"EXPLAIN EXECUTE {name}('{{7}}')", [])
        assert planned == [10, 0], "ten uses of one plan"
        await carried(write=["INSERT INTO grown SELECT generate_series(1, 50000)"])
        assert "Seq Scan" in (await carried(explained))[0][0][0]
        monkeypatch.setattr(pipeline, "PLANS_KEPT_SECONDS", 0.0)
        assert "Seq Scan" not in (await carried(explained))[0][0][0]
    finally:
        await lane.close()
