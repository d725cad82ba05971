"""A restaurant whose staff see their own shifts alone, with a published month in which each colleague's shifts can be told by their text."""

import io
import json
import zipfile
from typing import Any
from uuid import UUID

from schedules.services.cells import CellsEdit, cells_edit
from schedules.services.publishing import SchedulePublish, schedule_publish
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.hooks import RestaurantUpdate
from shiftsync.tenants.services import membership_link, restaurant_change
from tests.support.world import World

OWN = "私早"
SECRETS = ("佐密", "鈴密")
"""What stands in the colleagues' cells."""
NAMES = ("佐藤", "鈴木")
BY_NAME_ALONE = "colleagues"
"""The one place where colleagues are named."""


def hide_colleagues(world: World, *, hidden: bool = True) -> None:
    restaurant_change(world.actor(Role.OWNER), RestaurantUpdate({"staff_see_colleagues": not hidden}))


def publish_secrets(world: World, ending: str = "") -> None:
    """The month with cells of everybody, as viewers see it; the member of the role staff is its first person."""
    data = {
        staff_id: {f"2025-08-0{day}": text + ending for day in (1, 2, 3)}
        for staff_id, text in zip(world.staff_ids, (OWN, *SECRETS), strict=True)
    }
    cells_edit(ChangeRequest(world.system, CellsEdit(world.schedule_id, data)))
    schedule_publish(ChangeRequest(world.system, SchedulePublish(world.schedule_id)))


def link_staff(world: World, place: int | None = 0) -> None:
    """The member of the role staff is the person at that place, or nobody."""
    staff_id = None if place is None else UUID(world.staff_ids[place])
    membership_link(world.actor(), user_id=world.users[Role.STAFF].id, staff_id=staff_id)


def told_of_colleagues(world: World, answer: object, *, is_by_name: bool = True) -> list[str]:
    """What an answer tells of the colleagues: the texts of their cells; and, unless the question named them itself (``is_by_name``), who
    they are, but where they are named to be asked for a swap."""
    text = json.dumps(_without_names(answer), ensure_ascii=False) if not isinstance(answer, str) else answer
    hidden = (*SECRETS, *NAMES, *world.staff_ids[1:]) if is_by_name else SECRETS
    return [each for each in hidden if each in text]


def text_of(content: bytes) -> object:
    """The content of an answer as something to search: JSON as it is meant, a workbook with all its parts, else text."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "".join(book.read(name).decode() for name in book.namelist())
    text = content.decode()
    try:
        return json.loads(text)
    except ValueError:
        return text


def _without_names(answer: Any) -> Any:
    if isinstance(answer, dict):
        return {key: _without_names(value) for key, value in answer.items() if key != BY_NAME_ALONE}
    return [_without_names(each) for each in answer] if isinstance(answer, list) else answer
