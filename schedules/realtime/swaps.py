"""The messages about swaps. Version 1 clients know none of them."""

from django.utils.translation import gettext_lazy as _

from schedules.events.cells import SHIFTS_TOPIC
from schedules.selectors.swaps import part_for
from schedules.serializers.swaps import (
    SwapAnswerPayload,
    SwapCreatePayload,
    SwapDecidePayload,
    SwapSerializer,
    SwapWithdrawPayload,
)
from schedules.services import swaps as services
from schedules.services.swap_deciding import SwapDecide, swap_decide
from shiftsync.realtime.protocol.wire import broadcast
from shiftsync.realtime.socket.router import change_message

broadcast(
    "SWAP_CREATE",
    SHIFTS_TOPIC,
    SwapSerializer,
    is_for_editors=True,
    own=part_for,
    told=_("offered a shift, or asked for a swap"),
)
broadcast(
    "SWAP_UPDATE",
    SHIFTS_TOPIC,
    SwapSerializer,
    is_for_editors=True,
    own=part_for,
    told=_("answered, decided or ended a swap"),
)

change_message("SWAP_CREATE", SwapCreatePayload, services.SwapCreate, services.swap_create, is_for_people=True)
change_message("SWAP_ANSWER", SwapAnswerPayload, services.SwapAnswer, services.swap_answer, is_for_people=True)
change_message("SWAP_WITHDRAW", SwapWithdrawPayload, services.SwapWithdraw, services.swap_withdraw, is_for_people=True)
change_message("SWAP_DECIDE", SwapDecidePayload, SwapDecide, swap_decide)
