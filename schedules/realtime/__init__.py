"""The messages about calendars, schedules, cells and the generator; importing this package registers them."""

from schedules.realtime import (
    all_periods,
    calendar,
    cells,
    coverage,
    generation,
    introduction,
    presence,
    publication,
    spelling_table,
    swaps,
    sync,
    viewing,
    wishes,
)

__all__ = [
    "all_periods",
    "calendar",
    "cells",
    "coverage",
    "generation",
    "introduction",
    "presence",
    "publication",
    "spelling_table",
    "swaps",
    "sync",
    "viewing",
    "wishes",
]
