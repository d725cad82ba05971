"""Taking back what an entry of the audit trail did, as a new change."""

from dataclasses import dataclass
from uuid import UUID

from settings_app.selectors.rows import all_rows
from settings_app.selectors.trail import VERSIONS, trail_entry
from settings_app.services.rows import restore_state
from settings_app.tables import require_table
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.payloads import FromPayload
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Written


@dataclass(frozen=True, slots=True)
class ChangeRestore(FromPayload):
    """The entry whose row is to be as it was before it."""

    change_id: str


def change_restore(request: ChangeRequest[ChangeRestore]) -> Outcome:
    """Puts a row back as it was before that entry; a row that the entry had made is deleted.

    Raises :class:`NotFound`, :class:`VersionLocked`, and :class:`ValidationFailed` where what it refers to is gone.
    """

    def write(tx: Transaction) -> Written:
        entry = trail_entry(tx.restaurant_id, request.intent.change_id)
        if entry.source.key == VERSIONS:
            raise ValidationFailed.of("changeId", "Versions are activated and locked, not restored.")
        table = require_table(entry.source.key)
        made = entry.new_data
        state = entry.old_data or (None if made is None else {**made, "isActive": False})
        if state is None:
            raise ValidationFailed.of("changeId", "There is no record of this row before that entry.")
        row = all_rows(table, tx.restaurant_id).filter(id=UUID(state["id"])).first()
        if row is None and entry.old_data is None:
            raise ValidationFailed.of("changeId", "The row that this entry created no longer exists.")
        return restore_state(tx, request, table, row, state)

    return commit(request, write)
