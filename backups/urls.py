"""Backup assignments under ``/api/``."""

from backups.tables import BACKUP_ASSIGNMENTS
from settings_app.api.rows import row_urls

urlpatterns = row_urls(BACKUP_ASSIGNMENTS)
