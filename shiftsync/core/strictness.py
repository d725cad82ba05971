"""REST ignores nothing silently: what a request says that is not known is refused by name.

The socket reads on over what it does not know, since version 1 clients send it; programs that use REST have a schema.
"""

from collections.abc import Collection, Mapping
from itertools import islice
from typing import Any

from django.http import QueryDict
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from shiftsync.core.brief import NAMED_AT_MOST
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.serializers import camel
from shiftsync.core.telling import IN_QUERY, REPEATED, UNKNOWN, UNKNOWN_PARAMETER


def wire_names(shape: serializers.Serializer[Any]) -> frozenset[str]:
    """The names that a payload of that shape may use; those of the code count as well."""
    names = {str(name) for name, field in shape.fields.items() if not field.read_only}
    return frozenset(names | {camel(name) for name in names})


def require_known_query(query: QueryDict, known: Collection[str], several: Collection[str] = ()) -> None:
    """Raises :class:`ValidationFailed` for parameters that are not known, or are given twice, but ``several``."""
    problems = {name: [UNKNOWN_PARAMETER] for name in query if name not in known}
    once = {name for name, values in query.lists() if len(values) > 1} - problems.keys() - set(several)
    problems |= {name: [REPEATED] for name in once}
    if problems:
        raise ValidationFailed.by_field(problems)


def require_no_fields(request: Request) -> None:
    """Raises :class:`ValidationFailed` for the body of a write that says all in its query: a DELETE with a strategy in its body would
    be done without one. Of a read no body means anything, and some proxies drop it."""
    if request.method in SAFE_METHODS or not request.data:
        return
    data = request.data if isinstance(request.data, Mapping) else {"nonFieldErrors": None}
    raise ValidationFailed.by_field({str(name): [IN_QUERY] for name in islice(data, NAMED_AT_MOST)})


MOVING = frozenset({"revision", "updated_at", "updatedAt"})
"""What every change moves by itself: who sends back what they read says no more by it than when they read it."""
NOT_CHANGED_HERE = "This field cannot be changed here."


def repeated_names(takes: serializers.Serializer[Any], echoes: serializers.Serializer[Any]) -> frozenset[str]:
    """What a body may repeat of an answer and cannot change. The id stands in the address, whatever the body takes."""
    return wire_names(echoes) - (wire_names(takes) - {"id"}) - MOVING


def contradictions(
    echoes: serializers.Serializer[Any], said: Mapping[str, Any], present: Mapping[str, Any]
) -> dict[str, list[str]]:
    """A problem for each name of ``said`` whose value is another one in ``present``, the answer that it repeats. Nothing said of what is not there is no
    contradiction: some clients write null or nothing for what they were not told."""
    fields = {**echoes.fields, **{camel(str(name)): field for name, field in echoes.fields.items()}}
    return {
        name: [NOT_CHANGED_HERE]
        for name, value in said.items()
        if value is not None and not _is_alike(fields[name], value, present.get(camel(name)))
    }


def _is_alike(field: Any, one: Any, other: Any) -> bool:
    """Whether both are one value, however it is spelled: ids in capitals, moments in another zone."""
    if one == other or not (one or other):
        return True
    try:
        return bool(field.run_validation(one) == field.run_validation(other))
    except (serializers.ValidationError, TypeError, ValueError, AttributeError):
        return False


def require_known_fields(shape: serializers.Serializer[Any], data: Any, also: Collection[str] = ()) -> None:
    """Raises :class:`ValidationFailed` for fields that ``shape`` does not have, at any depth; ``also`` are taken besides."""
    found = _unknown(shape, data, also)
    if found:
        raise ValidationFailed.by_field(found)


def _unknown(field: Any, data: Any, also: Collection[str] = ()) -> dict[str, Any]:
    """Problems by key; a shape with ``takes_other_keys`` says itself what it does with them."""
    if isinstance(field, (serializers.ListSerializer, serializers.ListField)) and isinstance(data, list):
        parts = ((str(index), _unknown(field.child, item)) for index, item in enumerate(data))
        return dict(islice((part for part in parts if part[1]), NAMED_AT_MOST))
    if not isinstance(field, serializers.Serializer) or not isinstance(data, Mapping):
        return {}
    known = wire_names(field)
    problems: dict[str, Any] = {}
    if not getattr(field, "takes_other_keys", False):
        strangers = (str(key) for key in data if key not in known and key not in also)
        problems = {key: [UNKNOWN] for key in islice(strangers, NAMED_AT_MOST)}
    for name, part in field.fields.items():
        for key in {camel(str(name)), str(name)} & data.keys():
            problem = _unknown(part, data[key])
            if problem:
                problems[key] = problem
    return problems
