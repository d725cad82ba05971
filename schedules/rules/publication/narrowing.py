"""What of a published month is about one person: all that those see of it who do not see their colleagues' shifts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from schedules.rules.publication.document import Document, Wire


def about(document: Document, person: str) -> Document:
    """The month with that person alone on it; with nobody, where they are not on it. The days and the shift types are everybody's."""
    own = document.cells.get(person)
    return replace(
        document,
        people=tuple(each for each in document.people if each.id == person),
        cells={} if own is None else {person: own},
        covers=tuple(each for each in document.covers if each.staff_id == person),
        groups=None if document.groups is None else tuple(_group(each, person) for each in document.groups),
    )


def colleagues(document: Document, person: str) -> list[dict[str, str]]:
    """The others on the month, by name alone and by their names, since the order of the staff may say something of them; whom ``person``
    may ask for a swap. Nobody, where they are not on it themselves."""
    if not any(each.id == person for each in document.people):
        return []
    others = [{"id": each.id, "name": each.name} for each in document.people if each.id != person]
    return sorted(others, key=lambda each: (each["name"], each["id"]))


def changes_about(payload: Mapping[str, Any], person: str) -> Mapping[str, Any]:
    """What of a publication's difference on the wire (``SCHEDULE_PUBLISH``, ``SCHEDULE_UNPUBLISH``) is about that person or about nobody:
    their cells, themselves, their covers, the shift types and the days. Of groups nothing, since they are told by their members."""
    changes = payload.get("changes")
    diff = [cell for cell in payload["diff"] if cell["staffId"] == person]
    if changes is None:
        return {**payload, "diff": diff}
    own = {name: _of(changes[name], person) for name in ("people", "covers")}
    return {**payload, "diff": diff, "changes": {**changes, **own, "groups": []}}


def _of(entries: Sequence[Wire], person: str) -> list[Wire]:
    """Where somebody stands among the others is not told either."""
    told = [
        {**entry, "fields": [each for each in entry["fields"] if each["field"] != "place"]}
        for entry in entries
        if entry["id"] == person
    ]
    return [entry for entry in told if entry["fields"] or entry["change"] != "changed"]


def _group(group: Wire, person: str) -> Wire:
    return {**group, "members": [each for each in group["members"] if each == person]}
