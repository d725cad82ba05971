"""The messages about backup assignments."""

from backups.tables import BACKUP_ASSIGNMENTS, TOPIC
from settings_app.realtime import register_messages
from shiftsync.core.scopes import Area
from shiftsync.realtime.protocol.wire import topic

topic(TOPIC, Area.SETTINGS)
register_messages(BACKUP_ASSIGNMENTS)
