"""The messages about calendars, schedules, cells and the generator; importing this package registers them."""

from schedules.realtime import (
    all_periods,
    calendar,
    cells,
    coverage,
    generation,
    introduction,
    publication,
    spelling_table,
    swaps,
    sync,
    wishes,
)

__all__ = [
    "all_periods",
    "calendar",
    "cells",
    "coverage",
    "generation",
    "introduction",
    "publication",
    "spelling_table",
    "swaps",
    "sync",
    "wishes",
]
