"""Every address of the admin with every part of what it takes wrong in turn, by everybody who may come: never an error of ours, never a
traceback in the log, and nothing of another restaurant."""

import logging
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.urls import get_resolver
from django.utils.module_loading import import_string

from schedules.services.cells import CellEdit, cell_edit
from schedules.services.feeds import feed_issue
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.models import User
from shiftsync.tenants.services import membership_grant
from tests.integration.admin.conftest import FormReader
from tests.integration.generation.conftest import start
from tests.support.world import World

admin.autodiscover()  # a server does it with the URLs

STEP = 401
MOST = int(os.environ.get("TEST_LONG_WALK_REQUESTS") or 800)
"""How many requests of the long walk one person makes of each kind."""
SEED = os.environ.get("TEST_LONG_WALK_SEED") or str(time.time_ns() % 1_000_000)
FOREIGN = ("山田", "高橋", "Elsewhere", "秘密の席")
NUL, HUGE, LONG = "\x00", "9" * 40, "x" * 3000
QUERIES: tuple[Mapping[str, str], ...] = tuple(
    {name: value}
    for name, values in {
        "_to_field": ("id", "restaurant", "password", "nothing", "id__x", "", NUL, LONG),
        "_popup": ("1", "0", NUL, HUGE),
        "o": ("1", "-1", HUGE, "x.-", "1.-1.1", NUL, "-"),
        "p": ("0", "1", "-1", HUGE, "x", NUL, "１"),
        "q": ("'\" \x0b", NUL, LONG, "%", "\\", "山田", '"'),
        "all": ("", NUL),
        "e": ("1",),
        "_facets": ("True", NUL),
        "_changelist_filters": ("x", "_to_field=password", NUL, "%00", "q=%FF"),
        "date__year": (HUGE, "0", "-1", "x"),
        "date__month": ("13", "x"),
        "date__gte": ("0000-00-00", "9999-99-99", "x", NUL),
        "date__isnull": ("x", "2", NUL),
        "created_at__year": (HUGE, "0"),
        "created_at__gte": ("99999-01-01", "x"),
        "history_date__gte": ("x", NUL),
        "id": ("x", HUGE, "-1", NUL),
        "id__in": ("x,\x00", "1,", ","),
        "pk": ("x", HUGE),
        "restaurant": ("x", HUGE, NUL),
        "restaurant__id__exact": ("x", HUGE, NUL, "{theirs}"),
        "restaurant__name": ("Elsewhere",),
        "restaurant__name__startswith": ("E",),
        "user__password__startswith": ("p",),
        "password__startswith": ("m",),
        "digest__startswith": ("a",),
        "staff__id__exact": ("{theirs}", "x"),
        "schedule__id__exact": ("{theirs}", "x"),
        "version__id__exact": ("{theirs}", "x"),
        "is_active__exact": ("x", HUGE, "2"),
        "status__exact": ("x", NUL),
        "revision__gt": (HUGE, "x"),
        "nothing__at__all": ("1",),
        "__": ("1",),
        "initial": ("\x0b",),
        "restaurant__x__y": ("1",),
        "name": (LONG, "\x0b"),
        "app_label": ("auth", "staff", NUL, LONG),
        "model_name": ("user", "staffmember", NUL),
        "field_name": ("password", "restaurant", "staff", "user", NUL),
        "term": (NUL, LONG, "山"),
        "next": ("//elsewhere", "javascript:1"),
    }.items()
    for value in values
)
"""What stands in an address behind ``?``; ``{theirs}`` is an id of the other restaurant."""
VALUES = (
    "",
    NUL,
    "\x0b",
    "￿",
    HUGE,
    "-1",
    "1.5",
    "0001-01-01",
    "99999-01-01",
    LONG,
    "{theirs}",
    "x",
    "[]",
    "{{",
    '{"a": 1e999}',
    "[" * 2000,
)
ODD_IDS = ("x", NUL, HUGE, "-1", "_00", "a_2Fb", "é", "x" * 300)

ACTIONS = ("deactivate", "publish", "revoke", "restore", "delete_selected", "nothing", NUL, LONG)
Asked = tuple[str, Mapping[str, Any] | None]
"""An address, and the form that is sent there; None: it is only opened."""


