"""Webhooks under ``/api/``."""

from django.urls import path

from shiftsync.webhooks.api import DeliveriesViewSet, EventKindsViewSet, WebhooksViewSet

ACTIONS = {"pause": "pause", "resume": "resume", "rotate-secret": "rotate_secret", "test": "test"}

urlpatterns = [
    path("webhooks/", WebhooksViewSet.as_view({"get": "list", "post": "create"}), name="webhooks"),
    path("webhooks/events/", EventKindsViewSet.as_view({"get": "list"}), name="webhook-events"),
    path(
        "webhooks/<str:id>/",
        WebhooksViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="webhook",
    ),
    path("webhooks/<str:id>/secret/", WebhooksViewSet.as_view({"get": "secret"}), name="webhook-secret"),
    *(
        path(f"webhooks/<str:id>/{name}/", WebhooksViewSet.as_view({"post": method}), name=f"webhook-{name}")
        for name, method in ACTIONS.items()
    ),
    path("webhooks/<str:id>/deliveries/", DeliveriesViewSet.as_view({"get": "list"}), name="webhook-deliveries"),
    path(
        "webhooks/<str:id>/deliveries/<str:delivery_id>/repeat/",
        DeliveriesViewSet.as_view({"post": "repeat"}),
        name="webhook-repeat",
    ),
]
