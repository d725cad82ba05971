"""The settings table of backup assignments."""

from backups.conditions import assignment_cautions, assignment_conditions
from settings_app.rules import rows
from settings_app.rules.browser_storage import assignments
from settings_app.rules.table import SettingsTable, WireNames
from settings_app.tables import register

TOPIC = "backups"

BACKUP_ASSIGNMENTS = register(
    SettingsTable(
        key="staff_backup_assignments",
        model="backups.BackupAssignment",
        title="backup assignments",
        names=WireNames(
            "backupAssignments",
            "BACKUP_ASSIGNMENT",
            "BACKUP_ASSIGNMENT",
            "assignment",
            "backup-assignments",
            bare_results=True,
        ),
        row=rows.BACKUP_ASSIGNMENT,
        storage=assignments.STORAGE,
        outlives_reset=True,
        conditions=assignment_conditions,
        cautions=assignment_cautions,
        topic=TOPIC,
        is_for_v1=True,
    )
)
