"""The few pages that Django itself renders: the host of the front end, and plain errors. Those about accounts are in ``accounts``."""

from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_safe

from shiftsync.core.errors import DomainError, NotFound, ValidationFailed, known_errors
from shiftsync.core.problems import PROBLEM_JSON, problem
from shiftsync.core.strictness import require_known_query
from shiftsync.core.whence import occurrence_now
from shiftsync.tenants.models import User
from shiftsync.tenants.selectors import has_restaurant, invitations_for, mark_of, restaurants_with_role
from shiftsync.tenants.serializers.restaurants import restaurant_payload
from shiftsync.tenants.services import mails_invitations


@never_cache
@login_required
@ensure_csrf_cookie
def home(request: HttpRequest) -> HttpResponseBase:
    """The front end. If none was built: the admin, or a page that says so for users who may not enter it."""
    user = cast(User, request.user)
    if not has_restaurant(user):
        return redirect("invitations-page" if invitations_for(user) else "begin")
    if frontend_is_there():
        page = _page_of(user, request.GET.get("restaurant"))
        return render(request, "app.html", {"from_vite": settings.CONFIG.vite_url is not None, "page": page})
    if user.is_staff:
        return redirect("admin:index")
    return render(request, "signed_in.html")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """What keeps the page in the browser. It may speak for the pages below its own address, so it stands at the top; it is asked
    for again at every visit, so that a new build is found. Not where Vite serves the front end: nothing there is to be kept."""
    if settings.CONFIG.vite_url is not None or not settings.SERVICE_WORKER.exists():
        raise Http404
    script = settings.SERVICE_WORKER.read_bytes()
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_safe
def web_manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to put the page on its home screen, which is the same for everybody. Some browsers show notices only then."""
    icons = [
        ("icon-192.png", "192x192", "any"),
        ("icon-512.png", "512x512", "any"),
        ("icon-maskable-512.png", "512x512", "maskable"),
    ]
    told = {
        "id": reverse("home"),
        "start_url": reverse("home"),
        "scope": reverse("home"),
        "name": "ShiftSync",
        "short_name": "ShiftSync",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#285b8f",
        "icons": [
            {"src": static(f"shiftsync/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in icons
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json", headers={"Cache-Control": "no-cache"})


def _page_of(user: User, asked: str | None) -> dict[str, Any]:
    """What the front end learns from its page: whose it is, the restaurants that this user may open, which of them it is about
    (the one that is ``asked`` for, else the only one; where there are several, the browser knows or asks), and in which language
    to begin."""
    restaurants = [
        {**restaurant_payload(restaurant, role), "sight": mark_of(user, restaurant.id, role)}
        for restaurant, role in restaurants_with_role(user)
    ]
    ids = [str(restaurant["id"]) for restaurant in restaurants]
    return {
        "userId": str(user.pk),
        "userName": user.get_username(),
        "restaurantId": asked if asked in ids else ids[0] if len(ids) == 1 else None,
        "restaurants": restaurants,
        "language": get_language(),
        "mailsInvitations": mails_invitations(),
    }


def frontend_is_there() -> bool:
    """Whether the front end was built, or Vite serves it."""
    return settings.CONFIG.vite_url is not None or settings.FRONTEND_MANIFEST.exists()


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 404 page; JSON below ``/api/``."""
    return plain_error(request, NotFound())


@csrf_exempt
def api_not_found(request: HttpRequest) -> HttpResponse:
    """The answer for unknown paths of the API: always the protocol's error, in development too, for any method."""
    return plain_error(request, NotFound())


@csrf_exempt
@require_safe
def problem_kind(request: HttpRequest, code: str) -> HttpResponse:
    """What a code of the API's errors means: the address that its problems name as their ``type``."""
    found = next((error for error in known_errors() if error.code == code), None)
    try:
        require_known_query(request.GET, ())
    except ValidationFailed as refusal:
        return plain_error(request, refusal)
    if found is None:
        return plain_error(request, NotFound())
    return JsonResponse({"code": code, "status": found.status, "title": found.default_message})


def lacks_slash(path: str) -> bool:
    """Whether an address only lacks its trailing slash. Below the API, and where something is written, it is then taken as meant, since a
    redirect loses what a write brings."""
    return not path.endswith("/") and not _leads_somewhere(path) and _leads_somewhere(f"{path}/")


def _leads_somewhere(path: str) -> bool:
    try:
        return resolve(path).func is not api_not_found
    except Resolver404:
        return False


def server_error(request: HttpRequest) -> HttpResponse:
    """The 500 page; JSON below ``/api/``."""
    return plain_error(request, DomainError())


def plain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The protocol's error for programs, one line for people; neither reveals the cause."""
    if request.path.startswith("/api/"):
        return api_error(error, error.status)
    return HttpResponse(f"{error.status} {error.message}\n", status=error.status, content_type="text/plain")


def api_error(error: DomainError, status: int) -> HttpResponse:
    """The protocol's error as an answer of the API."""
    return JsonResponse(problem(error, status, occurrence_now()), status=status, content_type=PROBLEM_JSON)
