"""Random small restaurants, for Hypothesis: every rule type, hard and soft, odd ids and empty lists included."""

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from schedules.generation.loading import PlanningData, load_problem
from schedules.generation.past import PastPeriod
from schedules.generation.problem import Keep, Options, Problem
from tests.unit.generation import builders
from tests.unit.generation.builders import RULES, START, day, key, past_of

SHIFTS = st.sampled_from(["any", "normal", "early", "late", "off"])
BOUNDS = st.one_of(st.none(), st.integers(0, 3))
IDS = ["a", "b", "c", "nobody"]
TYPES = ["社員", "パート"]


@st.composite
def members(draw: st.DrawFn) -> list[dict[str, Any]]:
    count = draw(st.integers(1, 3))
    return [draw(person(staff_id)) for staff_id in IDS[:count]]


@st.composite
def person(draw: st.DrawFn, staff_id: str) -> dict[str, Any]:
    return {
        "id": staff_id,
        "name": f"name of {staff_id}",
        "position": draw(st.sampled_from(["調理", "ホール"])),
        "type": draw(st.sampled_from(TYPES)),
        "startPeriod": draw(st.sampled_from([None, None, {"year": 2025, "month": 8, "day": 26}])),
        "endPeriod": draw(st.sampled_from([None, None, {"year": 2025, "month": 8, "day": 27}])),
        "allowedShiftTypes": draw(st.sampled_from([[], [], ["normal"], ["○", "△"], ["late"]])),
    }


@st.composite
def row(draw: st.DrawFn, row_id: str) -> dict[str, Any]:
    return {
        "id": row_id,
        "name": row_id,
        "isHardConstraint": draw(st.booleans()),
        "penaltyWeight": draw(st.sampled_from([0, 0.5, 1, 2])),
        "effectiveFrom": draw(st.sampled_from([None, None, key(1)])),
        "effectiveUntil": draw(st.sampled_from([None, None, key(2)])),
    }


@st.composite
def limit(draw: st.DrawFn, row_id: str) -> dict[str, Any]:
    scope = draw(st.sampled_from(["all", "position", "type", "staff_status", "group", "individual"]))
    targets = {
        "position": ["調理"],
        "type": TYPES,
        "staff_status": ["社員"],
        "group": ["g0", "gone"],
        "individual": IDS[:2],
        "all": [],
    }[scope]
    config = {
        "shiftType": draw(SHIFTS),
        "minCount": draw(BOUNDS),
        "maxCount": draw(st.one_of(BOUNDS, st.just(1.5))),
        "daysOfWeek": draw(st.sampled_from([[], [0, 6], [1, 2, 3]])),
        "weekStartsOn": draw(st.integers(0, 6)),
        "scope": scope,
        "targetIds": draw(st.sampled_from([targets, []])),
        "limitType": draw(
            st.sampled_from(["", "max_off_days", "off_days", "max_early_shifts", "min_shifts", "shift_distribution"])
        ),
        "countHalfDays": draw(st.sampled_from([None, True, False])),
        "excludeCalendarRules": draw(st.sampled_from([None, False])),
        "overrideWeeklyLimits": draw(st.sampled_from([None, True])),
        "distributionRules": draw(distribution()),
    }
    return {**draw(row(row_id)), "limitConfig": config}


def distribution() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {},
        optional={
            "maxConsecutive": st.integers(1, 2),
            "minDaysBetween": st.integers(1, 3),
            "preferWeekends": st.booleans(),
        },
    )


@st.composite
def need(draw: st.DrawFn, row_id: str) -> dict[str, Any]:
    whom = draw(limit(row_id))["limitConfig"]
    names = st.sampled_from(["sunday", "monday", "tuesday", "holiday", "beforeHoliday"])
    config = {
        **{name: whom[name] for name in ("shiftType", "scope", "targetIds")},
        "perDay": draw(st.dictionaries(names, BOUNDS)),
        "perDate": draw(st.dictionaries(st.sampled_from([key(0), key(2)]), st.integers(0, 3))),
        "spare": draw(st.integers(0, 1)),
        "tooManyWeight": draw(st.sampled_from([0, 0.5, 2])),
    }
    if draw(st.booleans()):
        config |= {"skillId": draw(st.sampled_from(["s0", "s1"])), "minLevel": draw(st.integers(1, 3))}
        config |= {"tooManyWeight": 0}
    if config["shiftType"] != "off" and draw(st.booleans()):
        config |= draw(st.sampled_from([{"from": "11:00", "until": "14:00"}, {"from": "22:00", "until": "06:30"}]))
    return {**draw(row(row_id)), "needConfig": config}


