"""The sample restaurant's settings: its backups, on top of the defaults of every restaurant."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from backups.tables import BACKUP_ASSIGNMENTS
from schedules.demo.people import PEOPLE, RESTAURANT_ID
from settings_app.rules.table import SettingsTable
from settings_app.services.rows import RowWrite, row_save
from settings_app.tables import STAFF_GROUPS
from shiftsync.core.actor import Actor
from shiftsync.realtime.stream.requests import ChangeRequest

REASON = "Sample data"


@dataclass(frozen=True, slots=True)
class Group:
    """People of whom not all may be off on the same day."""

    name: str
    color: str
    members: tuple[str, ...]
    coverage: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        """The same in every installation."""
        return uuid5(RESTAURANT_ID, f"group:{self.name}")


@dataclass(frozen=True, slots=True)
class Backup:
    """Who is called for which group."""

    person: str
    group: str
    order: int


AT_MOST_ONE_OFF = {"minimumCoverage": 1, "maxOffPerDay": 1}

GROUPS = (
    Group("料理長・副料理長", "#dc2626", ("料理長 井関", "与儀"), AT_MOST_ONE_OFF),
    Group("焼き場", "#ea580c", ("田辺",), {"minimumCoverage": 0, "maxOffPerDay": 1, "backupRequired": True}),
    Group("煮方", "#d97706", ("古藤",), {"minimumCoverage": 0, "maxOffPerDay": 1}),
    Group("板場", "#65a30d", ("小池", "岸"), AT_MOST_ONE_OFF),
    Group("洗い場", "#059669", ("野口", "カマル", "高野"), {"minimumCoverage": 1, "maxOffPerDay": 2}),
    Group("仕込み", "#0891b2", ("安井",), {"minimumCoverage": 0, "maxOffPerDay": 1}),
    Group("店長・主任", "#2563eb", ("中田", "田中"), AT_MOST_ONE_OFF),
    Group("ホール社員", "#7c3aed", ("佐藤", "鈴木"), AT_MOST_ONE_OFF),
    Group("ホールパート", "#c026d3", ("高橋", "伊藤", "渡辺"), {"minimumCoverage": 0, "maxOffPerDay": 3}),
)
BACKUPS = (Backup("与儀", "焼き場", 1), Backup("岸", "焼き場", 2), Backup("安井", "煮方", 1))


def seed_settings(system: Actor) -> None:
    """Nine groups and three backups; limits, rules and the solver's configuration are the defaults."""
    people = {person.name: str(person.id) for person in PEOPLE}
    groups = {group.name: str(group.id) for group in GROUPS}
    for group in GROUPS:
        members = [people[name] for name in group.members]
        config = {"members": members, "coverageRules": group.coverage}
        _save(system, STAFF_GROUPS, groups[group.name], name=group.name, color=group.color, groupConfig=config)
    for backup in BACKUPS:
        _save(
            system,
            BACKUP_ASSIGNMENTS,
            str(uuid5(RESTAURANT_ID, f"backup:{backup.person}:{backup.group}")),
            staffId=people[backup.person],
            groupId=groups[backup.group],
            priorityOrder=backup.order,
        )


def _save(system: Actor, table: SettingsTable, row_id: str, **row: Any) -> None:
    row_save(ChangeRequest(system, RowWrite(table.key, row, row_id), reason=REASON))
