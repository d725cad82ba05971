from django.apps import AppConfig
from django.core.checks import register

from shiftsync.core.checks import channel_layer, deployed


class CoreConfig(AppConfig):
    name = "shiftsync.core"
    label = "core"
    verbose_name = "Core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(channel_layer)
        for check in deployed:
            register(check, deploy=True)
