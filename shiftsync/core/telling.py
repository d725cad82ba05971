"""A refusal as it is told to clients: its sentences in English, by which programs know them, and in Japanese beside, for pages.

Both go out with every refusal, since the page may change its language afterwards, and what was refused may be told again after a reload:
the language of a request or of a connection would be that of another moment.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from shiftsync.core.brief import LONGEST_SENTENCE, cut
from shiftsync.core.errors import ConflictError, DomainError
from shiftsync.core.wording import in_japanese

NO_FIELD = frozenset({"", "nonFieldErrors"})
UNKNOWN = "This field is not known."
UNKNOWN_PARAMETER = "This parameter is not known."
IN_QUERY = "Not accepted in the body; put it in the query."
REPEATED = "This parameter is given more than once."
OF_A_NAME_AS_SENT = frozenset({UNKNOWN, UNKNOWN_PARAMETER, IN_QUERY, REPEATED})
"""What is said of a name that is no field of ours, whatever else the catalogue has by that word."""
_SPACE = re.compile(r"\s")
_INDEX = re.compile(r"\[\d+\]$")
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def told(error: DomainError) -> dict[str, Any]:
    """The payload of an ``ERROR`` for version 2 clients, and what a problem of REST says: :meth:`DomainError.as_payload`, and its Japanese.

    ``messageJa`` is ``message`` itself where that has no Japanese. ``detailsJa`` is ``details`` with its sentences in Japanese, and is
    left out where that makes no difference.
    """
    payload = error.as_payload()
    known = dict(_in_both(error.details))
    payload["messageJa"] = cut(_sentence(error.message, known), LONGEST_SENTENCE)
    # What others wrote is no sentence of ours, and the longest of all details.
    details = error.details if error.code == ConflictError.code else _part(error.details, known)
    if details != error.details:
        payload["detailsJa"] = details
    return payload


def field_in_japanese(path: str) -> str:
    """What the field at the end of ``path`` is called; its name on the wire where the catalogue has none, nothing where it is no field."""
    names = [_INDEX.sub("", part) for part in path.split(".")]
    name = next((part for part in reversed(names) if not part.isdigit()), "")
    if name in NO_FIELD:
        return ""
    words = _WORD.sub(" ", name).lower()
    # Those of no column stand in the catalogue as "field min early": a bare word could be what somebody has called a thing of theirs.
    for source in (words, f"field {words}"):
        found = in_japanese(source)
        if found != source:
            return found
    return name


def _sentence(text: str, known: Mapping[str, str]) -> str:
    """A sentence, or a field and what is wrong with it; as it is where there is no Japanese."""
    path, _, reason = text.partition(": ")
    if reason and not _SPACE.search(path):
        told_of_it = known.get(reason) or in_japanese(reason)
        if told_of_it != reason:
            name = path if reason in OF_A_NAME_AS_SENT else field_in_japanese(path)
            return f"{name}：{told_of_it}" if name else told_of_it
    return known.get(text) or in_japanese(text)


def _part(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return _sentence(value, known)
    if isinstance(value, Mapping):
        return {name: _part(part, known) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_part(part, known) for part in value]
    return value


def _in_both(value: Any) -> Iterator[tuple[str, str]]:
    """The sentences that the details themselves carry in both languages, as a broken rule does."""
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, (list, tuple)) else ()
    if isinstance(value, Mapping) and isinstance(value.get("message"), str) and isinstance(value.get("messageJa"), str):
        yield value["message"], value["messageJa"]
    for part in parts:
        yield from _in_both(part)
