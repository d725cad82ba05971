"""What people are told of months and wishes, in words. A kind of notice is one entry here; what tells of it is a service
(``services/telling.py``)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from schedules.models import SwapState, WishKind, WishState
from schedules.publications.readers import CHANGED, PUBLISHED, REMINDING
from schedules.rules.publication import Blank
from schedules.rules.swaps import ENDS
from schedules.services.swap_telling import ASKED, OFFERED, SWAP_ANSWERED, SWAP_DECIDED
from schedules.services.telling import ANSWERED, DEADLINE, REMOVED, tell_of_deadlines
from shiftsync.notices.kinds import Data, Words, notice_kind, watches

MOST_LINES = 8
N_ = str
"""Marks a text for the catalogues; it is translated where it is shown."""

BLANKS = {
    Blank.WORK.value: N_("as usual"),
    Blank.FREE.value: N_("not scheduled"),
    Blank.CLOSED.value: N_("closed"),
    Blank.ABSENT.value: N_("not on the schedule"),
}
WISHES = {
    WishKind.OFF.value: N_("day off"),
    WishKind.CANNOT.value: N_("cannot work"),
    WishKind.PREFER.value: N_("would like {shift}"),
    WishKind.AVOID.value: N_("rather not {shift}"),
}
ANSWERS = {
    WishState.OPEN.value: N_("open again"),
    WishState.TAKEN.value: N_("granted"),
    WishState.DECLINED.value: N_("declined"),
    REMOVED: N_("removed"),
}


def published(data: Data) -> Words:
    """That a month can be seen; of one that was taken back meanwhile, what is otherwise than when it was seen last."""
    title = gettext("The shifts for {period} are published").format(period=_period(data))
    if not data.get("changes"):
        return Words(title, "")
    return Words(title, _text(gettext("Different from what was published before:"), _changes(data)))


def changed(data: Data) -> Words:
    """What is otherwise for the one who reads, day by day: before and now."""
    count = data["count"]
    title = ngettext(
        "{count} of your days in {period} has changed", "{count} of your days in {period} have changed", count
    )
    return Words(title.format(count=count, period=_period(data)), _changes(data))


def reminded(data: Data) -> Words:
    """That a month waits for being looked at."""
    return Words(gettext("Please look at your shifts for {period}").format(period=_period(data)), "")


def answered(data: Data) -> Words:
    """How wishes were answered, with the manager's words."""
    wishes = data["wishes"]
    title = ngettext("Your wish has been answered", "{count} of your wishes have been answered", len(wishes))
    return Words(title.format(count=len(wishes)), _lines([_answer(each) for each in wishes], len(wishes)))


def deadline(data: Data) -> Words:
    """Until when wishes may be entered, and how many there are."""
    title = gettext("Wishes for {period} can be entered until {day}")
    count = data["count"]
    text = ngettext("You have entered {count} wish.", "You have entered {count} wishes.", count)
    return Words(title.format(period=_period(data), day=_day(data["deadline"])), text.format(count=count))


STEPS = {
    SwapState.ACCEPTED.value: N_("{other} takes a shift of {name}"),
    SwapState.OPEN.value: N_("A shift of {name} is open again"),
    SwapState.DECLINED.value: N_("{other} declines to swap with {name}"),
    SwapState.WITHDRAWN.value: N_("{name} has withdrawn a swap"),
}
DECISIONS = {
    SwapState.APPROVED.value: N_("A swap of yours is approved"),
    SwapState.DECLINED.value: N_("A swap of yours is declined"),
    SwapState.ENDED.value: N_("A swap of yours has ended"),
}


def swap_asked(data: Data) -> Words:
    """Who asks for what, and what they say."""
    return Words(gettext("{name} asks you to swap").format(name=data["name"]), _swap(data))


def swap_offered(data: Data) -> Words:
    """Which shift can be taken."""
    return Words(gettext("{name} offers a shift that you could take").format(name=data["name"]), _swap(data))


def swap_answered(data: Data) -> Words:
    """What one of the two did with it; said so that both can read it, since a manager may have spoken for either."""
    title = gettext(STEPS.get(data["state"], "There is news")).format(name=data["name"], other=data["otherName"])
    waits = gettext("It waits for the manager.") if data["state"] == SwapState.ACCEPTED else ""
    return Words(title, _text(_swap(data), waits, _said(data["answer"])))


def swap_decided(data: Data) -> Words:
    """What became of it: of an approval each day of the two, before and now."""
    title = gettext(DECISIONS.get(data["state"], "There is news"))
    if data["state"] == SwapState.APPROVED:
        return Words(title, _text(*map(_exchanged, data["cells"]), _said(data["answer"])))
    why = gettext(ENDS[data["ended"]]) if data["ended"] in ENDS else ""
    return Words(title, _text(_swap(data), why, _said(data["answer"])))


