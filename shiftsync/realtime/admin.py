"""The base of every admin page whose writes are changes, and a read-only view of the change log."""

from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shiftsync.core.actor import Role
from shiftsync.core.admin_history import HistoryAdmin
from shiftsync.core.admin_site import Task
from shiftsync.core.serializers import WireSerializer, camel, validated
from shiftsync.core.wording import named
from shiftsync.realtime.events import INTERNAL_TOPIC
from shiftsync.realtime.models import Change, Request, Stream
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Sender
from shiftsync.tenants.admin import BY_RESTAURANT, ReadOnlyAdmin, ScopedAdmin

Intent = TypeVar("Intent")
REASON = "Changed in the admin"

_RESTAURANT = _("restaurant")
named(
    Stream,
    _("change counter"),
    _("change counters"),
    restaurant=_RESTAURANT,
    epoch=_("epoch"),
    version=_("version"),
    floor=_("kept from version"),
)
named(
    Change,
    _("log entry"),
    _("change log"),
    restaurant=_RESTAURANT,
    version=_("version"),
    topic=_("topic"),
    type=_("message type"),
    entity=_("kind of row"),
    entity_id=_("row"),
    payload=_("payload"),
    old_values=_("old values"),
    actor=_("by"),
    client_id=_("client"),
    request_id=_("request"),
    undoes=_("undoes"),
    is_undo=_("is an undo"),
    is_dropped=_("is no longer undoable"),
    created_at=_("at"),
)
named(
    Request,
    _("request"),
    _("requests"),
    restaurant=_RESTAURANT,
    user=_("user"),
    request_id=_("request"),
    version=_("version"),
    created_at=_("at"),
)


class ChangeAdmin(ScopedAdmin):
    """Pages whose forms are change requests: idempotent, checked for conflicts against what the author had seen, and
    broadcast to open sockets.

    ``shape`` is the serializer that the socket uses for the same change.
    """

    shape: ClassVar[type[WireSerializer]] = WireSerializer

    def checked(self, form: Any) -> dict[str, Any]:
        """The changed fields that ``shape`` knows, validated. Raises :class:`ValidationFailed`."""
        return validated(self.shape(), form.changed)

    def change(
        self, request: HttpRequest, restaurant_id: UUID, intent: Intent, form: Any = None
    ) -> ChangeRequest[Intent]:
        """``intent`` as a request of the signed-in user. Two windows are two clients, so that neither silently
        overwrites the other."""
        data = form.cleaned_data if form is not None else {}
        sender = Sender(self.actor(request, restaurant_id), data.get("request_id"))
        return sender.change(intent, {"base_version": data.get("base_version"), "reason": REASON})

    def tell(self, request: HttpRequest, outcome: Outcome) -> None:
        """Tells the author of other people's later changes that this one replaced."""
        for item in outcome.result.get("overwritten", ()):
            words = {
                "field": self.told_field(item["field"]),
                "value": item["theirs"],
                "author": item["theirAuthor"] or gettext("the system"),
            }
            text = gettext("%(field)s: replaced “%(value)s”, which %(author)s had set meanwhile.") % words
            self.message_user(request, text, messages.WARNING)

    def told_field(self, wire_name: str) -> str:
        """What a field of the wire is called on the page."""
        wires: Any = getattr(self.form, "wire_names", {})
        names = {wires.get(field.name, camel(field.name)): field.verbose_name for field in self.opts.concrete_fields}
        return capfirst(str(names.get(wire_name, wire_name)))


class LastingAdmin(HistoryAdmin, ChangeAdmin):
    """Pages of rows that stay in their restaurant and are soft-deleted; deleted rows cannot be edited."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("restaurant",) if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_there = obj is None or obj.is_active or self.keeps_typed(request)
        return super().has_change_permission(request, obj) and is_there

    def why_not(self, request: HttpRequest, row: Any) -> str:
        if row is not None and not row.is_active:
            return gettext("This has been deleted. Restore it in the list before you change it.")
        return super().why_not(request, row)


class LogAdmin(ReadOnlyAdmin):
    """The change log and what belongs to it: of use to whoever looks after the server, and to nobody else."""

    task = Task.OPERATOR
    show_full_result_count = False

    def may(self, request: HttpRequest, role: Role, row: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)


@admin.register(Stream)
class StreamAdmin(LogAdmin):
    """Where the log of each restaurant stands."""

    list_display = ("restaurant", "epoch", "version", "floor")
    list_filter = ()
    list_select_related = ("restaurant",)


@admin.register(Change)
class ChangeLogAdmin(LogAdmin):
    """The changes of a restaurant, as they are told to its clients."""

    list_display = ("version", "restaurant", "type", "entity", "entity_id", "actor", "created_at")
    list_filter = (BY_RESTAURANT, "topic", "type")
    list_select_related = ("restaurant", "actor")
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Change]:
        changes: QuerySet[Change] = super().get_queryset(request).exclude(topic=INTERNAL_TOPIC)
        return changes


@admin.register(Request)
class RequestAdmin(LogAdmin):
    """The requests that were acknowledged, with their answers."""

    list_display = ("request_id", "restaurant", "user", "version", "created_at")
    list_select_related = ("restaurant", "user")
    ordering = ("-id",)