class Walk:
    """Every request to make, about rows of two restaurants and about rows that nobody has."""

    def __init__(self, world: World, other: World) -> None:
        self._worlds = (world, other)
        self.theirs = other.staff_ids[0]
        prefix, self._site = get_resolver().namespace_dict["admin"]
        self._prefix = f"/{prefix}"
        self._models = {f"{model._meta.app_label}_{model._meta.model_name}": model for model in admin.site._registry}

    def opened(self) -> Iterator[Asked]:
        """Each page, with each query; and where its row is nobody's."""
        for name, address, parts in self._pages():
            for known in self._known(name, parts):
                yield from ((f"{address % known}?{urlencode(self._filled(query))}", None) for query in QUERIES)
            for odd in ODD_IDS if parts else ():
                yield address % dict.fromkeys(parts, quote(odd, safe="")), None

    def sent(self, shown: Callable[[str], Mapping[str, str]]) -> Iterator[Asked]:
        """Each form with one field wrong, as ``shown`` gives it; and each action on a row."""
        for name, address, parts in self._pages():
            for known in self._known(name, parts):
                where = address % known
                yield where, {}
                form = shown(where)
                for field in form:
                    yield from ((where, {**form, **self._filled({field: value})}) for value in VALUES)
                if name.endswith("_changelist"):
                    yield from ((where, chosen) for chosen in self._chosen(name))

    def _pages(self) -> Iterator[tuple[str, str, list[str]]]:
        """Name, address with places, and the names of the places."""
        for name in sorted(key for key in self._site.reverse_dict if isinstance(key, str)):
            for possible, *_ in self._site.reverse_dict.getlist(name):
                for address, parts in possible:
                    yield name, self._prefix + address, parts

    def _known(self, name: str, parts: list[str]) -> Iterator[dict[str, str]]:
        """What its places may hold: a row of each restaurant, where it is about rows."""
        if not parts:
            yield {}
            return
        model = next((each for key, each in self._models.items() if name.startswith(f"{key}_")), None)
        for id in self._ids(model) if model is not None else ("staff",):
            yield {**dict.fromkeys(parts, quote(id, safe="")), "history_id": "1"}

    def _ids(self, model: Any) -> list[str]:
        names = {field.name for field in model._meta.get_fields()}
        found: list[str] = []
        for world in self._worlds:
            owns = {"restaurant": world.id, "schedule": world.schedule_id}
            own = {f"{key}_id": value for key, value in owns.items() if key in names}
            found += [
                str(row.pk) for row in model._base_manager.filter(**dict(list(own.items())[:1])).order_by("pk")[:1]
            ]
        return list(dict.fromkeys(found))

    def _chosen(self, name: str) -> Iterator[Mapping[str, Any]]:
        ids = self._ids(self._models[name.removesuffix("_changelist")])
        for action in ACTIONS:
            for id in (*ids, "x", NUL, HUGE):
                yield {"action": action, "_selected_action": [id], "confirmed": "1"}

    def _filled(self, fields: Mapping[str, str]) -> dict[str, str]:
        return {name: value.replace("{theirs}", self.theirs) for name, value in fields.items()}


def thinned(asked: Iterator[Asked], person: str) -> list[Asked]:
    """Some of them, others for each person. In the long walk (``TEST_LONG_WALK=1``; all of it would be three hundred thousand requests, some hours)
    so many that chance picks, under a seed that ``TEST_LONG_WALK_SEED`` gives again."""
    if not os.environ.get("TEST_LONG_WALK"):
        return list(islice(asked, len(person) % STEP, None, STEP))
    everything = list(asked)
    return random.Random(f"{SEED} {person}").sample(everything, min(MOST, len(everything)))


