"""What people were told, for the operator alone: everybody else reads what is theirs in the page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shiftsync.core.actor import Role
from shiftsync.core.admin_site import Task
from shiftsync.core.wording import named
from shiftsync.notices.models import Notice, NoticeDelivery
from shiftsync.notices.selectors import words_of
from shiftsync.tenants.admin import BY_RESTAURANT, ReadOnlyAdmin

named(
    Notice,
    _("notice"),
    _("notices"),
    restaurant=_("restaurant"),
    user=_("user"),
    kind=_("kind"),
    source=_("tells of"),
    data=_("facts"),
    created_at=_("told at"),
    changed_at=_("changed at"),
    read_at=_("read at"),
    routed_at=_("taken up at"),
)


named(
    NoticeDelivery,
    _("notice delivery"),
    _("notice deliveries"),
    restaurant=_("restaurant"),
    notice=_("notice"),
    channel=_("channel"),
    target=_("place"),
    state=_("state"),
    attempts=_("attempts"),
    created_at=_("at"),
    next_attempt_at=_("next attempt at"),
    holder=_("held by"),
    lease_until=_("held until"),
    begun_at=_("begun at"),
    settled_at=_("settled at"),
    error=_("error"),
)


class OperatorsList(ReadOnlyAdmin):
    """A list for whoever looks after the server, and for nobody else."""

    task = Task.OPERATOR
    show_full_result_count = False

    def may(self, request: HttpRequest, role: Role, row: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)


@admin.register(Notice)
class NoticeAdmin(OperatorsList):
    """Who was told what, and whether they have read it."""

    guide = _("What people were told of changes that concern them, and whether they have read it.")
    list_display = ("created_at", "user", "told_title", "kind", "read_at", "restaurant")
    list_filter = (BY_RESTAURANT, "kind")
    list_select_related = ("restaurant", "user")
    search_fields = ("user__username",)
    ordering = ("-created_at", "-id")

    @admin.display(description=_("notice"))
    def told_title(self, row: Notice) -> str:
        return words_of(row, get_language() or "en").title


@admin.register(NoticeDelivery)
class NoticeDeliveryAdmin(OperatorsList):
    """What was sent, and what was not."""

    guide = _("What was sent, what is waiting, and what failed.")
    list_display = ("created_at", "told_user", "told_kind", "channel", "state", "attempts", "error", "restaurant")
    list_filter = (BY_RESTAURANT, "channel", "state")
    list_select_related = ("restaurant", "notice__user")
    ordering = ("-created_at", "-id")

    @admin.display(description=_("user"))
    def told_user(self, row: NoticeDelivery) -> str:
        return str(row.notice.user)

    @admin.display(description=_("kind"))
    def told_kind(self, row: NoticeDelivery) -> str:
        return row.notice.kind
