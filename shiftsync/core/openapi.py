"""How our serializers and errors look in the OpenAPI document.

Only what makes the document imports this: the library brings Django's test client with it.
"""

import re
import threading
from typing import Any

from django.utils.module_loading import autodiscover_modules
from drf_spectacular.extensions import OpenApiSerializerExtension, OpenApiSerializerFieldExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from shiftsync.core.documented import put_in
from shiftsync.core.error_bodies import ProblemDetails
from shiftsync.core.problems import PROBLEM_JSON
from shiftsync.core.scopes import needed_scope
from shiftsync.core.serializers import camel


class CamelCaseExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]  # its registry is untyped
    """Declared fields have camelCase names on the wire, so also in the document."""

    target_class = "shiftsync.core.serializers.CamelCaseMixin"
    match_subclasses = True

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        schema: dict[str, Any] = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        if not (self.target if isinstance(self.target, type) else type(self.target)).__doc__:
            schema.pop("description", None)  # inherited from a base class, so not a description of this one
        if "properties" in schema:
            schema["properties"] = {camel(name): value for name, value in schema["properties"].items()}
        example = vars(self.target if isinstance(self.target, type) else type(self.target)).get("example")
        if example is not None:
            schema["examples"] = [example]
        if "required" in schema:
            schema["required"] = sorted(camel(name) for name in schema["required"])
        return schema


class TimeExtension(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]  # its registry is untyped
    """Our times of day have neither seconds nor zone, both of which the format ``time`` requires."""

    target_class = serializers.TimeField
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$", "examples": ["09:30"]}


_making = threading.Lock()


