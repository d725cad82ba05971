"""The page on which an owner makes an address for a member who has forgotten their password."""

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shiftsync.core import fence
from shiftsync.core.errors import DomainError, Forbidden, NotFound
from shiftsync.core.wording import said
from shiftsync.tenants.models import Membership, User
from shiftsync.tenants.resets import ResetLink, reset_link_create
from shiftsync.tenants.selectors import actor_in


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reset_link_page(request: HttpRequest, id: UUID) -> HttpResponse:
    """Says what the address can do, and makes one: opening the page alone makes none."""
    try:
        member, link = _made(cast(User, request.user), id, makes=request.method == "POST")
    except Forbidden as refusal:
        return render(request, "reset_link.html", {"problem": said(refusal.message)}, status=403)
    except NotFound:
        return render(request, "reset_link.html", {"problem": said("No such member.")}, status=404)
    url = request.build_absolute_uri(reverse("reset", args=[link.secret])) if link else ""
    return render(request, "reset_link.html", {"member": member, "url": url})


def _made(user: User, membership_id: UUID, *, makes: bool) -> tuple[Membership, ResetLink | None]:
    with fence.everywhere():
        member = Membership.objects.select_related("user").filter(id=membership_id, is_active=True).first()
    if member is None:
        raise NotFound
    try:
        actor = actor_in(user, member.restaurant_id)
    except DomainError:
        raise NotFound from None  # of another restaurant: as if it were not there
    with fence.within(member.restaurant_id):
        return member, reset_link_create(actor, membership=member) if makes else None
