"""Months that exist: a schedule is drawn first, then hard rules that it keeps, as tight as they can be for it.

So whatever the vocabulary can say together can be tried in months of any size, without trying every schedule: the generator must find one
that breaks no hard rule, and claim nothing about the best that the drawn schedule contradicts.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from schedules.generation.kinds import CHOOSABLE, Kind
from schedules.generation.problem import Keep, Options, Problem, Staff
from schedules.generation.score import Score, Scorer
from tests.unit.generation.builders import (
    RULES,
    assignment,
    day,
    group,
    key,
    limit,
    member,
    need,
    problem,
    rule,
    skill,
    wish,
)

Row = dict[str, Any]
Cells = dict[tuple[str, date], str]

OWN: list[Row] = [
    {"symbol": "○", "kind": "normal"},
    {"symbol": "H", "kind": "normal", "offEquivalent": 0.5},
    {"symbol": "A", "kind": "normal"},
    {"symbol": "△", "kind": "early"},
    {"symbol": "朝", "kind": "early", "offEquivalent": 0.25},
    {"symbol": "◇", "kind": "late"},
    {"symbol": "夜", "kind": "late", "offEquivalent": 0.5},
    {"symbol": "×", "kind": "off"},
    {"symbol": "休", "kind": "off"},
    {"symbol": "半", "kind": "off", "offEquivalent": 0.5},
    {"symbol": "★", "kind": "designated_off"},
]
TIMED: list[Row] = [
    {"symbol": "○", "kind": "normal", "startTime": "09:00", "endTime": "17:30"},
    {"symbol": "短", "kind": "normal", "startTime": "09:00", "endTime": "13:00"},
    {"symbol": "△", "kind": "early", "startTime": "06:00", "endTime": "14:00"},
    {"symbol": "早", "kind": "early", "startTime": "05:00", "endTime": "10:00"},
    {"symbol": "◇", "kind": "late", "startTime": "16:00", "endTime": "00:00"},
    {"symbol": "無", "kind": "late"},
    {"symbol": "×", "kind": "off"},
]
DATED: list[Row] = [
    {
        **TIMED[0],
        "times": [
            {"validFrom": None, "startTime": "09:00", "endTime": "17:00"},
            {"validFrom": key(2), "startTime": "12:00", "endTime": "22:00"},
        ],
    },
    *TIMED[1:3],
    TIMED[-1],
]
FEW: list[Row] = [{"symbol": "日", "kind": "normal"}, {"symbol": "公", "kind": "off"}, {"symbol": "夜", "kind": "late"}]
HALF: list[Row] = [{"symbol": "△", "kind": "early", "offEquivalent": 0.5}]
SETS: list[list[Row]] = [[], HALF, OWN, TIMED, DATED, FEW]
USUAL = ["○", "△", "◇", "×", "★"]

MONTHS = [
    *("max_off_days", "min_off_days", "off_days", "max_shifts", "min_shifts", "max_work_days"),
    *("max_early_shifts", "max_late_shifts", "shift_distribution"),
]
SWITCHES = ("countHalfDays", "excludeCalendarRules", "excludeEarlyShiftCalendar", "overrideWeeklyLimits")
DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "holiday", "beforeHoliday"]
WEIGHTS = [0, 0.001, 0.3, 1, 2, 7.5]


@dataclass
class Planted:
    """A month under way: ``fixed`` is what it is besides its rules, ``plan`` the schedule drawn for it."""

    chance: random.Random
    ids: list[str]
    days: int
    symbols: list[str]
    fixed: Row
    plan: Cells = field(default_factory=dict)
    covering: Cells = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    wishes: list[Row] = field(default_factory=list)

    def problem(self, tables: Mapping[str, list[Row]] | None = None, **rest: Any) -> Problem:
        return problem(**{**self.fixed, "wishes": self.wishes, **(tables or self.tables), **rest})

    def keeps(self, table: str, row: Row) -> bool:
        """Whether the plan keeps all hard rules with this row beside them."""
        more = {**self.tables, table: [*self.tables.get(table, []), row]}
        return Scorer(self.problem(more), self.plan, self.covering).score.hard == 0

    def add(self, table: str, row: Row) -> None:
        if self.keeps(table, row):
            self.tables.setdefault(table, []).append(row)

    def words(self) -> str:
        return self.chance.choice(["any", "normal", "early", "late", "off", *self.symbols])

    def some(self, least: int = 1) -> list[str]:
        return self.chance.sample(self.ids, self.chance.randint(least, len(self.ids)))

    def often(self, share: float) -> bool:
        return self.chance.random() < share


def planted(seed: int) -> Planted:
    """The month of that number, with its rules."""
    month = _bare(random.Random(seed))
    _plant(month)
    for each in range(month.chance.randint(1, 7)):
        month.chance.choice([_limit, _limit, _need, _rule, _rule, _wish])(month, f"r{each}")
    return month


def as_asked(month: Planted, *, soft: bool) -> tuple[Problem, Score]:
    """The problem, with some of the plan locked or filled and other cells at random, and the score of the plan in it. ``soft`` makes most
    rules wishes."""
    chance = month.chance
    if soft:
        for row in (row for rows in month.tables.values() for row in rows):
            if month.often(0.6) and "isHardConstraint" in row:
                row |= {"isHardConstraint": False, "penaltyWeight": chance.choice(WEIGHTS)}
    keep = chance.choice(list(Keep))
    cells: dict[str, dict[str, str]] = {}
    locked, covering = [], []
    closed = month.problem().closed  # a day off that is written there stays, and counts: the plan has none
    for (staff_id, when), value in month.plan.items():
        drawn = chance.random()
        if drawn < 0.2 or (drawn < 0.3 and keep is Keep.FILLED and value):
            cells.setdefault(staff_id, {})[str(when)] = value
            if drawn < 0.2:
                locked.append({"staffId": staff_id, "dateKey": str(when)})
            if (staff_id, when) in month.covering:
                covering.append({"staffId": staff_id, "dateKey": str(when), "groupId": month.covering[staff_id, when]})
        elif drawn < 0.4 and keep is not Keep.FILLED and when not in closed:
            free = [symbol for symbol in month.symbols if symbol != "★"]
            cells.setdefault(staff_id, {})[str(when)] = chance.choice(["", *free])
    options = Options(time_limit=20, deterministic_time=5, workers=1, keep=keep)
    given = month.problem(schedule=cells, locked_cells=locked, covering=covering, options=options)
    return given, Scorer(given, month.plan, month.covering).score


def _bare(chance: random.Random) -> Planted:
    """People, shift types, calendar, what lies around the period; no rules yet."""
    days, types = chance.randint(1, 9), chance.choice(SETS)
    symbols = [str(each["symbol"]) for each in types] or USUAL
    ids = ["a", "b", "c"][: chance.randint(1, 3)]
    month = Planted(chance, ids, days, symbols, {"days": days, "shift_types": types})
    kinds = [chance.choices(["", "closed", "all_work"], [8, 1, 1])[0] for _ in range(days)]
    around = {
        "previous_data": [key(-back) for back in range(1, chance.randint(2, 8))] if month.often(0.4) else [],
        "following_data": [key(days + ahead) for ahead in range(3)] if month.often(0.2) else [],
    }
    month.fixed |= {
        name: {each: {when: chance.choice(["", *symbols]) for when in keys} for each in ids} if keys else {}
        for name, keys in around.items()
    }
    month.fixed |= {
        "staff": [_person(month, each) for each in ids],
        "calendar": [{"date": key(each), "kind": kind} for each, kind in enumerate(kinds) if kind],
        "holidays": [day(chance.randint(0, days))] if month.often(0.3) else [],
        "month_part": Fraction(days, 30) if month.often(0.15) else Fraction(1),
    }
    return month


def _person(month: Planted, staff_id: str) -> Row:
    chance, fields = month.chance, dict[str, Any]()
    kind = chance.choice(["社員", "社員", "パート"])
    allowed = chance.sample([*month.symbols, "early", "late", "normal"], 2) if month.often(0.3) else []
    if month.often(0.2):
        fields["startPeriod"] = key(chance.randrange(month.days))
    if month.often(0.15):
        fields["endPeriod"] = key(chance.randrange(month.days))
    if month.often(0.2):
        starts = [None, key(chance.randint(0, month.days))]
        fields["terms"] = [
            {
                "validFrom": start,
                "type": kind,
                "status": "",
                "blankMeans": chance.choice(["work", "free"]),
                "allowedShiftTypes": allowed,
            }
            for start in starts
        ]
    position = chance.choice(["調理", "ホール"])
    return member(staff_id, type=kind, position=position, allowedShiftTypes=allowed, **fields)


def _plant(month: Planted) -> None:
    """Draws the schedule, with calls of backups, and the groups that these keep."""
    empty, chance = month.problem(), month.chance
    backups: list[Row] = []
    groups: list[Row] = []
    if len(month.ids) > 1 and month.often(0.4):
        members = chance.sample(month.ids, chance.randint(1, len(month.ids) - 1))
        others = [each for each in month.ids if each not in members]
        groups = [group("g", members)] + ([group("h", others)] if month.often(0.5) else [])
        backups = [assignment(each, "g") for each in others if month.often(0.8)]
        backups += [assignment(members[0], "h")] if len(groups) > 1 and month.often(0.5) else []
    for person in empty.staff:
        for when in empty.days:
            month.plan[person.id, when] = chance.choice(_possible(empty, person, when, month.symbols))
            called = [each for each in backups if each["staffId"] == person.id]
            if called and when not in empty.closed and month.often(0.2):
                _call(month, empty, person, when, called[0]["groupId"])
    month.tables = {"staffGroups": groups, "backupAssignments": backups}
    if Scorer(month.problem(), month.plan, month.covering).score.hard:  # a call that nobody needs
        month.covering.clear()
        month.tables = {"staffGroups": groups, "backupAssignments": backups}
    for index, each in enumerate(groups):
        _tighten(month, index, each)


def _possible(empty: Problem, person: Staff, when: date, symbols: list[str]) -> list[str]:
    """What may stand in a cell before any rule is asked; work on days on which all work, where that is possible."""
    if not person.employed(when) or when in empty.closed:
        return [""]
    states = {value: empty.state(person, when, value) for value in ("", *symbols)}
    fit = [value for value, state in states.items() if state.allowed and state.kind in (*CHOOSABLE, Kind.ABSENT)]
    working = [value for value in fit if states[value].works]
    return (working if when in empty.all_work else []) or fit or [""]


def _call(month: Planted, empty: Problem, person: Staff, when: date, group_id: str) -> None:
    normal = empty.shift_types.first(Kind.NORMAL)
    if normal is not None and person.employed(when) and empty.state(person, when, normal.symbol).allowed:
        month.plan[person.id, when] = normal.symbol
        month.covering[person.id, when] = group_id


def _tighten(month: Planted, index: int, row: Row) -> None:
    """Gives a group rules that the plan keeps, if some are found in a few tries."""
    chance, rows = month.chance, month.tables["staffGroups"]
    for _ in range(8):
        coverage: Row = {
            "maxOffPerDay": chance.choice([0, 1, 2, 99]),
            "minimumCoverage": chance.randint(0, 2),
            "minEarly": chance.choice([0, 0, 1]),
            "minLate": chance.choice([0, 0, 1]),
            "backupRequired": month.often(0.5),
            "backupIsHard": month.often(0.7),
            "backupMode": chance.choice(["each_absence", "below_minimum"]),
            "maxBackupsPerDay": chance.choice([None, None, 0, 1]),
            "sharesBackups": month.often(0.3),
            "unrecordedCovers": month.often(0.2),
        }
        tighter = group(row["id"], row["groupConfig"]["members"], **coverage)
        trial = {**month.tables, "staffGroups": [*rows[:index], tighter, *rows[index + 1 :]]}
        if Scorer(month.problem(trial), month.plan, month.covering).score.hard == 0:
            rows[index] = tighter
            return


def _scope(month: Planted) -> Row:
    has_groups = bool(month.tables["staffGroups"])
    choices = {"all": [], "position": ["調理"], "type": ["社員"], "individual": month.some()}
    choices |= {"group": ["g"]} if has_groups else {}
    scope = month.chance.choice(list(choices))
    return {"scope": scope, "targetIds": choices[scope]}


def _when(month: Planted) -> Row:
    chance = month.chance
    weekdays: list[Any] = [*range(7), "holiday"]
    return chance.choice(
        [
            {},
            {},
            {"daysOfWeek": chance.sample(weekdays, chance.randint(1, 4))},
            {"dates": [key(chance.randrange(month.days)) for _ in range(3)]},
        ]
    )


def _in_force(month: Planted) -> Row:
    return month.chance.choice([{}, {}, {}, {}, {"effectiveFrom": key(1)}, {"effectiveUntil": key(month.days - 2)}])


def _tightest(month: Planted, table: str, made: Callable[[Any], Row], amounts: Iterator[Any]) -> Any:
    return next((amount for amount in amounts if month.keeps(table, made(amount))), None)


def _limit(month: Planted, name: str) -> None:
    chance, table = month.chance, month.chance.choice(["dailyLimits", "weeklyLimits", "monthlyLimits"])
    config: Row = {"shiftType": month.words(), **_scope(month), **_in_force(month)}
    step = Fraction(1)
    if table == "monthlyLimits":
        step = chance.choice([Fraction(1), Fraction(1, 2), Fraction(1, 4)])
        config |= {"limitType": chance.choice(MONTHS)}
        config |= {switch: chance.choice([True, False]) for switch in SWITCHES if month.often(0.2)}
        if month.often(0.3):
            between = chance.choice([None, 1, 2, 3])
            config["distributionRules"] = {"maxConsecutive": chance.randint(1, 3), "minDaysBetween": between}
    else:
        config |= {**_when(month), "weekStartsOn": chance.randint(0, 6)}

    def made(low: Any, high: Any) -> Row:
        bounds = {"minCount": low, "maxCount": high}
        return limit(name, hard=True, weight=chance.choice([0, 0.3, 1]), **config, **bounds)

    if not month.keeps(table, made(None, None)):
        return
    most = int(month.days * len(month.ids) / step) + 1
    steps = [float(step * number) for number in range(most + 1)]
    low = _tightest(month, table, lambda each: made(each, None), iter(steps[:0:-1])) if month.often(0.7) else None
    above = [each for each in steps if each >= (low or 0)]
    high = _tightest(month, table, lambda each: made(low, each), iter(above)) if month.often(0.7) else None
    month.add(table, made(low, high))


def _need(month: Planted, name: str) -> None:
    chance, table = month.chance, "staffingNeeds"
    config: Row = {"shiftType": month.words(), **_scope(month)}
    if month.often(0.5):
        month.tables.setdefault("skills", [skill("s", month.some(), month.some(0)), skill("t", month.some())])
        config |= {"skillId": chance.choice(["s", "t"]), "minLevel": chance.randint(1, 2)}
    numbers: dict[str, int] = {}
    for each in chance.sample(DAYS, chance.randint(1, 6)):

        def made(number: int, each: str = each) -> Row:
            return need(name, hard=True, **config, perDay={**numbers, each: number})

        numbers[each] = _tightest(month, table, made, iter(range(len(month.ids), -1, -1)))
    month.add(table, need(name, hard=True, **config, perDay=numbers))


def _rule(month: Planted, name: str) -> None:
    chance = month.chance
    for _ in range(6):
        rule_type = chance.choice(RULES)
        people = month.some() if month.often(0.7) and rule_type != "together" else []
        row = rule(
            rule_type,
            name,
            hard=True,
            weight=chance.choice([0, 0.3, 1]),
            staffIds=people,
            shiftType=month.words(),
            sequence=[month.words() for _ in range(chance.randint(2, 3))],
            allowedShifts=[month.words()] if month.often(0.5) else [],
            minCount=chance.choice([None, 2, 3]),
            maxCount=chance.randint(0, 3),
            minHours=chance.choice([None, 5, 8, 11, 16, 20, 33]),
            maxHours=chance.choice([None, 8, 12, 20.5, 30]),
            per=chance.choice(["week", "period"]),
            breakMinutes=chance.choice([0, 60]),
            **_when(month),
            **_in_force(month),
        )
        if month.keeps("priorityRules", row):
            month.tables.setdefault("priorityRules", []).append(row)
            return


def _wish(month: Planted, name: str) -> None:
    chance = month.chance
    row = wish(
        chance.choice(month.ids),
        chance.randrange(month.days),
        chance.choice(["cannot", "cannot", "off", "prefer", "avoid"]),
        chance.choice(month.symbols),
    )
    before = month.wishes
    if row["id"] not in {each["id"] for each in before}:
        month.wishes = [*before, row]
        if Scorer(month.problem(), month.plan, month.covering).score.hard:
            month.wishes = before
