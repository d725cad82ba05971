"""Following a shift symbol that is renamed, or replaced by another, through the settings of all versions."""

from typing import Any

from settings_app.rules.rows import Row
from settings_app.rules.symbols import with_symbol_replaced
from settings_app.selectors.symbols import NamingRow, rows_naming
from settings_app.services.checks import require_unlocked
from settings_app.wire_rows import as_attributes, row_payload
from shiftsync.core.history import save_with_history
from shiftsync.realtime.stream.commit import Transaction
from shiftsync.realtime.stream.requests import AnyRequest


def replace_symbol(
    tx: Transaction, request: AnyRequest, old: str, new: str, *, version: int, reason: str
) -> dict[str, list[Row]]:
    """Lets every row of every version that names ``old`` name ``new``, deleted rows too, as part of the change ``version``.

    Returns those of the version in use, by collection, as the wire has them. Raises :class:`VersionLocked`, which names the
    version, where one of them takes no edits: then nothing is changed at all.
    """
    found = list(rows_naming(tx.restaurant_id, old, include_deleted=True))
    for naming in found:
        require_unlocked(naming.version)
    told: dict[str, list[Row]] = {}
    for naming in found:
        row = _replaced(naming, request, old, new, version=version, reason=reason)
        if naming.version.is_active and naming.row.is_active:
            told.setdefault(naming.table.names.collection, []).append(row)
    return told


def _replaced(naming: NamingRow, request: AnyRequest, old: str, new: str, *, version: int, reason: str) -> Row:
    table, row = naming.table, naming.row
    wanted: dict[str, Any] = as_attributes(with_symbol_replaced(row_payload(row, table), table.row, old, new), table)
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    row.revision = version
    save_with_history(row, request.actor, reason=reason, fields=changed)
    return row_payload(row, table)
