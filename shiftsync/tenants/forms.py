"""The form by which one's own password is changed."""

from django.contrib.admin.forms import AdminPasswordChangeForm
from django.core.exceptions import ValidationError

from shiftsync.core.errors import RateLimited, Unavailable
from shiftsync.core.whence import address_now
from shiftsync.tenants import guesses
from shiftsync.tenants.passwords import is_password_of, place_in_line


class OwnPasswordForm(AdminPasswordChangeForm):
    """As Django's; wrong old passwords are counted as at the sign-in, so that an unattended browser cannot be used to guess it."""

    def clean_old_password(self) -> str:
        given: str = self.cleaned_data["old_password"]
        user = self.user
        try:
            with place_in_line():
                attempt = guesses.begin(user.username, guesses.Whence(address_now()), user)
                is_right = is_password_of(user, given)
        except (RateLimited, Unavailable) as refusal:
            raise ValidationError(refusal.message) from None
        if not is_right:
            guesses.was_wrong(attempt)
            raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        guesses.was_right(attempt)
        return given
