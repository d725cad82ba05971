"""The webhooks app."""

from importlib import import_module

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "shiftsync.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        """Registers what runs beside a worker's tasks, and what housekeeping takes away."""
        for module in ("sending.sender", "services"):
            import_module(f"{self.name}.{module}")
