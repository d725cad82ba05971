"""The OpenAPI document, as what real answers are held against."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator, FormatChecker

Json = dict[str, Any]
ANY_TIME = {406, 415, 431, 500, 503}
"""Refusals of no operation in particular, which the document has as `default`."""


class Document:
    """The generated document; ``seen`` collects which operations were answered."""

    def __init__(self) -> None:
        GENERATOR_STATS.reset()
        generator = SchemaGenerator()  # type: ignore[no-untyped-call]  # it is untyped
        self.json: Json = generator.get_schema(public=True)  # type: ignore[no-untyped-call]  # as above
        self.warnings = [str(warning) for warning in GENERATOR_STATS._warn_cache]
        self.errors = [str(error) for error in GENERATOR_STATS._error_cache]
        # Once: made anew for each answer, it took half of the time of a request.
        self._components = strict(self.json["components"])
        self.seen: set[tuple[str, str]] = set()
        self._paths = [(re.compile(re.sub(r"\{\w+\}", "[^/]+", template)), template) for template in self.json["paths"]]

    @property
    def operations(self) -> set[tuple[str, str]]:
        """Every operation: method and path."""
        return {(method, path) for path, methods in self.json["paths"].items() for method in methods}

    def check(self, method: str, path: str, response: Any) -> None:
        """Raises unless the answer has the shape that the document promises for its status."""
        template = self._template(path)
        if template is None or response.status_code in (304, 405) or method not in self.json["paths"][template]:
            return
        promised = self.json["paths"][template][method]["responses"]
        assert response.status_code in ANY_TIME or str(response.status_code) in promised, (
            method,
            path,
            response.status_code,
        )
        answer = promised.get(str(response.status_code)) or promised["default"]
        if response.status_code < 300:
            self.seen.add((method, template))
        if "$ref" in answer:
            answer = self.json["components"]["responses"][answer["$ref"].rpartition("/")[2]]
        if "content" not in answer:
            assert not response.content
            return
        kind = response["Content-Type"]
        assert kind in answer["content"], (method, path, response.status_code, kind)
        if not kind.endswith("json"):
            return
        schema = {**strict(answer["content"][kind]["schema"]), "components": self._components}
        errors = Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(response.json())
        wrong = [f"{error.json_path}: {error.message}" for error in errors]
        assert not wrong, wrong

    def _template(self, path: str) -> str | None:
        asked = f"/api/{urlsplit(path).path}"
        found = [template for pattern, template in self._paths if pattern.fullmatch(asked)]
        return min(found, key=lambda template: template.count("{"), default=None)

    @staticmethod
    def text_of(body: Any) -> str:
        return "" if body is None else json.dumps(body)

    @staticmethod
    def query_of(path: str) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(path).query))


def strict(schema: Any) -> Any:
    """The schema with every object closed: an answer must not hold what the document does not name."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and "additionalProperties" not in schema:
        closed["additionalProperties"] = False
    return closed
