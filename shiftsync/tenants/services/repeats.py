"""Answering a request that comes again under its idempotency key, where no restaurant's log remembers it."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from shiftsync.core.clock import now
from shiftsync.core.conditions import IDEMPOTENCY_KEY, KEY_USED
from shiftsync.core.encoding import decode, encode
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.upkeep import delete_in_batches, register_upkeep
from shiftsync.tenants.credentials import make_secret
from shiftsync.tenants.models import AnsweredPost

PLACE_OF_SECRET = "{secret}"  # noqa: S105 - where it would stand


def answered_once(user_id: UUID, key: UUID, text: str, content: str, carry_out: Callable[[bytes], Any]) -> Any:
    """What ``carry_out(seed)`` answered, now or when the same request came before; ``content`` tells whether it is the same.

    ``text`` is the key as its client wrote it. A refusal is not remembered. Raises :class:`ValidationFailed` for a key that was used for
    another request. Two that come at once: the second waits, and gets the first one's answer.
    """
    with transaction.atomic():
        nonce = secrets.token_hex(32)
        try:
            with transaction.atomic():
                row = AnsweredPost.objects.create(user_id=user_id, key=key, content=content, nonce=nonce, answer="")
        except IntegrityError:
            row = AnsweredPost.objects.get(user_id=user_id, key=key)
            if row.content != content:
                raise ValidationFailed.of(IDEMPOTENCY_KEY.name, KEY_USED) from None
            return decode(row.answer.replace(PLACE_OF_SECRET, make_secret(_seed(row.nonce, text))[0]))
        seed = _seed(nonce, text)
        answer = carry_out(seed)
        row.answer = encode(answer).replace(make_secret(seed)[0], PLACE_OF_SECRET)
        row.save(update_fields=["answer"])
    return answer


def _seed(nonce: str, text: str) -> bytes:
    return salted_hmac("shiftsync.repeats", f"{nonce}:{text}", algorithm="sha256").digest()


def prune_answers() -> int:
    """Answers that are older than the change log, which remembers the others as long."""
    return delete_in_batches(AnsweredPost, Q(created_at__lt=now() - timedelta(days=settings.CHANGE_LOG_DAYS)))


register_upkeep("remembered answers", prune_answers)
