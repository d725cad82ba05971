"""The shapes of the JSON configs: every key that the product reads, as docs/settings.md lists them."""

from collections.abc import Mapping
from typing import Any

from settings_app.rules import cross_checks as cross
from settings_app.rules import rule_spellings
from settings_app.rules.scopes import ABOUT_EVERYBODY, settle_scope
from settings_app.rules.shapes import STAFF, Field, Refers, Settle, Shape
from settings_app.rules.values import (
    ByDate,
    Choice,
    Day,
    Flag,
    Integer,
    ListOf,
    MapOf,
    NamedDay,
    Number,
    Text,
    TimeOfDay,
    Weekday,
    WordOrSymbol,
)

GROUPS = "staff_groups"
"""The key of the table that ``groupIds`` and targets of the scope ``group`` refer to."""

SKILLS = "skills"
"""The key of the table that the skill of a need refers to."""

LEVELS = ("level1", "level2", "level3")
"""Who has a skill at which level, the lowest first. Who is named at several has the highest."""

SHIFT_TYPES = ("early", "late", "off", "normal", "any", "designated_off", "special")
SCOPES = ("all", "position", "type", "staff_status", "group", "individual")
LIMIT_TYPES = (
    "max_off_days",
    "min_off_days",
    "off_days",
    "max_shifts",
    "min_shifts",
    "max_work_days",
    "max_early_shifts",
    "max_late_shifts",
    "shift_distribution",
)
TOGETHERNESS = ("not_together", "together")
RULE_TYPES = (
    "preferred_shift",
    "avoid_shift",
    "avoid_shift_with_exceptions",
    "required_off",
    "required_shift",
    "max_consecutive_work",
    "forbidden_sequence",
    "required_sequence",
    *TOGETHERNESS,
    "fairness",
    "run_length",
    "max_weekends",
    "whole_weekends",
    "hours",
    "rest_between",
)
MOST = 10_000

COUNT = Integer(0, MOST)
ID = Text(100, may_be_empty=False)
SHIFT_TYPE = WordOrSymbol(SHIFT_TYPES)

_SHIFT_TYPE = Field(SHIFT_TYPE, "Shift type", "any = working", default="any")
_DAYS_OF_WEEK = Field(ListOf(NamedDay()), "Days of the week", "0 = Sunday, holiday, before_holiday; none = every day")
_DATES = Field(ListOf(Day()), "Dates")
_TO_STAFF = Refers(STAFF)
_BY_SCOPE = Refers(by="scope", targets={"group": GROUPS, "individual": STAFF})


def _bounds(value: Number) -> dict[str, Field]:
    return {"minCount": Field(value, "At least"), "maxCount": Field(value, "At most")}


def _scope() -> dict[str, Field]:
    return {
        "scope": Field(Choice(SCOPES), "Applies to", default="all"),
        "targetIds": Field(
            ListOf(ID),
            "Targets",
            "positions, types, statuses, groups or people, depending on the scope; for a week or month, no people = each person individually",
            refers=_BY_SCOPE,
        ),
        ABOUT_EVERYBODY: Field(
            Flag(), "About everybody", "nobody has been chosen for the scope yet; removed once targets are named"
        ),
    }


def _settle_scope(*but_for: str) -> Settle:
    return lambda config, stored, from_v1: settle_scope(config, from_v1, but_for)


_IN_ORDER = cross.not_above("minCount", "maxCount")
_EACH_BY_HERSELF = ("individual",)
_OF_A_PERSON = (_IN_ORDER, cross.needs_targets(but_for=_EACH_BY_HERSELF))

COVERAGE_RULES = Shape(
    "Coverage",
    {
        "minimumCoverage": Field(COUNT, "Minimum at work", default=0),
        "maxOffPerDay": Field(COUNT, "Maximum off per day", default=1),
        "minEarly": Field(COUNT, "Minimum early shifts", default=0),
        "minLate": Field(COUNT, "Minimum late shifts", default=0),
        "backupRequired": Field(Flag(), "Needs a backup", default=False),
        "backupMode": Field(
            Choice(("each_absence", "below_minimum")), "When a backup is called", default="each_absence"
        ),
        "maxBackupsPerDay": Field(COUNT, "Maximum backups per day"),
        "sharesBackups": Field(
            Flag(), "Shares its backups", "one backup covers all groups that share theirs on a day", default=False
        ),
        "unrecordedCovers": Field(
            Flag(),
            "A shift without a record is a cover",
            "of a backup who belongs to no group, where the group needs one",
            default=False,
        ),
        "earlyCountsAsOff": Field(Flag(), "Early counts as off", "unset: only where no early shift is asked for"),
        "isHardConstraint": Field(Flag(), "Must be kept", default=True),
        "penaltyWeight": Field(Number(0, MOST), "Weight", default=1),
        "backupIsHard": Field(Flag(), "A backup is required", default=False),
    },
)

