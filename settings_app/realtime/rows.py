"""The messages about the rows of a table, made from its description."""

from django.utils.translation import gettext_lazy as _

from settings_app.realtime.snapshots import after_edit
from settings_app.realtime.v1.writing import gathered, peculiar_update
from settings_app.rules.table import SettingsTable
from settings_app.serializers import (
    create_payload,
    id_payload,
    removed_payload,
    row_event_payload,
    update_payload,
)
from settings_app.services.rows import (
    RowDelete,
    RowHardDelete,
    RowWrite,
    row_delete,
    row_hard_delete,
    row_save,
    row_update,
    whole_row,
)
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.serializers import WireSerializer
from shiftsync.realtime.protocol.wire import V1Form, broadcast
from shiftsync.realtime.socket.router import Context, Payload, change
from shiftsync.realtime.stream.requests import Outcome


def register_messages(table: SettingsTable) -> None:
    """Registers the requests and the broadcasts about the table's rows."""
    names = table.names
    _register_create(table)
    _register_update(table)
    _register_delete(table)
    _tell(table, names.create_type, row_event_payload(table, names.created_key))
    _tell(table, names.update_type, row_event_payload(table, names.updated_key))
    _tell(table, names.delete_type, row_event_payload(table, names.deleted_key))
    if table.hard_delete:
        _register_hard_delete(table)
        _tell(table, names.hard_delete_type, removed_payload(table))


def _tell(table: SettingsTable, type: str, payload: type[WireSerializer]) -> None:
    v1 = V1Form(whole=after_edit(table)) if table.is_for_v1 else V1Form(keeps=False)
    broadcast(type, table.topic, payload, v1=v1, told=_("changed the rules"))


def _register_create(table: SettingsTable) -> None:
    @change(table.names.create_type, create_payload(table))
    def create(context: Context, payload: Payload) -> Outcome:
        intent = whole_row(table, payload[table.names.row], payload, from_v1=context.is_v1)
        return row_save(context.sender.change(intent, payload))


def _register_update(table: SettingsTable) -> None:
    @change(table.names.update_type, update_payload(table))
    def update(context: Context, payload: Payload) -> Outcome:
        payload = gathered(table, context, payload)
        peculiar = peculiar_update(table, context, payload)
        if peculiar is not None:
            return peculiar
        if table.names.row in payload:
            intent = whole_row(
                table,
                payload[table.names.row],
                payload,
                row_id=payload.get(_id_key(table)),
                is_update=True,
                from_v1=context.is_v1,
            )
            return row_save(context.sender.change(intent, payload))
        row_id = payload.get(_id_key(table))
        if row_id is None and not table.implied_by:
            raise ValidationFailed.of(table.names.id_key, "This field is required.")
        changes = RowWrite(
            table.key, payload.get("changes", {}), row_id, payload.get("version_id"), from_v1=context.is_v1
        )
        return row_update(context.sender.change(changes, payload))


def _register_delete(table: SettingsTable) -> None:
    @change(table.names.delete_type, id_payload(table))
    def delete(context: Context, payload: Payload) -> Outcome:
        intent = RowDelete.of(payload, table=table.key, row_id=payload[_id_key(table)])
        return row_delete(context.sender.change(intent, payload))


def _register_hard_delete(table: SettingsTable) -> None:
    @change(table.names.hard_delete_type, id_payload(table))
    def hard_delete(context: Context, payload: Payload) -> Outcome:
        intent = RowHardDelete.of(payload, table=table.key, row_id=payload[_id_key(table)])
        return row_hard_delete(context.sender.change(intent, payload))


def _id_key(table: SettingsTable) -> str:
    return f"{table.names.row}_id"
