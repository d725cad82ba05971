"""The settings rows of the wire, read into the problem's own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from backups.rules.model import Assignment
from schedules.generation.kinds import Times
from schedules.generation.measures import BY_SHIFT
from schedules.generation.problem import (
    Coverage,
    DatedLevel,
    Group,
    Limit,
    Need,
    Options,
    PriorityRule,
    Row,
    Scope,
    Skill,
    Staff,
    When,
)
from schedules.generation.reading import fraction_of, mapping, minute_of_the_day, read_date, texts, whole
from schedules.generation.rules.rule_kinds import RULE_KINDS
from settings_app.rules.configs import LEVELS, read_rule
from settings_app.rules.rule_spellings import NOBODY
from settings_app.rules.scopes import ABOUT_EVERYBODY
from settings_app.rules.values import HOLIDAYS

Wire = Mapping[str, Any]
WEEKDAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
SOLVER_KEYS = frozenset({"algorithm", "timeLimitSeconds", "workers", "seed", "stabilityWeight", "penaltyWeights"})
DEFAULT_MAX_OFF = 1
NAMED_DAYS = frozenset(HOLIDAYS)
COUNTED = {"max_work_days": "any", "max_early_shifts": "early", "max_late_shifts": "late"}
"""What the limit types of a month count that say it themselves; those about days off end in ``off_days``."""


@dataclass
class Reader:
    """Who is known while settings are read, which shift types there are, and what had to be passed over."""

    members: Sequence[Staff]
    warnings: list[str]
    symbols: frozenset[str] = frozenset()

    def known(self, ids: Iterable[str], where: str) -> tuple[str, ...]:
        """The ids of known people, each once, also where the data names them; the others are reported."""
        by_id = {member.id: member.id for member in self.members}
        by_name = {member.name: member.id for member in self.members}
        found: dict[str, None] = {}
        for each in ids:
            staff_id = by_id.get(each) or by_name.get(each)
            if staff_id is None:
                self.warnings.append(f"{where}: unknown staff member {each}.")
            else:
                found[staff_id] = None
        return tuple(found)

    def shift_types(self, names: Iterable[str], where: str) -> None:
        """Reports each that is neither a kind of shift nor a symbol of the restaurant: nobody can have it."""
        for name in dict.fromkeys(names):
            if name not in BY_SHIFT and name not in self.symbols:
                self.warnings.append(f"{where}: unknown shift type {name}.")


def load_settings(settings: Wire, reader: Reader) -> dict[str, Any]:
    """The fields of ``Problem`` that come from the settings."""
    groups = tuple(load_group(row, reader) for row in _active(settings, "staffGroups"))
    skills = tuple(load_skill(row, reader) for row in _active(settings, "skills"))
    return {
        "groups": groups,
        "skills": skills,
        "daily": tuple(_limits(settings, "dailyLimits", groups, reader)),
        "weekly": tuple(_limits(settings, "weeklyLimits", groups, reader)),
        "monthly": tuple(_limits(settings, "monthlyLimits", groups, reader)),
        "needs": tuple(_needs(settings, groups, skills, reader)),
        "rules": tuple(_rules(settings, groups, reader)),
        "backups": tuple(_assignments(settings, groups, reader)),
    }


def with_holidays(tables: dict[str, Any], holidays: frozenset[date]) -> dict[str, Any]:
    """The same tables, whose rows know the public holidays where they name them."""
    return {
        name: tuple(
            replace(row, when=replace(row.when, holidays=holidays))
            if isinstance(row, Row) and (row.when.named or isinstance(row, Need))
            else row
            for row in rows
        )
        for name, rows in tables.items()
    }


def _active(settings: Wire, table: str) -> list[Wire]:
    rows = settings.get(table) or ()
    return [row for row in rows if isinstance(row, Mapping) and row.get("isActive") is not False]


def load_group(row: Wire, reader: Reader) -> Group:
    """A staff group from its row on the wire."""
    config = mapping(row.get("groupConfig"))
    members = config.get("members", row.get("members"))
    name = str(row.get("name") or "")
    coverage = mapping(config.get("coverageRules"))
    return Group(str(row["id"]), name, reader.known(texts(members), f"Group {name}"), load_coverage(coverage))


def load_coverage(config: Wire) -> Coverage:
    """The coverage that a group asks for, from its config."""
    min_early = whole(config.get("minEarly")) or 0
    max_off = whole(config.get("maxOffPerDay"))
    hard = config.get("isHardConstraint") is not False
    counts = config.get("earlyCountsAsOff")
    return Coverage(
        minimum=whole(config.get("minimumCoverage")) or 0,
        max_off=DEFAULT_MAX_OFF if max_off is None else max_off,
        min_early=min_early,
        min_late=whole(config.get("minLate")) or 0,
        early_counts_as_off=min_early == 0 if counts is None else bool(counts),
        hard=hard,
        hard_max_off=hard and max_off is not None,
        weight=_weight(config),
        backup_required=bool(config.get("backupRequired")),
        backup_hard=bool(config.get("backupIsHard")),
        below_minimum=config.get("backupMode") == "below_minimum",
        max_backups=whole(config.get("maxBackupsPerDay")),
        shares_backups=bool(config.get("sharesBackups")),
        unrecorded_covers=bool(config.get("unrecordedCovers")),
    )


def _weight(row: Wire) -> Fraction:
    weight = fraction_of(row.get("penaltyWeight"))
    return Fraction(1) if weight is None else max(weight, Fraction(0))


def _common(row: Wire, config: Wire) -> dict[str, Any]:
    return {
        "id": str(row["id"]),
        "name": str(row.get("name") or ""),
        "hard": bool(row.get("isHardConstraint")),
        "weight": _weight(row),
        "when": load_when(row, config),
    }


def load_when(row: Wire, config: Wire) -> When:
    """The days that a row names, from its config and effective dates."""
    named = frozenset(str(each) for each in config.get("daysOfWeek") or ()) & NAMED_DAYS
    weekdays = (_weekday(each) for each in config.get("daysOfWeek") or () if str(each) not in NAMED_DAYS)
    dates = (read_date(each) for each in config.get("dates") or ())
    return When(
        weekdays=frozenset(each for each in weekdays if each is not None),
        dates=frozenset(each for each in dates if each is not None),
        named=named,
        effective_from=read_date(row.get("effectiveFrom")),
        effective_until=read_date(row.get("effectiveUntil")),
    )


def _weekday(value: Any) -> int | None:
    """0 = Sunday; English names are read too."""
    name = str(value).lower()
    if name in WEEKDAYS:
        return WEEKDAYS.index(name)
    number = whole(value)
    return number % 7 if number is not None else None


def _limits(settings: Wire, table: str, groups: Sequence[Group], reader: Reader) -> Iterable[Limit]:
    for row in _active(settings, table):
        config = {**row, **mapping(row.get("limitConfig"))}
        limit = load_limit(row, config)
        kind = table.removesuffix("Limits")
        where = f"Limit {limit.name}" if limit.name else f"A {kind} limit without a name"
        targets = _targets(limit, groups, reader, where)
        if targets is not None:
            yield replace(limit, targets=targets)


def _targets(row: Limit | Need, groups: Sequence[Group], reader: Reader, where: str) -> tuple[str, ...] | None:
    """Whom a row is about, without people whom nobody knows; None where it names nobody else. Reports what is unknown."""
    reader.shift_types([row.shift_type], where)
    if row.scope is Scope.INDIVIDUAL and row.targets:
        return reader.known(row.targets, where) or None
    if row.scope is Scope.GROUP:
        names = {key for group in groups for key in (group.id, group.name)}
        reader.warnings.extend(f"{where}: unknown group {each}." for each in row.targets if each not in names)
    return row.targets


def load_skill(row: Wire, reader: Reader) -> Skill:
    """A skill from its row on the wire. Who is named at several levels has the highest, on the days on which that holds."""
    config, name = mapping(row.get("skillConfig")), str(row.get("name") or "")
    levels = {
        staff_id: level
        for level, key in enumerate(LEVELS, 1)
        for staff_id in reader.known(texts(config.get(key)), f"Skill {name}")
    }
    dated: dict[str, tuple[DatedLevel, ...]] = {}
    for entry in map(mapping, config.get("dated") or ()):
        level = DatedLevel(whole(entry.get("level")) or 1, read_date(entry.get("from")), read_date(entry.get("until")))
        for staff_id in reader.known(texts(entry.get("staffId")), f"Skill {name}"):
            dated[staff_id] = (*dated.get(staff_id, ()), level)
    return Skill(str(row["id"]), name, levels, dated)


def _needs(settings: Wire, groups: Sequence[Group], skills: Sequence[Skill], reader: Reader) -> Iterable[Need]:
    known = {skill.id: skill for skill in skills}
    for row in _active(settings, "staffingNeeds"):
        need, skill_id = load_need(row), mapping(row.get("needConfig")).get("skillId")
        if skill_id and skill_id not in known:
            reader.warnings.append(f"{called(need)}: its skill no longer exists, so it has no effect.")
            continue
        targets = _targets(need, groups, reader, called(need))
        if targets is not None:
            yield replace(need, targets=targets, skill=known.get(str(skill_id)))


def called(need: Need) -> str:
    """What reports call a need."""
    return f"Need {need.name}" if need.name else "A need without a name"


def load_need(row: Wire) -> Need:
    """A need from its row on the wire."""
    config = mapping(row.get("needConfig"))
    per_day, by_date = mapping(config.get("perDay")), mapping(config.get("perDate"))
    dates = ((read_date(day), whole(number)) for day, number in by_date.items())
    scope, targets = _scope_of(config)
    return Need(
        **_common(row, {}),
        shift_type=str(config.get("shiftType") or "any"),
        scope=scope,
        targets=targets,
        per_weekday=tuple(whole(per_day.get(name)) for name in WEEKDAYS),
        on_holiday=whole(per_day.get("holiday")),
        before_holiday=whole(per_day.get("beforeHoliday")),
        per_date={day: number for day, number in dates if day is not None and number is not None},
        spare=max(0, whole(config.get("spare")) or 0),
        surplus=max(Fraction(0), fraction_of(config.get("tooManyWeight")) or Fraction(0)),
        min_level=whole(config.get("minLevel")) or 1,
        hours=_hours_of(config),
    )


def _hours_of(config: Wire) -> tuple[int, int] | None:
    """The hours that a need is about; those that end at or before their beginning end on the next day."""
    begins, ends = (minute_of_the_day(config.get(name)) for name in ("from", "until"))
    if begins is None or ends is None:
        return None
    return begins, begins + Times(begins, ends).length


def _scope_of(config: Wire) -> tuple[Scope, tuple[str, ...]]:
    """Whom a row is about: its scope and its targets. A scope for which nobody was chosen yet is about everybody."""
    targets = texts(config.get("targetIds"))
    is_open = not targets and config.get(ABOUT_EVERYBODY) is True
    scope = "all" if is_open else str(config.get("scope") or "all")
    return Scope(scope) if scope in set(Scope) else Scope.ALL, targets


def load_limit(row: Wire, config: Wire) -> Limit:
    """A limit from its row on the wire."""
    limit_type = str(config.get("limitType") or "")
    rules = mapping(config.get("distributionRules"))
    scope, targets = _scope_of(config)
    minimum, maximum = fraction_of(config.get("minCount")), fraction_of(config.get("maxCount"))
    of_days_off = limit_type == "off_days"

    def switch(name: str) -> bool:
        return of_days_off if config.get(name) is None else bool(config[name])

    return Limit(
        **_common(row, config),
        shift_type=_counted(limit_type, config),
        minimum=minimum,
        maximum=maximum,
        scope=scope,
        targets=targets,
        week_starts_on=_weekday(config.get("weekStartsOn") or 0) or 0,
        limit_type=limit_type,
        max_consecutive=whole(rules.get("maxConsecutive")) or None,
        min_days_between=whole(rules.get("minDaysBetween")) or None,
        prefer_weekends=bool(rules.get("preferWeekends")),
        half_days=switch("countHalfDays"),
        whole_days=of_days_off and not switch("countHalfDays"),
        but_closed=switch("excludeCalendarRules"),
        but_early_closed=switch("excludeEarlyShiftCalendar"),
        over_weekly=switch("overrideWeeklyLimits"),
    )


def _counted(limit_type: str, config: Wire) -> str:
    if limit_type.endswith("off_days"):
        return "off"
    return COUNTED.get(limit_type) or str(config.get("shiftType") or "any")


def _rules(settings: Wire, groups: Sequence[Group], reader: Reader) -> Iterable[PriorityRule]:
    members = {group.id: group.members for group in groups} | {group.name: group.members for group in groups}
    for row in map(read_rule, _active(settings, "priorityRules")):
        config = mapping(row.get("ruleDefinition"))
        where = f"Rule {row.get('name') or row['id']}"
        if config.get("ruleType") not in RULE_KINDS:
            reader.warnings.append(f"{where}: unknown type {config.get('ruleType')!r}, skipped.")
            continue
        if config.get(NOBODY) is True and not (config.get("staffIds") or config.get("groupIds")):
            reader.warnings.append(f"{where}: applies to nobody and has no effect until it names people or groups.")
            continue
        named, group_ids = texts(config.get("staffIds")), texts(config.get("groupIds"))
        reader.warnings.extend(f"{where}: unknown group {each}." for each in group_ids if each not in members)
        of_groups = (staff_id for each in group_ids for staff_id in members.get(each, ()))
        by_name = reader.known(named, where)
        people = tuple(dict.fromkeys((*by_name, *of_groups)))
        if not people and (named or group_ids):
            reader.warnings.append(f"{where}: it applies to nobody in this period, so it has no effect.")
        else:
            rule = replace(load_rule(row, config, people), named=by_name)
            reader.shift_types([rule.shift_type, *rule.sequence, *rule.allowed_shifts], where)
            yield rule


def periods_looked_back(settings: Wire) -> int:
    """To how many periods before this one its rules look back."""
    definitions = (mapping(row.get("ruleDefinition")) for row in _active(settings, "priorityRules"))
    return max((whole(each.get("pastPeriods")) or 0 for each in definitions), default=0)


def load_rule(row: Wire, config: Wire, people: tuple[str, ...]) -> PriorityRule:
    """The weight is the row's, times how strong the wish is, divided by the priority level (1 = most important)."""
    common = _common(row, config)
    strength = fraction_of(mapping(row.get("ruleConfig")).get("preferenceStrength"))
    level = max(1, whole(row.get("priorityLevel")) or 1)
    common["weight"] = common["weight"] * (1 if strength is None else max(strength, Fraction(0))) / level
    return PriorityRule(
        **common,
        rule_type=str(config["ruleType"]),
        staff_ids=people,
        shift_type=str(config.get("shiftType") or "any"),
        sequence=texts(config.get("sequence")),
        minimum=whole(config.get("minCount")),
        maximum=whole(config.get("maxCount")),
        min_hours=fraction_of(config.get("minHours")),
        max_hours=fraction_of(config.get("maxHours")),
        per=str(config.get("per") or "week"),
        week_starts_on=_weekday(config.get("weekStartsOn") or 0) or 0,
        past_periods=max(0, whole(config.get("pastPeriods")) or 0),
        break_minutes=whole(config.get("breakMinutes")) or 0,
        break_over=Fraction(6) if (over := fraction_of(config.get("breakOverHours"))) is None else over,
        allowed_shifts=texts(config.get("allowedShifts")),
    )