class OneAtATime(SchemaGenerator):
    """Makes the document for one who asks after the other: the library loads what it looks for into variables of its classes, and of two
    who ask a new server at once one finds them half done."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:
        """The document."""
        with _making:
            return super().get_schema(request, public)  # type: ignore[no-untyped-call]  # likewise


def all_said(endpoints: Any) -> Any:
    """Before the document is made: what every app says of its fields (its module ``openapi``), and what was said of each handler."""
    autodiscover_modules("openapi")
    put_in(extend_schema)
    return endpoints


ANYBODY = {
    400: ("BadRequest", "Something in the request is not valid or not known; `details` says what, by name."),
    401: ("Unauthenticated", "Nobody is signed in, or the token does not count (any more)."),
    403: (
        "Forbidden",
        "Your role does not allow this, or your token: then `details.scope` is the scope that it lacks.",
    ),
    404: ("NotFound", "There is no such thing, or it is not yours to see."),
    429: ("RateLimited", "Too many requests; `Retry-After` says when to come back."),
}
WRITING = {413: ("PayloadTooLarge", "The body is larger than is read.")}
CHANGING = {
    409: ("Conflict", "Others have changed this meanwhile; `details.items` has both values."),
    412: ("PreconditionFailed", "`If-Match` names what is not there any more."),
    423: ("Locked", "This is locked and refuses changes."),
}
ABOUT_ONESELF = ("/api/me/", "/api/restaurants/")
GONE = {
    410: (
        "Gone",
        "The log does not reach back that far, or its past is another one; a client that follows reads everything again.",
    )
}
REFUSALS = {**ANYBODY, **WRITING, **CHANGING, **GONE}
HEADERS = {
    "X-Request-Id": ("string", "Which request this answers; the same id stands in our log."),
    "RateLimit-Limit": ("integer", "How many requests a minute you have."),
    "RateLimit-Remaining": ("integer", "How many of them are left."),
    "RateLimit-Reset": ("integer", "In how many seconds all of them are."),
    "Retry-After": ("integer", "In how many seconds to ask again."),
    "ETag": ("string", "Names what was read: for `If-None-Match`, and `If-Match` of a write."),
    "Location": ("string", "Where that lies which was made."),
}
ALWAYS = ("X-Request-Id", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


class WireSchema(AutoSchema):
    """Adds what all operations have in common: how they refuse, and what stands in the headers of an answer.

    A component is called as its serializer says (``rest_name``, else ``wire_name``, its own and not its base's), else as its class.
    """

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        kind = type(serializer)
        name: str = vars(kind).get("rest_name") or vars(kind).get("wire_name") or kind.__name__
        name = name.removesuffix("Serializer").removesuffix("Payload")
        return name.removesuffix("Request") if direction == "request" else name

    def get_auth(self) -> list[dict[str, list[str]]]:
        """With the scope that a token must have; the names of roles, as OpenAPI 3.1 lets any scheme list them."""
        scope = needed_scope(self.view, self.method)
        needed = [] if scope is None else [str(scope)]
        return [
            {name: needed if name == "token" else scopes for name, scopes in each.items()}
            for each in super().get_auth()
        ]

    def get_operation_id(self) -> str:
        """A dot would be no name in most languages."""
        return super().get_operation_id().replace(".", "_")

    def get_summary(self) -> str:
        """The first sentence of what is said of the operation."""
        return re.split(r"(?<=[.;:])\s", self.get_description(), maxsplit=1)[0].rstrip(".;:")

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        self.resolve_serializer(ProblemDetails, "response")
        is_read = self.method == "GET"
        for status, body in bodies.items():
            names = [*ALWAYS, *(["ETag"] if is_read and "json" in str(body.get("content", "")) else [])]
            names += {"201": ["Location"], "202": ["Location", "Retry-After"]}.get(status, [])
            body["headers"] = {**body.get("headers", {}), **_headers(*names)}
            body["description"] = body.get("description") or "Done."
        if is_read and "ETag" in bodies.get("200", {}).get("headers", {}):
            bodies["304"] = {
                "description": "It is as `If-None-Match` names it.",
                "headers": _headers("X-Request-Id", "ETag"),
            }
        refusals = {**ANYBODY, **({} if is_read else WRITING), **(CHANGING if self._is_conditional() else {})}
        refusals |= {412: CHANGING[412]} if "304" in bodies else {}  # a condition on a read is minded as well
        refusals |= GONE if self.path.endswith(("/changes/", "/repeat/")) else {}
        refusals = {status: text for status, text in refusals.items() if status not in self._impossible()}
        for number, (name, _) in sorted(refusals.items()):
            bodies[str(number)] = {"$ref": f"#/components/responses/{name}"}
        bodies["default"] = {"$ref": "#/components/responses/Refusal"}
        return bodies

    def _impossible(self) -> set[int]:
        """What is never refused: nothing is missing where nothing is named, of which a restaurant is one."""
        asks_for_none = self.path in ABOUT_ONESELF and self.method == "GET"
        return {403, 404} if asks_for_none else set()

    def _is_conditional(self) -> bool:
        return any(each["name"] == "If-Match" for each in self._get_parameters())


def common_components(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Adds the refusals and headers that operations refer to."""
    components = result["components"]
    content = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
    named = dict(REFUSALS.values()) | {"Refusal": "Any other refusal, with its reason."}
    components["responses"] = {
        name: {
            "description": text,
            "headers": _headers(*ALWAYS, *(["Retry-After"] if name in ("RateLimited", "Refusal") else [])),
            "content": content,
        }
        for name, text in named.items()
    }
    components["headers"] = {
        name: {"schema": {"type": kind}, "description": text} for name, (kind, text) in HEADERS.items()
    }
    return result


def plain_shapes(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Says each thing once, and nothing that is only for a page: no labels, no choice of anything or null, one component for a shape."""
    schemas = result["components"]["schemas"]
    schemas.pop("NullEnum", None)
    _tidy(result["paths"])
    _tidy(schemas)
    twins = {}
    for name in sorted(schemas):
        twin = name.removesuffix("Request")
        if name != twin and schemas.get(twin) == _as_answers(schemas[name], schemas):
            twins[name] = twin
    words: dict[str, str] = {}
    for name in sorted(schemas):
        if "enum" in schemas[name]:
            first = words.setdefault(str(schemas[name]["enum"]), name)
            twins |= {name: first} if first != name else {}
    for name in twins:
        del schemas[name]
    _rename(result, {f"#/components/schemas/{name}": f"#/components/schemas/{twin}" for name, twin in twins.items()})
    return result


def _tidy(part: Any) -> None:
    if isinstance(part, list):
        for each in part:
            _tidy(each)
    if not isinstance(part, dict):
        return
    if isinstance(part.get("title"), str):
        del part["title"]
    choices = part.get("oneOf")
    if isinstance(choices, list) and {} in choices:
        del part["oneOf"]
    elif isinstance(choices, list):
        null = {"$ref": "#/components/schemas/NullEnum"}
        part["oneOf"] = [{"type": "null"} if each == null else each for each in choices]
    for name, each in part.items():
        if name not in ("default", "example", "examples"):
            _tidy(each)


def _as_answers(schema: Any, schemas: dict[str, Any]) -> Any:
    """The schema of a request with the parts of answers where those have the same name."""
    if isinstance(schema, list):
        return [_as_answers(each, schemas) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if isinstance(schema.get("$ref"), str):
        twin = schema["$ref"].removesuffix("Request")
        return {**schema, "$ref": twin} if twin.rpartition("/")[2] in schemas else schema
    return {name: _as_answers(each, schemas) for name, each in schema.items()}


def _rename(part: Any, names: dict[str, str]) -> None:
    if isinstance(part, list):
        for each in part:
            _rename(each, names)
    if isinstance(part, dict):
        if part.get("$ref") in names:
            part["$ref"] = names[part["$ref"]]
        for each in part.values():
            _rename(each, names)
