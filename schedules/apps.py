"""The app and what it registers when Django is ready."""

from importlib import import_module

from django.apps import AppConfig

from shiftsync.core.scopes import Area


class SchedulesConfig(AppConfig):
    name = "schedules"
    label = "schedules"
    verbose_name = "Schedules"
    area = Area.SCHEDULE
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fills the registries."""
        for module in (
            "realtime",
            "hooks.provisioning",
            "hooks.past",
            "hooks.notices",
            "services.proposals_kept",
            "services.swap_watch",
        ):
            import_module(f"{self.name}.{module}")
