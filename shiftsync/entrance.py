"""What no page and no view can make sense of is turned away or left out before any of them sees it.

Django hands cookies, queries and headers on as they came; its session store, its admin's filters and the packages in between then fail
on a U+0000 or on brackets that do not match, which would look like a fault of ours.
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
    """First among those that read a request. Cookies that hold no text are as if they were not sent; the rest is refused."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        come_from(request.META.get("REMOTE_ADDR", ""))
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if unfit(name + value) is None}
        problem = _problem_of(request)
        return None if problem is None else plain_error(request, problem)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Below ``/api/`` programs ask: what Django refuses in a form of its own (a method, a host, a missing token) is said in JSON."""
        is_json = response.get("Content-Type", "").startswith("application/json")
        if response.status_code < 400 or is_json or not request.path_info.startswith(API):
            return response
        refusal = api_error(_REFUSALS.get(response.status_code, InvalidMessage)(), response.status_code)
        if response.has_header("Allow"):
            refusal["Allow"] = response["Allow"]
        return refusal

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """In the admin, what an address asks for may be more than a database can compare with: the list is then shown whole."""
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
        return InvalidMessage("The address holds characters that are no text.")
    if not _is_origin(request.headers.get("Origin", "")):
        return InvalidMessage("The Origin header is none.")
    return None


def _query(request: HttpRequest) -> list[str]:
    return [text for name, values in request.GET.lists() for text in (name, *values)]


def _is_origin(text: str) -> bool:
    """Whether a URL's parts can be told; ``null`` is what a browser says that does not tell."""
    try:
        return bool(text in ("", "null") or (urlsplit(text).scheme and urlsplit(text).hostname))
    except ValueError:
        return False
