"""What a restaurant has from its first day: the usual shift types."""

from decimal import Decimal

from schedules.models import ShiftKind, ShiftType
from shiftsync.core.actor import Actor
from shiftsync.core.history import save_with_history
from shiftsync.tenants.hooks import provisions_restaurant
from shiftsync.tenants.models import Restaurant

USUAL_SHIFT_TYPES: tuple[tuple[str, ShiftKind, str, str, str, str, list[str]], ...] = (
    ("○", ShiftKind.NORMAL, "通常", "Normal", "#1f2937", "0", ["出", "出勤"]),
    ("△", ShiftKind.EARLY, "早番", "Early", "#2563eb", "0", ["早"]),
    ("◇", ShiftKind.LATE, "遅番", "Late", "#7c3aed", "0", ["遅"]),
    ("×", ShiftKind.OFF, "休み", "Off", "#dc2626", "1", ["休", "公休"]),
    ("★", ShiftKind.DESIGNATED_OFF, "指定休", "Designated off", "#d97706", "1", ["希", "希望休", "有", "有休", "有給"]),
    ("●", ShiftKind.SPECIAL, "特別", "Special", "#059669", "0", []),
)


@provisions_restaurant
def add_usual_shift_types(restaurant: Restaurant, actor: Actor) -> None:
    """○ △ ◇ × ★ ● with their labels."""
    for symbol, kind, label_ja, label_en, color, off_equivalent, aliases in USUAL_SHIFT_TYPES:
        shift_type = ShiftType(
            restaurant=restaurant,
            symbol=symbol,
            kind=kind,
            label_ja=label_ja,
            label_en=label_en,
            color=color,
            off_equivalent=Decimal(off_equivalent),
            aliases=aliases,
            is_leave=kind == ShiftKind.DESIGNATED_OFF,
        )
        save_with_history(shift_type, actor, reason="Created with the restaurant")
