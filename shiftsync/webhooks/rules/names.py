"""What the events of webhooks are called: made from the types of the change log, so that none can be forgotten."""

from collections.abc import Iterable

DONE = {
    "ACTIVATE": "activated",
    "ANSWER": "answered",
    "BROADCAST": "changed",
    "CREATE": "created",
    "DELETE": "deleted",
    "HARD_DELETE": "removed",
    "LOCK": "locked",
    "PUBLISH": "published",
    "REORDER": "reordered",
    "RESTORE": "restored",
    "UNLOCK": "unlocked",
    "UNPUBLISH": "unpublished",
    "UPDATE": "updated",
}
"""What the verb of a type is called once it is done."""
IRREGULAR = {"SETTINGS_SYNC_RESPONSE": "settings.replaced", "SHIFT_BULK_BROADCAST": "shift.bulk_changed"}
TEST = "webhook.test"
"""What an owner sends to try an address."""
RESYNC = "resync.required"
"""The log does not reach back to where the receiver was, or its past is another one."""
ALL = "*"


def event_name(type: str) -> str:
    """``STAFF_CREATE`` → ``staff.created``, ``SETTINGS_UPDATE_DAILY_LIMITS`` → ``settings.daily_limit.updated``.

    A type whose verb is not known here has a name as well: its words, of which the first is the area.
    """
    if type in IRREGULAR:
        return IRREGULAR[type]
    area, _, rest = type.partition("_")
    for verb in sorted(DONE, key=len, reverse=True):
        if area == "SETTINGS" and rest.startswith(f"{verb}_"):
            noun = rest.removeprefix(f"{verb}_").lower().removesuffix("s")
            return f"settings.{noun}.{DONE[verb]}"
        if type.endswith(f"_{verb}"):
            return f"{type.removesuffix(f'_{verb}').lower()}.{DONE[verb]}"
    return f"{area}.{rest}".lower().rstrip(".")


def is_among(name: str, patterns: Iterable[str]) -> bool:
    """Whether one of the patterns is that name, an area that it belongs to (``staff.*``), or all (``*``)."""
    return any(
        pattern in (ALL, name) or (pattern.endswith(".*") and name.startswith(pattern.removesuffix("*")))
        for pattern in patterns
    )
