"""What happens when a schedule is published, or taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from schedules.events.cells import CellList, ScheduleEvent
from schedules.models import Schedule
from shiftsync.core.clock import iso


class PublicationEvent(ScheduleEvent):
    """What viewers see has changed; ``diff`` (cells) and ``changes`` (all else) are against what they saw before."""

    schedule: Schedule
    period_index: int
    diff: CellList
    changes: Mapping[str, Any]

    @property
    def entity_id(self) -> str:
        return str(self.schedule.id)

    def payload(self) -> dict[str, Any]:
        schedule = self.schedule
        return {
            "scheduleId": str(schedule.id),
            "periodIndex": self.period_index,
            "state": schedule.state,
            "publishedAt": iso(schedule.published_at) if schedule.published_at else None,
            "publication": schedule.publication.number if schedule.publication else None,
            "diff": list(self.diff),
            "changes": self.changes,
            "revision": schedule.revision,
        }


@dataclass(frozen=True)
class SchedulePublished(PublicationEvent):
    """A schedule was published, or published again."""

    schedule: Schedule
    period_index: int
    diff: CellList
    changes: Mapping[str, Any]
    type: ClassVar[str] = "SCHEDULE_PUBLISH"


@dataclass(frozen=True)
class ScheduleUnpublished(PublicationEvent):
    """A schedule was taken back to a draft."""

    schedule: Schedule
    period_index: int
    diff: CellList
    changes: Mapping[str, Any]
    type: ClassVar[str] = "SCHEDULE_UNPUBLISH"