@st.composite
def skill(draw: st.DrawFn, row_id: str) -> dict[str, Any]:
    levels = [draw(st.lists(st.sampled_from(IDS), max_size=3, unique=True)) for _ in range(3)]
    entry = {"staffId": draw(st.sampled_from(IDS)), "level": draw(st.integers(1, 3)), "from": draw(st.integers(0, 2))}
    return builders.skill(row_id, *levels, dated=draw(st.sampled_from([[], [entry], [{**entry, "until": 2}]])))


@st.composite
def priority_rule(draw: st.DrawFn, row_id: str) -> dict[str, Any]:
    definition = {
        "ruleType": draw(st.sampled_from(RULES)),
        "staffIds": draw(st.lists(st.sampled_from(IDS), max_size=3)),
        "groupIds": draw(st.sampled_from([[], ["g0"], ["gone"]])),
        "shiftType": draw(SHIFTS),
        "daysOfWeek": draw(st.sampled_from([[], [0, 1]])),
        "dates": draw(st.sampled_from([[], [key(1)]])),
        "sequence": draw(st.lists(SHIFTS, min_size=2, max_size=3)),
        "minCount": draw(st.sampled_from([None, None, 2, 3])),
        "maxCount": draw(st.integers(0, 2)),
        "pastPeriods": draw(st.integers(0, 2)),
        "allowedShifts": draw(st.sampled_from([[], ["early"], ["late", "normal"]])),
        "aboutNobody": draw(st.sampled_from([None, None, True])),
        "minHours": draw(st.sampled_from([None, 8, 11, 13.5])),
        "maxHours": draw(st.sampled_from([None, 14, 20.5])),
        "per": draw(st.sampled_from(["week", "period"])),
        "weekStartsOn": draw(st.integers(0, 6)),
        "breakMinutes": draw(st.sampled_from([0, 45])),
    }
    strength = {"preferenceStrength": draw(st.sampled_from([0.1, 0.5, 1]))}
    level = draw(st.integers(1, 3))
    return {**draw(row(row_id)), "ruleDefinition": definition, "ruleConfig": strength, "priorityLevel": level}


@st.composite
def group(draw: st.DrawFn, row_id: str) -> dict[str, Any]:
    coverage = {
        "minimumCoverage": draw(st.integers(0, 2)),
        "maxOffPerDay": draw(st.sampled_from([None, 0, 1])),
        "minEarly": draw(st.integers(0, 1)),
        "minLate": draw(st.integers(0, 1)),
        "backupRequired": draw(st.booleans()),
        "backupMode": draw(st.sampled_from(["each_absence", "below_minimum"])),
        "maxBackupsPerDay": draw(st.sampled_from([None, 1])),
        "sharesBackups": draw(st.booleans()),
        "unrecordedCovers": draw(st.booleans()),
        "isHardConstraint": draw(st.booleans()),
    }
    members = draw(st.lists(st.sampled_from(IDS), max_size=2, unique=True))
    return {"id": row_id, "name": row_id, "groupConfig": {"members": members, "coverageRules": coverage}}


@st.composite
def assignment(draw: st.DrawFn, row_id: str) -> dict[str, Any]:
    return {
        "id": row_id,
        "staffId": draw(st.sampled_from(IDS)),
        "groupId": draw(st.sampled_from(["g0", "g1", "gone"])),
        "priorityOrder": draw(st.integers(1, 2)),
        "effectiveFrom": draw(st.sampled_from([None, key(1)])),
    }


