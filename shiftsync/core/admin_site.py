"""The admin as its users know their work: tasks instead of apps, and a first page that says what is going on.

A page says by ``task`` and ``place`` where it belongs; a part of the first page is registered with :func:`panel`.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import TextChoices
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

Panel = Callable[[HttpRequest], dict[str, Any] | None]
"""Reads what a part of the first page shows, for its template; None: there is nothing for this user."""


class Task(TextChoices):
    """What somebody opens the admin for, in the order of the menu."""

    MONTH = "month", _("Days and months")
    PEOPLE = "people", _("People")
    RULES = "rules", _("Rules")
    RESTAURANT = "restaurant", _("Restaurant")
    OPERATOR = "operator", _("Operator")


LAST = 99
_panels: list[tuple[int, str, Panel]] = []


def panel(place: int, template: str) -> Callable[[Panel], Panel]:
    """Registers a part of the first page; the one with the lowest ``place`` stands first."""

    def register(read: Panel) -> Panel:
        _panels.append((place, template, read))
        _panels.sort(key=lambda each: each[0])
        return read

    return register


class ManagersSite(AdminSite):
    """Django's admin site in the order of tasks."""

    site_header = site_title = "ShiftSync"
    index_title = _("Overview")
    site_url = "/"

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The pages that this user may open, in groups by task; each looks like one of Django's apps."""
        pages: dict[str, list[tuple[int, Any]]] = {}
        for app in self._build_app_dict(request).values():
            for model in app["models"]:
                page = self._registry[model["model"]]
                task = getattr(page, "task", Task.OPERATOR)
                pages.setdefault(task, []).append((getattr(page, "place", LAST), model))
        return [
            {
                "name": task.label,
                "app_label": task.value,
                "app_url": "",
                "has_module_perms": True,
                "models": [model for _, model in sorted(pages[task], key=lambda each: (each[0], str(each[1]["name"])))],
            }
            for task in Task
            if task in pages
        ]

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        shown = [(template, read(request)) for _, template, read in _panels]
        panels = [{"template": template, "content": content} for template, content in shown if content is not None]
        return super().index(request, {**(extra_context or {}), "panels": panels})

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> Any:
        """There are no pages of apps: their parts stand under tasks."""
        return redirect("admin:index")
