"""The base of the REST views, and the decorator that makes an endpoint of a method."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import wraps
from inspect import unwrap
from typing import Any, Literal

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from shiftsync.core.actor import Role
from shiftsync.core.api import WireParser, WireRenderer
from shiftsync.core.conditions import conditional, etag_of, refuse_conditions, request_id_of
from shiftsync.core.documented import documented
from shiftsync.core.errors import NotFound, ValidationFailed
from shiftsync.core.narrowing import FIELDS, fields_parameter, narrowed
from shiftsync.core.paging import CURSOR, LIMIT, page_of
from shiftsync.core.scopes import Area
from shiftsync.core.serializers import WireSerializer, validated
from shiftsync.core.several import given, several_in
from shiftsync.core.strictness import (
    contradictions,
    repeated_names,
    require_known_fields,
    require_known_query,
    require_no_fields,
    wire_names,
)

Payload = dict[str, Any]
Shape = type[WireSerializer]
Source = Literal["body", "query"]


SHAPES: set[Shape] = set()
"""The shapes of all that is taken, of every endpoint."""


class Empty(WireSerializer):
    """Nothing is asked for besides the path."""


class WireNegotiation(DefaultContentNegotiation):
    """``?format=`` is a parameter like any other: an unknown one."""

    def filter_renderers(self, renderers: Any, format: str | None) -> Any:  # noqa: A002 - DRF's name
        """All of them."""
        return renderers


class WireViewSet(ViewSet):
    """Speaks JSON as the socket does. Its methods are made by :func:`endpoint` or by what is built on it.

    ``standing`` is how often the user may still ask, as the throttle says it.
    """

    parser_classes = [WireParser]
    renderer_classes = [WireRenderer]
    content_negotiation_class = WireNegotiation
    standing: tuple[int, int, int] | None = None
    next_page: str | None = None

    def admit(self, needs: Role, path: Payload) -> Response | None:
        """Raises what is told to whoever may not do this, before anything is said about what they sent.

        An answer in the place of the method's own where there is one already; ``path``: the parts of the address.
        """
        return None

    def payload(self, takes: Shape, source: Source, *, known: Collection[str], also: Collection[str] = ()) -> Payload:
        """The body or the query, validated; ``known`` are the parameters of the query, ``also`` what a body may repeat of an answer.

        Raises :class:`ValidationFailed`, also for whatever else is said.
        """
        query = self.request.query_params
        shape = takes()
        several = several_in(shape) if source == "query" else frozenset[str]()
        require_known_query(query, known if source == "body" else {*known, *wire_names(shape)}, {*several, FIELDS})
        if source == "query":
            require_no_fields(self.request)
            own = wire_names(shape)
            said = {name: given(query, name) if name in several else query[name] for name in query if name in own}
            return validated(shape, said)
        require_known_fields(shape, self.request.data, also)
        return validated(shape, self.request.data)

    def present(self, path: Payload) -> Payload:
        """What the read of the same address answers."""
        found: Payload = unwrap(type(self).retrieve)(self, {}, **path)  # type: ignore[attr-defined]  # views with echoes have one
        return found

    def answer_to_repeat(self, refusal: ValidationFailed) -> Any:
        """What answers a body that repeats of an answer what is not so: raises ``refusal``."""
        raise refusal

    def is_of_now(self, body: Mapping[str, Any], present: Payload) -> bool:
        """Whether ``body`` is about what is read now. What is about an older state is judged as such: by its condition, or field by field."""
        has_condition = self.request.headers.get("If-Match", "*").strip() != "*"
        return not has_condition and body.get("revision") in (None, present.get("revision"))

    def judge_repeated(self, takes: Shape, echoes: Shape, path: Payload) -> Any:
        """Of a body that says another thing where it can only repeat what was read: the answer. None: there is no such thing in it."""
        data = self.request.data if isinstance(self.request.data, Mapping) else {}
        names = repeated_names(takes(), echoes())
        said = {name: data[name] for name in data if name in names}
        try:
            present = self.present(path) if said else {}
        except NotFound:  # the service says so, or makes it
            return None
        problems = contradictions(echoes(), said, present) if said and self.is_of_now(data, present) else {}
        return self.answer_to_repeat(ValidationFailed.by_field(problems)) if problems else None

    def listed(self, rows: Any, takes: Shape, gives: Any) -> Any:
        """What is asked for of an answer that is a list: its page, and of each entry its fields. Any other is as it is."""
        if not is_list(gives):
            return rows
        if is_paged(takes, gives):
            rows, self.next_page = page_of(self.request, rows)
        return narrowed(self.request, gives.child, rows)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """As usual, with how often its user may still ask, and where a list goes on."""
        final = super().finalize_response(request, response, *args, **kwargs)
        if self.standing is not None:
            for name, value in zip(RATE_HEADERS, self.standing, strict=True):
                final[name] = str(value)
        if self.next_page is not None:
            final["Link"] = self.next_page
        return final


ACCEPTED, SOON = 202, 2
"""What was only begun, and in how many seconds it is worth asking for."""
RATE_HEADERS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")

Method = Callable[..., Any]
Admission = Callable[[Any, Role, Payload], Any]
Handler = Callable[..., Response]


def admitted(view: WireViewSet, needs: Role, path: Payload) -> Response | None:
    """The default: as the view says."""
    return view.admit(needs, path)


def endpoint(
    *,
    takes: Shape = Empty,
    gives: Any,
    source: Source = "body",
    status: int = 200,
    parameters: tuple[OpenApiParameter, ...] = (),
    needs: Role = Role.VIEWER,
    admission: Admission = admitted,
    echoes: Shape | None = None,
    is_conditional: bool = False,
    area: Area | None = None,
) -> Callable[[Method], Handler]:
    """Makes a view of ``method(self, payload, **path)``; what it returns is the body, unless it is a response already.

    ``takes`` is the shape of the body (or the query), ``gives`` that of the answer (``Shape(many=True)`` for a list, None for
    none). The OpenAPI document is made from both, so it cannot say anything else. ``needs`` is the role that is asked for before
    the input is read (:meth:`WireViewSet.admit`). ``echoes``: a body may repeat what an answer of that shape says, so that what was
    read can be sent back; another value of what cannot be changed is refused. ``is_conditional``: the method itself minds ``If-Match``; else a read has the
    ETag of its content, and a write refuses the header. ``area``: for which a token must be, if not that of the view.
    """
    if is_paged(takes, gives):
        parameters = (*parameters, LIMIT, CURSOR)
    if is_list(gives):
        parameters = (*parameters, fields_parameter(gives.child))
    in_address = {each.name for each in parameters if each.location == OpenApiParameter.QUERY}

    def decorate(method: Method) -> Handler:
        @wraps(method)
        def handler(self: WireViewSet, request: Request, **path: Any) -> Response:
            is_read = request.method in SAFE_METHODS
            answer = admission(self, needs, path)
            if answer is not None:
                return answer if isinstance(answer, Response) else Response(answer, status=status)
            if not is_read:
                # Before the body: a key that is none is refused also where a repeat makes no difference.
                request_id_of(request)
            also = wire_names(echoes()) if echoes is not None else frozenset[str]()
            payload = self.payload(takes, source, known=in_address, also=also)
            answer = None if echoes is None else self.judge_repeated(takes, echoes, path)
            if answer is not None:
                return Response(answer, status=status)
            if not is_read:
                refuse_conditions(request, *(() if is_conditional else ("If-Match",)))
            answer = method(self, payload, **path)
            if isinstance(answer, Response):
                return answer
            answer = self.listed(answer, takes, gives)
            plain = Response(answer, status=status)
            return conditional(request, plain, etag_of(answer)) if is_read else plain

        handler.area = area  # type: ignore[attr-defined]  # read by needed_scope
        SHAPES.add(takes)
        return _documented(handler, takes, source, {status: gives}, parameters)

    return decorate


def _documented(
    handler: Handler, takes: Shape, source: Source, responses: dict[int, Any], parameters: Sequence[OpenApiParameter]
) -> Handler:
    """The handler, as the OpenAPI document is to describe it."""
    in_query = [takes] if source == "query" and takes is not Empty else []
    body = takes if source == "body" and takes is not Empty else None
    return documented(request=body, responses=responses, parameters=[*parameters, *in_query])(handler)


def is_paged(takes: Shape, gives: Any) -> bool:
    """Whether an answer is a list that is given by pages where ``limit`` is asked for; some have a limit of their own."""
    return is_list(gives) and "limit" not in takes._declared_fields


def is_list(gives: Any) -> bool:
    """Whether an answer is a list of entries."""
    return isinstance(gives, serializers.ListSerializer)


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
