"""The app and what it registers when Django is ready."""

from importlib import import_module

from django.apps import AppConfig

from shiftsync.core.scopes import Area


class BackupsConfig(AppConfig):
    name = "backups"
    label = "backups"
    verbose_name = "Backup staff"
    area = Area.SETTINGS
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fills the registries."""
        for module in ("tables", "realtime"):
            import_module(f"{self.name}.{module}")
