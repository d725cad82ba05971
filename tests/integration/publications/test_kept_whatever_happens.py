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
from schedules.services import closings
from schedules.services.backups import BackupApply, backup_apply
from schedules.services.cells import CellEdit, cell_edit
from settings_app.models import ConfigVersion
from settings_app.selectors.versions import active_version
from settings_app.services import versions
from settings_app.services.rows import RowDelete, RowWrite, row_delete, row_save
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


def type_changes(place: int, fields: dict[str, Any]) -> Step:
    def step(w: World) -> Any:
        chosen = shift_types_of(w.id)[place]
        return calendars.shift_type_update, calendars.ShiftTypeUpdate(str(chosen.id), fields)

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

STEPS: st.SearchStrategy[Step] = st.one_of(
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
    st.builds(type_changes, st.integers(0, 4), TYPES),
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


def test_published_month__any_changes__reads_the_same_until_published_again(
    published: World, outputs: Callable[[], Outputs]
) -> None:
    before = outputs()

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
    ]
    assert taken(published, steps) == len(steps)
    assert publish(published)["publication"] == 2
    assert StaffMember.objects.filter(restaurant=published.restaurant).count() == 4
