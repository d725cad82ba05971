"""The webhooks app."""

from importlib import import_module

from django.apps import AppConfig

from shiftsync.core.scopes import Area


class WebhooksConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "shiftsync.webhooks"
    label = "webhooks"
    area = Area.ACCESS

    def ready(self) -> None:
        """Registers what runs beside a worker's tasks, and what housekeeping takes away."""
        for module in ("sending.sender", "services"):
            import_module(f"{self.name}.{module}")
