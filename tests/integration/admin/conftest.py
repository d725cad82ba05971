"""Somebody at the admin's forms: reads a page, changes fields, sends it, as a browser does."""

from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shiftsync.core.actor import Role
from tests.support.world import World, make_world

Fields = dict[str, str]


class FormReader(HTMLParser):
    """The fields of the page's main form with their values."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: Fields = {}
        self._is_inside = False
        self._select: str | None = None
        self._textarea: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        if tag == "form":
            self._is_inside = (at.get("id") or "").endswith("_form")
        if not self._is_inside:
            return
        name = at.get("name")
        if tag == "input" and name and at.get("type") != "submit" and (at.get("type") != "checkbox" or "checked" in at):
            # A browser says "on" for a ticked box that has no value of its own.
            self.fields[name] = at.get("value") or ("on" if at.get("type") == "checkbox" else "")
        elif tag == "select" and name:
            self._select, self.fields[name] = name, ""
        elif tag == "option" and self._select and "selected" in at:
            self.fields[self._select] = at.get("value") or ""
        elif tag == "textarea" and name:
            self._textarea, self.fields[name] = name, ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.fields[self._textarea] += data.removeprefix("\r\n").removeprefix("\n")


class Desk:
    """One user at the admin."""

    def __init__(self, world: World, role: Role) -> None:
        self.client = Client()
        self.client.force_login(world.users[role])

    def url(self, page: str, *args: Any) -> str:
        return reverse(f"admin:{page}", args=args)

    def open(self, page: str, *args: Any, status: int = 200) -> str:
        response = self.client.get(self.url(page, *args))
        assert response.status_code == status, (response.status_code, response.content[:2000])
        return response.content.decode()

    def form(self, page: str, *args: Any) -> Fields:
        """The fields as the page shows them."""
        return FormReader(self.open(page, *args)).fields

    def send(self, fields: Mapping[str, Any], page: str, *args: Any) -> str:
        """Sends a form that must be accepted; returns where it leads to, with its messages."""
        response = self.client.post(self.url(page, *args), fields, follow=True)
        assert response.redirect_chain, errors_of(response)
        return response.content.decode()

    def refused(self, fields: Fields, page: str, *args: Any, status: int = 200) -> tuple[dict[str, list[str]], Fields]:
        """Sends a form that must be refused; returns its errors and its fields as they are shown again."""
        response = self.client.post(self.url(page, *args), fields)
        assert response.status_code == status, response.status_code
        return errors_of(response), FormReader(response.content.decode()).fields

    def act(self, action: str, page: str, *ids: object, among: str = "") -> str:
        """Runs an action on rows of a list, confirmed where it asks; ``among``: the filters of the list, as in its address."""
        chosen = {"action": action, "_selected_action": [str(id) for id in ids], "confirmed": "1"}
        return self.client.post(f"{self.url(page)}?{among}", chosen, follow=True).content.decode()


def errors_of(response: Any) -> dict[str, list[str]]:
    """The errors of the form that a page shows."""
    return dict(response.context["adminform"].form.errors) if response.context else {}


AtDesk = Callable[..., Desk]


@pytest.fixture
def at_desk(world: World) -> AtDesk:
    """``at_desk(Role.OWNER)``; of another restaurant: ``at_desk(Role.OWNER, other)``."""
    return lambda role=Role.MANAGER, of=None: Desk(of or world, role)


@pytest.fixture
def manager(at_desk: AtDesk) -> Desk:
    return at_desk(Role.MANAGER)


@pytest.fixture
def owner(at_desk: AtDesk) -> Desk:
    return at_desk(Role.OWNER)


@pytest.fixture
def other_world(world: World) -> World:
    """A second restaurant, whose data must never show."""
    return make_world("Elsewhere", ("山田", "高橋"))
