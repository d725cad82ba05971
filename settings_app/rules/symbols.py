"""Shift symbols inside settings: where a row names one, and the same row with another in its place."""

from collections.abc import Mapping
from typing import Any

from settings_app.rules.configs import SHIFT_TYPE, SHIFT_TYPES
from settings_app.rules.shapes import Shape
from settings_app.rules.values import ListOf


def with_symbol_replaced(row: Mapping[str, Any], shape: Shape, old: str, new: str) -> dict[str, Any]:
    """``row`` (or a config inside it) with the symbol ``new`` wherever it names ``old``; all else is as it was.

    The words that name kinds of shift (``off``, ``any``) are no symbols: they stay, even where a symbol is spelled alike.
    """
    if old in SHIFT_TYPES:
        return dict(row)
    changed = dict(row)
    for name, known in shape.fields.items():
        value = row.get(name)
        if isinstance(known.value, Shape) and isinstance(value, dict):
            changed[name] = with_symbol_replaced(value, known.value, old, new)
        elif known.value == SHIFT_TYPE and value == old:
            changed[name] = new
        elif known.value == ListOf(SHIFT_TYPE) and isinstance(value, list):
            changed[name] = [new if item == old else item for item in value]
    return changed


def names_symbol(row: Mapping[str, Any], shape: Shape, symbol: str) -> bool:
    """Whether the row names that symbol."""
    return with_symbol_replaced(row, shape, symbol, f"not {symbol}") != row
