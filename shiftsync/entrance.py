"""Rejects or removes malformed input before any view sees it.

Django passes cookies, queries and headers on unchecked; its session store, its admin filters and packages in between
then fail on a U+0000 or unbalanced brackets, which would show as an internal error.
"""

import codecs
import logging
import sys
from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.deprecation import MiddlewareMixin

from shiftsync.core.errors import DomainError, Forbidden, InternalError, InvalidMessage, NotFound
from shiftsync.core.ids import parse_id
from shiftsync.core.problems import PROBLEM_JSON, REQUEST_ID
from shiftsync.core.text import unfit
from shiftsync.core.tracing import served
from shiftsync.core.whence import come_from, occurrence_now
from shiftsync.pages import api_error, lacks_slash, plain_error

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]
FAULTS_OF_A_QUERY = (ValueError, OverflowError, ValidationError, DataError, FieldDoesNotExist)
ADMIN = "admin"
API = "/api/"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

_REFUSALS: dict[int, type[DomainError]] = {403: Forbidden, 404: NotFound, 500: InternalError}


class EntranceMiddleware(MiddlewareMixin):
    """The first middleware that reads a request. Malformed cookies are ignored; anything else that is malformed is
    refused."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """Gives the request its id and cleans its cookies; answers at once what no view could take."""
        occurrence = parse_id(request.headers.get(REQUEST_ID)) or uuid4()
        come_from(request.META.get("REMOTE_ADDR", ""), occurrence)
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if unfit(name + value) is None}
        problem = _problem_of(request)
        if problem is not None:
            return plain_error(request, problem)
        if _is_meant_with_slash(request):
            request.path, request.path_info = f"{request.path}/", f"{request.path_info}/"
        return None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The clients of ``/api/`` are programs, so what Django refuses as a page (a method, a host, a missing token)
        is answered in JSON."""
        _name_trace(request)
        if not request.path_info.startswith(API):
            return response
        response[REQUEST_ID] = str(occurrence_now())
        if response.status_code < 400 or response.get("Content-Type", "").startswith(
            (PROBLEM_JSON, "application/json")
        ):
            return response
        refusal = api_error(_REFUSALS.get(response.status_code, InvalidMessage)(), response.status_code)
        if response.has_header("Allow"):
            refusal["Allow"] = response["Allow"]
        refusal[REQUEST_ID] = response[REQUEST_ID]
        return refusal

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """In the admin a filter in the address may exceed what the database can compare with; the unfiltered list is
        shown instead."""
        match = request.resolver_match
        if match is None or match.app_name != ADMIN or not isinstance(exception, FAULTS_OF_A_QUERY):
            return None
        if request.method == "GET" and request.GET:
            logger.info("admin.query_refused path=%s error=%s", request.path, type(exception).__name__)
            return HttpResponseRedirect(request.path)
        if isinstance(exception, FieldDoesNotExist) and request.GET:
            return plain_error(request, InvalidMessage("The address refers to something that does not exist."))
        is_action = request.method == "POST" and "_selected_action" in request.POST
        return plain_error(request, NotFound()) if is_action else None


def _problem_of(request: HttpRequest) -> DomainError | None:
    if unfit(request.path_info):
        return NotFound()
    # Whoever asks for the query would raise, each in its way.
    if request.META.get("QUERY_STRING", "").count("&") >= (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or sys.maxsize):
        return InvalidMessage("The address has too many parameters.")
    if not request.path_info.startswith(API) and any(map(unfit, _query(request))):
        return InvalidMessage("The address contains characters that are not text.")
    if not _is_origin(request.headers.get("Origin", "")):
        return InvalidMessage("The Origin header is not a valid origin.")
    if not _is_form_in_utf_8(request):
        return InvalidMessage("A form must be in UTF-8.")
    return None


def _is_form_in_utf_8(request: HttpRequest) -> bool:
    """Whether a form, if it is one, has the only encoding that is read. Django reads others until one of them fails in the middle of it."""
    charset = (request.content_params or {}).get("charset")
    if charset is None or request.content_type not in FORMS:
        return True
    try:
        return codecs.lookup(charset).name == "utf-8"
    except LookupError:
        return False


def _is_meant_with_slash(request: HttpRequest) -> bool:
    """Django redirects such an address; for a write it cannot, and in development it raises."""
    path = request.path_info
    if f"{path}/" == API:
        return True
    return (path.startswith(API) or request.method not in SAFE_METHODS) and lacks_slash(path)


def _query(request: HttpRequest) -> list[str]:
    return [text for name, values in request.GET.lists() for text in (name, *values)]


def _is_origin(text: str) -> bool:
    """Whether the text is a well-formed origin; browsers send ``null`` where they withhold it."""
    try:
        return bool(text in ("", "null") or (urlsplit(text).scheme and urlsplit(text).hostname))
    except ValueError:
        return False


def _name_trace(request: HttpRequest) -> None:
    """By the route, not the address, in which there may be a secret."""
    span = served()
    if span is not None:
        route = "" if request.resolver_match is None else f"/{request.resolver_match.route}"
        span.rename(f"{request.method} {route}".rstrip())
        span.tell({"http.route": route or None, "shiftsync.request": occurrence_now()})
