"""How one says who asks, in the OpenAPI document. Only what makes the document imports this."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension

from shiftsync.tenants.authentication import BearerAuthentication


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its registry is untyped
    """``Authorization: Bearer <token>`` in the OpenAPI document."""

    target_class = BearerAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of `POST /api/tokens/` or `manage.py issue_token`. It belongs to one user and one restaurant, "
            "ends when it expires or its user has a new password, and may do of what its user may what its `scopes` say; the scope that "
            "an operation needs stands with its `security`. To write is to read as well, and `*` is everything.",
        }


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its registry is untyped
    """The cookie of a browser that has signed in."""

    target_class = "rest_framework.authentication.SessionAuthentication"
    name = "session"
    priority = 1

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "The session of a browser. A write also sends the `csrftoken` cookie's value as `X-CSRFToken`.",
        }
