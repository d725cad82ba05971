"""The page on which a user says whether they want to belong to the restaurants that have invited them."""

from typing import cast
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shiftsync.core.errors import NotFound
from shiftsync.core.ids import parse_id
from shiftsync.tenants.models import User
from shiftsync.tenants.selectors import has_restaurant, invitations_for
from shiftsync.tenants.services import invitation_accept, invitation_decline

TEXTS = {
    "en": {
        "title": "Invitations",
        "lead": "You decide which restaurants you join.",
        "as": "You would be %(role)s",
        "by": "invited by %(name)s",
        "owner": "an owner, who may do everything",
        "manager": "a manager, who edits staff and shifts",
        "viewer": "a viewer, who sees what is published",
        "staff": "one of the staff, who sees their own shifts and what is published",
        "accept": "Accept",
        "decline": "Decline",
        "none": "You have no invitations.",
        "on": "Go to my restaurants",
        "out": "Sign out",
    },
    "ja": {
        "title": "招待",
        "lead": "参加するかどうかは、あなたが決めます。",
        "as": "あなたの役割：%(role)s",
        "by": "招待した人：%(name)s",
        "owner": "オーナー（すべての操作）",
        "manager": "マネージャー（スタッフとシフトの編集）",
        "viewer": "閲覧者（公開されたシフトの閲覧）",
        "staff": "スタッフ（自分のシフトと、公開されたシフトの閲覧）",
        "accept": "参加する",
        "decline": "参加しない",
        "none": "招待はありません。",
        "on": "お店の画面へ",
        "out": "サインアウト",
    },
}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitations_page(request: HttpRequest) -> HttpResponse:
    """Shows what the user is invited to, and takes their answer."""
    user = cast(User, request.user)
    if request.method == "POST":
        return _answered(user, request.POST.get("invitation", ""), accepts="accept" in request.POST)
    words = TEXTS["ja" if (get_language() or "").startswith("ja") else "en"]
    offers = [
        {
            "id": each.id,
            "restaurant": each.restaurant.name,
            "role": words["as"] % {"role": words[each.role]},
            "by": words["by"] % {"name": each.invited_by.display_name} if each.invited_by else "",
        }
        for each in invitations_for(user)
    ]
    context = {"texts": words, "offers": offers, "has_restaurants": has_restaurant(user)}
    return render(request, "invitations.html", context)


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
