from typing import Any

from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core.checks import CheckMessage, Tags, register

from shiftsync.core.checks import channel_layer, deployed
from shiftsync.core.withheld import load_rest

load_rest()  # before the apps' modules do, with all that is installed


def admin_pages(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Django's check of the admin, of all pages of all apps."""
    admin.autodiscover()
    return list(check_admin_app(app_configs, **options))


class ManagersAdmin(SimpleAdminConfig):
    """Django's admin with our site. Its pages are loaded with the URLs: most processes have no use for them, and a server listens before."""

    default = False
    default_site = "shiftsync.core.admin_site.ManagersSite"

    def ready(self) -> None:
        register(check_dependencies, Tags.admin)
        register(admin_pages, Tags.admin)


class CoreConfig(AppConfig):
    default = True
    name = "shiftsync.core"
    label = "core"
    verbose_name = "Core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(channel_layer)
        for check in deployed:
            register(check, deploy=True)
