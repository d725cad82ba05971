"""REST about wishes."""

from rest_framework import serializers
from rest_framework.response import Response

from schedules.api.filters import WishesFilter, asked_for
from schedules.events.wishes import wish_terms_payload
from schedules.selectors.schedules import schedule_in
from schedules.selectors.wishes import whose, wish_in, wish_payloads, wishes_between, wishes_of
from schedules.serializers.places import CellPayload
from schedules.serializers.wishes import (
    WishAnswerFields,
    WishCreateFields,
    WishFields,
    WishSerializer,
    WishTerms,
    WishTermsFields,
)
from schedules.services import wishes as services
from schedules.services.answering import WishesAnswer, wishes_answer
from schedules.services.wishes import require_wishing
from shiftsync.core.actor import Role
from shiftsync.core.viewsets import Payload
from shiftsync.realtime.api import Result, StreamViewSet, answers, changes
from shiftsync.realtime.protocol.payloads import ChangePayload
from shiftsync.realtime.stream.requests import Outcome

NAMES = frozenset(WishFields().fields)


class WishResult(Result):
    """What became of a wish."""

    wish = WishSerializer(required=False, help_text="Missing after a delete.")


class SkippedCell(CellPayload):
    """A cell of a wish that could not be taken, and why."""

    rest_name = "SkippedWish"

    field = serializers.CharField()
    reason = serializers.CharField()


class WishAnswerResult(Result):
    """What became of wishes that were answered."""

    wishes = WishSerializer(many=True, help_text="Those that were answered, as they are now.")
    changed = serializers.IntegerField(help_text="How many cells were written.")
    skipped = SkippedCell(
        many=True, required=False, help_text="Cells of wishes that could not be taken: the first of them."
    )
    skipped_count = serializers.IntegerField(required=False, help_text="How many those are.")
    refused = serializers.ListField(
        child=serializers.JSONField(), required=False, help_text="Cells that others changed since: see the cells."
    )


class WishTermsResult(Result):
    """The terms, as they are now."""

    wish_terms = WishTerms()


class WishPatch(WishFields, ChangePayload):
    """The fields to change."""

    example = {"weight": 5}


class WishesViewSet(StreamViewSet):
    """What people wish for the days of a schedule. Who is on the schedule has their own wishes, managers have all."""

    def admit(self, needs: Role, path: Payload) -> Response | None:
        """Raises :class:`Forbidden` for who is nobody on the schedule, and only looks."""
        admitted = super().admit(needs, path)
        require_wishing(self.actor)
        return admitted

    @answers(WishSerializer(many=True), takes=WishesFilter, has_etag=False)
    def list(self, query: Payload, id: str) -> list[Payload]:
        """The wishes for a schedule, in order of their days."""
        found = whose(wishes_of(schedule_in(self.actor.restaurant_id, id).id), self.actor)
        return asked_for(wish_payloads(found), query)

    @changes(WishCreateFields, WishResult, status=201, location="/api/wishes/{wish[id]}/", needs=Role.VIEWER)
    def create(self, payload: Payload, id: str) -> Outcome:
        """Enters a wish; one per person and day, and of those who only look for themselves."""
        return services.wish_create(self.sender.change(services.WishCreate.of(payload, schedule_id=id), payload))

    @changes(WishAnswerFields, WishAnswerResult)
    def answer(self, payload: Payload, id: str) -> Outcome:
        """Takes wishes into the grid (one step for an undo), declines them with a word, or opens them again."""
        return wishes_answer(self.sender.change(WishesAnswer.of(payload, schedule_id=id), payload))

    @answers(WishTerms, has_etag=False)
    def read_terms(self, query: Payload, id: str) -> Payload:
        """Until when and how often staff may wish for a schedule."""
        schedule = schedule_in(self.actor.restaurant_id, id)
        return wish_terms_payload(schedule.wish_deadline, schedule.wish_limit)

    @changes(WishTermsFields, WishTermsResult)
    def terms(self, payload: Payload, id: str) -> Outcome:
        """Says until when and how often staff may wish."""
        intent = services.WishTermsUpdate.of(payload, schedule_id=id)
        return services.wish_terms_update(self.sender.change(intent, payload))


class WishViewSet(StreamViewSet):
    """Wishes, whatever month they are for. Who is on the schedule has their own, managers have all."""

    def admit(self, needs: Role, path: Payload) -> Response | None:
        """Raises :class:`Forbidden` for who is nobody on the schedule, and only looks; :class:`NotFound` for a wish that is not theirs."""
        admitted = super().admit(needs, path)
        require_wishing(self.actor, path.get("id"))
        return admitted

    @answers(WishSerializer(many=True), takes=WishesFilter, has_etag=False)
    def list(self, query: Payload) -> list[Payload]:
        """The wishes in order of their days."""
        found = wishes_between(self.actor.restaurant_id, query.get("from"), query.get("to"))
        return asked_for(wish_payloads(whose(found, self.actor)), query)

    @answers(WishSerializer, has_etag=False)
    def retrieve(self, query: Payload, id: str) -> Payload:
        """One of them; a withdrawn one too."""
        return wish_payloads([wish_in(self.actor.restaurant_id, id, include_deleted=True)])[0]

    @changes(WishPatch, WishResult, echoes=WishSerializer, needs=Role.VIEWER)
    def partial_update(self, payload: Payload, id: str) -> Outcome:
        """Changes what is given; another wish is open again."""
        fields = {name: value for name, value in payload.items() if name in NAMES}
        return services.wish_update(self.sender.change(services.WishUpdate(id, fields), payload))

    @changes(ChangePayload, WishResult, source="query", needs=Role.VIEWER)
    def destroy(self, payload: Payload, id: str) -> Outcome:
        """Withdraws it."""
        return services.wish_delete(self.sender.change(services.WishDelete(id), payload))
