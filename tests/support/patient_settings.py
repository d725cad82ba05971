"""Settings of a server that gives who is to be closed minutes instead of five seconds to read what was sent before."""

from django.apps import AppConfig

from tests.settings import *  # noqa: F403 - the same, but for what follows
from tests.settings import INSTALLED_APPS
from tests.support.waiting import PATIENCE_SECONDS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.support.patient_settings.Patient"]


class Patient(AppConfig):
    name = "tests.support.patient_settings"

    def ready(self) -> None:
        from shiftsync.realtime.hub import connection  # noqa: PLC0415 - Django must be ready first

        connection.CLOSE_GRACE_SECONDS = PATIENCE_SECONDS
