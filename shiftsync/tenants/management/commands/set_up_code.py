"""``manage.py set_up_code``: the code that the first visit to an empty installation asks for."""

from typing import Any

from django.core.management.base import CommandError

from shiftsync.core.commands import ServiceCommand
from shiftsync.tenants.selectors import has_users
from shiftsync.tenants.set_up import set_up_code


class Command(ServiceCommand):
    help = "Prints the set-up code for the first visit to an installation without accounts."

    def serve(self, **options: Any) -> None:
        if has_users():
            raise CommandError(
                "There is an account already: sign in with it, or create another with manage.py createsuperuser."
            )
        code = set_up_code()
        self.tell(code, code=code)
