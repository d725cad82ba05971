"""The frozen description of one settings table. Generic code reads it and names no table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from settings_app.rules.rows import Row
from settings_app.rules.shapes import Shape, check
from settings_app.rules.storage_form import StorageForm
from settings_app.rules.values import ShapeError

Referred = Mapping[str, Row]
"""The rows that a row's own single references mean, by field: ``groupId`` → the group."""


def no_conditions(row: Row, referred: Referred) -> list[ShapeError]:
    """Most tables ask nothing of what they refer to but that it is there."""
    return []


def no_cautions(row: Row, referred: Referred, today: date) -> list[str]:
    """Most rows serve as they are."""
    return []


@dataclass(frozen=True, slots=True)
class WireNames:
    """What a table and its rows are called on the wire.

    ``collection``: the key in ``settings`` (``staffGroups``); ``noun``: in the types of messages about one row
    (``STAFF_GROUP``); ``update_noun``: in ``SETTINGS_UPDATE_...``, which clients know in the plural for some tables;
    ``row``: the key of the row itself (``group``); ``path``: in ``/api/`` (``staff-groups``).
    """

    collection: str
    noun: str
    update_noun: str
    row: str
    path: str
    bare_results: bool = False

    @property
    def create_type(self) -> str:
        """Type of the message that adds a row."""
        return f"SETTINGS_CREATE_{self.noun}"

    @property
    def update_type(self) -> str:
        """Type of the message that changes one."""
        return f"SETTINGS_UPDATE_{self.update_noun}"

    @property
    def delete_type(self) -> str:
        """Type of the message that deletes one."""
        return f"SETTINGS_DELETE_{self.noun}"

    @property
    def hard_delete_type(self) -> str:
        """Type of the message that removes a deleted row permanently."""
        return f"SETTINGS_HARD_DELETE_{self.noun}"

    @property
    def id_key(self) -> str:
        """Key of a row's id in messages."""
        return f"{self.row}Id"

    @property
    def created_key(self) -> str:
        """Key of the row in the broadcast of a creation."""
        return self._result("created")

    @property
    def updated_key(self) -> str:
        """Key of the row in the broadcast of an update."""
        return self._result("updated")

    @property
    def deleted_key(self) -> str:
        """Key of the row in the broadcast of a deletion."""
        return self._result("deleted")

    @property
    def updated_tag(self) -> str:
        """The ``updated`` of the ``SETTINGS_SYNC_RESPONSE`` that tells older clients of an edit."""
        return self.update_noun.lower()

    def _result(self, participle: str) -> str:
        return self.row if self.bare_results else f"{participle}{self.row[0].upper()}{self.row[1:]}"


@dataclass(frozen=True, slots=True)
class SettingsTable:
    """All that generic code knows of a table.

    ``key`` is the ``tableName`` of the audit trail; ``model`` the label of its model, looked up when it is needed;
    ``row`` the columns, configs and rules; ``storage`` how the browser's storage holds it; ``defaults`` the rows (without
    ids) of a restaurant's first version and of a reset; ``outlives_reset``: a reset keeps the rows in use, since they say
    who the people are and not how one plans; ``remarks`` what the author of a valid row should
    know. ``conditions`` are what is asked of the rows it refers to; ``cautions`` why, by these, it could never serve.
    ``hard_delete``: a deleted row may be removed for good. ``implied_by``: an update without an id means the row in use,
    which this column marks. ``topic``: what one subscribes to for its changes. ``is_for_v1``: version 1 clients know of it; others
    are never told to them.
    """

    key: str
    model: str
    title: str
    names: WireNames
    row: Shape
    storage: StorageForm = field(repr=False)
    defaults: tuple[Row, ...] = ()
    outlives_reset: bool = False
    remarks: Callable[[Row], list[str]] = field(default=lambda row: [], repr=False)
    conditions: Callable[[Row, Referred], list[ShapeError]] = field(default=no_conditions, repr=False)
    cautions: Callable[[Row, Referred, date], list[str]] = field(default=no_cautions, repr=False)
    hard_delete: bool = False
    implied_by: str = ""
    topic: str = "settings"
    is_for_v1: bool = False

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def configs(self) -> dict[str, Shape]:
        """The JSON columns and their shapes."""
        return self.row.configs

    @property
    def message_types(self) -> tuple[str, ...]:
        """The types of all messages about this table's rows."""
        names = self.names
        types = (names.create_type, names.update_type, names.delete_type)
        return (*types, names.hard_delete_type) if self.hard_delete else types

    def errors(self, row: Row) -> list[ShapeError]:
        """All that is wrong with a whole row; paths are wire names (``limitConfig.maxCount``)."""
        return check(row, self.row)
