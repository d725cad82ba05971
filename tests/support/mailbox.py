"""A mail server that takes everything and keeps it: a real one on a free port, which does what a test tells it."""

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.support.ports import free_port
from tests.support.receiver import PATIENCE
from tests.support.waiting import wait_until

Handle = Callable[[int], str]


class Mailbox:
    """Keeps what comes; ``handle`` gets the number of the mail, from 1, and says what is answered after it was kept;
    where it ``hangs_up``, nothing is."""

    def __init__(self, handle: Handle = lambda number: "250 OK") -> None:
        self.handle = handle
        self.mails: list[tuple[str, EmailMessage]] = []
        self.refused: dict[str, str] = {}
        self.hangs_up = False
        self.port = free_port()
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        """As the operator names it."""
        return f"smtp://127.0.0.1:{self.port}?from=shifts@example.com"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        """Takes those who are not in ``refused``."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keeps one."""
        mail: EmailMessage = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append((envelope.rcpt_tos[0], mail))
        if self.hangs_up:
            server.transport.abort()
        return self.handle(len(self.mails))

    def wait_for(self, count: int) -> list[tuple[str, EmailMessage]]:
        """Until so many have come."""
        wait_until(lambda: len(self.mails) >= count, PATIENCE, f"{count} mails")
        return list(self.mails)

    def open(self) -> "Mailbox":
        """Begins to listen."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        return self

    def close(self) -> None:
        """Ends it; another may be opened at the same place."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None
