"""REST: bodies are JSON as the wire has it, and every error has the one shape of the protocol."""

import logging
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_exception_handler

from shiftsync.core import errors
from shiftsync.core.database_errors import is_transient
from shiftsync.core.door import require_shallow
from shiftsync.core.encoding import decode, encode
from shiftsync.core.problems import PROBLEM_JSON, problem
from shiftsync.core.serializers import plain_errors
from shiftsync.core.whence import occurrence_now

logger = logging.getLogger(__name__)

MAX_BODY_BYTES = 4 << 20
MAX_COMMAS = 300_000
"""The commas of a body bound its values, which cost thirty times their text as objects; a month of 300 people has some 90,000."""
RETRY_AFTER_SECONDS = 2.0


class WireParser(BaseParser):
    """Reads JSON, and no more of it than is allowed."""

    media_type = "application/json"

    def parse(self, stream: IO[Any], media_type: Any = None, parser_context: Any = None) -> Any:
        data = stream.read(MAX_BODY_BYTES + 1)
        if len(data) > MAX_BODY_BYTES:
            raise errors.PayloadTooLarge(f"A request has at most {MAX_BODY_BYTES >> 20} MiB.")
        if data.count(b",") > MAX_COMMAS:
            raise errors.PayloadTooLarge(f"A request has at most {MAX_COMMAS:,} values.")
        try:
            value = decode(data)
        except ValueError:
            raise errors.InvalidJson from None
        require_shallow(value)
        return value


class WireRenderer(BaseRenderer):
    """Writes JSON as the socket does: decimals are numbers, moments UTC with milliseconds."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else encode(data).encode()


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response:
    """The response for whatever a view raised. Of an internal error it says only that it happened."""
    domain = as_domain_error(exc)
    if domain is None:
        logger.error("api.failed path=%s request=%s", context["request"].path, occurrence_now(), exc_info=exc)
        domain = errors.InternalError()
    status = _status_of(exc, domain)
    response = Response(problem(domain, status, occurrence_now()), status=status, content_type=PROBLEM_JSON)
    if domain.retry_after is not None:
        response["Retry-After"] = str(max(1, round(domain.retry_after)))
    if isinstance(exc, exceptions.APIException):
        _keep_what_http_says(response, exc, context)
    return response


def _status_of(exc: Exception, domain: errors.DomainError) -> int:
    """Errors that are about HTTP itself (405, 406, 415) keep their status."""
    about_http = (exceptions.MethodNotAllowed, exceptions.NotAcceptable, exceptions.UnsupportedMediaType)
    return exc.status_code if isinstance(exc, about_http) else domain.status


def _keep_what_http_says(response: Response, exc: exceptions.APIException, context: dict[str, Any]) -> None:
    """Keeps the challenge of a 401."""
    usual = drf_exception_handler(exc, context)
    if usual is not None and usual.has_header("WWW-Authenticate"):
        response["WWW-Authenticate"] = usual["WWW-Authenticate"]


def as_domain_error(exc: Exception) -> errors.DomainError | None:
    """The domain error equivalent to a framework exception; None for an internal error."""
    match exc:
        case errors.DomainError():
            return exc
        case _ if is_transient(exc):
            return errors.Unavailable(retry_after=RETRY_AFTER_SECONDS)
        case PermissionDenied():
            return errors.Forbidden()
        case Http404():
            return errors.NotFound()
        case exceptions.APIException():
            return _of_rest_framework(exc)
    return None


def _of_rest_framework(exc: exceptions.APIException) -> errors.DomainError:
    match exc:
        case exceptions.ValidationError():
            return errors.ValidationFailed.by_field(_by_field(plain_errors(exc.detail)))
        case exceptions.ParseError():
            return errors.InvalidJson(str(exc.detail))
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return errors.Unauthenticated(str(exc.detail))
        case exceptions.PermissionDenied():
            return errors.Forbidden(str(exc.detail))
        case exceptions.NotFound():
            return errors.NotFound()
        case exceptions.Throttled():
            return errors.RateLimited(retry_after=getattr(exc, "wait", None))
    return errors.InvalidMessage(str(exc.detail))


def _by_field(detail: Any) -> dict[str, Any]:
    return detail if isinstance(detail, dict) else {"nonFieldErrors": detail}