GROUP_CONFIG = Shape(
    "Staff group",
    {
        "members": Field(ListOf(ID), "Members", refers=_TO_STAFF),
        "coverageRules": Field(COVERAGE_RULES, "Coverage"),
    },
)

_TO_SOMEBODY = Refers(STAFF, must_exist=True)
_LEVEL = Integer(1, len(LEVELS))

DATED_LEVEL = Shape(
    "Level with dates",
    {
        "staffId": Field(ID, "Person", required=True, refers=_TO_SOMEBODY),
        "level": Field(_LEVEL, "Level", required=True),
        "from": Field(Day(), "From", "the first day; empty: no beginning"),
        "until": Field(Day(), "Until", "the last day; empty: no end"),
    },
    (cross.not_before("until", "from"),),
)

SKILL_CONFIG = Shape(
    "Skill",
    {
        "level1": Field(ListOf(ID), "Level 1", "who can do it", refers=_TO_SOMEBODY),
        "level2": Field(ListOf(ID), "Level 2", "who can do it well", refers=_TO_SOMEBODY),
        "level3": Field(ListOf(ID), "Level 3", "who can lead or teach it", refers=_TO_SOMEBODY),
        "dated": Field(
            ListOf(DATED_LEVEL),
            "Levels with dates",
            "levels that hold on some days only; on each day the highest counts",
        ),
    },
)

DAILY_LIMIT_CONFIG = Shape(
    "Daily limit",
    {"shiftType": _SHIFT_TYPE, **_bounds(COUNT), "daysOfWeek": _DAYS_OF_WEEK, "dates": _DATES, **_scope()},
    (_IN_ORDER, cross.needs_targets()),
    settle=_settle_scope(),
)

WEEKLY_LIMIT_CONFIG = Shape(
    "Weekly limit",
    {
        "shiftType": _SHIFT_TYPE,
        **_bounds(COUNT),
        "daysOfWeek": Field(
            ListOf(NamedDay()),
            "Days of the week",
            "only these days count; 0 = Sunday, holiday, before_holiday; none = every day",
        ),
        "weekStartsOn": Field(Weekday(), "Week starts on", "0 = Sunday", default=0),
        **_scope(),
    },
    _OF_A_PERSON,
    settle=_settle_scope(*_EACH_BY_HERSELF),
)

_TO_SKILL = Refers(SKILLS, must_exist=True)

PER_DAY = Shape(
    "Needed",
    {
        name: Field(COUNT, label)
        for name, label in {
            "sunday": "Sunday",
            "monday": "Monday",
            "tuesday": "Tuesday",
            "wednesday": "Wednesday",
            "thursday": "Thursday",
            "friday": "Friday",
            "saturday": "Saturday",
            "holiday": "Public holiday",
            "beforeHoliday": "Day before a holiday",
        }.items()
    },
)

NEED_CONFIG = Shape(
    "Need",
    {
        "shiftType": _SHIFT_TYPE,
        "from": Field(
            TimeOfDay(), "From", "the hours at every moment of which the numbers apply; empty: the whole day"
        ),
        "until": Field(TimeOfDay(), "Until", "at or before the beginning: on the next day"),
        "perDay": Field(PER_DAY, "Needed"),
        "perDate": Field(ByDate(COUNT), "Needed on single dates", "overrides days of the week and holidays"),
        "spare": Field(COUNT, "Extra people allowed", default=0),
        "tooManyWeight": Field(Number(0, MOST), "Weight per extra person", "0: more are always fine", default=0),
        "skillId": Field(ID, "Skill", "only people who have it count, each for one place a day", refers=_TO_SKILL),
        "minLevel": Field(_LEVEL, "Minimum skill level", default=1),
        **_scope(),
    },
    (
        cross.needs_targets(),
        cross.no_surplus_of_a_skill,
        cross.both_or_none("from", "until"),
        cross.no_hours_of_days_off,
    ),
    settle=_settle_scope(),
)

DISTRIBUTION_RULES = Shape(
    "Distribution",
    {
        "maxConsecutive": Field(COUNT, "Maximum in a row"),
        "minDaysBetween": Field(COUNT, "Minimum days between"),
        "preferWeekends": Field(Flag(), "Preferably at weekends", default=False),
    },
)

_UNSET_IN_A_MONTH = "unset: yes for off_days, else no"
_FLAGS_OF_A_MONTH = {
    "countHalfDays": Field(Flag(), "An early shift is half a day off", _UNSET_IN_A_MONTH),
    "excludeCalendarRules": Field(Flag(), "Days off on closed days do not count", _UNSET_IN_A_MONTH),
    "excludeEarlyShiftCalendar": Field(Flag(), "Early shifts on closed days do not count", _UNSET_IN_A_MONTH),
    "overrideWeeklyLimits": Field(Flag(), "Takes precedence over weekly limits", _UNSET_IN_A_MONTH),
}

