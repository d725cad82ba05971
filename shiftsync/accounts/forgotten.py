"""The page for who has forgotten their password: a link by mail, or whom to ask."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shiftsync.core.errors import RateLimited
from shiftsync.notices.letters import LONGEST, Asked, reset_ask


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten_page(request: HttpRequest) -> HttpResponse:
    """Takes a user name or an address, and says the same whatever there is: nobody has looked yet."""
    if request.method != "POST" or not settings.CONFIG.mails_links:
        return _page(request)
    given = request.POST.get("account", "")
    if not given.strip():
        return _page(request, wrong=_("This field is required."), status=400)
    try:
        reset_ask(given, asked_at(request))
    except RateLimited as refusal:
        minutes = max(1, -(-round(refusal.retry_after or 1) // 60))
        text = ngettext(
            "There were too many requests. Try again in %(minutes)s minute.",
            "There were too many requests. Try again in %(minutes)s minutes.",
            minutes,
        )
        response = _page(request, problem=text % {"minutes": minutes}, status=refusal.status)
        response["Retry-After"] = str(minutes * 60)
        return response
    return _page(request, is_asked=True)


def asked_at(request: HttpRequest) -> Asked:
    """The address of the installation as whoever asks has it; Django has compared its host with those that are allowed."""
    return Asked(request.build_absolute_uri("/"))


def _page(
    request: HttpRequest, *, problem: str = "", wrong: str = "", is_asked: bool = False, status: int = 200
) -> HttpResponse:
    field = {
        "name": "account",
        "label": _("User name or email address"),
        "type": "text",
        "autocomplete": "username",
        "longest": LONGEST,
        "value": "",
        "wrong": wrong,
    }
    context = {"fields": [field], "has_mail": settings.CONFIG.mails_links, "problem": problem, "is_asked": is_asked}
    return render(request, "forgotten.html", context, status=status)
