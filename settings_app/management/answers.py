"""Options of a command that answer the plain questions about the rules."""

import re
from argparse import ArgumentTypeError
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.core.management.base import CommandParser

from settings_app.answer_serializers import GivenAnswers
from settings_app.services.answers import Answers, require_possible
from shiftsync.core.commands import shown, whole_number
from shiftsync.core.errors import ValidationFailed

NUMBERS = re.compile(r"(\d{1,3})(?:/(\d{1,3}))?", re.ASCII)
RANGE = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?", re.ASCII)
STRICTNESS: Mapping[str, dict[str, Any] | None] = {
    "never": {"isHard": True},
    "avoid": {"isHard": False},
    "allowed": None,
}


class Numbers(NamedTuple):
    """So many, and so many at weekends and on holidays; ``of``: of a position, or of a status."""

    people: int
    weekend: int | None = None
    of: str = ""


def numbers(text: str) -> Numbers:
    """``2``, or ``2/3``: another number on Saturdays, Sundays and holidays."""
    found = NUMBERS.fullmatch(text)
    if found is None:
        raise ArgumentTypeError(f"{shown(text)} is not a number such as 2, or 2/3 for 3 at weekends.")
    return Numbers(int(found[1]), int(found[2]) if found[2] else None)


def numbers_of(text: str) -> Numbers:
    """``2``, of everybody; ``Kitchen=2`` of a position."""
    of, _, count = text.rpartition("=")
    return numbers(count)._replace(of=of.strip())


def number_of_some(text: str) -> Numbers:
    """``Part-time=4``."""
    found = numbers_of(text)
    if not found.of or found.weekend is not None:
        raise ArgumentTypeError(f"{shown(text)} is not a status and a number, such as Part-time=4.")
    return found


def days_off(text: str) -> tuple[int, int | None]:
    """``8``: at least; ``8-10``: at least and at most."""
    found = RANGE.fullmatch(text)
    if found is None:
        raise ArgumentTypeError(f"{shown(text)} is not a number such as 8, or 8-10.")
    return int(found[1]), int(found[2]) if found[2] else None


def add_answers(parser: CommandParser) -> None:
    """The options, each of which becomes a rule that must be kept."""
    parser.add_argument(
        "--days-off", type=days_off, metavar="LEAST[-MOST]", help="days off for everybody each month: 8, 8-10, or 8-8"
    )
    parser.add_argument("--days-in-a-row", type=whole_number(1, 31), help="nobody works longer without a day off")
    parser.add_argument(
        "--at-least",
        type=numbers_of,
        action="append",
        metavar="[POSITION=]COUNT[/WEEKEND]",
        help="people at work each day: 5, Kitchen=2, or Kitchen=2/3 for 3 at weekends and on holidays; may be repeated",
    )
    for shift in ("early", "late"):
        parser.add_argument(
            f"--at-least-{shift}",
            type=numbers,
            metavar="COUNT[/WEEKEND]",
            help=f"people on the {shift} shift each day",
        )
    parser.add_argument("--rest-hours", type=whole_number(1, 23), help="hours between two shifts of a person")
    parser.add_argument(
        "--early-after-late",
        choices=list(STRICTNESS),
        help="whether somebody may work early on the day after a late shift",
    )
    parser.add_argument(
        "--days-a-week",
        type=number_of_some,
        action="append",
        metavar="STATUS=COUNT",
        help="days a week that people of a status work at most: Part-time=4; may be repeated",
    )


def answers_from(options: Mapping[str, Any]) -> Answers | None:
    """What the options answer; None where they answer nothing. Raises :class:`ValidationFailed` for what cannot be."""
    told = {**_single(options), **_listed(options)}
    if not told:
        return None
    payload = GivenAnswers(data=told)
    if not payload.is_valid():
        raise ValidationFailed.by_field(payload.errors)
    answers = Answers(payload.validated_data)
    require_possible(answers)
    return answers


def _single(options: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if options["days_off"] is not None:
        least, most = options["days_off"]
        told["leastDaysOff"] = {"count": least}
        # The most that new restaurants begin with would stand beside a least number that was not meant to go with it.
        told["mostDaysOff"] = None if most is None else {"count": most}
    for option, name in (("days_in_a_row", "daysInARow"), ("rest_hours", "hoursOfRest")):
        if options[option] is not None:
            told[name] = {"count": options[option]}
    if options["early_after_late"] is not None:
        told["noEarlyAfterLate"] = STRICTNESS[options["early_after_late"]]
    return told


def _listed(options: Mapping[str, Any]) -> dict[str, Any]:
    asked = [("any", each) for each in options["at_least"] or ()]
    asked += [(shift, options[f"at_least_{shift}"]) for shift in ("early", "late") if options[f"at_least_{shift}"]]
    needs = [
        {"position": each.of, "shiftType": shift, "count": each.people, "weekendCount": each.weekend}
        for shift, each in asked
    ]
    weeks = [{"status": each.of, "count": each.people} for each in options["days_a_week"] or ()]
    return {**({"atWork": needs} if needs else {}), **({"daysAWeek": weeks} if weeks else {})}
