"""What viewers see: publishing a schedule as a document, taking it back, and showing an earlier document again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from schedules.events.publication import SchedulePublished, ScheduleUnpublished
from schedules.models import Publication, Schedule, ScheduleState, Swap
from schedules.publications.rows import as_json, present_document
from schedules.rules.cells import CellKey
from schedules.rules.publication import Document, DocumentChanges, changes_between, document_from
from schedules.selectors.schedules import period_of_schedule, schedule_in
from schedules.services.swap_endings import end_stale
from schedules.services.telling import tell_of_publication
from schedules.services.unseen import unseen_items
from shiftsync.core.clock import iso
from shiftsync.core.errors import NotFound
from shiftsync.core.history import save_with_history
from shiftsync.core.payloads import FromPayload
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.judging import judge_whole
from shiftsync.realtime.stream.requests import AnyRequest, ChangeRequest, Outcome, Written


@dataclass(frozen=True, slots=True)
class SchedulePublish(FromPayload):
    """Shows viewers the month as it stands."""

    schedule_id: str


@dataclass(frozen=True, slots=True)
class ScheduleUnpublish(FromPayload):
    """Takes the month away from viewers."""

    schedule_id: str


@dataclass(frozen=True, slots=True)
class SchedulePublicationRestore(FromPayload):
    """Show that publication again; without a number the last one."""

    schedule_id: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A schedule and what viewers see of it: the publication, and its document. ``taken_back``: what they saw last, where they see nothing."""

    schedule: Schedule
    publication: Publication | None = None
    document: Document | None = field(default=None, repr=False)
    taken_back: Document | None = field(default=None, repr=False)


def schedule_publish(request: ChangeRequest[SchedulePublish]) -> Outcome:
    """Shows viewers the month as it is now; nothing changes if they see it already. The result carries what changed.

    What others did to the month since its author looked (``base_version``) is a conflict, for nobody publishes unseen: the later
    writer publishes it nevertheless, the other strategies refuse it.
    """

    def write(tx: Transaction) -> Written:
        shown = _shown(tx, request.intent.schedule_id)
        document = present_document(tx.restaurant_id, shown.schedule)
        if shown.document is not None and not changes_between(shown.document, document):
            return _as_before(tx, shown)
        judge_whole(tx, request, unseen_items(tx, request, shown.schedule, document))
        publication = _new_publication(tx, request, shown.schedule, as_json(document))
        return _show(tx, request, shown, publication, document)

    return commit(request, write)


def schedule_unpublish(request: ChangeRequest[ScheduleUnpublish]) -> Outcome:
    """Takes the published copy away from viewers. It is kept, and can be shown again."""

    def write(tx: Transaction) -> Written:
        shown = _shown(tx, request.intent.schedule_id)
        if shown.publication is None:
            return _as_before(tx, shown)
        return _show(tx, request, shown, None, None)

    return commit(request, write)


def schedule_restore_publication(request: ChangeRequest[SchedulePublicationRestore]) -> Outcome:
    """Shows viewers a kept publication again, exactly as it was. An older one than the last becomes a new publication with the
    same document, since calendars only follow numbers that grow. Raises :class:`NotFound` where there is none."""

    def write(tx: Transaction) -> Written:
        shown = _shown(tx, request.intent.schedule_id)
        publication = _kept(shown.schedule, request.intent.number)
        if shown.publication == publication:
            return _as_before(tx, shown)
        if publication.number != _last_number(shown.schedule):
            publication = _new_publication(tx, request, shown.schedule, publication.document)
        return _show(tx, request, shown, publication, document_from(publication.document))

    return commit(request, write)


