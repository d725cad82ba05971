"""The same for any changes of staff, shift types, calendar, settings and periods, one after the other."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from django.apps import apps
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schedules.models import ClosingRule, Period
from schedules.selectors.schedules import shift_types_of
from schedules.services import calendar as calendars
from schedules.services import closings, locks
from schedules.services.backups import BackupApply, backup_apply
from schedules.services.cells import CellEdit, cell_edit
from schedules.services.copying import WeekRepeat, week_repeat
from schedules.services.undo import Undo, undo
from settings_app.models import ConfigVersion
from settings_app.selectors.versions import active_version
from settings_app.services import versions
from settings_app.services.replacing import SettingsReset, settings_reset
from settings_app.services.rows import RowDelete, RowWrite, row_delete, row_save, row_update
from settings_app.tables import require_table
from shiftsync.core.actor import Role
from shiftsync.core.errors import DomainError
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.services import restaurant_update
from staff import services as staff
from staff.models import StaffMember
from tests.integration.publications.conftest import Outputs, publish, unlike
from tests.support.world import World

Step = Callable[[World], tuple[Callable[[Any], object], object]]

NAMES = st.text(st.characters(categories=("L", "N", "Zs")), min_size=1, max_size=8).filter(str.strip)
DAYS = st.dates(date(2025, 6, 1), date(2025, 10, 31))
POINTS = st.none() | DAYS.map(lambda day: {"year": day.year, "month": day.month, "day": day.day})
TERMS = st.fixed_dictionaries(
    {},
    optional={
        "name": NAMES,
        "position": NAMES,
        "status": st.sampled_from(["社員", "派遣", "パート", ""]),
        "blank_means": st.sampled_from(["work", "free"]),
        "allowed_shift_types": st.lists(st.sampled_from(["○", "△", "×"]), unique=True),
        "start_period": POINTS,
        "end_period": POINTS,
    },
)
TYPES = st.fixed_dictionaries(
    {},
    optional={
        "symbol": st.sampled_from(["早", "遅", "A", "△", "×"]),
        "kind": st.sampled_from(["normal", "early", "late", "off", "special"]),
        "label_ja": NAMES,
        "start_time": st.none() | st.just(time(6, 30)),
        "end_time": st.none() | st.just(time(22)),
        "off_equivalent": st.sampled_from([0, 1]),
    },
)
DATED = st.lists(
    st.builds(
        lambda day, start, end: {"valid_from": day, "start_time": start, "end_time": end},
        st.none() | DAYS,
        st.none() | st.sampled_from([time(6, 30), time(15)]),
        st.none() | st.just(time(23)),
    ),
    max_size=4,
    unique_by=lambda each: each["valid_from"],
)
PLACE = st.integers(0, 2)


def somebody_changes(place: int, fields: dict[str, Any], valid_from: date | None) -> Step:
    return lambda w: (staff.staff_update, staff.StaffUpdate(w.staff_ids[place], fields, valid_from=valid_from))


def somebody_comes(name: str, fields: dict[str, Any]) -> Step:
    return lambda w: (staff.staff_create, staff.StaffCreate({**fields, "name": name}))


def somebody_goes(place: int, day: date | None) -> Step:
    return lambda w: (staff.staff_delete, staff.StaffDelete(w.staff_ids[place], day))


def somebody_returns(place: int, day: date | None) -> Step:
    return lambda w: (staff.staff_restore, staff.StaffRestore(w.staff_ids[place], from_day=day))


def another_order(order: list[int]) -> Step:
    return lambda w: (staff.staff_reorder, staff.StaffReorder([w.staff_ids[each] for each in order]))


def type_changes(place: int, fields: dict[str, Any], valid_from: date | None = None) -> Step:
    def step(w: World) -> Any:
        chosen = shift_types_of(w.id)[place]
        return calendars.shift_type_update, calendars.ShiftTypeUpdate(str(chosen.id), fields, valid_from)

    return step


def type_goes(place: int, successor: str) -> Step:
    def step(w: World) -> Any:
        chosen = shift_types_of(w.id)[place]
        return calendars.shift_type_delete, calendars.ShiftTypeDelete(str(chosen.id), successor)

    return step


def day_changes(day: date, kind: str, note: str) -> Step:
    return lambda w: (calendars.calendar_day_update, calendars.CalendarDayUpdate(day, kind, note))


def closing_comes(weekdays: list[int]) -> Step:
    fields = {"repeats": "weekly", "days_of_week": weekdays, "valid_from": None}
    return lambda w: (closings.closing_rule_create, closings.ClosingRuleCreate(fields))


def closing_comes_by(fields: dict[str, Any]) -> Step:
    return lambda w: (closings.closing_rule_create, closings.ClosingRuleCreate(fields))


def closing_changes(changes: dict[str, Any]) -> Step:
    def step(w: World) -> Any:
        rule = ClosingRule.objects.filter(restaurant=w.restaurant, is_active=True).first()
        return closings.closing_rule_update, closings.ClosingRuleUpdate(str(rule.id) if rule else "", changes)

    return step


def closings_go() -> Step:
    def step(w: World) -> Any:
        rule = ClosingRule.objects.filter(restaurant=w.restaurant, is_active=True).first()
        return closings.closing_rule_delete, closings.ClosingRuleDelete(str(rule.id) if rule else "")

    return step


def period_comes(first: date) -> Step:
    return lambda w: (calendars.period_create, calendars.PeriodCreate(first, first))


def period_goes() -> Step:
    def step(w: World) -> Any:
        empty = Period.objects.filter(restaurant=w.restaurant).exclude(schedule__id=w.schedule_id).first()
        return calendars.period_delete, calendars.PeriodDelete(str(empty.id) if empty else "")

    return step


def cell_changes(place: int, day: int, value: str) -> Step:
    return lambda w: (cell_edit, CellEdit(w.schedule_id, w.staff_ids[place], f"2025-08-{day:02}", value))


def cell_is_locked(place: int, day: int, *, is_locked: bool) -> Step:
    def step(w: World) -> Any:
        cells = [{"staff_id": w.staff_ids[place], "date_key": f"2025-08-{day:02}"}]
        if is_locked:
            return locks.cells_lock, locks.CellsLock(w.schedule_id, cells)
        return locks.cells_unlock, locks.CellsUnlock(w.schedule_id, cells)

    return step


def week_is_repeated(day: int) -> Step:
    return lambda w: (week_repeat, WeekRepeat(w.schedule_id, date(2025, 8, day), overwrite=True))


def last_is_undone() -> Step:
    return lambda w: (undo, Undo(w.schedule_id))


def type_comes(symbol: str, kind: str, aliases: list[str]) -> Step:
    fields = {"symbol": symbol, "kind": kind, "aliases": aliases}
    return lambda w: (calendars.shift_type_create, calendars.ShiftTypeCreate(fields))


def type_goes_unused(place: int) -> Step:
    def step(w: World) -> Any:
        return calendars.shift_type_delete, calendars.ShiftTypeDelete(str(shift_types_of(w.id)[place].id))

    return step


def row_changes(table: str, changes: dict[str, Any]) -> Step:
    """The oldest row of the version in use gets another name, another content."""

    def step(w: World) -> Any:
        rows = apps.get_model(require_table(table).model).objects.filter(
            restaurant=w.restaurant, is_active=True, config_version__is_active=True
        )
        first = rows.order_by("created_at").first()
        return row_update, RowWrite(table, changes, row_id=str(first.id) if first else "-")

    return step


def settings_are_reset() -> Step:
    return lambda w: (settings_reset, SettingsReset())


def group_comes(name: str, place: int) -> Step:
    def step(w: World) -> Any:
        row = {"name": name, "groupConfig": {"members": [w.staff_ids[place]], "coverageRules": {}}}
        return row_save, RowWrite("staff_groups", row)

    return step


def row_comes(table: str, row: dict[str, Any], people: list[int]) -> Step:
    """A limit or a rule about some people, or everybody."""

    def step(w: World) -> Any:
        chosen = [w.staff_ids[place] for place in people]
        if table == "priority_rules":
            return row_save, RowWrite(table, {**row, "ruleDefinition": {**row["ruleDefinition"], "staffIds": chosen}})
        scope = {"scope": "individual", "targetIds": chosen} if chosen else {"scope": "all"}
        return row_save, RowWrite(table, {**row, "limitConfig": {**row["limitConfig"], **scope}})

    return step


def limit(**config: Any) -> dict[str, Any]:
    return {"name": "上限", "limitConfig": config}


def rule(**definition: Any) -> dict[str, Any]:
    return {"name": "決まり", "ruleDefinition": definition}


LIMITS = [
    ("daily_limits", limit(shiftType="off", maxCount=1)),
    ("weekly_limits", limit(shiftType="off", minCount=1)),
    ("monthly_limits", limit(limitType="off_days", minCount=8, maxCount=9)),
    ("priority_rules", rule(ruleType="required_off", shiftType="off", daysOfWeek=[1])),
    ("priority_rules", rule(ruleType="max_consecutive_work", maxCount=5)),
]


def row_goes(table: str) -> Step:
    def step(w: World) -> Any:
        rows = apps.get_model(require_table(table).model).objects.filter(restaurant=w.restaurant, is_active=True)
        last = rows.order_by("created_at").last()
        return row_delete, RowDelete(table, str(last.id) if last else "")

    return step


def version_comes(name: str) -> Step:
    return lambda w: (versions.version_create, versions.VersionCreate(name, copy_from=str(active_version(w.id).id)))


def version_changes(place: int) -> Step:
    def step(w: World) -> Any:
        found = ConfigVersion.objects.filter(restaurant=w.restaurant).order_by("created_at")[place]
        return versions.version_activate, versions.VersionActivate(str(found.id))

    return step


def restaurant_changes(fields: dict[str, Any]) -> Step:
    return lambda w: (lambda _: restaurant_update(w.actor(Role.OWNER), **fields), None)


def backup_comes(member: int, backup: int, day: int) -> Step:
    """Somebody is off whose group has a backup, and backups are called."""

    def step(w: World) -> Any:
        config = {"members": [w.staff_ids[member]], "coverageRules": {"backupRequired": True, "minimumCoverage": 1}}
        group = RowWrite("staff_groups", {"name": "焼き場", "groupConfig": config})
        made = row_save(ChangeRequest(w.system, group)).result["createdGroup"]["id"]
        assignment = {"staffId": w.staff_ids[backup], "groupId": made, "priorityOrder": 1}
        row_save(ChangeRequest(w.system, RowWrite("staff_backup_assignments", assignment)))
        cell_edit(ChangeRequest(w.system, CellEdit(w.schedule_id, w.staff_ids[member], f"2025-08-{day:02}", "×")))
        return backup_apply, BackupApply(w.schedule_id)

    return step


RESTAURANTS = st.fixed_dictionaries(
    {},
    optional={
        "name": NAMES,
        "timezone": st.sampled_from(["Asia/Tokyo", "America/Vancouver", "Europe/Berlin", "Pacific/Kiritimati"]),
        "closing_day": st.integers(1, 28),
        "country": st.sampled_from(["JP", "CA", "DE", ""]),
    },
)

CLOSINGS = st.sampled_from(
    [
        {"repeats": "weekly", "days_of_week": [3], "valid_from": date(2025, 7, 1)},
        {"repeats": "monthly", "days_of_week": [2], "weeks": [2, 4], "valid_from": None},
        {"repeats": "yearly", "from_day": "08-13", "to_day": "08-16", "valid_from": date(2025, 1, 1)},
    ]
)
ROW_CHANGES: st.SearchStrategy[tuple[str, dict[str, Any]]] = st.sampled_from(
    [
        ("staff_groups", {"name": "厨房"}),
        ("staff_groups", {"groupConfig": {"members": [], "coverageRules": {}}}),
        ("staff_backup_assignments", {"priorityOrder": 2}),
        ("staff_backup_assignments", {"effectiveUntil": "2025-08-02"}),
        ("daily_limits", {"limitConfig": {"shiftType": "early", "minCount": 2}}),
    ]
)

STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(closing_comes_by, CLOSINGS),
    st.builds(closing_changes, st.sampled_from([{"days_of_week": [1, 2]}, {"on_holiday": "open"}, {"note": "定休"}])),
    st.builds(cell_is_locked, PLACE, st.integers(1, 20), is_locked=st.booleans()),
    st.builds(week_is_repeated, st.integers(1, 10)),
    st.builds(last_is_undone),
    st.builds(
        type_comes,
        st.sampled_from(["早", "遅", "休", "希望", "A"]),
        st.sampled_from(["late", "off"]),
        st.just(["希望"]),
    ),
    st.builds(type_goes_unused, st.integers(0, 6)),
    ROW_CHANGES.map(lambda each: row_changes(each[0], each[1])),
    st.builds(settings_are_reset),
    st.sampled_from(LIMITS).flatmap(
        lambda each: st.builds(row_comes, st.just(each[0]), st.just(each[1]), st.lists(PLACE, max_size=2, unique=True))
    ),
    st.builds(
        row_goes,
        st.sampled_from(
            ["staff_groups", "daily_limits", "monthly_limits", "priority_rules", "staff_backup_assignments"]
        ),
    ),
    st.builds(version_comes, NAMES),
    st.builds(version_changes, st.integers(0, 2)),
    st.builds(restaurant_changes, RESTAURANTS),
    st.builds(backup_comes, PLACE, PLACE, st.integers(1, 20)),
    st.builds(somebody_changes, PLACE, TERMS, st.none() | DAYS),
    st.builds(somebody_comes, NAMES, TERMS),
    st.builds(somebody_goes, PLACE, st.none() | DAYS),
    st.builds(somebody_returns, PLACE, st.none() | DAYS),
    st.builds(another_order, st.permutations(range(3))),
    st.builds(type_changes, st.integers(0, 4), TYPES, st.none() | DAYS),
    st.builds(type_changes, st.integers(0, 4), st.fixed_dictionaries({"times": DATED})),
    st.builds(type_goes, st.integers(0, 4), st.sampled_from(["○", "×", "●"])),
    st.builds(day_changes, DAYS, st.sampled_from(["", "closed", "all_work", "open"]), NAMES),
    st.builds(closing_comes, st.lists(st.integers(0, 6), min_size=1, max_size=3)),
    st.builds(closings_go),
    st.builds(period_comes, DAYS),
    st.builds(period_goes),
    st.builds(cell_changes, PLACE, st.integers(1, 20), st.sampled_from(["", "△", "×", "希望"])),
    st.builds(group_comes, NAMES, PLACE),
)


def taken(world: World, steps: list[Step]) -> int:
    """Carries the steps out; what a service refuses (a day twice, an unknown row) is no change. How many were taken."""
    count = 0
    for step in steps:
        try:
            service, intent = step(world)
            service(ChangeRequest(world.system, intent))
            count += 1
        except (DomainError, IndexError):
            continue
    return count


def with_backups_and_closings(world: World) -> World:
    """The month published once more: with somebody who stands in for a group, people and types that were others before, closed days."""
    steps = [
        closing_comes_by({"repeats": "weekly", "days_of_week": [3], "valid_from": date(2025, 7, 1)}),
        type_comes("研", "special", ["研修"]),
        type_changes(1, {"start_time": time(6), "end_time": time(14)}, date(2025, 8, 4)),
        somebody_changes(2, {"status": "パート", "blank_means": "free"}, date(2025, 8, 10)),
        cell_changes(1, 6, "希望"),
        cell_changes(1, 7, "研修"),
        backup_comes(0, 2, 11),
    ]
    assert taken(world, steps) == len(steps)
    publish(world)
    return world


def test_published_month__any_changes__reads_the_same_until_published_again(
    published: World, outputs: Callable[[], Outputs]
) -> None:
    with_backups_and_closings(published)
    before = outputs()
    assert {each["groupName"] for each in before["publication"]["covering"]} == {"焼き場"}
    assert "焼き場" in before[f"feed of {published.staff_ids[2]}"].decode()

    @settings(max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(STEPS, min_size=1, max_size=8))
    def holds(steps: list[Step]) -> None:
        """Nothing is taken back between the examples: a commit is a transaction of its own, and what is kept is kept for long."""
        taken(published, steps)
        assert unlike(before, outputs()) == []

    holds()


def test_any_changes__kinds_of_them__are_taken(published: World) -> None:
    """The property above says something only if its changes are real ones."""
    steps = [
        somebody_changes(0, {"status": "パート", "blank_means": "free"}, None),
        somebody_comes("高橋", {}),
        somebody_goes(1, None),
        another_order([2, 1, 0]),
        type_changes(1, {"symbol": "早"}),
        type_changes(1, {"start_time": time(6), "end_time": time(14)}, date(2025, 8, 4)),
        type_changes(1, {"times": [{"valid_from": date(2025, 8, 5), "start_time": time(7), "end_time": time(15)}]}),
        type_goes(1, "○"),
        day_changes(date(2025, 8, 13), "closed", "お盆"),
        closing_comes([3]),
        period_comes(date(2025, 9, 21)),
        cell_changes(0, 4, "×"),
        group_comes("板前", 0),
        *(row_comes(table, row, [0]) for table, row in LIMITS),
        row_goes("daily_limits"),
        version_comes("夏"),
        version_changes(1),
        restaurant_changes({"timezone": "America/Vancouver", "country": "CA", "closing_day": 5, "name": "別館"}),
        backup_comes(0, 2, 7),
        closing_comes_by({"repeats": "monthly", "days_of_week": [2], "weeks": [2, 4], "valid_from": None}),
        closing_comes_by({"repeats": "yearly", "from_day": "08-13", "to_day": "08-16"}),
        closing_changes({"note": "定休"}),
        cell_is_locked(0, 9, is_locked=True),
        cell_is_locked(0, 9, is_locked=False),
        week_is_repeated(3),
        type_comes("遅", "late", []),
        type_goes_unused(5),
        row_changes("staff_groups", {"name": "厨房"}),
        row_changes("staff_backup_assignments", {"priorityOrder": 2}),
        settings_are_reset(),
    ]
    assert taken(published, steps) == len(steps)
    assert publish(published)["publication"] == 2
    assert StaffMember.objects.filter(restaurant=published.restaurant).count() == 4