MONTHLY_LIMIT_CONFIG = Shape(
    "Monthly limit",
    {
        "limitType": Field(Choice(LIMIT_TYPES), "What is limited"),
        "shiftType": _SHIFT_TYPE,
        **_bounds(Number(0, MOST)),
        **_FLAGS_OF_A_MONTH,
        **_scope(),
        "distributionRules": Field(DISTRIBUTION_RULES, "Distribution"),
    },
    _OF_A_PERSON,
    settle=_settle_scope(*_EACH_BY_HERSELF),
)


def read_rule(row: Mapping[str, Any]) -> dict[str, Any]:
    """A priority rule, or a part of one, with its older spellings in those of today."""
    return rule_spellings.read_rule(row, RULE_TYPES)


_HOURS = {
    "minHours": Field(Number(0, MOST), "Minimum hours", "of work (hours), of rest (rest_between)"),
    "maxHours": Field(Number(0, MOST), "Maximum hours"),
    "per": Field(Choice(("week", "period")), "Hours of", default="week"),
    "weekStartsOn": Field(Weekday(), "Week starts on", "0 = Sunday", default=0),
    "breakMinutes": Field(Integer(0, 24 * 60), "Break (minutes)", "of each shift that is long enough", default=0),
    "breakOverHours": Field(Number(0, 24), "Break in shifts longer than (hours)", default=6),
}

RULE_DEFINITION = Shape(
    "Rule",
    {
        "ruleType": Field(Choice(RULE_TYPES), "Kind of rule"),
        "staffIds": Field(ListOf(ID), "People", refers=_TO_STAFF),
        "groupIds": Field(ListOf(ID), "Groups", refers=Refers(GROUPS)),
        rule_spellings.NOBODY: Field(
            Flag(), "Applies to nobody", "without people and groups a rule applies to everybody"
        ),
        "shiftType": _SHIFT_TYPE,
        "allowedShifts": Field(ListOf(SHIFT_TYPE), "Except", "for avoid_shift_with_exceptions"),
        "daysOfWeek": _DAYS_OF_WEEK,
        "dates": _DATES,
        "sequence": Field(ListOf(SHIFT_TYPE), "Sequence of shifts"),
        "minCount": Field(COUNT, "At least", "for run_length"),
        "maxCount": Field(COUNT, "At most"),
        "pastPeriods": Field(
            Integer(0, 12), "Past periods", "balanced with this one, for fairness; 0: this period only", default=0
        ),
        **_HOURS,
    },
    (
        cross.for_type(("hours",), cross.one_is_set("minHours", "maxHours")),
        cross.for_type(("hours",), cross.not_above("minHours", "maxHours")),
        cross.for_type(("rest_between",), cross.is_set("minHours")),
        cross.for_type(("forbidden_sequence", "required_sequence"), cross.at_least_two("sequence", "shifts")),
        cross.for_type(("max_consecutive_work", "max_weekends"), cross.is_set("maxCount")),
        cross.for_type(("run_length",), cross.one_is_set("minCount", "maxCount")),
        cross.for_type(("run_length",), cross.not_above("minCount", "maxCount")),
        cross.for_type(TOGETHERNESS, cross.two_people_or_a_group),
        cross.nobody_or_some(rule_spellings.NOBODY, ("staffIds", "groupIds")),
    ),
    settle=rule_spellings.settle_people,
)

RULE_CONFIG = Shape(
    "Rule details",
    {"preferenceStrength": Field(Number(0.1, 1), "Strength of the wish", "0.1 to 1", default=1)},
)

PARAMETERS = Shape(
    "Solver parameters",
    {
        "algorithm": Field(Text(100), "Algorithm", "values other than cp_sat are kept but ignored", default="cp_sat"),
        "timeLimitSeconds": Field(Number(0.1, 3_600), "Time limit (seconds)"),
        "workers": Field(Integer(0, 64), "Workers", "none or 0 = chosen by size"),
        "seed": Field(Integer(0, 2**31 - 1), "Seed"),
        "stabilityWeight": Field(Number(0, MOST), "Weight of a changed cell"),
        "penaltyWeights": Field(MapOf(Number(0, MOST)), "Weights by kind of rule"),
    },
)

MODEL_CONFIG = Shape("Model details", {})


def unused_parameters(row: dict[str, Any]) -> list[str]:
    """A remark on each parameter of a solver configuration that is kept but has no effect: those of older algorithms."""
    parameters = row.get("parameters") or {}
    older = ["algorithm"] if parameters.get("algorithm") not in (None, "cp_sat") else []
    unused = [*older, *(key for key in parameters if key not in PARAMETERS.fields)]
    return [f"parameters.{key}: kept, but the solver does not use it" for key in unused]
