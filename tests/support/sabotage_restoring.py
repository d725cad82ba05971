"""Settings of a restore whose guard is taken out: it keeps the epochs of the backup, as if nothing had come after it."""

from django.apps import AppConfig

from tests.settings import *  # noqa: F403 - the same, but for what follows
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.support.sabotage_restoring.Sabotage"]


class Sabotage(AppConfig):
    name = "tests.support.sabotage_restoring"

    def ready(self) -> None:
        from shiftsync.realtime.archive import postgresql  # noqa: PLC0415 - Django must be ready first

        assert "_afterwards" in postgresql.__dict__, "what is sabotaged is called something else"
        postgresql.__dict__["_afterwards"] = keep_epochs


def keep_epochs() -> str:
    """In the place of ``postgresql._afterwards``."""
    return "\nCOMMIT;\n"