class Log(logging.Handler):
    """What the server would write."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.records: list[logging.LogRecord] = []
        told: Any = settings.LOGGING
        for name in told["handlers"]["console"]["filters"]:
            self.addFilter(import_string(told["filters"][name]["()"])())

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


class Visitor:
    """Somebody who asks, and what was wrong with the answers."""

    def __init__(self, log: "Log", user: User | None, *, may_see_all: bool = False) -> None:
        self.client = Client(raise_request_exception=False)
        if user is not None:
            self.client.force_login(user)
        self._log = log
        self._secrets = () if may_see_all else FOREIGN
        self.wrong: list[str] = []

    def ask(self, address: str, form: Mapping[str, Any] | None) -> None:
        self._log.records.clear()
        response: Any = self.client.get(address) if form is None else self.client.post(address, form)
        text = b"" if response.streaming else response.content
        told = [name for name in self._secrets if name.encode() in text and quote(name) not in address]
        logged = [
            each.getMessage()[:200] for each in self._log.records if each.exc_info or each.levelno >= logging.ERROR
        ]
        if response.status_code >= 500 or told or logged:
            self.wrong.append(f"{response.status_code} {address[:200]} {str(form)[:300]} {told} {logged}")

    def form(self, address: str) -> Mapping[str, str]:
        """What the page shows to fill in."""
        response: Any = self.client.get(address)
        return FormReader(response.content.decode()).fields if response.status_code == 200 else {}


@pytest.fixture
def walk(world: World, other_world: World) -> Walk:
    for each in (world, other_world):
        edit = CellEdit(each.schedule_id, each.staff_ids[0], "2025-08-01", "秘密の席" if each is other_world else "×")
        cell_edit(ChangeRequest(each.actor(Role.OWNER), edit))
        feed_issue(each.actor(Role.OWNER), staff_id=each.staff_ids[0])
        start(each)
    return Walk(world, other_world)


@pytest.fixture
def log() -> Iterator[Log]:
    handler = Log()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def visitor(world: World, log: Log, request: pytest.FixtureRequest) -> Visitor:
    """By name: nobody, a role, ``demoted`` (an owner who is a viewer since they signed in) or ``operator``."""
    match request.param:
        case "nobody":
            return Visitor(log, None)
        case "operator":
            User.objects.filter(id=world.users[Role.OWNER].id).update(is_superuser=True)
            return Visitor(log, world.users[Role.OWNER], may_see_all=True)
        case "demoted":
            user = User.objects.create_user("demoted", is_staff=True)
            membership_grant(world.system, user=user, role=Role.OWNER)
            found = Visitor(log, user)
            membership_grant(world.system, user=user, role=Role.VIEWER)
            return found
    return Visitor(log, world.users[Role(request.param)])


VISITORS = ("nobody", "viewer", "staff", "manager", "owner", "demoted", "operator")


@pytest.mark.parametrize("visitor", VISITORS, indirect=True)
def test_page__hostile_address__never_an_error_of_ours_nor_foreign_data(
    walk: Walk, visitor: Visitor, request: pytest.FixtureRequest
) -> None:
    for address, form in thinned(walk.opened(), request.node.name):
        visitor.ask(address, form)
    assert not visitor.wrong, "\n".join([f"TEST_LONG_WALK_SEED={SEED}", *visitor.wrong[:50]])


@pytest.mark.parametrize("visitor", VISITORS, indirect=True)
def test_form__one_field_hostile__never_an_error_of_ours_nor_foreign_data(
    walk: Walk, visitor: Visitor, request: pytest.FixtureRequest
) -> None:
    for address, form in thinned(walk.sent(visitor.form), request.node.name):
        visitor.ask(address, form)
    assert not visitor.wrong, "\n".join([f"TEST_LONG_WALK_SEED={SEED}", *visitor.wrong[:50]])


@pytest.mark.parametrize("visitor", ["owner"], indirect=True)
@pytest.mark.parametrize(
    ("field", "status"), [("", 302), ("password", 400), ("nothing", 400), (LONG, 400), ("id", 200)]
)
def test_page__opened_by_another_field__refused_without_a_traceback(
    walk: Walk, visitor: Visitor, world: World, field: str, status: int
) -> None:
    address = f"/admin/staff/staffmember/{world.staff_ids[0]}/change/?{urlencode({'_to_field': field})}"
    visitor.ask(address, None)
    assert visitor.client.get(address).status_code == status
    visitor.ask(address, {"name": "x"})
    assert not visitor.wrong, visitor.wrong


@pytest.mark.parametrize("visitor", ["owner"], indirect=True)
def test_form__of_a_page_that_nobody_fills_in__forbidden(walk: Walk, visitor: Visitor, world: World) -> None:
    address = f"/admin/schedules/schedule/{world.schedule_id}/change/"
    visitor.ask(address, {"name": "x"})
    assert visitor.client.post(address, {"name": "x"}).status_code == 403
    assert not visitor.wrong, visitor.wrong
