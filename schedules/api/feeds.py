"""REST about calendar feeds, and the feed itself."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe
from rest_framework import serializers
from rest_framework.response import Response

from schedules.models import FeedLink
from schedules.publications.feeds import feed_of, link_for
from schedules.services.feeds import feed_issue, feed_revoke, require_own_or_editor
from shiftsync.core.actor import Role
from shiftsync.core.errors import NotFound
from shiftsync.core.fence import within
from shiftsync.core.reading import snapshot_read
from shiftsync.core.serializers import WireSerializer
from shiftsync.core.viewsets import Payload
from shiftsync.tenants.api.as_read import as_read, conditional_endpoint, conditional_once_endpoint
from shiftsync.tenants.api.base import RestaurantViewSetBase, once, restaurant_endpoint
from staff.selectors import staff_member

ICAL_WRITER = "schedules.exports.ical_file.ical_bytes"
"""By name: the library behind is 3 MiB, and loaded by the first calendar that asks."""


class FeedStatus(WireSerializer):
    """Whether a staff member's calendar feed exists."""

    is_linked = serializers.BooleanField()
    created_at = serializers.DateTimeField(allow_null=True)


class IssuedFeed(WireSerializer):
    """The address of a calendar feed that was just made."""

    url = serializers.CharField(help_text="Shown only once; it stops working when a new one is issued.")


def _lock_feed(view: RestaurantViewSetBase, path: Payload) -> None:
    """It is made and revoked without the restaurant's lock."""
    member = staff_member(view.actor.restaurant_id, path["staff_id"], include_deleted=True)
    FeedLink.objects.select_for_update().filter(staff=member, revoked_at=None).first()


class FeedViewSet(RestaurantViewSetBase):
    """The secret address of a person's calendar: for those who edit, and for that person."""

    def admit(self, needs: Role, path: Payload) -> Response | None:
        """Raises :class:`Forbidden` for a feed that is not theirs."""
        admitted = super().admit(needs, path)
        require_own_or_editor(self.actor, path["staff_id"])
        return admitted

    @restaurant_endpoint(gives=FeedStatus, source="query")
    def retrieve(self, payload: Payload, staff_id: str) -> Payload:
        """Whether there is one, and since when."""
        member = staff_member(self.actor.restaurant_id, staff_id)
        link = FeedLink.objects.filter(staff=member, revoked_at=None).first()
        return {"isLinked": link is not None, "createdAt": link.created_at if link else None}

    @conditional_once_endpoint(gives=IssuedFeed, status=201)
    @once(201)
    @as_read("retrieve", also=_lock_feed)
    def create(self, payload: Payload, staff_id: str) -> Payload:
        """Gives out a new one; the one before stops working."""
        _, secret = feed_issue(self.actor, staff_id=staff_id, seed=self.seed)
        return {"url": self.request.build_absolute_uri(reverse("calendar-feed", args=[secret]))}

    @conditional_endpoint(gives=None, status=204)
    @as_read("retrieve", also=_lock_feed)
    def destroy(self, payload: Payload, staff_id: str) -> None:
        """Revokes it."""
        feed_revoke(self.actor, staff_id=staff_id)


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The published shifts of one person, for everyone who has the address; 304 if they have not changed."""
    try:
        link = link_for(secret)
        with within(link.restaurant_id), snapshot_read():
            feed = feed_of(link)
    except NotFound:
        return HttpResponse(status=404)
    content = import_string(ICAL_WRITER)(feed)
    response = HttpResponse(
        content, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, no-cache"}
    )
    etag, changed_at = f'"{sha256(content).hexdigest()[:32]}"', int(feed.changed_at.timestamp())
    response.headers["ETag"], response.headers["Last-Modified"] = etag, http_date(changed_at)
    return get_conditional_response(request, etag=etag, last_modified=changed_at, response=response) or response