def rows(of: Any, prefix: str, most: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.integers(0, most).flatmap(lambda n: st.tuples(*(of(f"{prefix}{i}") for i in range(n))).map(list))


@st.composite
def settings(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "staffGroups": draw(rows(group, "g", 2)),
        "skills": draw(rows(skill, "s", 2)),
        "staffingNeeds": draw(rows(need, "n", 4)),
        "dailyLimits": draw(rows(limit, "d", 2)),
        "weeklyLimits": draw(rows(limit, "w", 1)),
        "monthlyLimits": draw(rows(limit, "m", 2)),
        "priorityRules": draw(rows(priority_rule, "r", 3)),
        "backupAssignments": draw(rows(assignment, "b", 3)),
    }


VALUES = st.sampled_from(["", "", "○", "△", "◇", "×", "★", "●", "研修"])
SHARES = [{"symbol": "△", "kind": "early", "offEquivalent": 0.5}]
TIMES = [
    {"symbol": "○", "kind": "normal", "startTime": "09:00", "endTime": "17:30"},
    {"symbol": "△", "kind": "early", "startTime": "06:00", "endTime": "11:00"},
    {"symbol": "◇", "kind": "late", "startTime": "16:00", "endTime": "00:00"},
    {"symbol": "×", "kind": "off"},
    {"symbol": "★", "kind": "designated_off"},
    {"symbol": "●", "kind": "special"},
]
DATED = [
    {**each, "times": [{**each, "validFrom": None}, {"validFrom": key(2), "startTime": "12:00", "endTime": "22:00"}]}
    if each["symbol"] in ("○", "◇")
    else each
    for each in TIMES
]


def past(staff: list[dict[str, Any]], values: list[str]) -> tuple[PastPeriod, ...]:
    """Three days, on which everybody whose employment has begun holds one of the values, and one period before that for nobody."""
    days = [day(each) for each in (-9, -8, -7)]
    rows = {each["id"]: dict(zip(map(str, days), values[3 * n :], strict=False)) for n, each in enumerate(staff)}
    given = load_problem(PlanningData(start=days[0], end=days[-1], staff=staff, settings={}, schedule_data=rows))
    return past_of(given), PastPeriod((), [day(-20)], ())


@st.composite
def availability(draw: st.DrawFn, staff_ids: list[str]) -> list[dict[str, Any]]:
    hours = [(None, None), ("09:00", None), (None, "17:30"), ("16:00", "00:00"), ("09:00", "22:00")]
    entries = draw(st.lists(st.tuples(st.sampled_from([*staff_ids, "nobody"]), st.sampled_from(hours)), max_size=2))
    return [
        builders.availability(
            staff_id,
            *draw(st.lists(st.integers(0, 3), min_size=1, max_size=3, unique=True)),
            availableFrom=begins,
            availableUntil=ends,
            validUntil=draw(st.sampled_from([None, key(1)])),
        )
        for staff_id, (begins, ends) in entries
    ]


@st.composite
def wishes(draw: st.DrawFn, staff_ids: list[str], days: int) -> list[dict[str, Any]]:
    places = st.tuples(st.sampled_from([*staff_ids, "nobody"]), st.integers(0, days))
    return [
        builders.wish(
            staff_id,
            index,
            draw(st.sampled_from(["off", "cannot", "prefer", "avoid"])),
            draw(st.sampled_from(["○", "△", "◇", "×", "gone"])),
            weight=draw(st.integers(1, 3)),
            state=draw(st.sampled_from(["open", "taken", "declined"])),
        )
        for staff_id, index in draw(st.lists(places, max_size=3, unique=True))
    ]


@st.composite
def problems(draw: st.DrawFn, longest: int = 5) -> Problem:
    staff = draw(members())
    days = draw(st.integers(1, longest))
    cells = {each["id"]: {key(i): draw(VALUES) for i in range(days)} for each in staff}
    earlier = {each["id"]: {day(-i).isoformat(): draw(VALUES) for i in range(1, 4)} for each in staff}
    later = {each["id"]: {day(days + i).isoformat(): draw(VALUES) for i in range(3)} for each in staff}
    before_that = past(staff, draw(st.lists(VALUES, min_size=3 * len(staff), max_size=3 * len(staff))))
    locked = [{"staffId": each["id"], "dateKey": key(0)} for each in staff if draw(st.booleans())]
    data = PlanningData(
        start=START,
        end=day(days - 1),
        staff=staff,
        settings=draw(settings()),
        shift_types=draw(st.sampled_from([[], SHARES, TIMES, DATED])),
        calendar=draw(
            st.sampled_from([[], [{"date": key(1), "kind": "closed"}, {"date": key(2), "kind": "all_work"}]])
        ),
        schedule_data=cells,
        previous_data=draw(st.sampled_from([{}, earlier])),
        following_data=draw(st.sampled_from([{}, later])),
        holidays=draw(st.sampled_from([[], [day(1)]])),
        locked_cells=locked,
        past=draw(st.sampled_from([(), before_that])),
        wishes=draw(wishes([each["id"] for each in staff], days)),
        availability=draw(availability([each["id"] for each in staff])),
    )
    return load_problem(
        data,
        Options(
            time_limit=20,
            deterministic_time=5,
            workers=1,
            keep=draw(st.sampled_from(list(Keep))),
            stability=Fraction(draw(st.sampled_from([0, 1]))),
            repair=draw(st.booleans()),
        ),
    )
