"""Query budgets: what each sync and each write takes on each database stands in ``query_counts.json``, whatever the number of
rows. PostgreSQL takes the last statements of a write as one.

Where a count has changed for a good reason, ``UPDATE_QUERY_COUNTS=1 pytest tests/budgets`` writes the file anew: growth shows in
the review.
"""

import json
import os
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schedules.publications import shown
from schedules.selectors import schedules as selectors
from schedules.services.answering import WishesAnswer, wishes_answer
from schedules.services.calendar import (
    CalendarDayUpdate,
    PeriodCreate,
    ShiftTypeCreate,
    ShiftTypeDelete,
    ShiftTypeUpdate,
    calendar_day_update,
    period_create,
    shift_type_create,
    shift_type_delete,
    shift_type_update,
)
from schedules.services.cells import CellEdit, CellsEdit, cell_edit, cells_edit, cells_edit_together
from schedules.services.locks import CellsLock, CellsUnlock, cells_lock, cells_unlock
from schedules.services.publishing import SchedulePublish, ScheduleUnpublish, schedule_publish, schedule_unpublish
from schedules.services.swap_deciding import SwapDecide, swap_decide
from schedules.services.swaps import SwapAnswer, SwapCreate, swap_answer, swap_create
from schedules.services.undo import Redo, Undo, redo, undo
from schedules.services.wishes import WishCreate, wish_create
from settings_app.selectors.rows import rows_of
from settings_app.selectors.sync import sync_settings
from settings_app.selectors.trail import TrailQuestion, trail_payload
from settings_app.selectors.versions import active_version
from settings_app.services.replacing import SettingsMigrate, settings_migrate
from settings_app.services.rows import RowWrite, row_save, row_update
from settings_app.services.versions import VersionActivate, VersionCreate, version_activate, version_create
from settings_app.tables import STAFF_GROUPS
from shiftsync.core.actor import Role
from shiftsync.realtime.rules.conflicts import Strategy
from shiftsync.realtime.stream.log import read_after
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.realtime.stream.selectors import reading
from shiftsync.tenants.services import membership_link
from staff.availability import AvailabilityCreate, AvailabilityUpdate, availability_create, availability_update
from staff.services import (
    StaffCreate,
    StaffDelete,
    StaffReorder,
    StaffRestore,
    StaffUpdate,
    staff_create,
    staff_delete,
    staff_reorder,
    staff_restore,
    staff_update,
)
from tests.support.world import World, make_world

# What an edit of very many cells asks before it takes the lock: its plan in two, the version, the grid.
LOOKING_AHEAD = 5
# The audit trail of very many cells is taken from their rows, and so comes after them instead of with them.
HISTORY_OF_ITS_OWN = 1
# What tells the database whose rows a transaction is about travels with its first statement.
FENCE = re.compile(r"^(SET LOCAL [^;]*;\s*)+")
BUDGETS = Path(__file__).with_name("query_counts.json")
DAY = "2025-08-01"
Act = Callable[[], object]


