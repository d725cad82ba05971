"""The change log under ``/api/``."""

from django.urls import path

from shiftsync.realtime.api import ChangesViewSet

urlpatterns = [path("changes/", ChangesViewSet.as_view({"get": "retrieve"}), name="changes")]
