"""Shift symbols inside settings: where a row names one, and the same row with another in its place."""

from collections.abc import Callable, Mapping
from typing import Any

from settings_app.rules.configs import SHIFT_TYPE, SHIFT_TYPES
from settings_app.rules.shapes import Shape
from settings_app.rules.values import ListOf


def with_symbol_replaced(row: Mapping[str, Any], shape: Shape, old: str, new: str) -> dict[str, Any]:
    """``row`` (or a config inside it) with the symbol ``new`` wherever it names ``old``; all else is as it was."""
    return with_symbols(row, shape, lambda symbol: new if symbol == old else symbol)


def with_symbols(row: Mapping[str, Any], shape: Shape, spell: Callable[[str], str]) -> dict[str, Any]:
    """``row`` (or a config inside it) with each symbol that it names as ``spell`` has it; all else is as it was.

    The words that name kinds of shift (``off``, ``any``) are no symbols: they stay, even where a symbol is spelled alike.
    """

    def spelled(value: Any) -> Any:
        return spell(value) if isinstance(value, str) and value not in SHIFT_TYPES else value

    changed = dict(row)
    for name, known in shape.fields.items():
        value = row.get(name)
        if isinstance(known.value, Shape) and isinstance(value, dict):
            changed[name] = with_symbols(value, known.value, spell)
        elif known.value == SHIFT_TYPE and name in row:
            changed[name] = spelled(value)
        elif known.value == ListOf(SHIFT_TYPE) and isinstance(value, list):
            changed[name] = [spelled(item) for item in value]
    return changed


def names_symbol(row: Mapping[str, Any], shape: Shape, symbol: str) -> bool:
    """Whether the row names that symbol."""
    return with_symbol_replaced(row, shape, symbol, f"not {symbol}") != row
