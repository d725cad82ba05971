"""A mail server for the browser tests that prints what comes, as they cannot read mails: ``python -m tests.support.mail_printer``.

The first line of standard output is its address, as the operator names it; each further one a mail as JSON, with its words decoded. It ends with
its input.
"""

import json
import sys

from tests.support.mailbox import Mailbox


def main() -> None:
    """Takes mails until standard input ends."""
    mailbox = Mailbox()

    def tell(number: int) -> str:
        to, mail = mailbox.mails[number - 1]
        told = {"to": to, "subject": str(mail["Subject"]).strip(), "language": mail["Content-Language"]}
        print(json.dumps({**told, "text": mail.get_content().replace("\r\n", "\n")}), flush=True)
        return "250 OK"

    mailbox.handle = tell
    mailbox.open()
    print(mailbox.url, flush=True)
    sys.stdin.read()
    mailbox.close()


if __name__ == "__main__":
    main()