class Acts:
    """Each sync and each write once, in an order in which each one changes something."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.counts: dict[str, int] = {}

    def count(self, name: str, act: Act) -> None:
        """Notes how many statements ``act`` takes; those of transactions (BEGIN, COMMIT, SAVEPOINT) do not count."""
        with CaptureQueriesContext(connection) as queries:
            act()
        words = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET TRANSACTION", "SET LOCAL")
        self.counts[name] = sum(not FENCE.sub("", query["sql"]).startswith(words) for query in queries)

    def change(self, name: str, service: Callable[[Any], object], intent: object, **options: Any) -> None:
        """Counts one write."""
        actor = self.world.actor(options.pop("role", Role.MANAGER))
        self.count(name, lambda: service(ChangeRequest(actor, intent, uuid4(), **options)))

    def sync(self, name: str, read: Act) -> None:
        """Counts one consistent read."""

        def consistent() -> None:
            with reading(self.world.id):
                read()

        self.count(name, consistent)

    def measure(self) -> dict[str, int]:
        self.cells()
        self.schedules()
        self.staff()
        self.calendar()
        self.syncs()
        self.settings()
        return dict(sorted(self.counts.items()))

    def cells(self) -> None:
        world, first = self.world, self.world.staff_ids[0]

        def edit(value: str, staff_id: str = first) -> CellEdit:
            return CellEdit(world.schedule_id, staff_id, DAY, value)

        self.change("write SHIFT_UPDATE, new cell", cell_edit, edit("○"))
        self.change("write SHIFT_UPDATE, known cell", cell_edit, edit("×"))
        self.change("write SHIFT_UPDATE, nothing changes", cell_edit, edit("×"))
        base = world.position.version
        cell_edit(ChangeRequest(world.actor(Role.OWNER), edit("△")))
        self.change(
            "write SHIFT_UPDATE, conflict", cell_edit, edit("◇"), base_version=base, strategy=Strategy.LAST_WRITER_WINS
        )
        batch = [
            ChangeRequest(world.actor(), edit(f"n{index}", staff_id), uuid4())
            for index, staff_id in enumerate(world.staff_ids)
        ]
        self.count("write SHIFT_UPDATE, a batch", lambda: cells_edit_together(batch))
        self.count("write SHIFT_UPDATE, a repeat", lambda: cells_edit_together(batch))

    def availability(self) -> None:
        """Entered for a day that is over, and changed from today on."""
        id, fields = uuid4(), {"weekdays": [1], "valid_from": date(2025, 8, 1)}
        entered = AvailabilityCreate(self.world.staff_ids[2], fields, id)
        self.change("write AVAILABILITY_CREATE", availability_create, entered)
        changed = AvailabilityUpdate(str(id), {"weekdays": [2]})
        self.change("write AVAILABILITY_UPDATE, from today on", availability_update, changed)

    def wishes(self) -> None:
        schedule_id = self.world.schedule_id
        for staff_id in self.world.staff_ids:
            wished = WishCreate(schedule_id, staff_id, date(2025, 8, 19), {"kind": "off"})
            self.change("write WISH_CREATE", wish_create, wished)
        self.change("write WISH_ANSWER, all taken", wishes_answer, WishesAnswer(schedule_id, "taken"))

    def swaps(self) -> None:
        """Somebody is asked, agrees, and it is approved."""
        world, swap_id = self.world, uuid4()
        first, second = world.staff_ids[:2]
        asked = SwapCreate(world.schedule_id, first, date(2025, 8, 18), other_id=second, id=swap_id)
        self.change("write SWAP_CREATE", swap_create, asked)
        self.change("write SWAP_ANSWER", swap_answer, SwapAnswer(str(swap_id), accepts=True))
        self.change("write SWAP_DECIDE, approved", swap_decide, SwapDecide(str(swap_id), approves=True, anyway=True))

    def schedules(self) -> None:
        schedule_id, staff_ids = self.world.schedule_id, self.world.staff_ids
        data = {staff_id: {f"2025-08-{day:02}": "○" for day in range(1, 21)} for staff_id in staff_ids}
        self.change("write SHIFT_BULK_UPDATE, merge", cells_edit, CellsEdit(schedule_id, data))
        self.change("write SHIFT_BULK_UPDATE, replace", cells_edit, CellsEdit(schedule_id, {}, "replace"))
        self.change("write UNDO", undo, Undo(schedule_id))
        self.change("write REDO", redo, Redo(schedule_id))
        named = [{"staff_id": staff_id, "date_key": DAY} for staff_id in staff_ids]
        self.change("write SHIFT_LOCK", cells_lock, CellsLock(schedule_id, named))
        self.change("write SHIFT_UNLOCK", cells_unlock, CellsUnlock(schedule_id, named))
        cells_edit(ChangeRequest(self.world.actor(), CellsEdit(schedule_id, data)))
        self.wishes()
        self.availability()
        free = {staff_ids[1]: {"2025-08-18": "×"}}
        cells_edit(ChangeRequest(self.world.actor(), CellsEdit(schedule_id, free)))
        self.change("write SCHEDULE_PUBLISH", schedule_publish, SchedulePublish(schedule_id))
        self.swaps()
        self.change("write SCHEDULE_UNPUBLISH", schedule_unpublish, ScheduleUnpublish(schedule_id))

    def staff(self) -> None:
        first = self.world.staff_ids[0]
        self.change("write STAFF_CREATE", staff_create, StaffCreate({"name": "高橋"}))
        self.change("write STAFF_UPDATE", staff_update, StaffUpdate(first, {"name": "中村"}))
        base = self.world.position.version
        staff_update(ChangeRequest(self.world.actor(Role.OWNER), StaffUpdate(first, {"name": "小林"})))
        self.change(
            "write STAFF_UPDATE, conflict", staff_update, StaffUpdate(first, {"name": "加藤"}), base_version=base
        )
        self.change("write STAFF_REORDER", staff_reorder, StaffReorder(self.world.staff_ids[::-1]))
        self.change("write STAFF_DELETE", staff_delete, StaffDelete(first))
        self.change("write STAFF_RESTORE", staff_restore, StaffRestore(first))

    def calendar(self) -> None:
        day = selectors.periods_of(self.world.id)[0].end_date
        self.change("write PERIOD_CREATE", period_create, PeriodCreate())
        self.change("write CALENDAR_UPDATE", calendar_day_update, CalendarDayUpdate(day, "closed"))
        shift_type_id = uuid4()
        fields = {"symbol": "▲", "kind": "early"}
        self.change("write SHIFT_TYPE_CREATE", shift_type_create, ShiftTypeCreate(fields, shift_type_id))
        self.change("write SHIFT_TYPE_UPDATE", shift_type_update, ShiftTypeUpdate(str(shift_type_id), {"symbol": "▽"}))
        self.change("write SHIFT_TYPE_DELETE", shift_type_delete, ShiftTypeDelete(str(shift_type_id)))

    def syncs(self) -> None:
        restaurant_id, schedule_id = self.world.id, self.world.schedule_id
        self.sync("sync SYNC_REQUEST", lambda: selectors.sync_staff(restaurant_id, 0))
        self.sync("sync SYNC_ALL_PERIODS_REQUEST", lambda: selectors.sync_all_periods(restaurant_id))
        self.sync("sync CALENDAR_SYNC_REQUEST", lambda: selectors.sync_calendar(restaurant_id))
        for name, is_dense in (("version 1", True), ("editor", False)):
            self.sync(
                f"sync SHIFT_SYNC_REQUEST, {name}",
                lambda is_dense=is_dense: selectors.sync_shifts(  # type: ignore[misc]  # bound here
                    restaurant_id, schedule_id, 0, is_dense=is_dense
                ),
            )
        self.sync(
            "sync SHIFT_SYNC_REQUEST, viewer",
            lambda: shown.published_shifts(restaurant_id, schedule_id, 0, is_dense=False),
        )
        self.own_wishes()
        self.sync("sync RESUME, a page", lambda: read_after(restaurant_id, 0, 500))

    def own_wishes(self) -> None:
        """What somebody on the schedule reads besides, and enters: the first person, for the last days of a month ahead."""
        world, user = self.world, self.world.users[Role.STAFF]
        membership_link(world.actor(), user_id=user.id, staff_id=UUID(world.staff_ids[0]))
        period = period_create(ChangeRequest(world.system, PeriodCreate())).result["period"]
        for days in range(3):
            day = date.fromisoformat(period["endDate"]) - timedelta(days)
            wished = WishCreate(period["scheduleId"], world.staff_ids[0], day, {"kind": "off"})
            self.change("write WISH_CREATE, of one's own", wish_create, wished, role=Role.STAFF)
        reader = world.actor(Role.STAFF)
        self.sync(
            "sync SHIFT_SYNC_REQUEST, somebody on the schedule",
            lambda: shown.sync_shifts(reader, period["scheduleId"], None, is_dense=False),
        )

    def settings(self) -> None:
        restaurant_id = self.world.id
        self.change("write SETTINGS_CREATE_STAFF_GROUP", row_save, RowWrite("staff_groups", {"name": "Hall"}))
        group = str(rows_of(STAFF_GROUPS, active_version(restaurant_id).id)[0].pk)
        self.change(
            "write SETTINGS_UPDATE_STAFF_GROUPS", row_update, RowWrite("staff_groups", {"name": "Grill"}, group)
        )
        backup = {"staffId": self.world.staff_ids[0], "groupId": group}
        self.change("write SETTINGS_CREATE_BACKUP_ASSIGNMENT", row_save, RowWrite("staff_backup_assignments", backup))
        first = str(active_version(restaurant_id).id)
        self.change("write SETTINGS_CREATE_VERSION", version_create, VersionCreate("copy"))
        limits = [{"name": f"limit {number}"} for number in self.world.staff_ids]
        self.change("write SETTINGS_MIGRATE", settings_migrate, SettingsMigrate({"dailyLimits": limits}))
        self.change("write SETTINGS_ACTIVATE_VERSION", version_activate, VersionActivate(first))
        self.sync("sync SETTINGS_SYNC_REQUEST", lambda: sync_settings(restaurant_id))
        self.sync(
            "sync SETTINGS_CHANGES_REQUEST, of all tables",
            lambda: trail_payload(restaurant_id, TrailQuestion(limit=500)),
        )


@pytest.fixture(scope="module")
def budgets() -> dict[str, int]:
    found: dict[str, int] = json.loads(BUDGETS.read_text())[connection.vendor]
    return found


def test_query_counts__each_sync_and_write__are_those_of_the_file(world: World, budgets: dict[str, int]) -> None:
    counts = Acts(world).measure()
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        every = json.loads(BUDGETS.read_text()) | {connection.vendor: counts}
        BUDGETS.write_text(json.dumps(every, indent=2, ensure_ascii=False) + "\n")
        return
    assert counts == budgets


def test_query_counts__ten_times_the_rows__are_the_same(db_with_commits: None, budgets: dict[str, int]) -> None:
    large = make_world("Large", tuple(f"Person {number}" for number in range(30)))
    more = {"write SHIFT_BULK_UPDATE, merge": LOOKING_AHEAD}
    if connection.vendor == "postgresql":
        more |= dict.fromkeys(("write SHIFT_BULK_UPDATE, replace", "write UNDO", "write REDO"), HISTORY_OF_ITS_OWN)
    assert Acts(large).measure() == {name: count + more.get(name, 0) for name, count in budgets.items()}
