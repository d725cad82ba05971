"""The page of one's own account: where one is signed in, the password, and the second step."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, cast

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shiftsync.accounts import own_address, own_second_step
from shiftsync.core.errors import NotFound
from shiftsync.core.ids import parse_id
from shiftsync.core.zones import zone_of
from shiftsync.tenants.forms import OwnPasswordForm
from shiftsync.tenants.models import BrowserSession, User
from shiftsync.tenants.selectors import restaurants_with_role
from shiftsync.tenants.sessions import browser_session_end, browser_sessions_end_others, browser_sessions_of, note_seen

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account_page(request: HttpRequest) -> HttpResponse:
    """Shows the account of whoever is signed in, and carries out what its forms ask for."""
    user = cast(User, request.user)
    note_seen(request)
    if request.method != "POST":
        return _page(request, OwnPasswordForm(user))
    if "password" in request.POST:
        return _with_new_password(request, user)
    for part in (own_second_step, own_address):
        if any(deed in request.POST for deed in part.DEEDS):
            return _page(request, OwnPasswordForm(user), told=part.carry_out(request, user))
    _end_sessions(request, user)
    return redirect("account")


def _with_new_password(request: HttpRequest, user: User) -> HttpResponse:
    """A new password ends all other sign-ins, tokens and sockets of the user; the browser in which it is made stays signed in."""
    form = OwnPasswordForm(user, request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    form.save()
    update_session_auth_hash(request, user)
    return _page(request, OwnPasswordForm(user), done=_("Your password is changed. All other browsers are signed out."))


def _end_sessions(request: HttpRequest, user: User) -> None:
    if "others" in request.POST:
        browser_sessions_end_others(user, but=request.session.session_key or "")
        return
    wanted = parse_id(request.POST.get("session", ""))
    try:
        if wanted is not None:
            browser_session_end(user, session_id=wanted)
    except NotFound:
        pass  # It has ended in another window: what was wanted.


def _page(
    request: HttpRequest,
    form: OwnPasswordForm,
    *,
    done: str = "",
    status: int = 200,
    told: Mapping[str, Any] = MappingProxyType({}),
) -> HttpResponse:
    note_seen(request)
    key, zone = request.session.session_key, _zone(cast(User, request.user))
    sessions = [_shown(each, key) for each in browser_sessions_of(cast(User, request.user))]
    context = {
        "fields": _password_fields(form),
        "sessions": sessions,
        "zone": zone,
        **own_second_step.shown(cast(User, request.user), told),
        **own_address.shown(cast(User, request.user), told),
        "done": told.get("done", done),
        "has_others": any(not each["is_here"] for each in sessions),
    }
    with timezone.override(zone_of(zone)):
        return render(request, "account.html", context, status=told.get("status", status))


def _zone(user: User) -> str:
    """The zone whose times the page shows, and names: that of all restaurants of the user, or UTC where they differ."""
    names = {restaurant.timezone for restaurant, _ in restaurants_with_role(user)}
    return names.pop() if len(names) == 1 else "UTC"


def _shown(session: BrowserSession, here: str | None) -> dict[str, Any]:
    return {"row": session, "name": browser_name(session.agent), "is_here": session.session_key == here}


def browser_name(agent: str) -> str:
    """What people call a browser that says that of itself: enough to tell one's phone from the computer at work."""
    found = [next((name for mark, name in marks if mark in agent), "") for marks in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found)) or _("unknown browser")


def _password_fields(form: OwnPasswordForm) -> list[dict[str, Any]]:
    """What ``account_fields.html`` shows; what was typed is not shown again."""
    return [
        {
            "name": name,
            "label": label,
            "type": "password",
            "autocomplete": "current-password" if name == "old_password" else "new-password",
            "value": "",
            "wrong": " ".join(str(problem) for problem in form.errors.get(name, [])),
        }
        for name, label in (
            ("old_password", _("Current password")),
            ("new_password1", _("New password")),
            ("new_password2", _("The same password again")),
        )
    ]
