"""Lists with less of each entry: ``fields``."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from shiftsync.core.errors import ValidationFailed
from shiftsync.core.serializers import camel, plain_errors
from shiftsync.core.several import given

FIELDS = "fields"


def names_of(entry: serializers.Serializer[Any]) -> tuple[str, ...]:
    """The fields that an entry of a list may have, as the wire names them."""
    return tuple(camel(str(name)) for name in entry.fields)


def fields_parameter(entry: serializers.Serializer[Any]) -> OpenApiParameter:
    """The parameter, with the names that there are."""
    return OpenApiParameter(
        FIELDS,
        {"type": "array", "minItems": 1, "items": {"type": "string", "enum": list(names_of(entry))}},
        description="Only these fields of each entry; others are missing then, also those that are always there otherwise.",
    )


def narrowed(request: Request, entry: serializers.Serializer[Any], rows: list[Any]) -> list[Any]:
    """The entries with what is asked for of each. Raises :class:`ValidationFailed`."""
    if FIELDS not in request.query_params:
        return rows
    known = serializers.ChoiceField(names_of(entry))
    try:
        wanted = {known.run_validation(name) for name in given(request.query_params, FIELDS)}
    except serializers.ValidationError as error:
        raise ValidationFailed.by_field({FIELDS: plain_errors(error.detail)}) from None
    return [{name: value for name, value in row.items() if name in wanted} for row in rows]
