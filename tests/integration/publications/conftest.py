"""A published month, and every output of it as a viewer reads it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from openpyxl import load_workbook

from schedules.publications import shown
from schedules.services.cells import CellsEdit, cells_edit
from schedules.services.publishing import SchedulePublish, schedule_publish
from shiftsync.core.actor import Actor, Role
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.integration.rest.conftest import AsRole, Rest, as_role, document, manager, other_world, viewer
from tests.support.world import World

__all__ = ["as_role", "document", "manager", "other_world", "viewer"]

Outputs = dict[str, Any]


@pytest.fixture(autouse=True)
def in_the_month(monkeypatch: pytest.MonkeyPatch) -> None:
    """The feeds reach back to the world's period, however long ago it is."""
    monkeypatch.setattr("schedules.publications.feeds.DAYS_BACK", 10_000)


@pytest.fixture
def published(world: World) -> World:
    """The world's month with some entries, published."""
    data = world.grid(
        {0: {"08-01": "△", "08-02": "×", "08-03": "◇"}, 1: {"08-01": "×", "08-05": "★"}, 2: {"08-09": "○"}}
    )
    cells_edit(ChangeRequest(world.system, CellsEdit(world.schedule_id, data)))
    publish(world)
    return world


def publish(world: World, actor: Actor | None = None) -> dict[str, Any]:
    """Publishes the world's month; the result."""
    request = ChangeRequest(actor or world.system, SchedulePublish(world.schedule_id))
    return dict(schedule_publish(request).result)


@pytest.fixture
def feeds(published: World, manager: Rest) -> dict[str, str]:
    """The paths of everybody's feeds."""
    urls = {each: manager.post(f"staff/{each}/feed/", status=201)["url"] for each in published.staff_ids}
    return {staff_id: urlsplit(url).path for staff_id, url in urls.items()}


@pytest.fixture
def outputs(published: World, feeds: dict[str, str], viewer: Rest) -> Callable[[], Outputs]:
    """All that a viewer can read of the month now."""

    def read() -> Outputs:
        path = f"schedules/{published.schedule_id}"
        found: Outputs = {
            "cells": timeless(viewer.get(f"{path}/cells/")),
            "published": viewer.get(f"{path}/published/"),
            "publication": viewer.get(f"{path}/publication/"),
            "statistics": viewer.get(f"{path}/statistics/"),
            "csv": viewer.response("get", f"{path}/export.csv").content,
            "xlsx": workbook(viewer.response("get", f"{path}/export.xlsx").content),
            "staff": viewer.get(f"staff/?period={index_of(viewer, published)}"),
            "days": viewer.get("calendar/")["days"],
            "types": viewer.get("calendar/")["shiftTypes"],
            "shift types": viewer.get("shift-types/"),
        }
        version_1 = shown.published_shifts(published.id, published.schedule_id, None, is_dense=True)
        found["version 1"] = timeless(version_1)
        return found | {f"feed of {staff_id}": Client().get(path).content for staff_id, path in feeds.items()}

    return read


def index_of(viewer: Rest, world: World) -> int:
    """Where the month stands among the periods."""
    index: int = viewer.get(f"schedules/{world.schedule_id}/")["periodIndex"]
    return index


def timeless(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without when it was given."""
    return {name: value for name, value in answer.items() if name not in ("timestamp", "periodIndex")}


def workbook(content: bytes) -> list[Any]:
    """What stands in the cells of a workbook."""
    book = load_workbook(BytesIO(content))
    return [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]


def unlike(before: Outputs, after: Outputs) -> list[str]:
    """The names of the outputs that differ."""
    return [name for name, value in before.items() if _place_free(after[name]) != _place_free(value)]


def _place_free(value: Any) -> Any:
    """Staff rows say at which index the period was asked for; that is the question, no part of the month."""
    return (
        [{**row, "period": None} if isinstance(row, dict) and "period" in row else row for row in value]
        if isinstance(value, list)
        else value
    )


def as_viewer(world: World) -> Actor:
    """The viewer as an actor."""
    return world.actor(Role.VIEWER)


__all__ += ["AsRole"]
