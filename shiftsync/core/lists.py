"""Lists of a request that are not searched to their end for all that is wrong with them.

Django REST framework collects the problems of each item: sixty thousand wrong days in one frame kept a thread busy for seconds, and the
answer had twenty times the request's length. A list of these kinds ends at its bound, and is judged until enough is found.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework import serializers
from rest_framework.fields import get_error_detail

from shiftsync.core.brief import NAMED_AT_MOST


class ListField(serializers.ListField):
    """A list of values. Its length is judged before its items."""

    def to_internal_value(self, data: Any) -> list[Any]:
        if isinstance(data, list) and self.max_length is not None and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        values: list[Any] = super().to_internal_value(data)
        return values

    def run_child_validation(self, data: list[Any]) -> list[Any]:
        values, problems = _judged(self.child.run_validation, data)
        if problems:
            raise serializers.ValidationError({str(index): problem for index, problem in problems.items()})
        return values


class ListOfObjects(serializers.ListSerializer[Any]):
    """A list of objects, as ``many=True`` makes one."""

    max_length: int | None

    def to_internal_value(self, data: Any) -> list[Any]:
        if not isinstance(data, list) or not data or len(data) > (self.max_length or len(data)):
            usual: list[Any] = super().to_internal_value(data)
            return usual
        values, problems = _judged(self.run_child_validation, data)
        if problems:
            raise serializers.ValidationError({str(index): problem for index, problem in problems.items()})
        return values


def _judged(judge: Callable[[Any], Any], items: list[Any]) -> tuple[list[Any], dict[int, Any]]:
    """The values of the items, and by index what is wrong with those that have none; the search ends when there are enough."""
    values: list[Any] = []
    problems: dict[int, Any] = {}
    for index, item in enumerate(items):
        try:
            values.append(judge(item))
        except serializers.ValidationError as error:
            problems[index] = error.detail
        except DjangoValidationError as error:
            problems[index] = get_error_detail(error)
        if len(problems) >= NAMED_AT_MOST:
            break
    return values, problems
