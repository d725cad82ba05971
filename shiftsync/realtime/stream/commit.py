"""The only way to change data: a transaction that holds its restaurant's stream.

Permission, repeats and versions are handled here; a service passes the function that writes its rows.
"""

import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db import connection, transaction

from shiftsync.core.actor import Actor, Role
from shiftsync.core.clock import iso, now
from shiftsync.core.database_errors import TRANSIENT_KINDS, has_waited, is_transient
from shiftsync.core.errors import DomainError, NotFound, Unavailable
from shiftsync.core.fence import within
from shiftsync.core.metrics import count_commit
from shiftsync.core.queries import BoundQuery, CompiledQuery, Parameter, fetch_together
from shiftsync.core.sql import Statement, execute_and_commit, update
from shiftsync.core.tracing import transaction as traced
from shiftsync.realtime.events import Event, LoggedChange
from shiftsync.realtime.models import Stream
from shiftsync.realtime.rules.conflicts import Strategy
from shiftsync.realtime.stream.announce import announce
from shiftsync.realtime.stream.database import once_done
from shiftsync.realtime.stream.log import answer_rows, log_rows, logged, remembered
from shiftsync.realtime.stream.requests import AnyRequest, Outcome, Written
from shiftsync.realtime.stream.settling import (
    NoSuchRestaurant,
    Pending,
    Verdict,
    is_remembered,
    pending,
    settled,
    verdict_on,
)
from shiftsync.realtime.stream.turns import turn
from shiftsync.tenants.models import Restaurant
from shiftsync.tenants.selectors import role_questions, roles_from, token_question

logger = logging.getLogger(__name__)

STREAM_FIELDS = tuple(field.attname for field in Stream._meta.concrete_fields)
RESTAURANT_FIELDS = tuple(field.attname for field in Restaurant._meta.concrete_fields)
_STREAM = CompiledQuery(
    lambda: Stream.objects.select_for_update().filter(restaurant_id=Parameter("restaurant")).values_list(*STREAM_FIELDS)
)
_RESTAURANT = CompiledQuery(
    lambda: Restaurant.objects.filter(id=Parameter("restaurant")).values_list(*RESTAURANT_FIELDS)
)

ATTEMPTS = 4
FIRST_PAUSE_SECONDS = 0.02
RETRY_AFTER_SECONDS = 2.0


WriteOne = Callable[["Transaction"], Written]
WriteMany = Callable[["Transaction", Sequence[AnyRequest]], Sequence[Written | DomainError]]


class ConflictSetting(NamedTuple):
    """What of a restaurant a lane knows."""

    conflict_strategy: str


class Held(NamedTuple):
    """A locked stream, as far as a lane of many restaurants reads it: models of all of them cost more than the edits."""

    restaurant_id: UUID
    version: int
    floor: int
    restaurant: ConflictSetting


_text_of = lru_cache(16)(iso)  # restaurants that commit together share their moment


