"""The messages about calendars, schedules, cells and the generator; importing this package registers them."""

from schedules.realtime import calendar, cells, coverage, generation, introduction, publication, sync

__all__ = ["calendar", "cells", "coverage", "generation", "introduction", "publication", "sync"]
