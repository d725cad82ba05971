"""How one table stands in the browser's storage: its keys there, and the reader that knows their historical forms."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from settings_app.rules.rows import Row
from settings_app.rules.shapes import Shape


@dataclass(frozen=True, slots=True)
class Draft:
    """A row as it was read, references still as the file has them.

    ``index`` is its place in the list (or map) at ``path``. ``otherwise``: for a reference, other spellings to try.
    """

    path: str
    index: int
    row: Row
    old_id: str | None = None
    notes: tuple[str, ...] = ()
    otherwise: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unread:
    """An item that did not become a row. ``harmless``: on purpose (deleted, switched off), so that it is not an error of
    the file."""

    path: str
    index: int
    reason: str
    harmless: bool = False


Reading = Draft | Unread
Reader = Callable[[Shape, Mapping[str, object]], Iterator[Reading]]
"""``(row shape, {storage key: content}) → what was read``; only keys that the storage has, content of any shape."""


def is_there(content: object) -> bool:
    """Whether a key with that content says something of its table: an empty list says that there are no rows."""
    return content is not None


def says_more_than_nothing(content: object) -> bool:
    """The same where an object holds fields by name: an empty one says nothing of any of them."""
    return content is not None and content != {}


def nothing_besides(row: Row) -> Row:
    """Most rows mean what their columns say, wherever they are read."""
    return {}


@dataclass(frozen=True, slots=True)
class StorageForm:
    """``keys``: where the table may stand; an export writes the first. ``tells``: whether a content says anything, since
    a file that says nothing of a table leaves its rows alone. ``says_besides``: what an exported row must say besides its columns, so
    that it is not taken for one of an older form."""

    keys: tuple[str, ...]
    read: Reader
    tells: Callable[[object], bool] = is_there
    says_besides: Callable[[Row], Row] = nothing_besides

    @property
    def key(self) -> str:
        """The key under which an export writes the table."""
        return self.keys[0]
