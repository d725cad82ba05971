"""The notices app."""

from importlib import import_module

from django.apps import AppConfig

from shiftsync.core.scopes import Area


class NoticesConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "shiftsync.notices"
    label = "notices"
    area = Area.SCHEDULE

    def ready(self) -> None:
        """Registers its messages, what runs beside a worker's tasks, and what housekeeping takes away."""
        for module in ("realtime", "sending.courier", "services", "push"):
            import_module(f"{self.name}.{module}")
