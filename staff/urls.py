"""Staff members under ``/api/``; ``staff/`` itself is listed by period, so ``schedules.urls`` has it."""

from django.urls import path

from staff.api import AvailabilityViewSet, StaffViewSet

urlpatterns = [
    path("availability/", AvailabilityViewSet.as_view({"get": "list", "post": "create"}), name="availability"),
    path(
        "availability/<str:id>/",
        AvailabilityViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="availability-entry",
    ),
    path("staff/reorder/", StaffViewSet.as_view({"post": "reorder"}), name="staff-reorder"),
    path("staff/<str:id>/restore/", StaffViewSet.as_view({"post": "restore"}), name="staff-restore"),
    path(
        "staff/<str:id>/",
        StaffViewSet.as_view(
            {"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"},
        ),
        name="staff-member",
    ),
]
