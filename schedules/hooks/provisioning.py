"""What a restaurant has from its first day: shift types, as its kind of workplace usually has them, or as another has them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time
from decimal import Decimal
from typing import Any

from schedules.models import ClosingRule, ShiftKind, ShiftType
from schedules.selectors.schedules import shift_types_of
from schedules.selectors.special_days import closing_rules_of
from shiftsync.core.actor import Actor
from shiftsync.core.history import save_with_history
from shiftsync.tenants.hooks import LeftOut, Preset, copies_restaurant, offers_preset
from shiftsync.tenants.models import Restaurant
from shiftsync.tenants.services.restaurants import USUAL

WHOLE, NONE = Decimal(1), Decimal(0)


@dataclass(frozen=True, slots=True)
class FirstType:
    """A shift type of a new restaurant. ``hours``: when it begins and ends; None: it has no times yet."""

    symbol: str
    kind: ShiftKind
    label_ja: str
    label_en: str
    color: str
    aliases: tuple[str, ...]
    off_equivalent: Decimal = NONE
    hours: tuple[time, time] | None = None

    def saved_for(self, restaurant: Restaurant, actor: Actor) -> None:
        """Stores the shift type, with its history, for a restaurant that has just been made."""
        begins, ends = self.hours or (None, None)
        shift_type = ShiftType(
            restaurant=restaurant,
            symbol=self.symbol,
            kind=self.kind,
            label_ja=self.label_ja,
            label_en=self.label_en,
            color=self.color,
            off_equivalent=self.off_equivalent,
            aliases=list(self.aliases),
            is_leave=self.kind == ShiftKind.DESIGNATED_OFF,
            start_time=begins,
            end_time=ends,
        )
        save_with_history(shift_type, actor, reason="Created with the restaurant")


COPIED_OF_TYPES = (
    "symbol",
    "kind",
    "label_ja",
    "label_en",
    "color",
    "start_time",
    "end_time",
    "times",
    "off_equivalent",
    "aliases",
    "is_leave",
)
COPIED_OF_CLOSINGS = (
    "repeats",
    "days_of_week",
    "weeks",
    "from_day",
    "to_day",
    "on_holiday",
    "valid_from",
    "valid_until",
    "note",
)


@copies_restaurant()
def copy_calendar(source: Restaurant, restaurant: Restaurant, actor: Actor) -> list[LeftOut]:
    """The shift types in use and the closings that repeat, in their order. Nothing in them is about people."""
    made: list[ShiftType | ClosingRule] = [
        *(ShiftType(restaurant=restaurant, **_fields(each, COPIED_OF_TYPES)) for each in shift_types_of(source.id)),
        *(
            ClosingRule(restaurant=restaurant, **_fields(each, COPIED_OF_CLOSINGS))
            for each in closing_rules_of(source.id)
        ),
    ]
    for row in made:
        save_with_history(row, actor, reason="Copied from another restaurant")
    return []


def _fields(row: ShiftType | ClosingRule, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


NORMAL = FirstType("○", ShiftKind.NORMAL, "通常", "Normal", "#1f2937", ("出", "出勤"))
EARLY = FirstType("△", ShiftKind.EARLY, "早番", "Early", "#2563eb", ("早",))
LATE = FirstType("◇", ShiftKind.LATE, "遅番", "Late", "#7c3aed", ("遅",))
OFF = FirstType("×", ShiftKind.OFF, "休み", "Off", "#dc2626", ("休", "公休"), WHOLE)
WISHED = FirstType(
    "★", ShiftKind.DESIGNATED_OFF, "指定休", "Designated off", "#d97706", ("希", "希望休", "有", "有休", "有給"), WHOLE
)
SPECIAL = FirstType("●", ShiftKind.SPECIAL, "特別", "Special", "#059669", ())
USUAL_SHIFT_TYPES = (NORMAL, EARLY, LATE, OFF, WISHED, SPECIAL)


def first_types(**hours: tuple[int, int]) -> tuple[FirstType, ...]:
    """The usual shift types; those of the given kinds work from one full hour to another."""
    of_kind = {ShiftKind(kind): (time(begins), time(ends)) for kind, (begins, ends) in hours.items()}
    return tuple(replace(each, hours=of_kind.get(each.kind)) for each in USUAL_SHIFT_TYPES)


def offer(key: str, name_ja: str, name_en: str, types: tuple[FirstType, ...]) -> None:
    """Offers a kind of workplace that begins with those shift types."""

    def provision(restaurant: Restaurant, actor: Actor) -> None:
        for each in types:
            each.saved_for(restaurant, actor)

    offers_preset(Preset(key, name_ja, name_en, provision))


THREE_SHIFTS = (
    replace(NORMAL, label_ja="中番", label_en="Afternoon", aliases=("中", "出", "出勤"), hours=(time(14), time(22))),
    replace(EARLY, label_ja="早番", label_en="Morning", hours=(time(6), time(14))),
    replace(LATE, label_ja="夜勤", label_en="Night", aliases=("夜", "遅"), hours=(time(22), time(6))),
    OFF,
    WISHED,
    SPECIAL,
)

offer(USUAL, "時間は後で決める", "Set the times later", USUAL_SHIFT_TYPES)
offer("washoku", "和食店", "Japanese restaurant", first_types(normal=(10, 19), early=(9, 17), late=(14, 23)))
offer("cafe", "カフェ", "Café", first_types(normal=(9, 18), early=(7, 15), late=(13, 21)))
offer("bar", "バー・居酒屋", "Bar", first_types(normal=(17, 1), early=(15, 23), late=(20, 4)))
offer("three-shift", "三交代", "Three shifts", THREE_SHIFTS)
