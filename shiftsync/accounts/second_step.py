"""The second step of the sign-in, after the password: a code, for who has turned that on."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from shiftsync.accounts.code_awaited import WAITS, who_is_asked
from shiftsync.accounts.sign_in import SignIn
from shiftsync.core.errors import RateLimited, ValidationFailed
from shiftsync.core.wording import said
from shiftsync.tenants.models import User
from shiftsync.tenants.second_factor import WRONG, second_factor_check


class SecondStep(SignIn):
    """Asks for the code, and signs in with it. Whoever comes here without a password goes back to it."""

    template_name = "second_step.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if who_is_asked(request) is None:
            return redirect("sign-in")
        return self._asked("", 200)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = who_is_asked(request)
        if user is None:
            return redirect("sign-in")
        try:
            second_factor_check(user, code=request.POST.get("code", ""))
        except ValidationFailed:
            return self._asked(WRONG, 400)
        except RateLimited as refusal:
            return self._refused(refusal)
        return self._passed(user)

    def _passed(self, user: User) -> HttpResponse:
        self.request.session.pop(WAITS, None)
        return self.signed_in(user)

    def _asked(self, problem: str, status: int) -> HttpResponse:
        # An unbound form: the page has one field, which is not shown again.
        context = self.get_context_data(form=AuthenticationForm(self.request), problem=said(problem))
        return self.render_to_response(context, status=status)
