"""How REST clients say who they are besides the session: ``Authorization: Bearer <token>``."""

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from shiftsync.core.errors import Unauthenticated
from shiftsync.tenants.credentials import token_for
from shiftsync.tenants.models import ApiToken, User


def bearer_secret(header: bytes) -> str | None:
    """The secret of an ``Authorization`` header; None for another scheme or a malformed header."""
    parts = header.split()
    if len(parts) != 2 or parts[0].lower() != b"bearer":
        return None
    return parts[1].decode("latin-1")


class BearerAuthentication(BaseAuthentication):
    """Signs in the user of an API token; ``request.auth`` is the token."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        secret = bearer_secret(get_authorization_header(request))
        if secret is None:
            return None
        try:
            token = token_for(secret)
        except Unauthenticated as error:
            raise AuthenticationFailed(error.message) from None
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="shiftsync"'
