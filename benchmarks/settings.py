"""What settings cost: read whole, edited, switched, migrated, audited; beside bare SQL that does the same work."""

import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from benchmarks.house import House
from benchmarks.measures import Measure, suite, target
from benchmarks.worlds import World, make_world
from settings_app.models import DailyLimit, StaffGroup
from settings_app.selectors.sync import sync_settings
from settings_app.selectors.trail import TrailFilter, trail_page
from settings_app.selectors.versions import active_version
from settings_app.services.replacing import SettingsMigrate, settings_migrate
from settings_app.services.rows import RowWrite, row_save
from settings_app.services.versions import VersionActivate, VersionCreate, version_activate, version_create
from settings_app.tables import model_of, settings_tables
from shiftsync.core.actor import Actor
from shiftsync.core.encoding import encode
from shiftsync.core.ids import new_id
from shiftsync.realtime.requests import ChangeRequest

ROUNDS = 10
ROWS = 1_000
ENTRIES = 100_000


@suite("settings")
def settings(house: House) -> Iterator[Measure]:
    """One restaurant of seventeen people."""
    world = make_world()
    system = Actor.system(world.restaurant_id)
    group = _group(system, world)
    yield from _measure("backup assignment written", lambda: _assign(system, world, group), lambda: _bare_copies(1), 50)
    yield from _measure("version switched", _switcher(system), _bare_switch(world), 500)
    yield from _measure("1,000 rows migrated", _migrator(system), lambda: _bare_copies(ROWS), 2_000, rounds=3)
    yield from _measure("1,013 rows read whole", lambda: sync_settings(world.restaurant_id), _bare_read(world), 300)
    _fill_trail(world)
    yield from _measure(
        "page of 50 of an audit trail of 100,000",
        lambda: trail_page(world.restaurant_id, TrailFilter()),
        lambda: list(DailyLimit.history.order_by("-history_id").values_list()[:100]),
        None,
    )


def _measure(
    what: str, work: Callable[[], object], bare: Callable[[], object], limit: float | None, *, rounds: int = ROUNDS
) -> Iterator[Measure]:
    """The ratio to the floor, and the absolute figure beside its target."""
    value = median([_elapsed(work) for _ in range(rounds)]) * 1000
    yield Measure(what, value, "ms", median([_elapsed(bare) for _ in range(rounds)]) * 1000)
    if limit is not None:
        yield Measure(f"{what}, beside its target", value, "ms", None, target(limit))


def _elapsed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _group(system: Actor, world: World) -> str:
    row = RowWrite("staff_groups", {"name": "Hall", "groupConfig": {"members": list(world.staff_ids[:3])}})
    return str(row_save(ChangeRequest(system, row)).result["createdGroup"]["id"])


def _assign(system: Actor, world: World, group: str) -> object:
    row = RowWrite("staff_backup_assignments", {"staffId": world.staff_ids[5], "groupId": group})
    return row_save(ChangeRequest(system, row))


def _switcher(system: Actor) -> Callable[[], object]:
    first = str(active_version(system.restaurant_id).id)
    second = str(version_create(ChangeRequest(system, VersionCreate("copy"))).result["version"]["id"])
    turns = iter([second, first] * ROUNDS)
    return lambda: version_activate(ChangeRequest(system, VersionActivate(next(turns))))


def _bare_switch(world: World) -> Callable[[], object]:
    """Two updates in a transaction, and the rows read."""
    read = _bare_read(world)

    def switch() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for _ in range(2):
                cursor.execute(
                    "UPDATE realtime_stream SET floor = floor WHERE restaurant_id = %s", [world.restaurant_id]
                )
            read()

    return switch


def _migrator(system: Actor) -> Callable[[], object]:
    def migrate() -> object:
        limits = [{"name": f"{number} {new_id()}", "shiftType": "off", "maxCount": 3} for number in range(ROWS)]
        return settings_migrate(ChangeRequest(system, SettingsMigrate({"dailyLimits": limits})))

    return migrate


def _bare_copies(count: int) -> None:
    """As many rows, and as many entries of their history, inserted by the database from one of each."""
    row, entry = DailyLimit._meta.db_table, DailyLimit.history.model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        for table, key, taken in ((row, "id", [new_id() for _ in range(count)]), (entry, "history_id", None)):
            columns = [name for name in _columns(table) if name != key]
            listed = ", ".join(f'"{name}"' for name in columns)
            for start in range(count):
                keys, values = (f'"{key}", ', "%s, ") if taken else ("", "")
                cursor.execute(
                    f'INSERT INTO "{table}" ({keys}{listed}) SELECT {values}{listed} FROM "{table}" LIMIT 1',
                    [taken[start].hex if connection.vendor == "sqlite" else taken[start]] if taken else [],
                )
        transaction.set_rollback(True)


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _bare_read(world: World) -> Callable[[], object]:
    """Every table's rows of the version, written as JSON."""

    def read() -> str:
        version: UUID = active_version(world.restaurant_id).id
        rows: list[Any] = []
        for table in settings_tables():
            rows += model_of(table)._default_manager.filter(config_version_id=version).values_list()
        return encode(rows)

    return read


def _fill_trail(world: World) -> None:
    """History enough for a busy decade."""
    group = StaffGroup.objects.filter(restaurant_id=world.restaurant_id)[0]
    history = StaffGroup.history.model
    names = [field.attname for field in StaffGroup._meta.concrete_fields if field.attname != "revision"]
    values = {name: getattr(group, name) for name in names}
    entries = (
        history(**values, revision=number, history_date=group.created_at, history_type="~") for number in range(ENTRIES)
    )
    history.objects.bulk_create(entries, batch_size=5_000)
