"""What settings cost: read whole, edited, switched, migrated, audited; beside bare SQL that does the same work."""

import asyncio
import time
from collections.abc import Callable, Iterator
from itertools import count, cycle
from statistics import median
from typing import Any
from uuid import UUID, uuid4

from backups.models import BackupAssignment
from benchmarks.driving import run, settle
from benchmarks.floors.settings import SettingsStore
from benchmarks.house import House
from benchmarks.measures import Measure, suite, target
from benchmarks.processes import Server
from benchmarks.sockets import connect, connect_many
from benchmarks.worlds import World, make_world, message
from settings_app.models import DailyLimit, StaffGroup
from settings_app.selectors.sync import sync_settings
from settings_app.selectors.trail import TrailQuestion, trail_payload
from settings_app.selectors.versions import active_version
from settings_app.services.replacing import SettingsMigrate, settings_migrate
from settings_app.services.rows import RowWrite, row_save
from settings_app.services.versions import VersionActivate, VersionCreate, version_activate, version_create
from shiftsync.core.actor import Actor
from shiftsync.core.encoding import encode
from shiftsync.core.ids import new_id
from shiftsync.realtime.stream.requests import ChangeRequest

ROUNDS = 15
ROWS = 1_000
ENTRIES = 100_000
CLIENTS = 100
EDITS = 20
UPDATE = "SETTINGS_UPDATE_DAILY_LIMITS"

Work = Callable[[], object]


@suite("settings")
def settings(house: House) -> Iterator[Measure]:
    """One restaurant of seventeen people, and one for the floors."""
    world, other = make_world(), make_world()
    system = Actor.system(world.restaurant_id)
    store = SettingsStore(other.restaurant_id, other.user_ids[0])
    for each in (world, other):
        _assign(each)
    yield from _told(house, world, other)
    yield from _measure("backup assignment written", lambda: _assign(world), _bare_assign(store), 50)
    yield from _measure("1,000 rows migrated", _migrator(system), _bare_migration(store), 2_000, rounds=5)
    yield from _measure("version of 1,000 rows switched", _switcher(system), _bare_switcher(store), 500)
    version = active_version(other.restaurant_id).id
    yield from _measure(
        "1,000 rows read whole", lambda: encode(sync_settings(world.restaurant_id)), lambda: store.read(version), 300
    )
    _fill_trail(world)
    filled = SettingsStore(world.restaurant_id, world.user_ids[0])
    yield from _measure(
        "page of 50 of an audit trail of 100,000",
        lambda: encode(trail_payload(world.restaurant_id, TrailQuestion())),
        lambda: filled.page(StaffGroup, 50),
        None,
    )


def _measure(what: str, work: Work, bare: Work, limit: float | None, *, rounds: int = ROUNDS) -> Iterator[Measure]:
    """The ratio to the floor, turn by turn with it, and the absolute figure beside its target."""
    pairs = [(_elapsed(work), _elapsed(bare)) for _ in range(rounds + 1)][1:]
    value, floor = (median(times) * 1000 for times in zip(*pairs, strict=True))
    yield from _beside(what, value, floor, limit)


def _beside(what: str, value: float, floor: float, limit: float | None) -> Iterator[Measure]:
    yield Measure(what, value, "ms", floor)
    if limit is not None:
        yield Measure(f"{what}, beside its target", value, "ms", None, target(limit))


