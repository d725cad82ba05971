"""A webhook while everything around breaks: each change that its receiver asked for is received at least once, in order, and signed."""

import asyncio
import itertools
import time
from contextlib import suppress
from uuid import uuid4

import httpx

from tests.faults.mood import AWAY, Mood
from tests.faults.stage import Stage
from tests.support.provision import Place
from tests.support.receiver import Received, Receiver

BETWEEN_SECONDS = 0.4
TYPE = "STAFF_UPDATE"


class Subscriber:
    """The receiver of one restaurant's changes of staff."""

    def __init__(self, receiver: Receiver, place: Place, mood: Mood) -> None:
        self.place = place
        self._mood = mood
        self.taken: list[Received] = []
        self._secret = ""
        self._url = receiver.url
        receiver.handle = self._take

    def _take(self, received: Received) -> int:
        time.sleep(self._mood.pause)
        status = self._mood.status
        if status != AWAY:
            self.taken.append(received)
        return status

    def subscribe(self, server_url: str) -> None:
        """By REST, as an owner does."""
        headers = {"Authorization": f"Bearer {self.place.tokens['owner']}"}
        with httpx.Client(base_url=server_url, headers=headers, timeout=30) as client:
            made = client.post("/api/webhooks/", json={"url": self._url, "events": ["staff.*"]})
            assert made.status_code == 201, made.text
            (hook,) = client.get("/api/webhooks/").json()
            self._secret = client.get(f"/api/webhooks/{hook['id']}/secret/").json()["secret"]

    def missing(self, stage: Stage) -> list[int]:
        """The versions that it has not got yet. What was pruned or replaced before its turn it was told to read elsewhere."""
        happened = [row[0] for row in stage.ledger(self.place).log if row[1] == TYPE]
        got = set(self._versions(stage))
        gaps = [each.event["data"] for each in self.taken if each.event["type"] == "resync.required"]
        passed = [
            (int(gap["since"].rpartition(":")[2]), min(gap["version"], stage.kept.get(gap["epoch"], gap["version"])))
            for gap in gaps
        ]
        return [each for each in happened if each not in got and not any(low < each <= high for low, high in passed)]

    def _versions(self, stage: Stage) -> list[int]:
        """Those it got, each once, but for what a restore took away."""
        events = [each.event for each in self.taken if "version" in each.event]
        stand = [each for each in events if each["version"] <= stage.kept.get(each["epoch"], each["version"])]
        return list(dict.fromkeys(each["version"] for each in stand))

    def violations(self, stage: Stage) -> list[str]:
        """What of the promise was broken."""
        first = self._versions(stage)
        found = [f"the webhook did not get {version}" for version in self.missing(stage)[:5]]
        found += ["the webhook got changes in another order"] if first != sorted(first) else []
        unsigned = [each.id for each in self.taken if not each.is_signed_with(self._secret)]
        return [*found, *(f"the webhook got {id} without a valid signature" for id in unsigned[:1])]


async def rename_people(stage: Stage, place: Place) -> None:
    """Changes of staff, one after the other, by REST; again under the same key where no answer came."""
    async with httpx.AsyncClient(timeout=5) as client:
        for number in itertools.count():
            headers = {"Authorization": f"Bearer {place.tokens['owner']}", "Idempotency-Key": str(uuid4())}
            for server in itertools.cycle(stage.servers):
                with suppress(httpx.TransportError):
                    address = f"{server.url}/api/staff/{place.staff[0]}/"
                    answer = await client.patch(address, json={"name": f"Person {number}"}, headers=headers)
                    if answer.is_success:
                        break
                    if answer.status_code not in (409, 429, 503):
                        stage.found.append(f"a change of staff was answered {answer.status_code}: {answer.text[:200]}")
                        break
                await asyncio.sleep(BETWEEN_SECONDS)
            await asyncio.sleep(BETWEEN_SECONDS)


async def undelivered(stage: Stage, subscriber: Subscriber, seconds: float) -> list[str]:
    """What is wrong with what the webhook got, once all has come or that time is over."""
    deadline = time.monotonic() + seconds
    while await asyncio.to_thread(subscriber.missing, stage):
        if time.monotonic() > deadline:
            break
        await asyncio.sleep(0.5)
    print(
        f"the webhook got {len(subscriber.taken)} events, {len({each.id for each in subscriber.taken})} different ones",
        flush=True,
    )
    return await asyncio.to_thread(subscriber.violations, stage)
