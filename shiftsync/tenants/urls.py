"""Restaurants and access under ``/api/``."""

from typing import Any

from django.urls import path

from shiftsync.tenants.api import accounts, invitations, members, restaurants, tokens

COLLECTION: dict[str, Any] = {"get": "list", "post": "create"}

urlpatterns = [
    path("me/", accounts.MeViewSet.as_view({"get": "retrieve"}), name="me"),
    path("me/person/", accounts.PersonViewSet.as_view({"get": "retrieve"}), name="person"),
    path("me/qr-code/", accounts.QrCodeViewSet.as_view({"post": "draw"}), name="qr-code"),
    path("restaurants/", restaurants.RestaurantsViewSet.as_view(COLLECTION), name="restaurants"),
    path(
        "restaurants/<str:id>/",
        restaurants.RestaurantsViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="restaurant",
    ),
    path(
        "restaurants/<str:id>/leave/",
        restaurants.RestaurantsViewSet.as_view({"post": "leave"}),
        name="restaurant-leave",
    ),
    path("memberships/", members.MembershipsViewSet.as_view(COLLECTION), name="memberships"),
    path(
        "memberships/<str:id>/",
        members.MembershipsViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="membership",
    ),
    path("invitations/", invitations.InvitationsViewSet.as_view({"get": "list"}), name="invitations"),
    path(
        "invitations/<str:id>/accept/",
        invitations.InvitationsViewSet.as_view({"post": "accept"}),
        name="invitation-accept",
    ),
    path(
        "invitations/<str:id>/decline/",
        invitations.InvitationsViewSet.as_view({"post": "decline"}),
        name="invitation-decline",
    ),
    path("invitation-links/", invitations.InvitationLinksViewSet.as_view(COLLECTION), name="invitation-links"),
    path(
        "invitation-links/<str:id>/",
        invitations.InvitationLinksViewSet.as_view({"delete": "destroy"}),
        name="invitation-link",
    ),
    path(
        "invitation-links/<str:id>/mail/",
        invitations.InvitationLinksViewSet.as_view({"post": "mail"}),
        name="invitation-link-mail",
    ),
    path("security-log/", tokens.SecurityLogViewSet.as_view({"get": "list"}), name="security-log"),
    path("tokens/", tokens.TokensViewSet.as_view(COLLECTION), name="tokens"),
    path("tokens/<str:id>/", tokens.TokensViewSet.as_view({"get": "retrieve", "delete": "destroy"}), name="token"),
    path("tickets/", tokens.TicketsViewSet.as_view({"post": "create"}), name="tickets"),
]
