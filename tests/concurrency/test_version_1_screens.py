"""Two version 1 screens and a version 2 client that edit settings and staff at random end with the same.

One screen reads the limits of a day as one object, the other as rows. Each shows an edit before it is confirmed, ignores settings that
carry its own ``clientId``, and sends the next edit once the one before is answered; what others change arrives in between.
``TEST_SCREEN_EDITS`` makes the run longer, ``TEST_SCREEN_SEED`` another one.
"""

import copy
import os
import random
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from settings_app.rules.table import SettingsTable
from settings_app.tables import MONTHLY_LIMITS, STAFF_GROUPS, WEEKLY_LIMITS, settings_tables
from tests.conftest import Connect
from tests.contract.settings.samples import made
from tests.support.client import Client, Message
from tests.support.world import World

Row = dict[str, Any]

EDITS = int(os.environ.get("TEST_SCREEN_EDITS", "40"))
SEED = int(os.environ.get("TEST_SCREEN_SEED", "9"))
OWN_TO_THE_SERVER = {"revision", "updatedAt", "timestamp"}


def plain(value: Any) -> Any:
    """Without what only a confirmed row can have."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items() if key not in OWN_TO_THE_SERVER and each is not None}
    return [plain(each) for each in value] if isinstance(value, list) else value


class Staff:
    """The members of the first period, by the broadcasts alone."""

    def __init__(self) -> None:
        self.members: list[Row] = []

    def take(self, type: str, payload: Row) -> None:
        if type == "SYNC_RESPONSE":
            self.members = payload["staff"]
        elif type == "STAFF_CREATE":
            self.members = [*self.members, payload]
        elif type == "STAFF_UPDATE":
            changed = payload["changes"]
            self.members = [changed if each["id"] == payload["staffId"] else each for each in self.members]
        elif type == "STAFF_DELETE":
            self.members = [each for each in self.members if each["id"] != payload["staffId"]]

    def by_id(self) -> Row:
        return {member["id"]: plain({**member, "period": None}) for member in self.members}


class OldScreen:
    """A version 1 client and what it shows."""

    def __init__(self, client: Client, name: str, *, as_object: bool) -> None:
        self.client, self.name = client, name
        self.settings: Row = {}
        self.staff = Staff()
        self.question = {"clientId": name} if as_object else {}
        client.send("SYNC_REQUEST", {})
        client.send("SETTINGS_SYNC_REQUEST", self.question)
        self.catch_up()

    def catch_up(self) -> None:
        """Takes all that came up to an answer that is asked for now: its last edit is answered then."""
        for message in self.client.settled():
            self._take(message)

    def _take(self, message: Message) -> None:
        if message["type"] == "SETTINGS_SYNC_RESPONSE" and message["clientId"] != self.name:
            self.settings = copy.deepcopy(message["payload"]["settings"])
        assert message["type"] != "ERROR", message
        self.staff.take(message["type"], message["payload"])

    def edit(self, type: str, payload: Row) -> None:
        self.client.send(type, payload, clientId=self.name)

    def edit_row(self, collection: str, type: str, key: str, row: Row) -> None:
        """Shows the row, and sends all rows of its table as such clients do."""
        rows = self.settings[collection]
        self.settings[collection] = [row if each["id"] == row["id"] else each for each in rows]
        for each in self.settings[collection]:
            self.edit(type, {key: each})

    def shown(self) -> Row:
        """What the page shows: the copy of a value that its form edits."""
        settings = self.settings
        flat = ("limitType", "minCount", "maxCount", "name")
        shown: Row = plain(
            {
                "monthly": {row["id"]: {key: row.get(key) for key in flat} for row in settings["monthlyLimits"]},
                "weekly": {row["id"]: [row["name"], row["limitConfig"]] for row in settings["weeklyLimits"]},
                "groups": {row["id"]: sorted(row["members"]) for row in settings["staffGroups"]},
                "daily": _daily(settings["dailyLimits"]),
                "solver": settings["ortoolsConfig"],
                "rules": settings["priorityRules"],
                "staff": self.staff.by_id(),
            }
        )
        return shown


def _daily(limits: Any) -> Any:
    return limits if isinstance(limits, dict) else {row["id"]: row["limitConfig"] for row in limits}


class NewClient:
    """A version 2 client and its state."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.staff = Staff()
        self.staff.take("SYNC_RESPONSE", client.request("SYNC_REQUEST", {})["payload"])
        self._replace(client.request("SETTINGS_SYNC_REQUEST", {})["payload"]["settings"])

    def _replace(self, settings: Row) -> None:
        self.rows = {
            table.key: {row["id"]: row for row in settings[table.names.collection]} for table in settings_tables()
        }

    def catch_up(self) -> None:
        for message in self.client.settled():
            assert message["type"] != "ERROR", message
            self.staff.take(message["type"], message["payload"])
            if message["type"] == "SETTINGS_SYNC_RESPONSE":
                self._replace(message["payload"]["settings"])
            for table in settings_tables():
                self._take_row(table, message)

    def _take_row(self, table: SettingsTable, message: Message) -> None:
        names = table.names
        keys = {
            names.create_type: names.created_key,
            names.update_type: names.updated_key,
            names.delete_type: names.deleted_key,
        }
        if message["type"] in keys:
            row = message["payload"][keys[message["type"]]]
            self.rows[table.key].pop(row["id"], None)
            if row["isActive"]:
                self.rows[table.key][row["id"]] = row


# --- edits ---


