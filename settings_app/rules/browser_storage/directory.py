"""Finding what an old file means by an id or a name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from settings_app.rules.naming import plain


@dataclass(frozen=True, slots=True)
class Found:
    """An id that exists."""

    id: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Why there is none."""

    reason: str


class Directory:
    """Things with an id and a name: an id finds itself, a name the one thing that bears it.

    Names are compared exactly first, then without spaces, width and case. A name that several bear finds none of them.
    """

    def __init__(self, what: str, entries: Iterable[tuple[str, str]]) -> None:
        self._what = what
        self._ids: dict[str, str] = {}
        self._names: dict[str, list[str]] = {}
        self._plain_names: dict[str, list[str]] = {}
        for id_, name in entries:
            self.add(id_, id_, name)

    def add(self, old_id: str | None, id_: str, name: str) -> None:
        """Makes ``id_`` known by its old id and its name. Of two with the same old id the first keeps it."""
        if old_id is not None:
            self._ids.setdefault(old_id, id_)
        if plain(name):
            self._names.setdefault(name, []).append(id_)
            self._plain_names.setdefault(plain(name), []).append(id_)

    def knows(self, old_id: str) -> bool:
        """Whether something was added under that very id."""
        return old_id in self._ids

    def find(self, text: str) -> Found | Missing:
        """What ``text`` means."""
        known = self._ids.get(text) or self._ids.get(text.strip().lower())
        if known:
            return Found(known)
        return (
            self._by_name(text, text, self._names)
            or self._by_name(text, plain(text), self._plain_names)
            or self._none(text)
        )

    def _by_name(self, text: str, key: str, names: Mapping[str, list[str]]) -> Found | Missing | None:
        ids = names.get(key, [])
        if len(ids) > 1:
            return Missing(f"{len(ids)} {self._what} are called {text}")
        return Found(ids[0]) if ids else None

    def _none(self, text: str) -> Missing:
        return Missing(f"{text} is not among the {self._what}")
