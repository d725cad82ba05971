"""Webhooks in the admin, for owners: what is delivered where, what failed, and deliveries to be repeated."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shiftsync.core.actor import Role
from shiftsync.core.admin import ServiceForm
from shiftsync.core.admin_history import HistoryAdmin, moment_of
from shiftsync.core.admin_site import Task, panel
from shiftsync.core.errors import DomainError
from shiftsync.core.wording import named, said
from shiftsync.tenants.admin import BY_RESTAURANT, ReadOnlyAdmin, ScopedAdmin, roles_of
from shiftsync.webhooks import services
from shiftsync.webhooks.models import Webhook, WebhookDelivery, WebhookState
from shiftsync.webhooks.rules.names import ALL
from shiftsync.webhooks.selectors import event_types

_RESTAURANT = _("restaurant")
named(
    Webhook,
    _("webhook"),
    _("webhooks"),
    restaurant=_RESTAURANT,
    url=_("address"),
    description=_("description"),
    events=_("events"),
    state=_("state"),
    nonce=_("secret"),
    secret_digest=_("secret"),
    former_nonce=_("former secret"),
    former_until=_("former secret signs until"),
    created_at=_("added at"),
    updated_at=_("changed at"),
)
named(
    WebhookDelivery,
    _("webhook delivery"),
    _("webhook deliveries"),
    restaurant=_RESTAURANT,
    webhook=_("webhook"),
    version=_("version"),
    event=_("event"),
    event_id=_("id of the event"),
    state=_("state"),
    attempt=_("attempt"),
    is_requested=_("asked for"),
    created_at=_("at"),
    sent_at=_("sent at"),
    status=_("HTTP status"),
    error=_("error"),
    response=_("answer"),
    milliseconds=_("milliseconds"),
)


def event_choices() -> list[tuple[str, str]]:
    """All, the areas, and the events one by one."""
    names = sorted(event_types())
    areas = sorted(
        {f"{name.rpartition('.')[0]}.*" for name in names} | {f"{name.partition('.')[0]}.*" for name in names}
    )
    return [(ALL, gettext("everything")), *((area, area) for area in areas), *((name, name) for name in names)]


class WebhookForm(ServiceForm):
    """A webhook as its owner fills it in."""

    events = forms.MultipleChoiceField(
        label=_("Events"),
        choices=event_choices,
        widget=forms.SelectMultiple(attrs={"size": 14}),
        help_text=_("An area such as staff.* holds all events that begin with it."),
    )


@admin.register(Webhook)
class WebhookAdmin(HistoryAdmin, ScopedAdmin):
    """Where changes are delivered. The secret is shown by an action, and each time it is shown stands in the security log."""

    task, place = Task.RESTAURANT, 6
    guide = _("Addresses of other programs that are notified of changes here.")
    view_role = edit_role = Role.OWNER
    form = WebhookForm
    kept_fields = ("url", "description", "events")
    list_display = ("url", "restaurant", "told_events", "state", "told_failure")
    list_filter = (BY_RESTAURANT, "state")
    list_select_related = ("restaurant", "cursor")
    search_fields = ("url", "description")
    actions = ("resume", "skip", "pause", "test", "show_secret", "rotate_secret", "remove")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = ["state", "told_failure", "told_former"] if obj else []
        return ["restaurant", "url", "description", "events", *shown, "request_id"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("restaurant", "state", "told_failure", "told_former") if obj else ()

    @admin.display(description=_("events"))
    def told_events(self, row: Webhook) -> str:
        return ", ".join(row.events)

    @admin.display(description=_("failing since"))
    def told_failure(self, row: Webhook) -> str:
        since = row.cursor.failing_since
        return moment_of(row, since) if since else "-"

    @admin.display(description=_("former secret signs until"))
    def told_former(self, row: Webhook) -> str:
        return moment_of(row, row.former_until) if row.former_until else "-"

    def add_by_service(self, request: HttpRequest, form: Any) -> UUID:
        data = form.cleaned_data
        id: UUID = data["request_id"]
        if not Webhook.objects.filter(id=id).exists():
            fields = {name: data[name] for name in ("url", "events", "description")}
            services.webhook_create(self.actor(request, data["restaurant"].id), **fields, id=id)
        return id

    def change_by_service(self, request: HttpRequest, row: Webhook, form: Any) -> None:
        given = {
            name: form.cleaned_data[name] for name in form.changed_data if name in ("url", "events", "description")
        }
        services.webhook_update(self.actor(request, row.restaurant_id), webhook_id=row.id, **given)

    @admin.action(description=_("Resume deliveries where they stopped"), permissions=["change"])
    def resume(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        def serve(row: Webhook) -> None:
            services.webhook_resume(self.actor(request, row.restaurant_id), webhook_id=row.id)

        self.for_each(request, queryset, serve, gettext("webhooks resumed"))

    @admin.action(description=_("Resume deliveries from now on"), permissions=["change"])
    def skip(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> HttpResponse | None:
        asked = self.confirmation(
            request,
            queryset,
            title=gettext("Resume deliveries from now on"),
            consequences=[gettext("Waiting events are never delivered.")],
            button=gettext("Resume"),
        )
        if asked is not None:
            return asked

        def serve(row: Webhook) -> None:
            services.webhook_resume(self.actor(request, row.restaurant_id), webhook_id=row.id, skip=True)

        self.for_each(request, queryset, serve, gettext("webhooks resumed"))
        return None

    @admin.action(description=_("Pause the selected webhooks"), permissions=["change"])
    def pause(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        def serve(row: Webhook) -> None:
            services.webhook_pause(self.actor(request, row.restaurant_id), webhook_id=row.id)

        self.for_each(request, queryset, serve, gettext("webhooks paused"))

    @admin.action(description=_("Deliver a test event"), permissions=["change"])
    def test(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        def serve(row: Webhook) -> None:
            services.webhook_test(self.actor(request, row.restaurant_id), webhook_id=row.id)

        self.for_each(request, queryset, serve, gettext("events are on their way; see the webhook deliveries"))

    @admin.action(description=_("Show the secret"), permissions=["change"])
    def show_secret(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        for row in queryset:
            self._tell_secret(request, row)

    @admin.action(description=_("Create a new secret"), permissions=["change"])
    def rotate_secret(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> HttpResponse | None:
        hours = services.OLD_SECRET_HOURS
        asked = self.confirmation(
            request,
            queryset,
            title=gettext("Create a new secret"),
            consequences=[
                gettext("Deliveries are also signed with the old secret for %(hours)d hours.") % {"hours": hours}
            ],
            button=gettext("Create a new secret"),
        )
        if asked is not None:
            return asked
        for row in queryset:
            services.webhook_rotate_secret(self.actor(request, row.restaurant_id), webhook_id=row.id)
            self._tell_secret(request, row)
        return None

    @admin.action(description=_("Remove the selected webhooks"), permissions=["change"])
    def remove(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> HttpResponse | None:
        asked = self.confirmation(
            request,
            queryset,
            title=gettext("Remove the selected webhooks"),
            consequences=[gettext("Waiting events are never delivered, and the delivery log is deleted.")],
            button=gettext("Remove"),
        )
        if asked is not None:
            return asked

        def serve(row: Webhook) -> None:
            services.webhook_delete(self.actor(request, row.restaurant_id), webhook_id=row.id)

        self.for_each(request, list(queryset), serve, gettext("webhooks removed"))
        return None

    def _tell_secret(self, request: HttpRequest, row: Webhook) -> None:
        try:
            secret, *_former = services.webhook_secrets(self.actor(request, row.restaurant_id), webhook_id=row.id)
        except DomainError as refusal:
            self.message_user(request, f"{row}: {said(refusal.message)}", messages.ERROR)
            return
        text = gettext("Deliveries to %(url)s are signed with %(secret)s") % {"url": row.url, "secret": secret}
        self.message_user(request, text, messages.WARNING)


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnlyAdmin):
    """Every attempt, to be looked at and repeated."""

    task, place = Task.RESTAURANT, 7
    guide = _("What was delivered to other programs, and what was not.")
    view_role = Role.OWNER
    list_display = ("created_at", "event", "state", "status", "error", "attempt", "version", "webhook", "restaurant")
    list_filter = (BY_RESTAURANT, "state", ("webhook", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("restaurant", "webhook")
    ordering = ("-created_at", "-id")
    show_full_result_count = False
    actions = ("repeat",)

    @admin.action(description=_("Deliver the selected events once more"), permissions=["view"])
    def repeat(self, request: HttpRequest, queryset: QuerySet[WebhookDelivery]) -> None:
        def serve(row: WebhookDelivery) -> None:
            actor = self.actor(request, row.restaurant_id)
            services.delivery_repeat(actor, webhook_id=row.webhook_id, delivery_id=row.id)

        self.for_each(request, queryset, serve, gettext("events are on their way; see the webhook deliveries"))


@panel(4, "admin/webhooks/panel_disabled.html")
def disabled_webhooks(request: HttpRequest) -> dict[str, Any] | None:
    """To owners: which of their webhooks were disabled, or fail at this moment."""
    owned = [id for id, role in roles_of(request).items() if role.covers(Role.OWNER)]
    rows = Webhook.objects.filter(restaurant_id__in=owned).select_related("cursor", "restaurant") if owned else ()
    told = [
        {"row": row, "since": moment_of(row, row.cursor.failing_since) if row.cursor.failing_since else ""}
        for row in rows
        if row.state in (WebhookState.FAILING, WebhookState.GONE) or row.cursor.failures
    ]
    return {"webhooks": told} if told else None
