"""Everything under ``/api/``: each app lists its own."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from shiftsync import pages
from shiftsync.api_document import Document, DocumentPage

urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", Document.as_view(), name="schema"),
    path("docs/", DocumentPage.as_view(url_name="schema"), name="docs"),
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