def _assignments(settings: Wire, groups: Sequence[Group], reader: Reader) -> Iterable[Assignment]:
    known = {group.id for group in groups}
    for row in _active(settings, "backupAssignments"):
        where = f"Backup assignment {row['id']}"
        staff = reader.known((str(row.get("staffId")),), where)
        if str(row.get("groupId")) not in known:
            reader.warnings.append(f"{where}: unknown group {row.get('groupId')}.")
        elif staff:
            yield load_assignment(row, staff[0])


def load_assignment(row: Wire, staff_id: str) -> Assignment:
    """A backup assignment from its row on the wire."""
    return Assignment(
        id=str(row["id"]),
        staff_id=staff_id,
        group_id=str(row["groupId"]),
        priority=max(1, whole(row.get("priorityOrder")) or 1),
        effective_from=read_date(row.get("effectiveFrom")),
        effective_until=read_date(row.get("effectiveUntil")),
    )


def load_options(settings: Wire, warnings: list[str]) -> Options:
    """How to search, from the solver configuration: the default one, else the first."""
    rows = _active(settings, "mlModelConfigs")
    chosen = next((row for row in rows if row.get("isDefault")), rows[0] if rows else {})
    found = mapping(chosen.get("parameters"))
    ignored = sorted(set(found) - SOLVER_KEYS)
    if ignored:
        warnings.append(f"Parameters for older algorithms are ignored: {', '.join(ignored)}.")
    limit, stability = fraction_of(found.get("timeLimitSeconds")), fraction_of(found.get("stabilityWeight"))
    weights = {str(key): fraction_of(value) for key, value in mapping(found.get("penaltyWeights")).items()}
    usual = Options()
    return Options(
        time_limit=float(limit) if limit else usual.time_limit,
        workers=whole(found.get("workers")) or None,
        seed=usual.seed if (seed := whole(found.get("seed"))) is None else seed,
        stability=Fraction(0) if stability is None else stability,
        penalty_weights={key: value for key, value in weights.items() if value is not None},
    )
