"""Settings in the admin."""

from settings_app.admin.rows import register_admin
from settings_app.admin.versions import ConfigVersionAdmin
from settings_app.tables import tables_of

__all__ = ["ConfigVersionAdmin", "register_admin"]

for table in tables_of("settings_app"):
    register_admin(table)
