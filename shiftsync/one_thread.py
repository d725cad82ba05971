"""Keeps a request on one thread: see docs/decisions/0004-one-thread-for-a-request.md."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_only_middleware


@sync_only_middleware
def one_thread(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The innermost middleware does nothing but be synchronous, so that everything above it runs synchronously on one
    thread."""
    return get_response
