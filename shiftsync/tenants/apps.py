from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "shiftsync.tenants"
    label = "tenants"
    verbose_name = "Restaurants and users"
    default_auto_field = "django.db.models.BigAutoField"
