"""Who covers whom, and what that leaves broken, counted as in :mod:`tests.unit.generation.oracle`.

``calls`` says for whom somebody is called on a day (by its number); groups are rows by their id, assignments rows whose ``from`` and
``until`` are numbers of days. Nobody's employment changes in these months.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from tests.unit.generation.oracle_month import OFF, Month, Row, works

Calls = Mapping[tuple[str, int], str]


def may_cover(groups: Mapping[str, Row], assignments: Sequence[Row], person: str, group: str, day: int) -> bool:
    """Whether somebody is a backup of the group that day: of their own group nobody is."""
    return person not in groups[group]["members"] and any(
        each["staffId"] == person and each["groupId"] == group and each["from"] <= day <= each["until"]
        for each in assignments
    )


def backups(month: Month, groups: Mapping[str, Row], assignments: Sequence[Row], calls: Calls) -> Counter[str]:
    amounts: Counter[str] = Counter()
    for day in month.open:
        called = {group: _called(month, groups, assignments, calls, group, day) for group in groups}
        for group in groups:
            amounts += _of_day(month, groups, assignments, group, day, called)
    return amounts


def _called(
    month: Month, groups: Mapping[str, Row], assignments: Sequence[Row], calls: Calls, group: str, day: int
) -> list[str]:
    return [
        person
        for person in month.marks
        if calls.get((person, day)) == group and may_cover(groups, assignments, person, group, day)
    ]


def _is_watched(groups: Mapping[str, Row], assignments: Sequence[Row], group: str) -> bool:
    """Groups call backups that must have them, or have some."""
    return groups[group]["coverageRules"].get("backupRequired", False) or any(
        each["groupId"] == group for each in assignments
    )


def _of_day(
    month: Month,
    groups: Mapping[str, Row],
    assignments: Sequence[Row],
    group: str,
    day: int,
    called: Mapping[str, Sequence[str]],
) -> Counter[str]:
    members, rules = groups[group]["members"], groups[group]["coverageRules"]
    own = called[group]
    elsewhere = {person for people in called.values() for person in people}
    shared = [
        person
        for other, people in called.items()
        if other != group
        and rules.get("sharesBackups")
        and groups[other]["coverageRules"].get("sharesBackups")
        and _is_watched(groups, assignments, other)
        for person in people
        if may_cover(groups, assignments, person, group, day)
    ]
    home = sum(works(person, month.mark(person, day)) and person not in elsewhere for person in members)
    off = sum(month.mark(person, day) in OFF for person in members)
    amounts = Counter({"minimum_coverage": max(0, rules.get("minimumCoverage", 0) - home - len(own) - len(shared))})
    if not _is_watched(groups, assignments, group):
        return amounts
    if rules.get("backupMode") == "below_minimum":
        spare = home + len(own) - rules.get("minimumCoverage", 0)
        amounts["backup_not_needed"] = max(0, spare) if own else 0
    else:
        amounts["backup_uncovered"] = max(0, off - len(own) - len(shared))
        amounts["backup_not_needed"] = max(0, len(own) - off)
    if rules.get("maxBackupsPerDay") is not None:
        amounts["max_backups_per_day"] = max(0, len(own) - rules["maxBackupsPerDay"])
    amounts["backup_priority"] = sum(_priority(assignments, person, group, day) > 1 for person in own)
    return amounts


def _priority(assignments: Sequence[Row], person: str, group: str, day: int) -> int:
    return min(
        int(each["priorityOrder"])
        for each in assignments
        if each["staffId"] == person and each["groupId"] == group and each["from"] <= day <= each["until"]
    )
