"""The first version of a restaurant's settings, in use from its first day."""

from collections.abc import Mapping, Sequence

from settings_app.models import ConfigVersion
from settings_app.rules.copying import WithoutPeople, copy_rows, without_people
from settings_app.rules.defaults import default_rows
from settings_app.rules.rows import LINEAGE, Row
from settings_app.rules.table import SettingsTable
from settings_app.selectors.rows import version_rows
from settings_app.selectors.versions import active_version
from settings_app.services.versions import insert_version_rows
from settings_app.tables import settings_tables
from shiftsync.core.actor import Actor
from shiftsync.core.clock import now
from shiftsync.core.history import save_with_history
from shiftsync.core.ids import new_id
from shiftsync.tenants.hooks import LeftOut, copies_restaurant, provisions_restaurant
from shiftsync.tenants.models import Restaurant

REASON = "Created with the restaurant"


@provisions_restaurant
def open_settings(restaurant: Restaurant, actor: Actor) -> None:
    """Version 1 with the defaults."""
    _open_version(restaurant, actor, "Default Settings", default_rows(settings_tables(), new_id), REASON)


@copies_restaurant(instead_of=open_settings)
def copy_settings(source: Restaurant, restaurant: Restaurant, actor: Actor) -> list[LeftOut]:
    """Version 1 with the rows that are in use at the source, as far as they can be without its people."""
    rows, left_out = _without_people(version_rows(active_version(source.id).id))
    made = copy_rows(rows, settings_tables(), new_id).rows
    # Rows of their own from now on: a line of versions does not lead from one restaurant to another.
    copies = {key: [{**row, LINEAGE: row["id"]} for row in of_table] for key, of_table in made.items()}
    _open_version(restaurant, actor, source.name, copies, "Copied from another restaurant")
    return left_out


def _without_people(rows: Mapping[str, Sequence[Row]]) -> tuple[dict[str, list[Row]], list[LeftOut]]:
    """The rows that can be, and what was left out of them. What refers to a row that cannot be, cannot be either: the tables stand in
    the order in which they refer to one another."""
    kept: dict[str, list[Row]] = {}
    left_out: list[LeftOut] = []
    known: set[str] = set()
    for table in settings_tables():
        for row in rows.get(table.key, ()):
            found = without_people(row, table, known)
            if found.people or not found.is_possible:
                left_out.append(_told(table, row, found))
            if found.is_possible:
                kept.setdefault(table.key, []).append(found.row)
                known.add(row["id"])
    return kept, left_out


def _told(table: SettingsTable, row: Row, found: WithoutPeople) -> LeftOut:
    return LeftOut(table.names.collection, row.get("name") or "", found.people, is_whole=not found.is_possible)


def _open_version(
    restaurant: Restaurant, actor: Actor, name: str, rows: Mapping[str, Sequence[Row]], reason: str
) -> None:
    version = ConfigVersion(
        restaurant=restaurant,
        version_number=1,
        name=name,
        is_active=True,
        activated_at=now(),
        created_by_id=actor.user_id,
    )
    save_with_history(version, actor, reason=reason)
    insert_version_rows(actor, version, rows, reason)
