"""``manage.py reset_settings``: the documented defaults in place of a restaurant's settings."""

from typing import Any

from django.core.management.base import CommandParser

from settings_app.services.replacing import SettingsReset, settings_reset
from shiftsync.core.actor import Actor
from shiftsync.core.commands import ServiceCommand
from shiftsync.realtime.stream.requests import ChangeRequest


class Command(ServiceCommand):
    help = "Creates a new settings version from the defaults and activates it; the current version is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_restaurant(parser)

    def serve(self, **options: Any) -> None:
        outcome = settings_reset(ChangeRequest(Actor.system(options["restaurant"]), SettingsReset()))
        self.tell(str(outcome.result["message"]), version=outcome.version, **outcome.result)
