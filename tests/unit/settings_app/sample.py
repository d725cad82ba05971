"""What the tests of the settings' rules share: the tables, a staff directory, ids in order, stored files."""

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from settings_app.rules.browser_storage.migration import plan_migration
from settings_app.rules.browser_storage.plan import MigrationPlan
from settings_app.rules.rows import Row
from settings_app.tables import settings_tables

FILES = Path(__file__).parents[2] / "fixtures" / "browser_storage"

ASSIGNMENTS = "staff_backup_assignments"
TABLES = settings_tables()
BY_KEY = {table.key: table for table in TABLES}


def stored(name: str) -> Any:
    """A file of the browser's storage, parsed."""
    return json.loads((FILES / f"{name}.json").read_text())


STAFF: list[tuple[str, str]] = [(entry["id"], entry["name"]) for entry in stored("staff")]
STAFF_ID = {name: id_ for id_, name in STAFF}


def counting_ids(start: int = 1) -> Callable[[], UUID]:
    """A factory of ids 1, 2, 3, ..."""
    numbers = itertools.count(start)
    return lambda: UUID(int=next(numbers))


def plan(content: object, **options: Any) -> MigrationPlan:
    """The plan for a file's content, with the sample's tables and staff."""
    return plan_migration(content, **{"tables": TABLES, "staff": STAFF, "new_id": counting_ids(), **options})


def rows_of(content: object, table: str) -> list[Row]:
    """The rows that one table gets from a file's content."""
    return list(plan(content).rows[table])


def named(found: MigrationPlan, table: str) -> dict[str, Row]:
    """The rows of a table by name."""
    return {row["name"]: row for row in found.rows[table]}