def _elapsed(work: Work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


# --- one row's update ---


def _told(house: House, world: World, other: World) -> Iterator[Measure]:
    """From sending one row's update until the last of 100 clients has it: the row, or (version 1) the settings whole."""
    told = {"version 2": (UPDATE, True), "version 1, the settings whole": ("SETTINGS_SYNC_RESPONSE", False)}
    with house.server() as server, house.floor("rows_told:application", **other.floor_settings) as floor:
        for who, (kind, is_v2) in told.items():
            crowds = Crowd(server, world, kind), Crowd(floor, world, UPDATE)
            value, bare = run(_compared(*crowds, is_v2=is_v2))
            yield from _beside(f"one row's update to the last of 100 clients, {who}", value, bare, 100)


async def _compared(subject: "Crowd", bare: "Crowd", *, is_v2: bool) -> tuple[float, float]:
    for crowd in (subject, bare):
        await crowd.gather(is_v2=is_v2)
    pairs = [(await subject.edit(), await bare.edit()) for _ in range(EDITS + 1)][1:]
    for crowd in (subject, bare):
        crowd.leave()
    value, least = (median(times) * 1000 for times in zip(*pairs, strict=True))
    return value, least


class Crowd:
    """One socket that edits a row, and many that hear of it by a message of type ``kind``."""

    def __init__(self, server: Server, world: World, kind: str) -> None:
        self._server = server
        self._world = world
        self._kind = f'{{"type":"{kind}"'.encode()
        self._row = str(DailyLimit.objects.filter(restaurant_id=world.restaurant_id)[0].pk)
        self._numbers = count()
        self._missing = 0
        self._all_heard = asyncio.Event()

    async def gather(self, *, is_v2: bool) -> None:
        """Connects everybody."""
        self._sender = await connect(self._server.port, self._world.tokens[0])
        self._receivers = await connect_many(self._server.port, self._world.tokens[1:], CLIENTS, is_v2=is_v2)
        for receiver in self._receivers:
            receiver.on_frame = self._heard
        await settle(self._server)

    async def edit(self) -> float:
        """Seconds from sending an edit until the last has heard of it."""
        changes = {"description": f"edit {next(self._numbers)} of {uuid4()}"}
        text = message(UPDATE, {"limitId": self._row, "changes": changes})
        self._missing = CLIENTS
        self._all_heard.clear()
        await asyncio.sleep(0.02)
        started = time.perf_counter()
        self._sender.send(text)
        await self._all_heard.wait()
        return time.perf_counter() - started

    def leave(self) -> None:
        """Disconnects everybody."""
        for socket in (self._sender, *self._receivers):
            socket.close()

    def _heard(self, frame: bytes) -> None:
        if frame.startswith(self._kind):
            self._missing -= 1
            if not self._missing:
                self._all_heard.set()


# --- writes, and the same without a server ---


def _assign(world: World) -> object:
    """One more backup of the restaurant's first group, which is made where there is none."""
    system = Actor.system(world.restaurant_id)
    version = active_version(world.restaurant_id)
    group = StaffGroup.objects.filter(config_version=version).values_list("id", flat=True).first()
    if group is None:
        row = RowWrite("staff_groups", {"name": "Hall", "groupConfig": {"members": list(world.staff_ids[:3])}})
        group = row_save(ChangeRequest(system, row)).result["createdGroup"]["id"]
    assignment = {"staffId": world.staff_ids[5], "groupId": str(group)}
    return row_save(ChangeRequest(system, RowWrite("staff_backup_assignments", assignment)))


def _bare_assign(store: SettingsStore) -> Work:
    template = store.template(BackupAssignment)
    return lambda: store.insert(BackupAssignment, [template | {"id": new_id()}])


def _migrator(system: Actor) -> Work:
    def migrate() -> object:
        limits = [{"name": f"{number} {new_id()}", "shiftType": "off", "maxCount": 3} for number in range(ROWS)]
        return settings_migrate(ChangeRequest(system, SettingsMigrate({"dailyLimits": limits})))

    return migrate


def _bare_migration(store: SettingsStore) -> Callable[[], UUID]:
    template = store.template(DailyLimit)
    return lambda: store.migrate(DailyLimit, [template | {"id": new_id()} for _ in range(ROWS)])


def _switcher(system: Actor) -> Work:
    first = str(active_version(system.restaurant_id).id)
    second = str(version_create(ChangeRequest(system, VersionCreate("copy"))).result["version"]["id"])
    turns = cycle([second, first])
    return lambda: version_activate(ChangeRequest(system, VersionActivate(next(turns))))


def _bare_switcher(store: SettingsStore) -> Work:
    migrate = _bare_migration(store)
    turns = cycle([migrate(), migrate()])
    return lambda: store.switch(next(turns))


def _fill_trail(world: World) -> None:
    """History enough for a busy decade."""
    group = StaffGroup.objects.filter(restaurant_id=world.restaurant_id)[0]
    history = StaffGroup.history.model
    names = [field.attname for field in StaffGroup._meta.concrete_fields if field.attname != "revision"]
    values: dict[str, Any] = {name: getattr(group, name) for name in names}
    entries = (
        history(**values, revision=number, history_date=group.created_at, history_type="~") for number in range(ENTRIES)
    )
    history.objects.bulk_create(entries, batch_size=5_000)