def old_monthly(screen: OldScreen, chance: random.Random) -> None:
    row = chance.choice(screen.settings["monthlyLimits"])
    row = {**row, "maxCount": chance.randint(20, 60) / 2}
    screen.edit_row("monthlyLimits", "SETTINGS_UPDATE_MONTHLY_LIMITS", "limit", row)


def old_weekly(screen: OldScreen, chance: random.Random) -> None:
    row = chance.choice(screen.settings["weeklyLimits"])
    row = {**row, "limitConfig": {**row["limitConfig"], "maxCount": chance.randint(2, 7)}}
    screen.edit_row("weeklyLimits", "SETTINGS_UPDATE_WEEKLY_LIMITS", "limit", row)


def old_group(screen: OldScreen, chance: random.Random) -> None:
    row = chance.choice(screen.settings["staffGroups"])
    people = [member["id"] for member in screen.staff.members]
    row = {**row, "members": chance.sample(people, min(2, len(people)))}
    screen.edit_row("staffGroups", "SETTINGS_UPDATE_STAFF_GROUPS", "group", row)


def old_daily(screen: OldScreen, chance: random.Random) -> None:
    limits = screen.settings["dailyLimits"]
    if isinstance(limits, list):
        row = chance.choice(limits)
        row = {**row, "limitConfig": {**row["limitConfig"], "maxCount": chance.randint(4, 9)}}
        screen.edit_row("dailyLimits", "SETTINGS_UPDATE_DAILY_LIMITS", "limit", row)
        return
    changed = {chance.choice(["maxOffPerDay", "maxEarlyPerDay", "maxLatePerDay"]): chance.randint(4, 9)}
    if chance.random() < 0.3:
        changed["minWorkingStaffPerDay"] = chance.randint(0, 3)
    screen.settings["dailyLimits"] = {**limits, **changed}
    screen.edit("SETTINGS_UPDATE_DAILY_LIMITS", {"limit": screen.settings["dailyLimits"]})


def old_solver(screen: OldScreen, chance: random.Random) -> None:
    config = screen.settings["ortoolsConfig"]
    settings = {**config["solverSettings"], "timeout": chance.randint(10, 60)}
    screen.settings["ortoolsConfig"] = {
        **config,
        "preset": chance.choice(["fast", "strict"]),
        "solverSettings": settings,
    }
    screen.edit("SETTINGS_UPDATE_ORTOOLS_CONFIG", {"config": screen.settings["ortoolsConfig"]})


def old_staff(screen: OldScreen, chance: random.Random) -> None:
    member = chance.choice(screen.staff.members)
    screen.edit("STAFF_UPDATE", {"staffId": member["id"], "changes": {"position": f"p{chance.randint(1, 9)}"}})


def new_limit(client: NewClient, chance: random.Random) -> None:
    table = chance.choice([WEEKLY_LIMITS, MONTHLY_LIMITS])
    row = chance.choice(list(client.rows[table.key].values()))
    most = chance.randint(2, 7) if table is WEEKLY_LIMITS else chance.randint(10, 30)
    changes = {"limitConfig": {**row["limitConfig"], "maxCount": most}, "name": f"n{chance.randint(1, 9)}"}
    client.client.send(table.names.update_type, {"limitId": row["id"], "changes": changes})


def new_group(client: NewClient, chance: random.Random) -> None:
    row = chance.choice(list(client.rows["staff_groups"].values()))
    members = [chance.choice(client.staff.members)["id"]]
    config = {**row["groupConfig"], "members": members}
    client.client.send("SETTINGS_UPDATE_STAFF_GROUPS", {"groupId": row["id"], "changes": {"groupConfig": config}})


def new_row(client: NewClient, chance: random.Random) -> None:
    limit = {"id": str(uuid4()), "name": "new", "limitConfig": {"limitType": "max_shifts", "maxCount": 20}}
    client.client.send("SETTINGS_CREATE_MONTHLY_LIMIT", {"limit": limit})


def new_person(client: NewClient, chance: random.Random) -> None:
    client.client.send("STAFF_CREATE", {"id": str(uuid4()), "name": f"x{chance.randint(1, 99)}"})


OLD_EDITS: tuple[Callable[[OldScreen, random.Random], None], ...] = (
    old_monthly,
    old_weekly,
    old_group,
    old_daily,
    old_solver,
    old_staff,
)
NEW_EDITS: tuple[Callable[[NewClient, random.Random], None], ...] = (
    new_limit,
    new_limit,
    new_group,
    new_row,
    new_person,
)


def test_screens__edits_of_three_clients_at_random__end_equal(connect: Connect, world: World) -> None:
    for number in range(2):
        made(STAFF_GROUPS, world, name=f"g{number}", groupConfig={"members": world.staff_ids[:1]})
    chance = random.Random(SEED)
    by_object = OldScreen(connect(v2=False), "screen_a", as_object=True)
    by_rows = OldScreen(connect(v2=False), "screen_b", as_object=False)
    new = NewClient(connect())
    for _ in range(EDITS):
        screen = chance.choice([by_object, by_rows, None])
        if screen is not None:
            screen.catch_up()
            chance.choice(OLD_EDITS)(screen, chance)
            continue
        if chance.random() < 0.5:
            new.catch_up()
        chance.choice(NEW_EDITS)(new, chance)
    for each in (new, by_object, by_rows, new, by_object, by_rows):
        each.catch_up()
    for screen in (by_object, by_rows):
        fresh = OldScreen(connect(v2=False), "fresh", as_object=bool(screen.question))
        assert screen.shown() == fresh.shown()
    stored = NewClient(connect())
    assert new.rows == stored.rows
    assert new.staff.by_id() == stored.staff.by_id() == by_rows.staff.by_id() == by_object.staff.by_id()
