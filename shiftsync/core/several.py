"""Parameters of which a query may have several: ``?type=A&type=B``, as most generated clients write it, or ``?type=A,B``.

A text with commas alone could not say in the OpenAPI document which values there are.
"""

from typing import Any

from django.http import QueryDict
from rest_framework import serializers

from shiftsync.core.lists import ListField
from shiftsync.core.serializers import camel


class Several(ListField):
    """One or more values, each by the rules of ``child``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "min_length": 1, **options})


def several_in(shape: serializers.Serializer[Any]) -> frozenset[str]:
    """The names on the wire of the parameters of which there may be several."""
    return frozenset(camel(str(name)) for name, field in shape.fields.items() if isinstance(field, Several))


def given(query: QueryDict, name: str) -> list[str]:
    """The values of that parameter, however they are written."""
    return [value for text in query.getlist(name) for value in text.split(",")]
