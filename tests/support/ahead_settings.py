"""Settings of a server whose clock is five seconds ahead of the others'."""

import time
from datetime import datetime, timedelta
from typing import Any

from django.apps import AppConfig

from tests.settings import *  # noqa: F403 - the same, but for what follows
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.support.ahead_settings.Ahead"]

SECONDS = 5.0


class Ahead(AppConfig):
    name = "tests.support.ahead_settings"

    def ready(self) -> None:
        from django.utils import timezone  # noqa: PLC0415 - Django must be ready first

        now, seconds = timezone.now, time.time

        def ahead() -> datetime:
            return now() + timedelta(seconds=SECONDS)

        def seconds_ahead() -> Any:
            return seconds() + SECONDS

        timezone.now = ahead
        time.time = seconds_ahead
