"""Reminding those of the staff who have not seen what is published."""

from datetime import date

from schedules.publications.readers import REMINDING, readers_of, unseen_in
from schedules.publications.rows import shown_document
from shiftsync.core.actor import Actor, Role
from shiftsync.core.clock import local_today, now
from shiftsync.core.errors import Forbidden
from shiftsync.notices.services import tell
from shiftsync.tenants.selectors import habits_of


def readers_remind(actor: Actor, *, schedule_id: str) -> None:
    """Tells those who have not seen the month as it is shown, by page, push and mail as they want to be: once a day for each, however
    often it is asked. For those who edit. Raises :class:`NotPublished`."""
    if not actor.role.covers(Role.MANAGER):
        raise Forbidden
    found = readers_of(actor.restaurant_id, schedule_id)
    document = shown_document(actor.restaurant_id, schedule_id)
    today: date = local_today(habits_of(actor.restaurant_id).timezone)
    month = {
        "scheduleId": document.schedule_id,
        "startDate": str(document.start_date),
        "endDate": str(document.end_date),
    }
    # Not of the publication: a month that is corrected three times on a day would remind of itself three times.
    source = f"{document.schedule_id}:{today}"
    told = dict.fromkeys(unseen_in(found["readers"]), month)
    tell(actor.restaurant_id, REMINDING, source, told, moment=now(), but=actor.user_id)
