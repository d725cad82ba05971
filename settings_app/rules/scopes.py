"""Whom a limit is about while nobody was chosen for its scope.

Version 1 clients send a scope before its targets are chosen, and keep such limits. Only a chosen list narrows, so until then the limit is
about everybody, and says so by a key of its own: everybody else is asked to name targets.
"""

from collections.abc import Mapping, Sequence
from typing import Any

ABOUT_EVERYBODY = "aboutEverybody"


def names_no_targets(config: Mapping[str, Any], but_for: Sequence[str] = ()) -> bool:
    """Whether the scope of a config asks for targets, and its list of them names none; ``but_for`` asks for none. Without a list at all it
    says nothing."""
    is_empty = "targetIds" in config and _is_empty(config["targetIds"])
    return is_empty and config.get("scope") not in (None, "", "all", *but_for)


def _is_empty(targets: Any) -> bool:
    return not targets or (isinstance(targets, list) and all(each in ("", None) for each in targets))


def settle_scope(config: Mapping[str, Any], from_v1: bool, but_for: Sequence[str] = ()) -> dict[str, Any]:
    """The config with ``aboutEverybody`` where a version 1 client has named nobody, and without it where that is not so any more."""
    settled = dict(config)
    if not _is_empty(settled.get("targetIds")) or settled.get("scope") in (None, "all"):
        if settled.get(ABOUT_EVERYBODY) is True:
            del settled[ABOUT_EVERYBODY]
    elif from_v1 and names_no_targets(settled, but_for):
        settled |= {"targetIds": [], ABOUT_EVERYBODY: True}
    return settled
