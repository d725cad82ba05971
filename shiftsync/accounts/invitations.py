"""The page on which a user says whether they want to belong to the restaurants that have invited them."""

from typing import cast
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shiftsync.core.errors import NotFound
from shiftsync.core.ids import parse_id
from shiftsync.tenants.models import Invitation, InvitationLink, User
from shiftsync.tenants.selectors import has_restaurant, invitations_for
from shiftsync.tenants.services import invitation_accept, invitation_decline

ROLES = {
    "owner": gettext_noop("an owner, who can do everything"),
    "manager": gettext_noop("a manager, who edits staff and shifts"),
    "viewer": gettext_noop("a viewer, who sees what is published"),
    "staff": gettext_noop("one of the staff, who sees their own shifts and what is published"),
}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitations_page(request: HttpRequest) -> HttpResponse:
    """Shows what the user is invited to, and takes their answer."""
    user = cast(User, request.user)
    if request.method == "POST":
        return _answered(user, request.POST.get("invitation", ""), accepts="accept" in request.POST)
    offers = [
        {"id": each.id, "restaurant": each.restaurant.name, **offer_words(each)} for each in invitations_for(user)
    ]
    context = {"offers": offers, "has_restaurants": has_restaurant(user)}
    return render(request, "invitations.html", context)


def offer_words(offer: Invitation | InvitationLink) -> dict[str, str]:
    """What is offered, and by whom, in the language of the request: ``role`` and ``by`` (empty where the inviter is gone)."""
    by = _("invited by %(name)s") % {"name": offer.invited_by.display_name} if offer.invited_by else ""
    return {"role": _("You would be %(role)s") % {"role": _(ROLES[offer.role])}, "by": by}


def _answered(user: User, given: str, *, accepts: bool) -> HttpResponseRedirect:
    """Redirects to the accepted restaurant, or back. An invitation that is no longer open (withdrawn, or answered in
    another window) simply disappears."""
    wanted = parse_id(given)
    try:
        if wanted is None:
            raise NotFound
        if accepts:
            restaurant = invitation_accept(user, invitation_id=wanted).restaurant_id
            return redirect(f"{reverse('home')}?{urlencode({'restaurant': restaurant})}")
        invitation_decline(user, invitation_id=wanted)
    except NotFound:
        return redirect("invitations-page")
    is_left = invitations_for(user) or not has_restaurant(user)
    return redirect("invitations-page" if is_left else "home")
