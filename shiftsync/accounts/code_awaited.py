"""Between the password and the code of a sign-in: whose code is waited for stands in their browser's session, which signs nobody in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from shiftsync.core.clock import now
from shiftsync.core.ids import parse_id
from shiftsync.tenants.models import User
from shiftsync.tenants.second_factor import PENDING

WAITS = "second_step"


def ask_for_code(request: HttpRequest, user: User, target: str) -> HttpResponse:
    """Leads somebody whose password was right to the page that asks for the code, and from there to ``target``."""
    request.session.cycle_key()
    until = int((now() + PENDING).timestamp())
    request.session[WAITS] = {"user": str(user.id), "epoch": user.credentials_epoch, "until": until}
    return redirect(f"{reverse('second-step')}?{urlencode({'next': target})}" if target else "second-step")


def who_is_asked(request: HttpRequest) -> User | None:
    """Whose code is waited for; None: nobody's, it took too long, or their password is another one since."""
    waits = request.session.get(WAITS)
    if not isinstance(waits, dict) or waits["until"] < now().timestamp():
        return None
    wanted = parse_id(waits["user"])
    if wanted is None:
        return None
    return User.objects.filter(id=wanted, is_active=True, credentials_epoch=waits["epoch"]).first()
