"""The dated facts about a member of staff: the terms on which they work, and when they are employed.

A member whose facts have always been the same has them in its own columns alone; else ``terms`` and ``employments`` hold all of
them, and the columns what holds today.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from shiftsync.core.clock import local_today
from shiftsync.core.dated import fact_on, facts_within, with_fact
from shiftsync.core.dates import LAST_DAY
from staff.models import StaffMember
from staff.rules import (
    TERM_FIELDS,
    Span,
    Term,
    first_day,
    is_employed_in,
    leaving,
    returning,
    span_on,
)

SPAN_FIELDS = {"start_period": "startPeriod", "end_period": "endPeriod"}
HasPast = Callable[[UUID, date], bool]

_PASTS: list[HasPast] = []


def remembers_past(has_entries: HasPast) -> HasPast:
    """Registers how an app above knows that something is recorded of a member before a day: that then keeps its meaning."""
    _PASTS.append(has_entries)
    return has_entries


def terms_of(member: StaffMember) -> list[Term]:
    """The member's terms, the oldest first; there is always one."""
    return list(member.terms) or [{"validFrom": None, **_facts(member, TERM_FIELDS)}]


def spans_of(member: StaffMember) -> list[Span]:
    """The stretches in which the member is employed, the oldest first; there is always one."""
    return list(member.employments) or [_facts(member, SPAN_FIELDS)]


def today_of(member: StaffMember) -> date:
    """The day that it is at the member's restaurant."""
    return local_today(member.restaurant.timezone)


def show_today(member: StaffMember) -> StaffMember:
    """The same member, whose columns show what holds today; nothing is stored."""
    if member.terms or member.employments:
        today = today_of(member)
        _show(member, TERM_FIELDS, fact_on(terms_of(member), today))
        spans = spans_of(member)
        _show(member, SPAN_FIELDS, spans[span_on(spans, today)])
    return member


def is_employed(member: StaffMember, first: date, last: date) -> bool:
    """Whether the member is employed on some day from ``first`` to ``last``."""
    return is_employed_in(spans_of(member), first, last)


def change_terms(member: StaffMember, changes: Mapping[str, Any], valid_from: date | None) -> None:
    """Lets those facts hold from that day on. Without a day: from today on, so that days that are over keep their meaning;
    from the beginning for somebody who has none yet."""
    facts = {TERM_FIELDS[name]: value for name, value in changes.items() if name in TERM_FIELDS}
    if not facts:
        return
    terms = terms_of(member)
    begins = valid_from if valid_from is not None else _effective_day(member)
    changed = with_fact(terms, begins, facts)
    member.terms = changed if len(changed) > 1 else []
    _show(member, TERM_FIELDS, changed[0] if len(changed) == 1 else fact_on(changed, today_of(member)))


def names_symbol(member: StaffMember, symbol: str) -> bool:
    """Whether the member's allowed shift types name ``symbol`` now, or did at some time, or will."""
    return any(symbol in term["allowedShiftTypes"] for term in terms_of(member))


def will_work(member: StaffMember, symbol: str) -> bool:
    """Whether the member's allowed shift types name ``symbol`` now or from a day to come."""
    terms = facts_within(terms_of(member), today_of(member), LAST_DAY)
    return any(symbol in term["allowedShiftTypes"] for term in terms)


def rename_symbol(member: StaffMember, old: str, new: str) -> None:
    """Lets them name ``new`` instead of ``old``, whenever it was."""
    terms = [{**term, "allowedShiftTypes": _renamed(term["allowedShiftTypes"], old, new)} for term in terms_of(member)]
    member.terms = terms if member.terms else []
    member.allowed_shift_types = _renamed(member.allowed_shift_types, old, new)


def _renamed(symbols: list[str], old: str, new: str) -> list[str]:
    return list(dict.fromkeys(new if symbol == old else symbol for symbol in symbols))


def change_span(member: StaffMember, changes: Mapping[str, Any], place: int) -> None:
    """Gives the span at ``place`` another start or end."""
    given = {SPAN_FIELDS[name]: value for name, value in changes.items() if name in SPAN_FIELDS}
    if given:
        spans = spans_of(member)
        set_spans(member, [*spans[:place], {**spans[place], **given}, *spans[place + 1 :]])


def set_spans(member: StaffMember, spans: list[Span]) -> None:
    """Makes ``spans`` the member's."""
    member.employments = spans if len(spans) > 1 else []
    _show(member, SPAN_FIELDS, spans[span_on(spans, today_of(member))])


def leave(member: StaffMember, day: date) -> bool:
    """Ends the employment before ``day``; false where it had not begun by then, so that nothing would be left."""
    spans = leaving(spans_of(member), day)
    if spans:
        set_spans(member, spans)
    return bool(spans)


def come_back(member: StaffMember, day: date) -> None:
    """Lets the employment begin anew on ``day``. Somebody who was taken off the schedule without a day left then."""
    if not member.is_active:
        left = member.updated_at.astimezone(ZoneInfo(member.restaurant.timezone)).date()
        spans = leaving(spans_of(member), min(left, day)) or spans_of(member)
        set_spans(member, spans)
        member.is_active = True
    set_spans(member, returning(spans_of(member), day))


def has_past(member: StaffMember) -> bool:
    """Whether anything is recorded of the member on a day that is over."""
    today = today_of(member)
    return any(has_entries(member.id, today) for has_entries in _PASTS)


def _effective_day(member: StaffMember) -> date | None:
    today = today_of(member)
    begins = first_day(spans_of(member)[0]["startPeriod"])
    is_new = not member.terms and not has_past(member)
    return None if is_new or (begins is not None and begins >= today) else today


def _facts(member: StaffMember, names: Mapping[str, str]) -> dict[str, Any]:
    return {wire: getattr(member, name) for name, wire in names.items()}


def _show(member: StaffMember, names: Mapping[str, str], facts: Mapping[str, Any]) -> None:
    for name, wire in names.items():
        setattr(member, name, facts[wire])
