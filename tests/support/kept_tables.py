"""What a flush leaves alone, so that nothing has to make it anew after each of more than a thousand tests."""

from collections.abc import Sequence

from django.contrib.contenttypes.management import create_contenttypes
from django.db.models.signals import post_migrate

# They say which models there are, which no test changes.
KEPT = {"django_content_type", "auth_permission"}


def without_kept(tables: Sequence[str]) -> list[str]:
    """The tables whose rows a test may have made."""
    return [table for table in tables if table not in KEPT]


def stop_making_them_anew() -> None:
    """A flush ends with ``post_migrate``, whose receivers look for every content type and permission: most of what a test costs."""
    post_migrate.disconnect(create_contenttypes)
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
