"""Nothing of another restaurant can be read, written, or told apart from what does not exist."""

from typing import Any

import pytest

from shiftsync.core.actor import Role
from tests.integration.rest.conftest import AsRole, Rest
from tests.support.world import World

Asked = tuple[str, str, Any]


def operations(world: World, restaurant: Rest) -> dict[str, list[str]]:
    """The ids of one restaurant, by what stands for them in ``REQUESTS``."""
    return {
        "staff": world.staff_ids[:1],
        "schedule": [world.schedule_id],
        "period": [world.period_id],
        "shift_type": [restaurant.get("shift-types/")[0]["id"]],
        "membership": [restaurant.get("memberships/")[0]["id"]],
        "token": [restaurant.get("tokens/")[0]["id"]],
        "restaurant": [str(world.id)],
    }


REQUESTS: list[Asked] = [
    ("get", "staff/{staff}/", None),
    ("patch", "staff/{staff}/", {"position": "x"}),
    ("delete", "staff/{staff}/", None),
    ("post", "staff/{staff}/restore/", {}),
    ("post", "staff/reorder/", {"staffIds": ["{staff}"]}),
    ("get", "periods/{period}/", None),
    ("get", "shift-types/{shift_type}/", None),
    ("patch", "shift-types/{shift_type}/", {"labelEn": "x"}),
    ("delete", "shift-types/{shift_type}/", None),
    ("get", "schedules/{schedule}/", None),
    ("get", "schedules/{schedule}/published/", None),
    ("get", "schedules/{schedule}/cells/", None),
    ("patch", "schedules/{schedule}/cells/", {"scheduleData": {}}),
    ("put", "schedules/{schedule}/cells/", {"scheduleData": {}}),
    ("put", "schedules/{schedule}/cells/{staff}/2025-08-01/", {"shiftValue": "×"}),
    ("put", "schedules/{own_schedule}/cells/{staff}/2025-08-01/", {"shiftValue": "×"}),
    ("get", "schedules/{schedule}/cells/{staff}/2025-08-01/history/", None),
    ("get", "schedules/{own_schedule}/cells/{staff}/2025-08-01/history/", None),
    ("post", "schedules/{schedule}/cells/{staff}/2025-08-01/history/5/restore/", {}),
    *(("post", f"schedules/{{schedule}}/{name}/", {}) for name in ("publish", "unpublish", "undo", "redo")),
    *(
        ("post", f"schedules/{{schedule}}/{name}/", {"cells": [{"staffId": "{staff}", "dateKey": "2025-08-01"}]})
        for name in ("lock", "unlock")
    ),
    ("post", "schedules/{own_schedule}/lock/", {"cells": [{"staffId": "{staff}", "dateKey": "2025-08-01"}]}),
    ("patch", "memberships/{membership}/", {"role": "viewer"}),
    ("delete", "memberships/{membership}/", None),
    ("delete", "tokens/{token}/", None),
    ("get", "restaurants/{restaurant}/", None),
    ("patch", "restaurants/{restaurant}/", {"name": "x"}),
    *(
        ("get", f"{path}/?restaurant={{restaurant}}", None)
        for path in ("staff", "periods", "calendar", "shift-types", "schedules", "changes", "memberships", "tokens")
    ),
    ("post", "staff/?restaurant={restaurant}", {"name": "x"}),
    ("post", "tickets/?restaurant={restaurant}", {}),
    ("post", "tokens/?restaurant={restaurant}", {}),
]


def filled(template: Any, ids: dict[str, str]) -> Any:
    """``template`` with its placeholders replaced."""
    if isinstance(template, dict):
        return {key: filled(value, ids) for key, value in template.items()}
    if isinstance(template, list):
        return [filled(value, ids) for value in template]
    if not isinstance(template, str):
        return template
    for name, value in ids.items():
        template = template.replace("{" + name + "}", value)
    return template


@pytest.mark.parametrize(("method", "path", "body"), REQUESTS)
def test_theirs__asked_for__as_what_does_not_exist(
    as_role: AsRole, world: World, other_world: World, nowhere: str, method: str, path: str, body: Any
) -> None:
    mine = as_role(Role.OWNER)
    own = {"own_schedule": world.schedule_id}
    theirs = {name: ids[0] for name, ids in operations(other_world, as_role(Role.OWNER, other_world)).items()} | own
    missing = dict.fromkeys(theirs, nowhere) | own
    before = other_world.position
    answers = [
        mine.refused(method, filled(path, ids), filled(body, ids), status=400 if is_in_body(path, body) else 404)
        for ids in (theirs, missing)
    ]
    assert str(answers[0]).replace(theirs["staff"], nowhere) == str(answers[1])
    assert other_world.position == before


def is_in_body(path: str, body: Any) -> bool:
    """Whether it is the request's content that names what is not there, rather than its address."""
    return "reorder" in path or ("own_schedule" in path and body is not None)


def test_lists__two_restaurants__nothing_of_the_other(as_role: AsRole, other_world: World) -> None:
    names = {"山田", "高橋", "Elsewhere", str(other_world.id), *other_world.staff_ids, other_world.schedule_id}
    rest = as_role(Role.OWNER)
    for path in ("me", "restaurants", "staff", "periods", "calendar", "schedules", "memberships", "tokens"):
        text = str(rest.get(f"{path}/"))
        assert not [name for name in names if name in text]
