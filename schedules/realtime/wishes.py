"""The messages about wishes. Version 1 clients know none of them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from schedules.events.cells import SHIFTS_TOPIC
from schedules.serializers.wishes import (
    WishAnswerPayload,
    WishCreatePayload,
    WishDeletedPayload,
    WishDeletePayload,
    WishesAnsweredPayload,
    WishSerializer,
    WishTermsUpdatedPayload,
    WishTermsUpdatePayload,
    WishUpdatePayload,
)
from schedules.services import wishes as services
from schedules.services.answering import WishesAnswer, wishes_answer
from shiftsync.realtime.protocol.wire import broadcast
from shiftsync.realtime.socket.router import change_message


def about(payload: Mapping[str, Any], person: str) -> Mapping[str, Any] | None:
    """A wish of that person."""
    return payload if payload.get("staffId") == person else None


def answered_to(payload: Mapping[str, Any], person: str) -> Mapping[str, Any] | None:
    """What was said to the wishes of that person."""
    theirs = [wish for wish in payload["wishes"] if wish["staffId"] == person]
    return {**payload, "wishes": theirs} if theirs else None


def all_of_it(payload: Mapping[str, Any], person: str) -> Mapping[str, Any]:
    """The terms are the same for everybody on the schedule."""
    return payload


broadcast("WISH_CREATE", SHIFTS_TOPIC, WishSerializer, is_for_editors=True, own=about, told=_("entered a wish"))
broadcast("WISH_UPDATE", SHIFTS_TOPIC, WishSerializer, is_for_editors=True, own=about, told=_("changed a wish"))
broadcast("WISH_DELETE", SHIFTS_TOPIC, WishDeletedPayload, is_for_editors=True, own=about, told=_("withdrew a wish"))
broadcast(
    "WISH_ANSWER", SHIFTS_TOPIC, WishesAnsweredPayload, is_for_editors=True, own=answered_to, told=_("answered wishes")
)
broadcast(
    "WISH_TERMS_UPDATE",
    SHIFTS_TOPIC,
    WishTermsUpdatedPayload,
    is_for_editors=True,
    own=all_of_it,
    told=_("changed the deadline for wishes"),
)

change_message("WISH_CREATE", WishCreatePayload, services.WishCreate, services.wish_create, is_for_people=True)
change_message("WISH_UPDATE", WishUpdatePayload, services.WishUpdate, services.wish_update, is_for_people=True)
change_message("WISH_DELETE", WishDeletePayload, services.WishDelete, services.wish_delete, is_for_people=True)
change_message("WISH_ANSWER", WishAnswerPayload, WishesAnswer, wishes_answer)
change_message("WISH_TERMS_UPDATE", WishTermsUpdatePayload, services.WishTermsUpdate, services.wish_terms_update)
