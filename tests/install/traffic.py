"""People at work while the operator is: clients that edit through nginx, and somebody who opens pages."""

import asyncio
import ssl
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from typing import Any

import httpx

from tests.install.machine import HOST, Machine
from tests.support.agent import Agent
from tests.support.provision import Place

URL = f"https://{HOST}"
CLIENTS = 6
PAUSE_SECONDS = 0.2
DAYS = 20
PATIENCE_SECONDS = 120.0
PAGES = ("/sign-in/", "/health", "/service-worker.js")
CERTIFICATE = "/etc/nginx/tls/fullchain.pem"


def make_place(machine: Machine, restaurant: str, owner: str) -> Place:
    """People and a month in a restaurant that the page's commands have made."""
    token = machine.say(f"shiftsync issue_token --restaurant {restaurant} --user {owner}").split()[-1]
    trust = ssl.create_default_context(cafile=CERTIFICATE)
    with httpx.Client(base_url=f"{URL}/api/", headers={"Authorization": f"Bearer {token}"}, verify=trust) as rest:
        for number in range(CLIENTS):
            rest.post("staff/", json={"name": f"Person {number}"}).raise_for_status()
        rest.post("periods/", json={}).raise_for_status()
        schedule = rest.get("schedules/").raise_for_status().json()[0]
        staff = [person["id"] for person in rest.get("staff/").raise_for_status().json()]
    return Place(restaurant, schedule["id"], staff, {}, {"owner": token})


class Traffic:
    """``agents`` edit a cell each again and again; ``pages`` counts what the pages answered."""

    def __init__(self, place: Place, days: list[str]) -> None:
        self.agents = [Agent(f"client-{n}", place, [URL], is_v2=n % 3 != 0, role="owner") for n in range(CLIENTS)]
        self.pages: Counter[str] = Counter()
        self._place, self._days = place, days

    async def edit(self) -> None:
        """Distinct values, until it is cancelled."""
        number = 0
        while True:
            for agent, staff in zip(self.agents, self._place.staff, strict=True):
                await agent.edit(staff, self._days[number % len(self._days)], f"{number}")
            number += 1
            await asyncio.sleep(PAUSE_SECONDS)

    async def look(self) -> None:
        """Opens pages one after the other, each by a connection of its own, until it is cancelled."""
        trust = ssl.create_default_context(cafile=CERTIFICATE)
        while True:
            for page in PAGES:
                async with httpx.AsyncClient(verify=trust, timeout=30) as browser:
                    try:
                        self.pages[f"{page} {(await browser.get(URL + page)).status_code}"] += 1
                    except httpx.TransportError as error:
                        self.pages[f"{page} {type(error).__name__}"] += 1
            await asyncio.sleep(PAUSE_SECONDS)

    @property
    def failed_pages(self) -> dict[str, int]:
        """Those that were not answered as they should be."""
        return {page: count for page, count in self.pages.items() if not page.endswith(" 200")}

    async def all_acknowledged(self) -> int:
        """Waits until nothing is left to be acknowledged; returns how many edits that were."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not all(agent.has_all_acked for agent in self.agents):  # noqa: ASYNC110 - they tell nobody
                await asyncio.sleep(PAUSE_SECONDS)
        return sum(len(agent.acked) for agent in self.agents)

    def last_values(self) -> dict[tuple[str, str], str]:
        """What each cell must hold: every cell has one author, whose last edit it is."""
        return {(edit.staff_id, edit.date_key): edit.value for agent in self.agents for edit in agent.sent}


@asynccontextmanager
async def at_work(place: Place) -> AsyncIterator[Traffic]:
    """People who edit and look while the block goes on; afterwards every edit is acknowledged and there, or ``AssertionError``."""
    traffic = Traffic(place, days_of(place))
    for agent in traffic.agents:
        agent.start()
    doing = [asyncio.ensure_future(work) for work in (traffic.edit(), traffic.look())]
    try:
        await asyncio.sleep(1)
        yield traffic
        await asyncio.sleep(1)
    finally:
        for task in doing:
            task.cancel()
        await asyncio.gather(*doing, return_exceptions=True)
    acknowledged = await traffic.all_acknowledged()
    for agent in traffic.agents:
        await agent.stop()
    refused = [error for agent in traffic.agents for error in agent.errors if error["payload"]["code"] != "unavailable"]
    assert not refused, refused[:3]
    assert acknowledged == sum(len(agent.sent) for agent in traffic.agents)
    kept = cells(place)
    lost = {cell: value for cell, value in traffic.last_values().items() if kept.get(cell) != value}
    assert not lost, f"{len(lost)} edits are not there: {lost}"
    print(
        f"    {acknowledged} of {acknowledged} edits acknowledged and there; pages: {dict(traffic.pages)}", flush=True
    )


def cells(place: Place) -> dict[tuple[str, str], str]:
    """The filled cells of the month."""
    rows = _asked(place, f"schedules/{place.schedule}/cells/")["scheduleData"]
    return {(staff, day): value for staff, row in rows.items() for day, value in row.items() if value}


def days_of(place: Place) -> list[str]:
    """The first days of the month."""
    first = date.fromisoformat(_asked(place, "periods/")[0]["startDate"])
    return [str(first + timedelta(days=number)) for number in range(DAYS)]


def _asked(place: Place, path: str) -> Any:
    head = {"Authorization": f"Bearer {place.tokens['owner']}"}
    trust = ssl.create_default_context(cafile=CERTIFICATE)
    return httpx.get(f"{URL}/api/{path}", headers=head, verify=trust).raise_for_status().json()