class Transaction:
    """What a write function sees: the locked stream of its restaurant, and the versions it takes.

    ``version`` is the last version taken, in this transaction or before it. ``moment`` is the time of everything
    written in it, ``timestamp`` the same as text. ``answers`` are the rows of the queries that were sent along with the
    lock. ``roles`` are those of the authors, read under it.
    """

    def __init__(
        self, stream: Stream | Held, answers: Sequence[list[Any]] = (), moment: datetime | None = None
    ) -> None:
        self.answers = answers
        self.restaurant_id: UUID = stream.restaurant_id
        self.restaurant: Restaurant = cast(Restaurant, stream.restaurant)
        self.version: int = stream.version
        self.floor: int = stream.floor
        self.roles: Mapping[UUID, Role] = {}
        self.moment: datetime = moment or now()
        self.timestamp: str = _text_of(self.moment)
        self.changes: list[LoggedChange] = []
        self._entries: list[tuple[LoggedChange, Event]] = []
        self._statements: list[Statement] = []
        self._stream = stream

    def role_of(self, actor: Actor) -> Role:
        """What ``actor`` may do, as it was read under the lock."""
        return actor.role if actor.user_id is None else self.roles[actor.user_id]

    def take_version(self) -> int:
        """The next version of the restaurant. Each one taken must be recorded by exactly one event."""
        self.version += 1
        return self.version

    def strategy_of(self, request: AnyRequest) -> Strategy:
        """The request's own strategy, else the restaurant's."""
        return request.strategy or Strategy(self.restaurant.conflict_strategy)

    def record(self, request: AnyRequest, event: Event, version: int) -> LoggedChange:
        """Logs ``event`` as what ``version`` did."""
        change = logged(event, request, self.restaurant_id, version, self.timestamp)
        self.changes.append(change)
        self._entries.append((change, event))
        return change

    def write(self, statements: Iterable[Statement]) -> None:
        """Keeps statements for the end, where they share a round trip with the log and the commit.

        Nothing may read their effects before; what must be read again is executed (:func:`shiftsync.core.sql.execute`).
        """
        self._statements.extend(statements)

    def statements(self) -> list[Statement]:
        """All that is left to be executed: what was kept, the log, and the new version. Part of :func:`commit_all`."""
        if self.version == self._stream.version:
            return self._statements
        versions = [change.version for change in self.changes]
        if versions != list(range(self._stream.version + 1, self.version + 1)):
            raise AssertionError(f"versions {self._stream.version + 1}..{self.version} were taken, {versions} recorded")
        return [*self._statements, log_rows(self._entries, self.moment), new_version(self.restaurant_id, self.version)]


def new_version(restaurant_id: UUID, version: int) -> Statement:
    """The statement that makes ``version`` the restaurant's."""
    return update(Stream._meta.db_table, {"restaurant_id": "uuid", "version": "bigint"}, [(restaurant_id, version)])


def commit(request: AnyRequest, write: WriteOne, *, needs: Role = Role.MANAGER) -> Outcome:
    """Carries out one request in a transaction of its own; ``write`` may raise, and then nothing has happened.

    Guarantees: once per ``request_id``; the answer of a repeat is the first one's; permission is read under the lock.
    Raises the domain errors of ``write``, :class:`Forbidden`, :class:`ValidationFailed` for a ``request_id`` that was
    used for something else, and :class:`Unavailable` when the database stays out of reach.
    """

    def write_all(tx: Transaction, requests: Sequence[AnyRequest]) -> list[Written | DomainError]:
        return [write(tx) for _ in requests]

    try:
        (verdict,) = commit_all(request.actor.restaurant_id, [request], write_all, needs=needs)
    except DomainError as error:
        verdict = remember_refusal(request, error, needs)
    if isinstance(verdict, DomainError):
        raise verdict
    return verdict


def commit_all(
    restaurant_id: UUID,
    requests: Sequence[AnyRequest],
    write: WriteMany,
    *,
    needs: Role = Role.MANAGER,
    asks: Sequence[BoundQuery] = (),
) -> list[Verdict]:
    """Carries out many requests of one restaurant, in order, in one transaction with one fsync.

    ``write`` gets those that are permitted and new, and returns what it did for each; a ``DomainError`` among its results
    must have written nothing. What ``write`` raises undoes the whole. Retries after a deadlock or a lost connection with
    the same requests, which the remembered answers make safe even if the commit had gone through. No ``request_id`` of one
    user may stand in ``requests`` twice. What ``asks`` is answered under the lock, without a round trip of its own, in
    :attr:`Transaction.answers`.
    """
    attempt = partial(_attempt, restaurant_id, pending(requests), write, needs, asks)
    with turn(restaurant_id):
        verdicts, changes = _retrying(attempt)
    if changes:
        once_done(partial(announce, restaurant_id, changes))
    return verdicts


Attempted = tuple[list[Verdict], list[LoggedChange]]


def _attempt(
    restaurant_id: UUID, entries: Sequence[Pending], write: WriteMany, needs: Role, asks: Sequence[BoundQuery]
) -> Attempted:
    began = time.perf_counter()
    traces = traced((request.trace for request, _, _ in entries), len(entries))
    with within(restaurant_id), traces, transaction.atomic(durable=True):
        tx, known = _begin(restaurant_id, entries, needs, asks)
        verdicts = carry_out(tx, entries, known, write)
        execute_and_commit(last_statements(tx, entries, verdicts))
    count_commit(len(entries), time.perf_counter() - began)
    return verdicts, tx.changes


