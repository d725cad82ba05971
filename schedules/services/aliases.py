"""The words that mean a shift type: each means one only."""

from collections.abc import Sequence

from schedules.models import MAX_ALIASES, ShiftType
from schedules.rules.spelling import clashes, tidy
from schedules.selectors.schedules import shift_types_of
from shiftsync.core.errors import ValidationFailed


def settle_aliases(shift_type: ShiftType, present: Sequence[str] = ()) -> None:
    """Puts the aliases of ``shift_type`` into their stored form: tidy, each once.

    Raises :class:`ValidationFailed` naming both types where one that is not among the ``present`` ones is a symbol or an alias of another.
    (An own symbol may take the place of another type's alias: whoever types it means the symbol.)
    """
    wanted = [alias for alias in map(tidy, shift_type.aliases) if alias and alias != shift_type.symbol]
    shift_type.aliases = list(dict.fromkeys(wanted))
    added = [alias for alias in shift_type.aliases if alias not in present]
    others = shift_types_of(shift_type.restaurant_id).exclude(id=shift_type.id)
    clash = clashes(shift_type.symbol, added, others.values_list("symbol", "aliases"))
    if clash is not None:
        alias, symbol = clash
        raise ValidationFailed.of("aliases", f"「{alias}」 of {shift_type.symbol} means {symbol} already.")


def keep_answering_to(shift_type: ShiftType, old_symbol: str) -> None:
    """Makes ``old_symbol``, by which a renamed type was called, one of its aliases: people, files and older clients go on writing it,
    and what looks like it. Nothing changes where that word means another type."""
    others = shift_types_of(shift_type.restaurant_id).exclude(id=shift_type.id)
    named = [
        (symbol, [ja, en, *aliases])
        for symbol, ja, en, aliases in others.values_list("symbol", "label_ja", "label_en", "aliases")
    ]
    is_another = clashes(shift_type.symbol, [old_symbol], named) is not None
    if not is_another and len(shift_type.aliases) < MAX_ALIASES:
        shift_type.aliases = [*shift_type.aliases, old_symbol]
