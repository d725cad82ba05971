"""The app and what it registers when Django is ready."""

from importlib import import_module

from django.apps import AppConfig

from shiftsync.core.scopes import Area


class SettingsAppConfig(AppConfig):
    name = "settings_app"
    label = "settings_app"
    verbose_name = "Settings"
    area = Area.SETTINGS
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Fills the registries."""
        for module in ("tables", "realtime", "provisioning"):
            import_module(f"{self.name}.{module}")
