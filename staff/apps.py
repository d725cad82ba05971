"""The app and what it registers when Django is ready."""

from importlib import import_module

from django.apps import AppConfig

from shiftsync.core.scopes import Area


class StaffConfig(AppConfig):
    name = "staff"
    label = "staff"
    verbose_name = "Staff"
    area = Area.STAFF
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fills the registries."""
        for module in ("realtime",):
            import_module(f"{self.name}.{module}")
