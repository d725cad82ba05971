"""What happens to settings. One class for all tables: type and topic come from the table's description."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from shiftsync.realtime.events import Event

SETTINGS_TOPIC = "settings"
SYNC_RESPONSE = "SETTINGS_SYNC_RESPONSE"

Row = Mapping[str, Any]


@dataclass(frozen=True)
class RowEvent(Event):
    """Something about one row. ``told`` is its payload; ``old`` the row as it was, where there was one."""

    type: str  # type: ignore[misc]  # each table has types of its own
    topic: str  # type: ignore[misc]  # as above
    entity: str  # type: ignore[misc]  # as above
    row_id: str
    told: Mapping[str, Any]
    old: Row = field(default_factory=dict)

    @property
    def entity_id(self) -> str:
        return self.row_id

    def payload(self) -> dict[str, Any]:
        return dict(self.told)

    def old_values(self) -> dict[str, Any]:
        return dict(self.old)


class VersionEvent(Event):
    """Something about a version as a whole."""

    topic: ClassVar[str] = SETTINGS_TOPIC
    entity: ClassVar[str] = "config_versions"
    version: Row

    @property
    def entity_id(self) -> str:
        return str(self.version["id"])

    def payload(self) -> dict[str, Any]:
        return {"version": dict(self.version)}


@dataclass(frozen=True)
class VersionCreated(VersionEvent):
    """A new version that is not in use yet."""

    version: Row
    type: ClassVar[str] = "SETTINGS_CREATE_VERSION"


@dataclass(frozen=True)
class VersionActivated(VersionEvent):
    """Another version is in use; ``settings`` are its rows by collection."""

    version: Row
    settings: Mapping[str, Any]
    type: ClassVar[str] = "SETTINGS_ACTIVATE_VERSION"

    def payload(self) -> dict[str, Any]:
        return {"version": dict(self.version), "settings": dict(self.settings)}

    def kept(self) -> dict[str, Any]:
        return {"version": dict(self.version)}


@dataclass(frozen=True)
class VersionLocked(VersionEvent):
    """A version takes no edits any more."""

    version: Row
    type: ClassVar[str] = "SETTINGS_LOCK_VERSION"


@dataclass(frozen=True)
class VersionUnlocked(VersionEvent):
    """A version takes edits again."""

    version: Row
    type: ClassVar[str] = "SETTINGS_UNLOCK_VERSION"


@dataclass(frozen=True)
class VersionDeleted(VersionEvent):
    """A version that was never in use is gone."""

    version: Row
    type: ClassVar[str] = "SETTINGS_DELETE_VERSION"

    def payload(self) -> dict[str, Any]:
        return {"versionId": self.entity_id, "version": dict(self.version)}


@dataclass(frozen=True)
class SettingsEdited(VersionEvent):
    """Several rows changed at once. ``state`` is the whole answer to a sync, ``updated`` names what was updated in it."""

    version: Row
    state: Mapping[str, Any]
    updated: str
    type: ClassVar[str] = SYNC_RESPONSE

    def payload(self) -> dict[str, Any]:
        return {**self.state, "updated": self.updated}

    def kept(self) -> dict[str, Any]:
        told = {"timestamp": self.state["timestamp"], "revision": self.state["revision"], "updated": self.updated}
        return {"version": dict(self.version), **told}


@dataclass(frozen=True)
class SettingsReplaced(VersionEvent):
    """A new version with rows of its own came into use at once. ``state`` is the whole answer to a sync."""

    version: Row
    state: Mapping[str, Any]
    is_reset: bool = False
    type: ClassVar[str] = SYNC_RESPONSE

    def payload(self) -> dict[str, Any]:
        return {**self.state, **self._flag}

    def kept(self) -> dict[str, Any]:
        return {"version": dict(self.version), "timestamp": self.state["timestamp"], **self._flag}

    @property
    def _flag(self) -> dict[str, Any]:
        return {"reset": True} if self.is_reset else {}
