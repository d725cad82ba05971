"""``manage.py webhooks``: an operator looks after a restaurant's webhooks."""

from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandParser

from shiftsync.core.actor import Actor
from shiftsync.core.commands import ServiceCommand, identifier, whole_number
from shiftsync.webhooks import services
from shiftsync.webhooks.models import WebhookDelivery
from shiftsync.webhooks.selectors import deliveries_of, webhook_in, webhooks_of
from shiftsync.webhooks.services import MOST_SECRET_HOURS, OLD_SECRET_HOURS

LISTED = 50
HEADS = ("id", "url", "events", "state", "failures", "failing since")
DELIVERY_HEADS = ("id", "event", "version", "state", "attempt", "status", "error", "sent at")


class Command(ServiceCommand):
    help = "Lists a restaurant's webhooks, adds, changes or removes one, or shows and repeats its deliveries."

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_restaurant(parser)
        deeds = parser.add_mutually_exclusive_group()
        deeds.add_argument("--add", metavar="URL", help="send events to this address from now on")
        for name, text in (
            ("remove", "remove it with its delivery log"),
            ("pause", "stop deliveries; events wait meanwhile"),
            ("resume", "resume deliveries where they stopped"),
            ("skip", "resume deliveries with new events; those waiting are never delivered"),
            ("test", "deliver a test event"),
            ("secret", "print the signing secret"),
            ("rotate", "create a new secret and print it"),
            ("deliveries", f"list the last {LISTED} attempts"),
        ):
            deeds.add_argument(f"--{name}", metavar="ID", type=identifier, help=text)
        deeds.add_argument(
            "--repeat", nargs=2, metavar=("ID", "DELIVERY"), type=identifier, help="deliver an event once more"
        )
        parser.add_argument(
            "--events",
            action="append",
            metavar="EVENT",
            help="with --add: an event name, an area (staff.*) or all (*); may be repeated",
        )
        parser.add_argument(
            "--hours",
            type=whole_number(0, MOST_SECRET_HOURS),
            default=OLD_SECRET_HOURS,
            help=f"with --rotate: hours for which the old secret still signs (default: {OLD_SECRET_HOURS})",
        )

    def serve(self, **options: Any) -> None:
        actor = Actor.system(options["restaurant"])
        deeds: dict[str, Callable[..., None]] = {
            "add": self._add,
            "remove": self._remove,
            "pause": self._pause,
            "resume": self._resume,
            "skip": self._skip,
            "test": self._test,
            "secret": self._secret,
            "rotate": self._rotate,
            "deliveries": self._deliveries,
            "repeat": self._repeat,
        }
        for name, deed in deeds.items():
            if options[name] is not None:
                deed(actor, options[name], options)
                return
        self._list(actor)

    def _list(self, actor: Actor) -> None:
        rows = [
            (
                each.id,
                each.url,
                " ".join(each.events),
                each.state,
                each.cursor.failures,
                each.cursor.failing_since or "",
            )
            for each in webhooks_of(actor.restaurant_id)
        ]
        self.tell_table("webhooks", HEADS, rows)

    def _add(self, actor: Actor, url: str, options: dict[str, Any]) -> None:
        made = services.webhook_create(actor, url=url, events=options["events"] or ["*"])
        (secret,) = services.webhook_secrets(actor, webhook_id=made.id)
        self.tell(f"Added {made.id}; its deliveries are signed with {secret}", id=made.id, secret=secret)

    def _remove(self, actor: Actor, id: Any, options: dict[str, Any]) -> None:
        services.webhook_delete(actor, webhook_id=id)
        self.tell(f"Removed {id}.", id=id)

    def _pause(self, actor: Actor, id: Any, options: dict[str, Any]) -> None:
        self._told(actor, services.webhook_pause(actor, webhook_id=id).id)

    def _resume(self, actor: Actor, id: Any, options: dict[str, Any]) -> None:
        self._told(actor, services.webhook_resume(actor, webhook_id=id).id)

    def _skip(self, actor: Actor, id: Any, options: dict[str, Any]) -> None:
        self._told(actor, services.webhook_resume(actor, webhook_id=id, skip=True).id)

    def _test(self, actor: Actor, id: Any, options: dict[str, Any]) -> None:
        self._waits(services.webhook_test(actor, webhook_id=id))

    def _repeat(self, actor: Actor, ids: list[Any], options: dict[str, Any]) -> None:
        self._waits(services.delivery_repeat(actor, webhook_id=ids[0], delivery_id=ids[1]))

    def _secret(self, actor: Actor, id: Any, options: dict[str, Any]) -> None:
        secret, *former = services.webhook_secrets(actor, webhook_id=id)
        self.tell("\n".join((secret, *former)), secret=secret, formerSecret=former[0] if former else None)

    def _rotate(self, actor: Actor, id: Any, options: dict[str, Any]) -> None:
        services.webhook_rotate_secret(actor, webhook_id=id, hours=options["hours"])
        secret, *_ = services.webhook_secrets(actor, webhook_id=id)
        self.tell(secret, secret=secret)

    def _deliveries(self, actor: Actor, id: Any, options: dict[str, Any]) -> None:
        found = deliveries_of(webhook_in(actor.restaurant_id, id))[:LISTED]
        rows = [
            (
                each.id,
                each.event,
                each.version or "",
                each.state,
                each.attempt,
                each.status or "",
                each.error,
                each.sent_at or "",
            )
            for each in found
        ]
        self.tell_table("deliveries", DELIVERY_HEADS, rows)

    def _told(self, actor: Actor, id: Any) -> None:
        webhook = webhook_in(actor.restaurant_id, id)
        self.tell(f"{webhook.url} is {webhook.state}.", id=id, state=webhook.state)

    def _waits(self, delivery: WebhookDelivery) -> None:
        self.tell(f"{delivery.event} waits for a worker as {delivery.id}.", id=delivery.id, event=delivery.event)
