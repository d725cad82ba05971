"""Notices under ``/api/``."""

from django.urls import path

from shiftsync.notices.api import NoticeSettingsViewSet, NoticesViewSet, PushSubscriptionsViewSet

urlpatterns = [
    path("me/notices/", NoticesViewSet.as_view({"get": "retrieve"}), name="notices"),
    path("me/notices/read/", NoticesViewSet.as_view({"post": "read"}), name="notices-read"),
    path("me/push-subscriptions/", PushSubscriptionsViewSet.as_view({"post": "create"}), name="push-subscriptions"),
    path("me/push-subscriptions/end/", PushSubscriptionsViewSet.as_view({"post": "end"}), name="push-subscription-end"),
    path(
        "me/notices/settings/",
        NoticeSettingsViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="notice-settings",
    ),
]
