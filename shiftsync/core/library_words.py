"""The sentences of Django REST framework, as the sources that its own catalogues know them by."""

from collections.abc import Iterator
from functools import lru_cache

from django.utils.translation import override
from rest_framework import exceptions, fields, relations, serializers

MODULES = (fields, relations, serializers, exceptions)


@lru_cache(maxsize=1)
def library_sentences() -> tuple[str, ...]:
    """What its fields and its errors say, each with its places (``{max_length}``) still open."""
    with override(None):  # no catalogue: a lazy text is its own source then
        return tuple(sorted(set(_sentences())))


def _sentences() -> Iterator[str]:
    for module in MODULES:
        for kind in vars(module).values():
            if isinstance(kind, type):
                yield from map(str, getattr(kind, "default_error_messages", {}).values())
                yield str(getattr(kind, "default_detail", ""))
