"""Answers to plain questions about the rules, over the socket and REST."""

from rest_framework import serializers

from settings_app.rules.answers.questions import AT_WORK, OF_SHIFT
from shiftsync.core.lists import ListField
from shiftsync.core.serializers import WireSerializer
from shiftsync.realtime.protocol.payloads import ChangePayload


def _hard() -> serializers.BooleanField:
    return serializers.BooleanField(default=True, help_text="It must be kept; else it is kept where that is possible.")


class CountedAnswer(WireSerializer):
    """A number, and whether it must be kept."""

    is_hard = _hard()


def _counted(name: str, most: int) -> WireSerializer:
    """The field of an answer that is one number; null: no rule."""
    count = serializers.IntegerField(min_value=1, max_value=most)
    about = {"count": count, "wire_name": name, "__doc__": CountedAnswer.__doc__}
    made: type[WireSerializer] = type(f"{name}Serializer", (CountedAnswer,), about)
    return made(required=False, allow_null=True)


class NoEarlyAfterLateAnswer(WireSerializer):
    """Nobody works early on the day after a late shift."""

    is_hard = _hard()


class AtWorkAnswer(WireSerializer):
    """How many people are needed on each day on which the restaurant is open."""

    position = serializers.CharField(max_length=100, allow_blank=True, default="", help_text="Empty: everybody.")
    shift_type = serializers.ChoiceField(choices=list(OF_SHIFT), default=AT_WORK, help_text="any = at work.")
    count = serializers.IntegerField(min_value=0, max_value=500, allow_null=True, help_text="Null: no rule.")
    weekend_count = serializers.IntegerField(
        min_value=0,
        max_value=500,
        required=False,
        allow_null=True,
        help_text="On Saturdays, Sundays and public holidays; null: the same.",
    )
    is_hard = _hard()


class DaysAWeekAnswer(WireSerializer):
    """How many days a week people of a status work at most."""

    status = serializers.CharField(max_length=50)
    count = serializers.IntegerField(min_value=1, max_value=7, allow_null=True, help_text="Null: no rule.")
    is_hard = _hard()


class SingleAnswers(WireSerializer):
    """Answers to the questions that are asked once."""

    least_days_off = _counted("LeastDaysOffAnswer", 31)
    most_days_off = _counted("MostDaysOffAnswer", 31)
    days_in_a_row = _counted("DaysInARowAnswer", 31)
    no_early_after_late = NoEarlyAfterLateAnswer(required=False, allow_null=True)
    hours_of_rest = _counted("HoursOfRestAnswer", 23)


class GivenAnswers(SingleAnswers):
    """Answers to questions about the rules. Null takes a rule away; what is left out stays as it is."""

    at_work = ListField(child=AtWorkAnswer(), required=False, max_length=200)
    days_a_week = ListField(child=DaysAWeekAnswer(), required=False, max_length=200)


class AnswersPayload(ChangePayload):
    """What was answered."""

    example = {"answers": {"leastDaysOff": {"count": 8}, "atWork": [{"position": "キッチン", "count": 2}]}}

    answers = GivenAnswers()


class AtWorkSet(AtWorkAnswer):
    """What is set of a position or shift."""

    is_refined = serializers.BooleanField(help_text="By more than an answer could say; it is left to the forms.")


class DaysAWeekSet(DaysAWeekAnswer):
    """What is set of a status."""

    is_refined = serializers.BooleanField(help_text="By more than an answer could say; it is left to the forms.")


class AnswersSet(SingleAnswers):
    """The answers that the rows in use are."""

    at_work = AtWorkSet(many=True)
    days_a_week = DaysAWeekSet(many=True)
    refined = serializers.ListField(
        child=serializers.CharField(), help_text="Questions that are set by more than an answer could say."
    )
    revision = serializers.IntegerField(help_text="The restaurant's version when it was read.")
