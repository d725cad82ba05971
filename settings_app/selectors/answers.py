"""What is set of that about which plain questions ask."""

from typing import Any
from uuid import UUID

from settings_app.rules.answers.plan import TABLES, answers_in
from settings_app.selectors.rows import payloads_of
from settings_app.selectors.versions import active_version
from settings_app.tables import require_table
from shiftsync.realtime.stream.selectors import position_of


def settings_answers(restaurant_id: UUID) -> dict[str, Any]:
    """The answers that the rows of the active version are, on the wire."""
    version = active_version(restaurant_id)
    rows = {key: payloads_of(require_table(key), version.id)[::-1] for key in TABLES}
    return {**answers_in(rows), "revision": position_of(restaurant_id).version}
