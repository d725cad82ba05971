"""The base of every admin page whose writes are changes, and a read-only view of the change log."""

from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from shiftsync.core.actor import Role
from shiftsync.core.admin import HistoryAdmin
from shiftsync.core.serializers import WireSerializer, validated
from shiftsync.realtime.events import INTERNAL_TOPIC
from shiftsync.realtime.models import Change, Request, Stream
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Sender
from shiftsync.tenants.admin import BY_RESTAURANT, ReadOnlyAdmin, ScopedAdmin

Intent = TypeVar("Intent")
REASON = "Changed in the admin"


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
            author = item["theirAuthor"] or "the system"
            text = f"{item['field']}: replaced “{item['theirs']}”, which {author} had set meanwhile."
            self.message_user(request, text, messages.WARNING)


class LastingAdmin(HistoryAdmin, ChangeAdmin):
    """Pages of rows that stay in their restaurant and are soft-deleted; deleted rows cannot be edited."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("restaurant",) if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_active)


class LogAdmin(ReadOnlyAdmin):
    """The change log. It reveals unpublished drafts, so it is for editors only."""

    view_role = Role.MANAGER
    show_full_result_count = False


@admin.register(Stream)
class StreamAdmin(LogAdmin):
    list_display = ("restaurant", "epoch", "version", "floor")
    list_filter = ()
    list_select_related = ("restaurant",)


@admin.register(Change)
class ChangeLogAdmin(LogAdmin):
    list_display = ("version", "restaurant", "type", "entity", "entity_id", "actor", "created_at")
    list_filter = (BY_RESTAURANT, "topic", "type")
    list_select_related = ("restaurant", "actor")
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Change]:
        changes: QuerySet[Change] = super().get_queryset(request).exclude(topic=INTERNAL_TOPIC)
        return changes


@admin.register(Request)
class RequestAdmin(LogAdmin):
    list_display = ("request_id", "restaurant", "user", "version", "created_at")
    list_select_related = ("restaurant", "user")
    ordering = ("-id",)
