"""The numbers of a month as it was published."""

from typing import Any

from schedules.generation import Counted
from schedules.publications.rows import shown_publication
from schedules.publications.shown import seen_of
from schedules.rules.publication import PublishedGrid
from schedules.selectors.evaluation import numbers_of
from shiftsync.core.actor import Actor


def published_statistics(reader: Actor, schedule_id: object) -> dict[str, Any]:
    """Numbers by person and by day, and how evenly they are spread, of what ``reader`` sees of the month as it was published. Raises
    :class:`NotPublished`."""
    document = seen_of(shown_publication(reader.restaurant_id, schedule_id), reader)
    grid = PublishedGrid(document)
    return numbers_of(document.schedule_id, Counted(grid.staff, grid.days, grid.states))
