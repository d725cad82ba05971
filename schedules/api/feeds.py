"""REST about calendar feeds, and the feed itself."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from rest_framework import serializers
from rest_framework.response import Response

from schedules.exports.ical_file import ical_bytes
from schedules.models import FeedLink
from schedules.publications.feeds import feed_of, link_for
from schedules.services.feeds import feed_issue, feed_revoke
from shiftsync.core.actor import Role
from shiftsync.core.errors import NotFound
from shiftsync.core.fence import within
from shiftsync.core.reading import snapshot_read
from shiftsync.core.serializers import WireSerializer
from shiftsync.core.viewsets import Payload
from shiftsync.realtime.api import StreamViewSet, answers
from shiftsync.tenants.api import restaurant_endpoint
from staff.selectors import staff_member


class FeedStatus(WireSerializer):
    is_linked = serializers.BooleanField()
    created_at = serializers.DateTimeField(allow_null=True)


class IssuedFeed(WireSerializer):
    url = serializers.CharField(help_text="Shown only once; it stops working when a new one is issued.")


class FeedViewSet(StreamViewSet):
    """The secret address of a person's calendar."""

    @answers(FeedStatus, needs=Role.MANAGER, has_etag=False)
    def retrieve(self, query: Payload, staff_id: str) -> Payload:
        """Whether there is one, and since when."""
        member = staff_member(self.actor.restaurant_id, staff_id)
        link = FeedLink.objects.filter(staff=member, revoked_at=None).first()
        return {"isLinked": link is not None, "createdAt": link.created_at if link else None}

    @restaurant_endpoint(gives=IssuedFeed, status=201)
    def create(self, payload: Payload, staff_id: str) -> Payload:
        """Gives out a new one; the one before stops working."""
        self.demand(Role.MANAGER)
        _, secret = feed_issue(self.actor, staff_id=staff_id)
        return {"url": self.request.build_absolute_uri(reverse("calendar-feed", args=[secret]))}

    @restaurant_endpoint(gives=None, status=204)
    def destroy(self, payload: Payload, staff_id: str) -> Response:
        """Revokes it."""
        self.demand(Role.MANAGER)
        feed_revoke(self.actor, staff_id=staff_id)
        return Response(status=204)


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The published shifts of one person, for whoever has the address; 304 for who has them already."""
    try:
        link = link_for(secret)
        with within(link.restaurant_id), snapshot_read():
            feed = feed_of(link)
    except NotFound:
        return HttpResponse(status=404)
    content = ical_bytes(feed)
    response = HttpResponse(
        content, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, no-cache"}
    )
    etag, changed_at = f'"{sha256(content).hexdigest()[:32]}"', int(feed.changed_at.timestamp())
    response.headers["ETag"], response.headers["Last-Modified"] = etag, http_date(changed_at)
    return get_conditional_response(request, etag=etag, last_modified=changed_at, response=response) or response
