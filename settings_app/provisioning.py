"""The first version of a restaurant's settings, in use from its first day."""

from settings_app.models import ConfigVersion
from settings_app.rules.defaults import default_rows
from settings_app.services.versions import insert_version_rows
from settings_app.tables import settings_tables
from shiftsync.core.actor import Actor
from shiftsync.core.clock import now
from shiftsync.core.history import save_with_history
from shiftsync.core.ids import new_id
from shiftsync.tenants.hooks import provisions_restaurant
from shiftsync.tenants.models import Restaurant

REASON = "Created with the restaurant"


@provisions_restaurant
def open_settings(restaurant: Restaurant, actor: Actor) -> None:
    """Version 1 with the defaults."""
    version = ConfigVersion(
        restaurant=restaurant,
        version_number=1,
        name="Default Settings",
        is_active=True,
        activated_at=now(),
        created_by_id=actor.user_id,
    )
    save_with_history(version, actor, reason=REASON)
    insert_version_rows(actor, version, default_rows(settings_tables(), new_id), REASON)