def _swap(data: Data) -> str:
    """The shift, the day in return, and the word that came with it."""
    what = _shift(data["shift"]) if "shift" in data else data["shiftValue"]
    shift = f"{data['name']}: {_day(data['dateKey'])} {what}".rstrip()
    returned = data["otherDateKey"]
    price = gettext("in return for {day}").format(day=_day(returned)) if returned else ""
    return _text(shift, price, _said(data["note"]))


def _exchanged(cell: Any) -> str:
    blank = gettext("blank")
    if "before" in cell:
        before, after = _shift(cell["before"]), _shift(cell["after"])
    else:  # written before a cell was told as its person reads it
        before, after = cell["previousValue"] or blank, cell["shiftValue"] or blank
    return f"{cell['name']}: {_day(cell['dateKey'])} {before} → {after}"


def _changes(data: Data) -> str:
    """Day by day, before and now."""
    shown = 0
    lines: list[str] = []
    for stretch in _stretches(data["changes"]):
        if len(lines) == MOST_LINES:
            break
        first, last = stretch[0], stretch[-1]
        if len(stretch) == 1:
            lines.append(f"{_day(first['dateKey'])}: {_shift(first['before'])} → {_shift(first['after'])}")
        else:
            lines.append(f"{_day(first['dateKey'])} – {_day(last['dateKey'])}: {_shift(last['after'])}")
        shown += len(stretch)
    return _text(*lines, _more(data["count"] - shown))


def _stretches(changes: Sequence[Any]) -> list[list[Any]]:
    """Days on end on which somebody is on the schedule no more, together: one who leaves is told of it in one line. Other days alone."""
    found: list[list[Any]] = []
    for each in changes:
        last = found[-1][-1] if found else None
        if last is not None and _is_absent(last) and _is_absent(each) and _follows(last, each):
            found[-1].append(each)
        else:
            found.append([each])
    return found


def _is_absent(change: Any) -> bool:
    return bool(change["after"]["blank"] == Blank.ABSENT)


def _follows(one: Any, other: Any) -> bool:
    return date.fromisoformat(other["dateKey"]) - date.fromisoformat(one["dateKey"]) == timedelta(1)


def _said(word: str) -> str:
    return f"「{word}」" if word else ""


def _text(*lines: str) -> str:
    return "\n".join(filter(None, lines))


def _lines(lines: list[str], count: int) -> str:
    shown = lines[:MOST_LINES]
    return _text(*shown, _more(count - len(shown)))


def _more(count: int) -> str:
    return ngettext("and {count} more", "and {count} more", count).format(count=count) if count > 0 else ""


def _answer(wish: Any) -> str:
    what = gettext(WISHES.get(wish["kind"], wish["kind"])).format(shift=wish["shiftValue"])
    how = gettext(ANSWERS.get(wish["state"], wish["state"]))
    word = f" 「{wish['answer']}」" if wish["answer"] else ""
    return f"{_day(wish['dateKey'])} {what}: {how}{word}"


def _shift(day: Any) -> str:
    """A day as one reads it: the symbol with its times, or what there being none means."""
    if day["blank"] == Blank.ABSENT:
        return gettext(BLANKS[Blank.ABSENT.value])
    what = day["value"] or gettext(BLANKS.get(day["blank"], ""))
    times = f"{day['startTime']}–{day['endTime']}" if day["startTime"] and day["endTime"] else ""
    covers = f"({day['covers']})" if day["covers"] else ""
    return " ".join(filter(None, (what, times, covers)))


def _day(date_key: str) -> str:
    # Translators: a day in a format of Django's templates
    return date_format(date.fromisoformat(date_key), gettext("D, M j"))


def _period(data: Data) -> str:
    # Translators: a day in a format of Django's templates
    form = gettext("M j")
    return " – ".join(date_format(date.fromisoformat(data[name]), form) for name in ("startDate", "endDate"))


notice_kind(PUBLISHED, N_("A month is published"), published)
notice_kind(CHANGED, N_("Your shifts in a published month have changed"), changed)
notice_kind(REMINDING, N_("You have not looked at a published month yet"), reminded)
notice_kind(ANSWERED, N_("Your wishes are answered"), answered, place="#/wishes")
notice_kind(DEADLINE, N_("The deadline for wishes is near"), deadline, place="#/wishes")
notice_kind(ASKED, N_("A colleague asks you to swap"), swap_asked)
notice_kind(OFFERED, N_("A shift that you could take is offered"), swap_offered)
notice_kind(SWAP_ANSWERED, N_("Your swap is answered by a colleague"), swap_answered)
notice_kind(SWAP_DECIDED, N_("Your swap is approved or declined"), swap_decided)
watches(tell_of_deadlines)
