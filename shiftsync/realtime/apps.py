"""The real-time app: the change log, the hub and the socket."""

from importlib import import_module

from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "shiftsync.realtime"
    label = "realtime"

    def ready(self) -> None:
        """Fills the registries."""
        for module in ("socket.messages", "socket.restaurants", "stream.provisioning", "stream.pruning"):
            import_module(f"{self.name}.{module}")
