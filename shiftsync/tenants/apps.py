from django.apps import AppConfig

from shiftsync.core.scopes import Area


class TenantsConfig(AppConfig):
    name = "shiftsync.tenants"
    label = "tenants"
    verbose_name = "Restaurants and users"
    area = Area.ACCESS
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from shiftsync.tenants import security_log, sessions  # noqa: F401, PLC0415 - their receivers; need the models
