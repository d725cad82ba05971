"""REST about swaps."""

from rest_framework.response import Response

from schedules.api.filters import SwapsFilter, asked_for
from schedules.selectors.schedules import schedule_in
from schedules.selectors.swaps import seen_by, swap_in, swap_payloads, swaps_between, swaps_of
from schedules.serializers.swaps import SwapAnswerFields, SwapCreateFields, SwapDecideFields, SwapSerializer
from schedules.services import swaps as services
from schedules.services.swap_deciding import SwapDecide, swap_decide
from schedules.services.swaps import require_swapping
from shiftsync.core.actor import Role
from shiftsync.core.errors import NotFound
from shiftsync.core.viewsets import Payload
from shiftsync.realtime.api import Result, StreamViewSet, answers, changes
from shiftsync.realtime.protocol.payloads import ChangePayload
from shiftsync.realtime.stream.requests import Outcome


class SwapResult(Result):
    """What became of a swap."""

    swap = SwapSerializer()


class SwapsViewSet(StreamViewSet):
    """What shifts of a schedule are given away. Who is on the schedule has their own and the offers that they could take, managers have all."""

    def admit(self, needs: Role, path: Payload) -> Response | None:
        """Raises :class:`Forbidden` for who is nobody on the schedule, and only looks."""
        admitted = super().admit(needs, path)
        require_swapping(self.actor)
        return admitted

    @answers(SwapSerializer(many=True), takes=SwapsFilter, has_etag=False)
    def list(self, query: Payload, id: str) -> list[Payload]:
        """The swaps of a schedule, in order of their days."""
        found = swap_payloads(swaps_of(schedule_in(self.actor.restaurant_id, id).id))
        return asked_for(seen_by(found, self.actor), query)

    @changes(SwapCreateFields, SwapResult, status=201, location="/api/swaps/{swap[id]}/", needs=Role.VIEWER)
    def create(self, payload: Payload, id: str) -> Outcome:
        """Offers a published shift, or asks a colleague to take it or to swap a day."""
        return services.swap_create(self.sender.change(services.SwapCreate.of(payload, schedule_id=id), payload))


class SwapViewSet(StreamViewSet):
    """Swaps, whatever month they are in. Who is on the schedule has their own and the offers that they could take, managers have all."""

    def admit(self, needs: Role, path: Payload) -> Response | None:
        """Raises :class:`Forbidden` for who is nobody on the schedule, and only looks; :class:`NotFound` for a swap that is none of theirs."""
        admitted = super().admit(needs, path)
        require_swapping(self.actor, path.get("id"))
        return admitted

    @answers(SwapSerializer(many=True), takes=SwapsFilter, has_etag=False)
    def list(self, query: Payload) -> list[Payload]:
        """The swaps in order of their days."""
        found = swap_payloads(swaps_between(self.actor.restaurant_id, query.get("from"), query.get("to")))
        return asked_for(seen_by(found, self.actor), query)

    @answers(SwapSerializer, has_etag=False)
    def retrieve(self, query: Payload, id: str) -> Payload:
        """One of them, whatever became of it."""
        found = seen_by(swap_payloads([swap_in(self.actor.restaurant_id, id)]), self.actor)
        if not found:
            raise NotFound("No such swap.")
        return dict(found[0])

    @changes(SwapAnswerFields, SwapResult, needs=Role.VIEWER)
    def answer(self, payload: Payload, id: str) -> Outcome:
        """A colleague takes it or agrees, declines, or steps back."""
        return services.swap_answer(self.sender.change(services.SwapAnswer.of(payload, swap_id=id), payload))

    @changes(ChangePayload, SwapResult, needs=Role.VIEWER)
    def withdraw(self, payload: Payload, id: str) -> Outcome:
        """Whose shift it is takes it back."""
        return services.swap_withdraw(self.sender.change(services.SwapWithdraw(id), payload))

    @changes(SwapDecideFields, SwapResult)
    def decide(self, payload: Payload, id: str) -> Outcome:
        """Approves it, which writes the cells and publishes these alone, or declines it with a word."""
        return swap_decide(self.sender.change(SwapDecide.of(payload, swap_id=id), payload))
