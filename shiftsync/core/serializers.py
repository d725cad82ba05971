"""Serializers that speak camelCase on the wire and snake_case in code, over declared fields only.

Keys inside JSON fields and ids used as keys are data: they pass through untouched.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.fields import empty

from shiftsync.core.door import problem_of
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.lists import ListOfObjects
from shiftsync.core.plain import PlainShape
from shiftsync.core.spelling import spelled

_UNDERSCORE = re.compile(r"_([a-z0-9])")


@lru_cache(4096)
def camel(name: str) -> str:
    """``staff_id`` → ``staffId``."""
    return _UNDERSCORE.sub(lambda match: match.group(1).upper(), name)


class CamelCaseMixin(serializers.Serializer[Any]):
    """Renames declared fields between ``snake_case`` and ``camelCase`` in both directions, and in errors."""

    class Meta:
        list_serializer_class = ListOfObjects

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return super().to_internal_value(data)
        known = {camel(str(name)): name for name in self.fields}
        renamed = {known.get(key, key): value for key, value in data.items() if isinstance(key, str)}
        try:
            return super().to_internal_value(renamed)
        except serializers.ValidationError as error:
            raise serializers.ValidationError(self._wire_errors(error.detail)) from None

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return {camel(name): value for name, value in super().to_representation(instance).items()}

    def _wire_errors(self, detail: Any) -> Any:
        if not isinstance(detail, Mapping):
            return detail
        return {camel(name) if name in self.fields else name: problem for name, problem in detail.items()}


class WireSerializer(CamelCaseMixin):
    """A payload of the protocol. ``null`` counts as missing for optional fields that do not allow it."""

    def run_validation(self, data: Any = empty) -> Any:
        if isinstance(data, Mapping):
            data = {key: value for key, value in data.items() if value is not None or self._allows_null(key)}
        return super().run_validation(data)

    def _allows_null(self, key: object) -> bool:
        field = self._by_wire_name.get(key)
        return field is None or field.allow_null or field.required

    @property
    def _by_wire_name(self) -> dict[object, serializers.Field[Any, Any, Any, Any]]:
        cached: dict[object, serializers.Field[Any, Any, Any, Any]] | None = self.__dict__.get("_wire_names")
        if cached is None:
            cached = {camel(name): field for name, field in self.fields.items()}
            self.__dict__["_wire_names"] = cached
        return cached


class SpelledChoiceField(serializers.ChoiceField):
    """One of the choices in any spelling (:mod:`shiftsync.core.spelling`); the value is the choice itself."""

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value(spelled(data, map(str, self.choices)) or data)


def validated(serializer: serializers.Serializer[Any], data: Any) -> dict[str, Any]:
    """What ``serializer`` makes of ``data``; raises :class:`ValidationFailed` by wire field.

    A serializer may be shared by many calls and threads: validation keeps nothing in it.
    """
    plain = _plain_shape(serializer).accept(data)
    if plain is not None:
        return plain
    if not isinstance(data, Mapping):
        raise ValidationFailed.of("nonFieldErrors", "Must be a JSON object.")
    problems = problem_of(serializer, data, _naming(serializer))
    if problems is not None:
        raise ValidationFailed.by_field(problems)
    try:
        return dict(serializer.run_validation(data))
    except serializers.ValidationError as error:
        raise ValidationFailed.by_field(plain_errors(error.detail)) from None


def _plain_shape(serializer: serializers.Serializer[Any]) -> PlainShape:
    shape: PlainShape | None = serializer.__dict__.get("_plain_shape")
    if shape is None:
        shape = serializer.__dict__["_plain_shape"] = PlainShape(serializer, _naming(serializer))
    return shape


def _naming(serializer: serializers.Serializer[Any]) -> Callable[[str], str]:
    return camel if isinstance(serializer, CamelCaseMixin) else str


def plain_errors(detail: Any) -> Any:
    """Nested DRF error details as plain dicts, lists and strings."""
    if isinstance(detail, Mapping):
        return {str(key): plain_errors(value) for key, value in detail.items()}
    if isinstance(detail, (list, tuple)):
        return [plain_errors(item) for item in detail]
    return str(detail) if isinstance(detail, ErrorDetail) else detail
