"""The questions. Each is about one subject, and its answer is one row of one table.

A row is *about* a subject where it asks the same of the same people. It is *plain* where it says nothing beside what an answer says: then it
is the answer. Rows that were refined in the forms (other dates, several positions, half days) are about it all the same, and are left alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from settings_app.rules.rule_spellings import NOBODY
from settings_app.rules.scopes import ABOUT_EVERYBODY

Config = Mapping[str, Any]
Names = tuple[str, str]
"""English, Japanese."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
WEEKEND = ("saturday", "sunday", "holiday")
EVERYBODY = ""
"""The position of a need that is about everybody."""
AT_WORK = "any"
OF_SHIFT: Mapping[str, Names] = {
    AT_WORK: ("at work", ""),
    "early": ("early shift", "早番"),
    "late": ("late shift", "遅番"),
}
"""The shifts that may be asked about, and how the name of a need tells them apart."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``count`` None: the question has no number. ``weekend``: another number on Saturdays, Sundays and public holidays."""

    count: int | None = None
    weekend: int | None = None
    is_hard: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """``table``: the key of the table of its row, ``config`` the column that says what is asked. ``is_about``: whether a config asks for
    the same. ``config_of``: what a plain row says for an answer; ``read``: the answer of a plain row, None where there is none."""

    table: str
    config: str
    names: Names
    is_about: Callable[[Config], bool]
    config_of: Callable[[Answer], dict[str, Any]]
    read: Callable[[Config], Answer | None]


def _whole(value: Any) -> int | None:
    """A whole number, however it is written; None for all else."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return int(value) if is_number and value == int(value) else None


def _read(key: str) -> Callable[[Config], Answer | None]:
    def read(config: Config) -> Answer | None:
        count = _whole(config.get(key))
        return None if count is None else Answer(count)

    return read


def _of_everybody(config: Config) -> bool:
    return config.get("scope") in (None, "", "all") or config.get(ABOUT_EVERYBODY) is True


def _about_everybody(definition: Config) -> bool:
    return not (definition.get("staffIds") or definition.get("groupIds") or definition.get(NOBODY))


def _days_off(kind: str, bound: str, names: Names) -> Question:
    def is_about(config: Config) -> bool:
        limited = config.get("limitType")
        is_of_kind = limited in (kind, "off_days") or (not limited and config.get("shiftType") == "off")
        return is_of_kind and config.get(bound) is not None and _of_everybody(config)

    def config_of(answer: Answer) -> dict[str, Any]:
        return {"limitType": kind, "shiftType": "off", bound: answer.count, "scope": "all", "targetIds": []}

    return Question("monthly_limits", "limitConfig", names, is_about, config_of, _read(bound))


def _rule(kind: str, bound: str, names: Names, more: Callable[[Config], bool] = lambda definition: False) -> Question:
    def is_about(definition: Config) -> bool:
        return (definition.get("ruleType") == kind or more(definition)) and _about_everybody(definition)

    def config_of(answer: Answer) -> dict[str, Any]:
        return {"ruleType": kind, "staffIds": [], "groupIds": [], bound: answer.count}

    return Question("priority_rules", "ruleDefinition", names, is_about, config_of, _read(bound))


def _is_longest_run(definition: Config) -> bool:
    is_of_work = definition.get("shiftType") in (None, "", AT_WORK)
    return definition.get("ruleType") == "run_length" and is_of_work and definition.get("maxCount") is not None


def _early_after_late(names: Names) -> Question:
    sequence = ["late", "early"]

    def is_about(definition: Config) -> bool:
        is_it = definition.get("ruleType") == "forbidden_sequence" and definition.get("sequence") == sequence
        return is_it and _about_everybody(definition)

    def config_of(answer: Answer) -> dict[str, Any]:
        return {"ruleType": "forbidden_sequence", "staffIds": [], "groupIds": [], "sequence": sequence}

    return Question("priority_rules", "ruleDefinition", names, is_about, config_of, lambda definition: Answer())


LEAST, MOST = "leastDaysOff", "mostDaysOff"
SINGLE: Mapping[str, Question] = {
    LEAST: _days_off("min_off_days", "minCount", ("Days off in a month, at least", "月の公休(下限)")),
    MOST: _days_off("max_off_days", "maxCount", ("Days off in a month, at most", "月の公休(上限)")),
    "daysInARow": _rule(
        "max_consecutive_work", "maxCount", ("Days at work in a row", "連続勤務の上限"), _is_longest_run
    ),
    "noEarlyAfterLate": _early_after_late(("No early shift after a late one", "遅番の翌日は早番なし")),
    "hoursOfRest": _rule("rest_between", "minHours", ("Rest between shifts", "勤務間の休息")),
}
"""The questions that are asked once, by their names on the wire."""


def at_work(position: str, shift_type: str) -> Question:
    """How many of a position (or of everybody) are needed on a day, at work or on that shift."""
    scope = (
        {"scope": "all", "targetIds": []} if position == EVERYBODY else {"scope": "position", "targetIds": [position]}
    )

    def is_about(config: Config) -> bool:
        is_of_shift = (config.get("shiftType") or AT_WORK) == shift_type
        is_whole_day = not (config.get("skillId") or config.get("from") or config.get("until"))
        return is_of_shift and is_whole_day and _is_of(config, position)

    def config_of(answer: Answer) -> dict[str, Any]:
        days: dict[str, int | None] = dict.fromkeys(WEEKDAYS, answer.count)
        others = WEEKEND if answer.weekend is not None else WEEKEND[:2]
        days |= dict.fromkeys(others, answer.count if answer.weekend is None else answer.weekend)
        return {"shiftType": shift_type, "perDay": days, **scope}

    return Question(
        "staffing_needs", "needConfig", _name_of_need(position, shift_type), is_about, config_of, _read_need
    )


def _is_of(config: Config, position: str) -> bool:
    if position == EVERYBODY:
        return _of_everybody(config)
    return config.get("scope") == "position" and position in (config.get("targetIds") or [])


def _read_need(config: Config) -> Answer | None:
    per_day = config.get("perDay") or {}
    count, weekend = _whole(per_day.get("monday")), _whole(per_day.get("saturday"))
    if count is None or weekend is None:
        return None
    return Answer(count, None if count == weekend and per_day.get("holiday") is None else weekend)


def _name_of_need(position: str, shift_type: str) -> Names:
    english, japanese = OF_SHIFT[shift_type]
    of, of_ja = (f"{position}: ", f"{position}の") if position else ("", "")
    return f"{of}{english}, at least"[:200], f"{of_ja}{japanese and f'{japanese}の'}必要人数"[:200]


def days_a_week(status: str) -> Question:
    """How many days a week people of that status work at most."""

    def is_about(config: Config) -> bool:
        is_of_work = (config.get("shiftType") or AT_WORK) == AT_WORK and config.get("maxCount") is not None
        return (
            is_of_work and config.get("scope") in ("type", "staff_status") and status in (config.get("targetIds") or [])
        )

    def config_of(answer: Answer) -> dict[str, Any]:
        return {"shiftType": AT_WORK, "maxCount": answer.count, "scope": "staff_status", "targetIds": [status]}

    names = (f"{status}: days a week", f"{status}の週の勤務日数")
    return Question("weekly_limits", "limitConfig", names, is_about, config_of, _read("maxCount"))
