"""The base of the REST views, and the decorator that makes an endpoint of a method."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Literal

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from shiftsync.core.api import WireParser, WireRenderer
from shiftsync.core.serializers import WireSerializer, validated

Payload = dict[str, Any]
Shape = type[WireSerializer]
Source = Literal["body", "query"]


class Empty(WireSerializer):
    """Nothing is asked for besides the path."""


class WireViewSet(ViewSet):
    """Speaks JSON as the socket does. Its methods are made by :func:`endpoint` or by what is built on it."""

    parser_classes = [WireParser]
    renderer_classes = [WireRenderer]

    def payload(self, takes: Shape, source: Source) -> Payload:
        """The body or the query, validated. Raises :class:`ValidationFailed`."""
        return validated(takes(), self.request.data if source == "body" else self.request.query_params.dict())


Method = Callable[..., Any]
Handler = Callable[..., Response]


def endpoint(
    *,
    takes: Shape = Empty,
    gives: Any,
    source: Source = "body",
    status: int = 200,
    parameters: tuple[OpenApiParameter, ...] = (),
) -> Callable[[Method], Handler]:
    """Makes a view of ``method(self, payload, **path)``; what it returns is the body, unless it is a response already.

    ``takes`` is the shape of the body (or the query), ``gives`` that of the answer (``Shape(many=True)`` for a list, None for
    none). The OpenAPI document is made from both, so it cannot say anything else.
    """

    def decorate(method: Method) -> Handler:
        @wraps(method)
        def handler(self: WireViewSet, request: Request, **path: Any) -> Response:
            answer = method(self, self.payload(takes, source), **path)
            return answer if isinstance(answer, Response) else Response(answer, status=status)

        in_query = [takes] if source == "query" and takes is not Empty else []
        documented: Handler = extend_schema(
            request=takes if source == "body" and takes is not Empty else None,
            responses={status: gives},
            parameters=[*parameters, *in_query],
        )(handler)
        return documented

    return decorate


def whole(fields: Shape, *bases: Shape, name: str, but: Collection[str] = ()) -> Shape:
    """A shape that requires every field of ``fields``, for PUT: a replacement with a missing field is a mistake.

    ``but`` lists later additions, which keep their value when an older client omits them.
    """
    declared = fields._declared_fields.keys() - set(but)

    def get_fields(self: Any) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        found: dict[str, serializers.Field[Any, Any, Any, Any]] = super(shape, self).get_fields()
        for field in declared & found.keys():
            found[field].required = True
        return found

    shape: Shape = type(name, (fields, *bases), {"get_fields": get_fields, "__doc__": fields.__doc__})
    return shape
