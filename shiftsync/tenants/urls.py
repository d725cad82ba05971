"""Restaurants and access under ``/api/``."""

from typing import Any

from django.urls import path

from shiftsync.tenants import api

COLLECTION: dict[str, Any] = {"get": "list", "post": "create"}

urlpatterns = [
    path("me/", api.MeViewSet.as_view({"get": "retrieve"}), name="me"),
    path("restaurants/", api.RestaurantsViewSet.as_view({"get": "list"}), name="restaurants"),
    path(
        "restaurants/<str:id>/",
        api.RestaurantsViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="restaurant",
    ),
    path("memberships/", api.MembershipsViewSet.as_view(COLLECTION), name="memberships"),
    path(
        "memberships/<str:id>/",
        api.MembershipsViewSet.as_view({"patch": "partial_update", "delete": "destroy"}),
        name="membership",
    ),
    path("invitations/", api.InvitationsViewSet.as_view({"get": "list"}), name="invitations"),
    path("invitations/<str:id>/accept/", api.InvitationsViewSet.as_view({"post": "accept"}), name="invitation-accept"),
    path(
        "invitations/<str:id>/decline/", api.InvitationsViewSet.as_view({"post": "decline"}), name="invitation-decline"
    ),
    path("security-log/", api.SecurityLogViewSet.as_view({"get": "list"}), name="security-log"),
    path("tokens/", api.TokensViewSet.as_view(COLLECTION), name="tokens"),
    path("tokens/<str:id>/", api.TokensViewSet.as_view({"delete": "destroy"}), name="token"),
    path("tickets/", api.TicketsViewSet.as_view({"post": "create"}), name="tickets"),
]