def carry_out(
    tx: "Transaction", entries: Sequence[Pending], known: Sequence[Verdict | None], write: WriteMany
) -> list[Verdict]:
    """Lets ``write`` do what is not settled yet; the verdicts on all."""
    fresh = [entry[0] for entry, verdict in zip(entries, known, strict=True) if verdict is None]
    results = iter(write(tx, fresh) if fresh else ())
    return [verdict_on(next(results), tx.version) if verdict is None else verdict for verdict in known]


def last_statements(tx: "Transaction", entries: Sequence[Pending], verdicts: Sequence[Verdict]) -> list[Statement]:
    """The last statements of a transaction: what it kept, the log, the new version, and the answers."""
    answered = [
        (*entry, verdict) for entry, verdict in zip(entries, verdicts, strict=True) if is_remembered(entry[0], verdict)
    ]
    return [*tx.statements(), answer_rows(tx.restaurant_id, answered, tx.version, tx.moment)]


def remember_refusal(request: AnyRequest, error: DomainError, needs: Role = Role.VIEWER) -> Verdict:
    """Makes sure that a refused request stays refused, however late another copy of it arrives.

    Returns the verdict that counts: that of a copy that was carried out meanwhile, otherwise ``error``.
    """
    if not is_remembered(request, error):
        return error

    def refuse_all(tx: Transaction, requests: Sequence[AnyRequest]) -> list[DomainError]:
        return [error for _ in requests]

    attempt = partial(_attempt, request.actor.restaurant_id, pending([request]), refuse_all, needs, ())
    (verdict,), _ = _retrying(attempt)
    return verdict


def _begin(
    restaurant_id: UUID, entries: Sequence[Pending], needs: Role, asks: Sequence[BoundQuery]
) -> tuple[Transaction, list[Verdict | None]]:
    """Locks the stream and settles, under the lock and in one round trip, what needs no writing.

    The verdict on each request: not permitted, or acknowledged before. None: it is to be done.
    """
    actors = [request.actor for request, _, _ in entries]
    stream, restaurant, people, members, tokens, repeats, *answers = fetch_together(
        _STREAM(restaurant=restaurant_id),
        _RESTAURANT(restaurant=restaurant_id),
        *role_questions(restaurant_id, {actor.user_id for actor in actors if actor.user_id}),
        token_question({actor.token_id for actor in actors if actor.token_id}),
        remembered(restaurant_id, entries),
        *asks,
    )
    if not stream:
        raise NoSuchRestaurant
    locked = Stream.from_db(connection.alias, STREAM_FIELDS, stream[0])
    locked.restaurant = Restaurant.from_db(connection.alias, RESTAURANT_FIELDS, restaurant[0])
    roles = roles_from(people, members)
    alive = {token_id for token_id, _ in tokens}
    known = {(user_id, request_id): (digest, answer) for user_id, request_id, digest, answer in repeats}
    tx = Transaction(locked, answers)
    tx.roles = roles
    return tx, [settled(entry, roles, alive, known, locked.version, needs) for entry in entries]


def lock_stream(restaurant_id: UUID) -> Stream:
    """The restaurant's stream, locked until the transaction ends. Raises :class:`NotFound`."""
    stream = (
        Stream.objects.select_for_update(of=("self",))
        .select_related("restaurant")
        .filter(restaurant_id=restaurant_id)
        .first()
    )
    if stream is None:
        raise NotFound("No such restaurant.")
    return stream


def _retrying(attempt: Callable[[], Attempted]) -> Attempted:
    pause = FIRST_PAUSE_SECONDS
    for remaining in reversed(range(ATTEMPTS)):
        try:
            return attempt()
        except TRANSIENT_KINDS as error:
            if not is_transient(error):
                raise
            logger.warning("commit.retry remaining=%s error=%r", remaining, error)
            connection.close()
            if not remaining or has_waited(error):
                raise Unavailable(retry_after=RETRY_AFTER_SECONDS) from error
        time.sleep(pause)
        pause *= 2
    raise AssertionError("unreachable: the last attempt raises")
