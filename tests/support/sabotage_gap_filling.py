"""Settings of a server whose guard against missing changes is taken out: it goes on behind a gap."""

from typing import Any

from django.apps import AppConfig

from tests.settings import *  # noqa: F403 - the same, but for what follows
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.support.sabotage_gap_filling.Sabotage"]


class Sabotage(AppConfig):
    name = "tests.support.sabotage_gap_filling"

    def ready(self) -> None:
        from shiftsync.realtime.hub.room import Room  # noqa: PLC0415 - Django must be ready first

        Room._from_log = go_on  # type: ignore[assignment, method-assign]  # this is what sabotage is


async def go_on(room: Any) -> list[Any]:
    """In the place of ``Room._from_log``: what is at hand, or a change that is for nobody."""
    from shiftsync.realtime.events import LoggedChange  # noqa: PLC0415 - Django must be ready first

    if room._pending:
        return [room._pending.pop(version) for version in sorted(room._pending)]
    return [LoggedChange(room.restaurant_id, room._goal, "gap", "GAP", "", "{}", None, None, None, "")]
