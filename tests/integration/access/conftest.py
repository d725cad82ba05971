"""REST clients, as the other suites have them, and a mail server with a worker that sends to it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytest_django import Settings

from shiftsync.config import Email
from shiftsync.notices.sending.courier import Courier
from tests.integration.rest.conftest import as_role, document, manager, other_world, owner, viewer
from tests.support.mailbox import Mailbox

__all__ = ["as_role", "document", "manager", "other_world", "owner", "viewer"]


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox().open()
    yield box
    box.close()


@pytest.fixture
def mail(mailbox: Mailbox, settings: Settings) -> Email:
    """The server of this process sends mail; what is written waits for a worker."""
    email = Email("127.0.0.1", mailbox.port, "smtp", "shifts@example.com")
    settings.CONFIG = replace(settings.CONFIG, email=email)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = email.host, email.port
    return email


@pytest.fixture
def courier(mail: Email) -> Iterator[Courier]:
    running = Courier().start()
    yield running
    running.stop()
