"""The messages about plain questions whose answers are rules."""

from typing import Any

from settings_app.answer_serializers import AnswersPayload, AnswersSet
from settings_app.selectors.answers import settings_answers
from settings_app.services.answers import Answers, answers_save
from shiftsync.realtime.protocol.payloads import Nothing
from shiftsync.realtime.socket.router import Context, Payload, change_message, query


@query("SETTINGS_ANSWERS_REQUEST", Nothing, answers="SETTINGS_ANSWERS_RESPONSE", shape=AnswersSet)
def answers_set(context: Context, payload: Payload) -> dict[str, Any]:
    """What is set of that about which plain questions ask, read from the rows in use."""
    return settings_answers(context.actor.restaurant_id)


change_message("SETTINGS_ANSWER", AnswersPayload, Answers, answers_save)
