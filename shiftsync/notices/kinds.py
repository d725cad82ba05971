"""What people are told of: each kind of notice is registered once, in the app whose changes it tells of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """A notice as people read it, in the language that is in use."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice. ``label``: what the switch that turns it off is called, in English as the catalogues have it. ``words`` puts
    into words what a notice of it holds. ``place``: the page on which more of it stands, as the fragment of an address."""

    key: str
    label: str
    words: Callable[[Data], Words]
    place: str


KINDS: dict[str, NoticeKind] = {}
Watch = Callable[[], None]
WATCHES: list[Watch] = []


def notice_kind(key: str, label: str, words: Callable[[Data], Words], *, place: str = "#/mine") -> NoticeKind:
    """Registers a kind: from then on it can be told (``services.tell``), switched, shown and sent. Raises if the key is taken."""
    if key in KINDS:
        raise ValueError(f"{key} is registered twice")
    KINDS[key] = NoticeKind(key, label, words, place)
    return KINDS[key]


def watches(look: Watch) -> Watch:
    """Registers what tells of something that no change brings about, such as a day that comes near. Workers call it every few minutes,
    and several may at once; that nobody is told twice is by the ``source`` that it gives."""
    WATCHES.append(look)
    return look
