"""The messages about settings; importing this package registers those of its own tables."""

from settings_app.events import SETTINGS_TOPIC
from settings_app.realtime import answers, registries, replacing, trail, versions
from settings_app.realtime.rows import register_messages
from settings_app.tables import tables_of
from shiftsync.core.scopes import Area
from shiftsync.realtime.protocol.wire import topic

__all__ = ["answers", "register_messages", "registries", "replacing", "trail", "versions"]

topic(SETTINGS_TOPIC, Area.SETTINGS)
for table in tables_of("settings_app"):
    register_messages(table)
