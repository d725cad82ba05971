"""Whether a migration was done before: by what comes of the file today, and by what the version that it made holds beside."""

from settings_app.rules.browser_storage.plan import MigrationPlan
from settings_app.rules.browser_storage.stored import stored_hash
from settings_app.rules.compare import RowsByTable, compare
from settings_app.rules.copying import lineage_of, repointed


def fingerprint(plan: MigrationPlan) -> str:
    """The same for plans that take the same rows from a file, whatever ids they give them.

    Whom a name means belongs to it: once somebody who was missing has been entered, the same file is another migration.
    """
    taken = [table for table in plan.tables if table.key not in plan.carried]
    ids = {
        row["id"]: lineage_of(row) if table.key in plan.carried else f"{table.key}#{number}"
        for table in plan.tables
        for number, row in enumerate(plan.rows[table.key])
    }
    return stored_hash(
        {
            table.key: [{**repointed(row, table.row, ids), "id": ids[row["id"]]} for row in plan.rows[table.key]]
            for table in taken
        }
    )


def holds_what_is_carried(version: RowsByTable, plan: MigrationPlan) -> bool:
    """Whether the rows of ``version`` in the tables that the plan carries over are those of the plan."""
    differences = compare(version, plan.rows, plan.tables)
    return not any(each.added or each.removed or each.changed for each in (differences[key] for key in plan.carried))
