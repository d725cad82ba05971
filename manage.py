#!/usr/bin/env python
"""Django's command line for ShiftSync."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import InterfaceError, OperationalError


def main() -> None:
    """As Django's; a database that is away or refuses us is told in one line with where it is (``--traceback`` shows all)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shiftsync.settings")
    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, InterfaceError) as error:
        from shiftsync.core.surroundings import database_problem, reason_of  # noqa: PLC0415 - needs the settings

        if "--traceback" in sys.argv:
            raise
        print(f"shiftsync: {database_problem() or reason_of(error)}", file=sys.stderr, flush=True)
        os._exit(1)  # the pool would go on trying for a while


if __name__ == "__main__":
    main()
