"""Publications for editors: what a new one would change, and the previous ones."""

from typing import Any
from uuid import UUID

from schedules.models import Publication, Schedule
from schedules.publications.rows import present_document
from schedules.publications.seen import views_of
from schedules.rules.publication import changes_between, document_from
from schedules.selectors.schedules import schedule_in
from shiftsync.realtime.stream.selectors import author_name, position_of


def publication_preview(restaurant_id: UUID, schedule_id: object) -> dict[str, Any]:
    """What publishing now would change for those who only look, and the version of the restaurant that was looked at.

    Raises :class:`NotFound`.
    """
    preview = _preview(restaurant_id, schedule_in(restaurant_id, schedule_id))
    return {"version": position_of(restaurant_id).version, **preview}


def _preview(restaurant_id: UUID, schedule: Schedule) -> dict[str, Any]:
    shown = schedule.publication
    before = document_from(shown.document) if shown else None
    changes = changes_between(before, present_document(restaurant_id, schedule))
    return {
        "scheduleId": schedule.id,
        "state": schedule.state,
        "publication": shown.number if shown else None,
        "publishedAt": schedule.published_at,
        "diff": list(changes.cells),
        "changes": changes.sections(),
        "seenBy": views_of(shown) if shown else [],
    }


def kept_publications(restaurant_id: UUID, schedule_id: object) -> dict[str, Any]:
    """The publications of a schedule, the newest first. Raises :class:`NotFound`."""
    schedule = schedule_in(restaurant_id, schedule_id)
    rows = Publication.objects.filter(schedule=schedule).defer("document").select_related("published_by")
    return {
        "scheduleId": schedule.id,
        "publications": [
            {
                "number": row.number,
                "publishedAt": row.published_at,
                "publishedBy": author_name(row.published_by) or None,
                "isShown": row.id == schedule.publication_id,
                "seenBy": views_of(row),
            }
            for row in rows.order_by("-number")
        ],
    }
