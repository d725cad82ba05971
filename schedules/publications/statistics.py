"""The numbers of a month as it was published."""

from typing import Any
from uuid import UUID

from schedules.generation import Counted
from schedules.publications.rows import shown_document
from schedules.rules.publication import PublishedGrid
from schedules.selectors.evaluation import numbers_of


def published_statistics(restaurant_id: UUID, schedule_id: object) -> dict[str, Any]:
    """Numbers by person and by day, and how evenly they are spread, of the month as it was published. Raises :class:`NotPublished`."""
    document = shown_document(restaurant_id, schedule_id)
    grid = PublishedGrid(document)
    return numbers_of(document.schedule_id, Counted(grid.staff, grid.days, grid.states))
