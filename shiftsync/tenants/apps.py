from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "shiftsync.tenants"
    label = "tenants"
    verbose_name = "Restaurants and users"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from shiftsync.tenants import security_log  # noqa: F401, PLC0415 - its receivers; needs the models
