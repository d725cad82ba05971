"""Reading a restaurant's stream, and its rows as they were at a version."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from shiftsync.core.actor import Actor
from shiftsync.core.errors import NotFound
from shiftsync.core.fence import within
from shiftsync.core.reading import snapshot_read
from shiftsync.realtime.models import Change, Installation, Stream
from shiftsync.realtime.rules.merging import merge
from shiftsync.tenants.models import User


@dataclass(frozen=True, slots=True)
class Position:
    """Where a restaurant stands."""

    epoch: str
    version: int
    floor: int


def position_of(restaurant_id: UUID) -> Position:
    """Epoch, version and floor of the restaurant's stream. Raises :class:`NotFound`."""
    with within(restaurant_id):
        row = Stream.objects.filter(restaurant_id=restaurant_id).values_list("epoch", "version", "floor").first()
    if row is None:
        raise NotFound("No such restaurant.")
    return Position(str(row[0]), row[1], row[2])


def installation_id() -> UUID:
    """The id of this installation, created on first use."""
    found, _ = Installation.objects.get_or_create(number=Installation.ONLY)
    return found.id


@contextmanager
def reading(restaurant_id: UUID) -> Iterator[Position]:
    """One consistent read: everything selected inside belongs to the yielded position."""
    with within(restaurant_id), snapshot_read():
        yield position_of(restaurant_id)


@dataclass(frozen=True, slots=True)
class Author:
    """Who made the latest foreign change of a thing, and when."""

    name: str
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Base:
    """A row's fields at the base version with the requester's own later changes laid on, and who else changed it."""

    values: dict[str, Any]
    author: Author


def base_of(
    row: Model, actor: Actor, base_version: int, fields: list[str], read: Callable[[Any, str], Any] = getattr
) -> Base | None:
    """What ``actor``'s view of ``row`` contained at ``base_version``.

    Read from the row's history, so that pruning the log does not matter. None if nobody else has changed the row since.
    ``fields`` are attribute names (``staff_id``, not ``staff``), ``read`` tells what an entry of the history says of one.
    """
    history: Any = row.history  # type: ignore[attr-defined]  # every revisioned model is audited
    later = list(history.filter(revision__gt=base_version).order_by("revision", "history_id"))
    authors = _authors(row, [entry.revision for entry in later])
    foreign = [entry for entry in later if not actor.is_same_client(*authors.get(entry.revision, (None, None)))]
    if not foreign:
        return None
    before = history.filter(revision__lte=base_version).order_by("-revision", "-history_id").first()
    values = {field: None if before is None else read(before, field) for field in fields}
    previous = before
    for entry in later:
        if entry not in foreign:
            # Only what the own change did to a field: it does not mean that its author has seen earlier changes by
            # others.
            values |= {
                field: merge(previous and read(previous, field), values[field], read(entry, field)).value
                for field in fields
                if previous is None or read(entry, field) != read(previous, field)
            }
        previous = entry
    last = foreign[-1]
    return Base(values, Author(author_name(last.history_user), last.history_date))


def changes_by_others(
    restaurant_id: UUID, actor: Actor, base_version: int, entities: Collection[str]
) -> list[tuple[Change, Author]]:
    """What other clients than ``actor``'s have done to those entities after ``base_version``, oldest first, as far as the log reaches."""
    rows = Change.objects.filter(restaurant_id=restaurant_id, version__gt=base_version, entity__in=entities)
    foreign = [row for row in rows.order_by("version") if not actor.is_same_client(row.actor_id, row.client_id)]
    names = author_names({row.actor_id for row in foreign if row.actor_id is not None})
    return [(row, Author(names.get(row.actor_id, ""), row.created_at)) for row in foreign]  # type: ignore[arg-type]  # nobody is in no list of names


def author_name(user: Any) -> str:
    """The display name of a change's author; empty for the system."""
    return user.display_name if user is not None else ""


def author_names(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The display names of those users, in one query."""
    return {user.id: user.display_name for user in User.objects.filter(id__in=set(user_ids))}


def _authors(row: Any, versions: list[int]) -> dict[int, tuple[UUID | None, str | None]]:
    rows = Change.objects.filter(restaurant_id=row.restaurant_id, version__in=versions)
    return {version: (actor, client) for version, actor, client in rows.values_list("version", "actor_id", "client_id")}
