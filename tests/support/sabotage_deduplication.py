"""Settings of a server whose guard against repeats is taken out: it remembers no request."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import AppConfig

from shiftsync.core.sql import Statement, insertion
from tests.settings import *  # noqa: F403 - the same, but for what follows
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.support.sabotage_deduplication.Sabotage"]


class Sabotage(AppConfig):
    name = "tests.support.sabotage_deduplication"

    def ready(self) -> None:
        from shiftsync.realtime.stream import commit  # noqa: PLC0415 - Django must be ready first

        assert "answer_rows" in commit.__dict__, "what is sabotaged is called something else"
        commit.__dict__["answer_rows"] = forget


def forget(restaurant_id: UUID, answers: Iterable[Any], version: int, moment: datetime) -> Statement:
    """In the place of ``answer_rows``."""
    return insertion("realtime_request", {}, [])
