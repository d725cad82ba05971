"""Backup assignments in the admin."""

from backups.tables import BACKUP_ASSIGNMENTS
from settings_app.admin import register_admin

register_admin(BACKUP_ASSIGNMENTS)
