"""Settings under ``/api/``."""

from typing import Any

from django.urls import URLPattern, path

from settings_app.api.rows import COLLECTION, row_urls
from settings_app.api.versions import SettingsChangesViewSet, SettingsViewSet, VersionsViewSet
from settings_app.tables import tables_of

VERSION_ACTIONS = ("activate", "lock", "unlock", "copy")
ONE_VERSION: dict[str, Any] = {"get": "retrieve", "delete": "destroy"}

urlpatterns: list[URLPattern] = [
    path("settings/", SettingsViewSet.as_view({"get": "retrieve"}), name="settings"),
    path("settings/export/", SettingsViewSet.as_view({"get": "export"}), name="settings-export"),
    path(
        "settings/answers/",
        SettingsViewSet.as_view({"get": "answers_set", "patch": "answer"}),
        name="settings-answers",
    ),
    path("settings/reset/", SettingsViewSet.as_view({"post": "reset"}), name="settings-reset"),
    path("settings/migrate/", SettingsViewSet.as_view({"post": "migrate"}), name="settings-migrate"),
    path("settings-changes/", SettingsChangesViewSet.as_view({"get": "retrieve"}), name="settings-changes"),
    path(
        "settings-changes/<str:id>/restore/",
        SettingsChangesViewSet.as_view({"post": "restore"}),
        name="settings-change-restore",
    ),
    path("config-versions/", VersionsViewSet.as_view(COLLECTION), name="config-versions"),
    path("config-versions/compare/", VersionsViewSet.as_view({"get": "compare"}), name="config-versions-compare"),
    path("config-versions/<str:id>/", VersionsViewSet.as_view(ONE_VERSION), name="config-version"),
    *(
        path(
            f"config-versions/<str:id>/{name}/", VersionsViewSet.as_view({"post": name}), name=f"config-version-{name}"
        )
        for name in VERSION_ACTIONS
    ),
    *(url for table in tables_of("settings_app") for url in row_urls(table)),
]
