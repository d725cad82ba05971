"""``manage.py create_restaurant``: a new restaurant with its owner."""

from typing import Any

from django.core.management.base import CommandParser

from settings_app.management.answers import add_answers, answers_from
from settings_app.services.answers import Answers, answers_save
from shiftsync.core.actor import Actor
from shiftsync.core.commands import ServiceCommand, identifier, shown, whole_number
from shiftsync.core.errors import ValidationFailed
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.hooks import PRESETS
from shiftsync.tenants.models import Restaurant
from shiftsync.tenants.services import restaurant_open

COPIES = "The rules are those of the restaurant that is copied. Answer the questions in the new restaurant."


class Command(ServiceCommand):
    help = "Creates a restaurant that is ready to use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="the new restaurant's name")
        parser.add_argument(
            "--owner",
            metavar="USER",
            required=True,
            help="the owner's user name; a new user is created if needed, and the password shown once",
        )
        parser.add_argument("--timezone", default="Asia/Tokyo", help="IANA time zone (default: %(default)s)")
        parser.add_argument(
            "--country",
            default="JP",
            help="ISO 3166, two letters; determines the public holidays (default: %(default)s)",
        )
        parser.add_argument(
            "--closing-day",
            type=whole_number(1, 31),
            default=20,
            help="the last day of a period (default: %(default)s)",
        )
        parser.add_argument(
            "--preset",
            choices=sorted(PRESETS),
            default="usual",
            help="the shift types and times to start with (default: %(default)s)",
        )

        parser.add_argument(
            "--copy-from",
            metavar="RESTAURANT",
            type=identifier,
            help="instead of a preset: id of a restaurant to copy settings, shift types and closings from, without its people",
        )
        add_answers(parser)

    def serve(self, **options: Any) -> None:
        answers = answers_from(options)
        if answers is not None and options["copy_from"] is not None:
            raise ValidationFailed.of("copyFrom", COPIES)
        fields = ("name", "timezone", "country", "closing_day", "owner", "preset", "copy_from")
        begun, password = restaurant_open(**{name: options[name] for name in fields})
        restaurant = begun.restaurant
        owner = options["owner"]
        self.tell(f"Created {restaurant.name}: {restaurant.id}.", id=restaurant.id, name=restaurant.name, owner=owner)
        if begun.left_out:
            heads = ("what", "name", "people", "copied")
            rows = [
                (each.what, shown(each.name), each.people, "no" if each.is_whole else "without its people")
                for each in begun.left_out
            ]
            self.tell_table("leftOut", heads, rows)
        if password is not None:
            self.tell(f"Created the user {owner} with the password {password}", password=password)
        if answers is not None:
            self._answer(restaurant, answers)

    def _answer(self, restaurant: Restaurant, answers: Answers) -> None:
        changed = answers_save(ChangeRequest(Actor.system(restaurant.id), answers)).result["changed"]
        self.tell(f"Rules set: {changed}.", rulesSet=changed)
