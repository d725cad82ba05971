"""Which form of the settings a version 1 connection reads."""

from typing import Any

from settings_app.selectors.sync import OfVersion
from settings_app.selectors.v1 import sync_settings_v1
from shiftsync.realtime.protocol.wire import Traits
from shiftsync.realtime.socket.router import Context, Payload

DAILY_AS_OBJECT = "settings.daily_as_object"
"""The trait of a connection whose last question for the settings named its ``clientId`` in the payload."""


def traits_of_question(traits: Traits, payload: Payload) -> Traits:
    """The last published clients put their id into the question; they alone read the limits of a day as one object."""
    return traits | {DAILY_AS_OBJECT} if payload.get("client_id") else traits - {DAILY_AS_OBJECT}


def answer_for(context: Context, payload: Payload) -> dict[str, Any]:
    """The settings in the form that this connection reads."""
    return sync_settings_v1(
        context.actor.restaurant_id,
        OfVersion.of(payload).version_id,
        daily_as_object=DAILY_AS_OBJECT in context.traits,
    )
