"""The versions of a restaurant's settings."""

from uuid import UUID

from django.db.models import QuerySet

from settings_app.models import ConfigVersion
from shiftsync.core.errors import NotFound
from shiftsync.core.ids import parse_id


def versions_of(restaurant_id: UUID) -> QuerySet[ConfigVersion]:
    """All versions that are not deleted, the newest first, with who made them."""
    versions = ConfigVersion.objects.filter(restaurant_id=restaurant_id, deleted_at=None)
    return versions.select_related("created_by").order_by("-version_number")


def active_version(restaurant_id: UUID) -> ConfigVersion:
    """The version that is read, edited and planned with. Raises :class:`NotFound` for an unknown restaurant."""
    version = versions_of(restaurant_id).filter(is_active=True).first()
    if version is None:
        raise NotFound("No such restaurant.")
    return version


def config_version(restaurant_id: UUID, version_id: object) -> ConfigVersion:
    """The one door to a version; None means the active one. Raises :class:`NotFound`."""
    if version_id is None:
        return active_version(restaurant_id)
    wanted = parse_id(version_id)
    version = versions_of(restaurant_id).filter(id=wanted).first() if wanted else None
    if version is None:
        raise NotFound("No such settings version.")
    return version
