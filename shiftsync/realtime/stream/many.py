"""One transaction for requests of many restaurants: what it asks of the database, and what the answers decide.

Pure: the caller has the connection; it sends the questions, passes the answers in, and sends the statements to write.
"""

import logging
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from shiftsync.core.actor import Role
from shiftsync.core.clock import now
from shiftsync.core.queries import BoundQuery, CompiledQuery, Parameter
from shiftsync.core.sql import Statement, merged
from shiftsync.realtime.events import LoggedChange
from shiftsync.realtime.models import Stream
from shiftsync.realtime.stream.commit import ConflictSetting, Held, Transaction, WriteMany, carry_out, last_statements
from shiftsync.realtime.stream.log import remembered_of_many
from shiftsync.realtime.stream.requests import AnyRequest
from shiftsync.realtime.stream.settling import Pending, Verdict, settled
from shiftsync.tenants.models import Restaurant
from shiftsync.tenants.selectors import role_questions_of_many, roles_from, token_question

logger = logging.getLogger(__name__)

Together = Callable[[Sequence[AnyRequest]], list[Verdict]]
"""Carries out requests of one restaurant in a transaction, on a database thread."""

# One that is held is left out: who waits for it would hold up everybody who is in the batch with it. In one order, so that two
# processes do not each wait for what the other has.
_STREAMS = CompiledQuery(
    lambda: (
        Stream.objects.select_for_update(skip_locked=True)
        .filter(restaurant_id__among=Parameter("restaurants"))
        .order_by("restaurant_id")
        .values_list("restaurant_id", "version", "floor")
    )
)
# A statement of its own, after the lock: it sees what was committed before the lock was had.
_RESTAURANTS = CompiledQuery(
    lambda: Restaurant.objects.filter(id__among=Parameter("restaurants")).values_list("id", "conflict_strategy")
)


@dataclass(frozen=True, slots=True)
class ManyRestaurants:
    """How requests of several restaurants are carried out in one transaction.

    ``asks``: the questions, each of whose rows begins with its restaurant. ``write`` gets the rest of the rows of one restaurant
    in ``tx.answers``; it reads nothing itself, and what it writes are rows of tables (:func:`shiftsync.core.sql.merged`).
    """

    asks: Callable[[Sequence[AnyRequest]], Sequence[BoundQuery]]
    write: WriteMany
    needs: Role = Role.MANAGER


@dataclass(frozen=True, slots=True)
class Lane:
    """How requests of one kind that arrive together are committed together: those of one restaurant, and of several at once."""

    together: Together
    many: ManyRestaurants | None = None


class Decision(NamedTuple):
    """The outcome of a batch: verdicts (None: its restaurant was left out), the statements to write, the announcements that follow."""

    verdicts: list[Verdict | None]
    statements: list[tuple[str, Sequence[Any]]]
    changes: dict[UUID, list[LoggedChange]]


def questions(many: ManyRestaurants, entries: Sequence[Pending]) -> list[BoundQuery]:
    """All that must be known, in the order in which it is asked: the locks first."""
    requests = [request for request, _, _ in entries]
    actors = [request.actor for request in requests]
    restaurants = {actor.restaurant_id for actor in actors}
    return [
        _STREAMS(restaurants=restaurants),
        _RESTAURANTS(restaurants=restaurants),
        *role_questions_of_many(actors),
        token_question({actor.token_id for actor in actors if actor.token_id}),
        remembered_of_many(entries),
        *many.asks(requests),
    ]


@transaction.atomic
def compile_questions(many: ManyRestaurants) -> None:
    """Compiles them, once in a process, on a thread that may ask Django's connection what it can do."""
    questions(many, ())


def decide(many: ManyRestaurants, entries: Sequence[Pending], answers: Sequence[list[Any]]) -> Decision:
    """Judges the whole batch by the answers to :func:`questions`, restaurant by restaurant."""
    streams, restaurants, people, members, tokens, repeats, *asked = answers
    held = {restaurant_id.int: (version, floor) for restaurant_id, version, floor in streams}
    live = {token_id for token_id, _ in tokens}
    parts = _Parts([restaurants, members, repeats, *asked], people)
    decision = Decision([None] * len(entries), [], {})
    written: list[Statement] = []
    moment = now()
    for restaurant_id, places in _by_restaurant(entries):
        if restaurant_id.int not in held:
            continue
        ((strategy,),), roles, known, *own = parts.of(
            restaurant_id, {entries[place][0].actor.user_id for place in places}
        )
        version, floor = held[restaurant_id.int]
        tx = Transaction(Held(restaurant_id, version, floor, ConflictSetting(strategy)), own, moment)
        part = [entries[place] for place in places]
        try:
            verdicts, statements = _carry_out(tx, part, roles, live, known, many)
        except Exception:
            about = {"restaurant": restaurant_id, "version": version}
            logger.exception("lane.left_out restaurant=%s size=%s", restaurant_id, len(part), extra=about)
            continue
        written += statements
        for place, verdict in zip(places, verdicts, strict=True):
            decision.verdicts[place] = verdict
        if tx.changes:
            decision.changes[restaurant_id] = tx.changes
    decision.statements.extend(merged(written))
    return decision


def _carry_out(
    tx: Transaction,
    entries: Sequence[Pending],
    roles: Mapping[UUID, Role],
    live: Set[UUID],
    repeats: Sequence[Any],
    many: ManyRestaurants,
) -> tuple[list[Verdict], list[Statement]]:
    known = {(user_id, request_id): (digest, answer) for user_id, request_id, digest, answer in repeats}
    already = [settled(entry, roles, live, known, tx.version, many.needs) for entry in entries]
    verdicts = carry_out(tx, entries, already, many.write)
    return verdicts, last_statements(tx, entries, verdicts)


class _Parts:
    """The answers, split by restaurant: here and nowhere else, so that what is of one never meets a request of another.

    By the integer that its id is: a UUID's own hash and comparison are Python, which hundreds of look-ups a batch would feel.
    """

    def __init__(self, answers: Sequence[Sequence[Any]], people: Sequence[tuple[UUID, bool]]) -> None:
        self._people = {person[0]: person for person in people}
        self._split = [_split(rows) for rows in answers]

    def of(self, restaurant_id: UUID, user_ids: Set[UUID | None]) -> tuple[Any, ...]:
        """The restaurant's row, the roles in it of those users, the requests answered before, and the rest in its order."""
        key = restaurant_id.int
        restaurant, members, *rest = (rows.get(key, []) for rows in self._split)
        people = [self._people[user_id] for user_id in user_ids if user_id in self._people]
        return (restaurant, roles_from(people, members), *rest)


def _split(rows: Sequence[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row[0].int, []).append(row[1:])
    return found


def _by_restaurant(entries: Sequence[Pending]) -> list[tuple[UUID, list[int]]]:
    """The places of each restaurant's requests, in their order."""
    found: dict[int, tuple[UUID, list[int]]] = {}
    for place, (request, _, _) in enumerate(entries):
        restaurant_id = request.actor.restaurant_id
        found.setdefault(restaurant_id.int, (restaurant_id, []))[1].append(place)
    return list(found.values())