def publish_cells(
    tx: Transaction, request: AnyRequest, schedule: Schedule, shown: Document, values: Mapping[CellKey, str], swap: Swap
) -> None:
    """Shows viewers those values in a month that is published, and nothing else of what is planned: the approval of ``swap``, inside
    ``tx``. A called backup whose cell has another value now is none any more."""
    cells = {staff_id: dict(row) for staff_id, row in shown.cells.items()}
    for (staff_id, day), value in values.items():
        cells.setdefault(str(staff_id), {})[str(day)] = value
    written = {(str(key.staff_id), str(key.date)) for key in values}
    covers = tuple(each for each in shown.covers if (each.staff_id, each.date_key) not in written)
    filled = {staff_id: {day: value for day, value in row.items() if value} for staff_id, row in cells.items()}
    document = document_from(as_json(replace(shown, cells=filled, covers=covers)))
    publication = _new_publication(tx, request, schedule, as_json(document))
    _show(tx, request, Shown(schedule, schedule.publication, shown), publication, document, swap)


def _shown(tx: Transaction, schedule_id: str) -> Shown:
    schedule = schedule_in(tx.restaurant_id, schedule_id)
    publication = schedule.publication
    if publication is not None:
        return Shown(schedule, publication, document_from(publication.document))
    last = Publication.objects.filter(schedule=schedule).order_by("-number").first()
    return Shown(schedule, None, taken_back=document_from(last.document) if last else None)


def _kept(schedule: Schedule, number: int | None) -> Publication:
    kept = Publication.objects.filter(schedule=schedule)
    found = kept.order_by("-number").first() if number is None else kept.filter(number=number).first()
    if found is None:
        raise NotFound("No such publication.", {"number": ["No such publication."]})
    return found


def _last_number(schedule: Schedule) -> int:
    return (
        Publication.objects.filter(schedule=schedule).order_by("-number").values_list("number", flat=True).first() or 0
    )


def _new_publication(tx: Transaction, request: AnyRequest, schedule: Schedule, document: Any) -> Publication:
    return Publication.objects.create(
        restaurant_id=tx.restaurant_id,
        schedule=schedule,
        number=_last_number(schedule) + 1,
        document=document,
        published_by_id=request.actor.user_id,
        published_at=tx.moment,
    )


def _show(
    tx: Transaction,
    request: AnyRequest,
    before: Shown,
    publication: Publication | None,
    document: Document | None,
    swap: Swap | None = None,
) -> Written:
    """Points the schedule to ``publication``, and records the event, after the ends of swaps, but for ``swap``, that came to nothing by it.
    The two of ``swap`` are told of its approval, and not of their changed days besides."""
    schedule = before.schedule
    end_stale(tx, request, schedule.id, document, but=swap.id if swap else None)
    schedule.publication = publication
    schedule.published_at = publication.published_at if publication else None
    schedule.state = ScheduleState.PUBLISHED if publication else ScheduleState.DRAFT
    schedule.revision = version = tx.take_version()
    save_with_history(schedule, request.actor, reason=request.reason)
    changes = changes_between(before.document, document)
    change = tx.record(request, _event(tx, Shown(schedule, publication), changes), version)
    if document is not None:
        two = {str(swap.staff_id), str(swap.other_id)} if swap else set()
        tell_of_publication(
            tx, request.actor, before.document, document, version, but=two, taken_back=before.taken_back
        )
    told = {"diff": list(changes.cells), "changes": changes.sections()} if publication else {}
    return Written(change, {**_result(schedule), **told})


def _as_before(tx: Transaction, shown: Shown) -> Written:
    return Written(None, _result(shown.schedule), echo=_event(tx, shown, DocumentChanges()))


def _event(tx: Transaction, shown: Shown, changes: DocumentChanges) -> SchedulePublished | ScheduleUnpublished:
    period = period_of_schedule(tx.restaurant_id, shown.schedule.id)
    make = SchedulePublished if shown.publication else ScheduleUnpublished
    return make(shown.schedule, period.index, list(changes.cells), changes.sections())


def _result(schedule: Schedule) -> dict[str, object]:
    return {
        "scheduleId": str(schedule.id),
        "state": schedule.state,
        "publishedAt": iso(schedule.published_at) if schedule.published_at else None,
        "publication": schedule.publication.number if schedule.publication else None,
    }
