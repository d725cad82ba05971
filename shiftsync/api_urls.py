"""Everything under ``/api/``: each app lists its own."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.module_loading import import_string
from django.views.decorators.csrf import csrf_exempt

from shiftsync import pages


@cache
def _view(name: str, **options: Any) -> Any:
    return import_string(f"shiftsync.api_document.{name}").as_view(**options)


@csrf_exempt  # as the views of REST are: they ask for it themselves
def document(request: HttpRequest) -> HttpResponseBase:
    """The OpenAPI document. What makes it, with Django's test client that it brings, is loaded by the first who asks."""
    answer: HttpResponseBase = _view("Document")(request)
    return answer


@csrf_exempt
def document_page(request: HttpRequest) -> HttpResponseBase:
    """The document as a page, loaded likewise."""
    answer: HttpResponseBase = _view("DocumentPage", url_name="schema")(request)
    return answer


urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", document, name="schema"),
    path("docs/", document_page, name="docs"),
    path("", include("shiftsync.tenants.urls")),
    path("", include("shiftsync.realtime.urls")),
    path("", include("shiftsync.webhooks.urls")),
    path("", include("shiftsync.notices.urls")),
    path("", include("staff.urls")),
    path("", include("settings_app.urls")),
    path("", include("backups.urls")),
    path("", include("schedules.urls")),
    path("problems/<str:code>/", pages.problem_kind, name="problem-kind"),
    re_path("", pages.api_not_found),
]
