"""Rejects or removes malformed input before any view sees it.

Django passes cookies, queries and headers on unchecked; its session store, its admin filters and packages in between
then fail on a U+0000 or unbalanced brackets, which would show as an internal error.
"""

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.deprecation import MiddlewareMixin

from shiftsync.core.errors import DomainError, Forbidden, InternalError, InvalidMessage, NotFound
from shiftsync.core.text import unfit
from shiftsync.core.whence import come_from
from shiftsync.pages import api_error, plain_error

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]
FAULTS_OF_A_QUERY = (ValueError, OverflowError, ValidationError, DataError)
ADMIN = "admin"
API = "/api/"

_REFUSALS: dict[int, type[DomainError]] = {403: Forbidden, 404: NotFound, 500: InternalError}


class EntranceMiddleware(MiddlewareMixin):
    """The first middleware that reads a request. Malformed cookies are ignored; anything else that is malformed is
    refused."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        come_from(request.META.get("REMOTE_ADDR", ""))
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if unfit(name + value) is None}
        problem = _problem_of(request)
        return None if problem is None else plain_error(request, problem)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The clients of ``/api/`` are programs, so what Django refuses as a page (a method, a host, a missing token)
        is answered in JSON."""
        is_json = response.get("Content-Type", "").startswith("application/json")
        if response.status_code < 400 or is_json or not request.path_info.startswith(API):
            return response
        refusal = api_error(_REFUSALS.get(response.status_code, InvalidMessage)(), response.status_code)
        if response.has_header("Allow"):
            refusal["Allow"] = response["Allow"]
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
        is_action = request.method == "POST" and "_selected_action" in request.POST
        return plain_error(request, NotFound()) if is_action else None


def _problem_of(request: HttpRequest) -> DomainError | None:
    if unfit(request.path_info):
        return NotFound()
    if not request.path_info.startswith(API) and any(map(unfit, _query(request))):
        return InvalidMessage("The address contains characters that are not text.")
    if not _is_origin(request.headers.get("Origin", "")):
        return InvalidMessage("The Origin header is not a valid origin.")
    return None


def _query(request: HttpRequest) -> list[str]:
    return [text for name, values in request.GET.lists() for text in (name, *values)]


def _is_origin(text: str) -> bool:
    """Whether the text is a well-formed origin; browsers send ``null`` where they withhold it."""
    try:
        return bool(text in ("", "null") or (urlsplit(text).scheme and urlsplit(text).hostname))
    except ValueError:
        return False
