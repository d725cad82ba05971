"""One mail, through Django's backend for it. What can have been sent is never sent again."""

import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext, override

from shiftsync.notices.sending.turns import Outcome, Parcel

REFUSALS = (
    smtplib.SMTPSenderRefused,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPDataError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
)
"""What the server has said itself: it did not take the mail."""
LASTING = 500


def send_mail(mail: EmailMessage) -> tuple[Outcome, str]:
    """Sends it; what became of it, and why not."""
    connection = get_connection(timeout=settings.NOTICE_TIMEOUT_SECONDS)
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        return Outcome.AGAIN, _said(error)
    try:
        connection.send_messages([mail])
    except REFUSALS as refusal:
        return (Outcome.REFUSED if _is_lasting(refusal) else Outcome.AGAIN), _said(refusal)
    except (OSError, smtplib.SMTPException) as error:
        return Outcome.UNCERTAIN, _said(error)
    finally:
        connection.close()
    return Outcome.SENT, ""


def letter(parcel: Parcel) -> EmailMessage:
    """The mail. Its id is the delivery's, whatever sends it."""
    email: Any = settings.CONFIG.email  # nothing is made to be mailed where there is none
    with override(parcel.language):
        farewell = gettext("You can switch this off in “My shifts”, below “Notices”.")
    body = "\n\n".join(
        filter(None, (parcel.title, parcel.text, _page(parcel), f"-- \n{parcel.restaurant}\n{farewell}"))
    )
    return EmailMessage(
        subject=in_one_line(f"{parcel.restaurant}: {parcel.title}"),
        body=body,
        from_email=email.sender,
        to=[parcel.address],
        headers={
            "Message-ID": f"<{parcel.id}@{email.domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": parcel.language,
        },
    )


def in_one_line(text: str) -> str:
    """For a subject: names may hold line breaks, which Django refuses there."""
    return " ".join(text.split())


def _page(parcel: Parcel) -> str:
    """The address where more of it stands, as a click on what is pushed opens it; "" where nobody has said how the page is reached: a worker
    has no request that would tell."""
    site = settings.CONFIG.site_url
    return f"{site}/?restaurant={parcel.restaurant_id}{parcel.place}" if site else ""


def _is_lasting(refusal: smtplib.SMTPException) -> bool:
    """Whether the server would say the same to another attempt; a wrong password may be put right."""
    if isinstance(refusal, smtplib.SMTPAuthenticationError):
        return False
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return all(code >= LASTING for code, _ in refusal.recipients.values())
    return isinstance(refusal, smtplib.SMTPResponseException) and refusal.smtp_code >= LASTING


def _said(error: Exception) -> str:
    """In one line, without the address of anybody."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return f"{code} {_text(said)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error)[:200] or type(error).__name__


def _text(said: bytes | str) -> str:
    return " ".join((said.decode(errors="replace") if isinstance(said, bytes) else said).split())
