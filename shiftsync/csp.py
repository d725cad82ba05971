"""The Content-Security-Policy of every page: everything from this server, nothing inline that has no nonce."""

import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

HEADER = "Content-Security-Policy"

_BASE = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:", "blob:"),
    "font-src": ("'self'", "data:"),
    "connect-src": ("'self'",),
    "manifest-src": ("'self'",),
    "worker-src": ("'self'", "blob:"),
    "form-action": ("'self'",),
    "base-uri": ("'none'",),
    "frame-ancestors": ("'none'",),
}


def policy(*, host: str, secure: bool, nonce: str | None = None, vite_url: str | None = None) -> str:
    """The header's value. ``host`` is named with its WebSocket scheme: older Safari does not count it as ``'self'``."""
    directives = dict(_BASE)
    if host:
        directives["connect-src"] += (f"{'wss' if secure else 'ws'}://{host}",)
    if nonce is not None:
        directives["script-src"] += (f"'nonce-{nonce}'",)
        directives["style-src"] += (f"'nonce-{nonce}'",)
    if vite_url is not None:
        directives |= _with_vite(directives, vite_url)
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def _with_vite(directives: dict[str, tuple[str, ...]], vite_url: str) -> dict[str, tuple[str, ...]]:
    """Vite's development server serves the scripts, injects inline styles, and has a socket of its own."""
    socket = urlsplit(vite_url)._replace(scheme="ws").geturl()
    return {
        "script-src": (*directives["script-src"], vite_url),
        "style-src": ("'self'", "'unsafe-inline'", vite_url),
        "img-src": (*directives["img-src"], vite_url),
        "font-src": (*directives["font-src"], vite_url),
        "connect-src": (*directives["connect-src"], vite_url, socket),
    }


class ContentSecurityPolicyMiddleware:
    """Sets the header. A page that asked for ``csp_nonce`` may use it for inline styles and scripts of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        used: list[str] = []
        request.csp_nonce = SimpleLazyObject(lambda: _make_nonce(used))  # type: ignore[attr-defined]  # ours, on it
        response = self.get_response(request)
        if settings.DEBUG and response.status_code in (404, 500):
            return response  # Django's pages for developers have inline styles and scripts
        response.setdefault(
            HEADER,
            policy(
                host=_host_of(request),
                secure=request.is_secure(),
                nonce=used[0] if used else None,
                vite_url=settings.CONFIG.vite_url,
            ),
        )
        return response


def _host_of(request: HttpRequest) -> str:
    """The request's host; blank if it is not one of ours, in which case the request has already been refused."""
    try:
        return request.get_host()
    except DisallowedHost:
        return ""


def _make_nonce(used: list[str]) -> str:
    used.append(secrets.token_urlsafe(16))
    return used[0]


def nonce(request: HttpRequest) -> dict[str, object]:
    """Context processor: ``csp_nonce`` in templates."""
    return {"csp_nonce": getattr(request, "csp_nonce", "")}
