"""What staff do with swaps: offering a shift or asking a colleague, taking or agreeing, declining, and withdrawing."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from schedules.events.swaps import SwapCreated, swap_payload
from schedules.models import PENDING_SWAP, Swap, SwapState
from schedules.rules.publication import Document
from schedules.rules.swaps import (
    ENDS,
    Ground,
    Terms,
    asking_refusal,
    broken_by,
    candidates,
    exchanged,
    giving_refusal,
    taking_refusal,
)
from schedules.selectors.schedules import schedule_in
from schedules.selectors.swaps import ground_of, part_for, pending_swaps, planned_ground, swap_in
from schedules.services.swap_deciding import (
    IS_OVER,
    Ahead,
    ahead_of_swap,
    approved,
    bound_by_today,
    problem_under_lock,
    shown_to_viewers,
    told,
    turned,
    unchanged,
)
from schedules.services.swap_endings import stale_reason
from schedules.services.swap_telling import tell_of_new_swap
from shiftsync.core.actor import Actor, Role
from shiftsync.core.errors import ConflictError, Forbidden, NotFound, ValidationFailed
from shiftsync.core.history import save_with_history
from shiftsync.core.ids import parse_id
from shiftsync.core.models import own_row
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.requests import AnyRequest, ChangeRequest, Outcome, Written
from shiftsync.tenants.models import SwapPolicy
from shiftsync.tenants.selectors import person_of

NOT_USED = "This restaurant does not use swaps."
NOBODY_FREE = "Nobody who is free on this day could take the shift under the rules."
OFFERED = "This shift has already been offered."
TAKEN = "Somebody else has taken this shift."
WHO_TAKES = "Choose who takes the shift."


@dataclass(frozen=True, slots=True)
class SwapCreate(FromPayload):
    """Who gives the shift of which day away. Without ``other_id`` to whoever takes it; without ``other_date_key`` for nothing."""

    schedule_id: str
    staff_id: str
    date_key: date
    other_id: str | None = None
    other_date_key: date | None = None
    note: str = ""
    id: UUID | None = field(default=None, metadata=from_payload(read=parse_id))


@dataclass(frozen=True, slots=True)
class SwapAnswer(FromPayload):
    """A colleague takes an offer or agrees (``accepts``), or declines, or steps back. ``other_id``: who, where a manager says it."""

    swap_id: str
    accepts: bool
    answer: str = ""
    other_id: str | None = None


@dataclass(frozen=True, slots=True)
class SwapWithdraw(FromPayload):
    """A swap is taken back, by who asked for it or by a manager."""

    swap_id: str


def require_swapping(actor: Actor, swap_id: str | None = None) -> None:
    """Raises :class:`Forbidden` for who can swap nothing at all, and :class:`NotFound` for a swap that is none of theirs: before what they
    sent is read. The service judges again, under its lock."""
    if actor.role.covers(Role.MANAGER):
        return
    mine = person_of(actor)
    if mine is None:
        raise Forbidden
    if swap_id is not None:
        _require_known(swap_in(actor.restaurant_id, swap_id), str(mine.id))


def _require_known(swap: Swap, person: str) -> None:
    if part_for(swap_payload(swap), person) is None:
        raise NotFound("No such swap.")


def swap_create(request: ChangeRequest[SwapCreate]) -> Outcome:
    """Offers a shift, or asks a colleague. A known ``id`` is the same request again. The result carries it as ``swap``."""
    intent = request.intent
    ahead = Ahead.of(request.actor.restaurant_id, intent.schedule_id)

    def write(tx: Transaction) -> Written:
        _require_person(tx, request.actor, parse_id(intent.staff_id))
        own_id, known = own_row(Swap, tx.restaurant_id, intent.id) if intent.id else (None, None)
        if known is not None:
            _require_person(tx, request.actor, known.staff_id)
            return unchanged(tx, request, known)
        swap = _placed(tx, request, ahead, own_id)
        swap.revision = version = tx.take_version()
        save_with_history(swap, request.actor, reason=request.reason)
        tell_of_new_swap(tx, request.actor, swap, version)
        change = tx.record(request, SwapCreated(swap.schedule_id, swap_payload(swap)), version)
        return Written(change, told(tx, request, swap))

    return commit(request, write, needs=Role.VIEWER)


def swap_answer(request: ChangeRequest[SwapAnswer]) -> Outcome:
    """Takes or agrees to a swap, or declines it. Where the restaurant lets it go through alone, that is its approval. The result carries it as
    ``swap``. Of two who take an offer the first has it; the other gets a :class:`ConflictError`."""
    intent = request.intent
    ahead = ahead_of_swap(request, intent.swap_id) if intent.accepts else None

    def write(tx: Transaction) -> Written:
        swap = swap_in(tx.restaurant_id, intent.swap_id)
        who = _who_answers(tx, request.actor, swap, intent.other_id)
        if not intent.accepts:
            return _stepped_back(tx, request, swap, who)
        if str(swap.other_id) == who and swap.state in (SwapState.ACCEPTED, SwapState.APPROVED):
            return unchanged(tx, request, swap)
        if swap.state in (SwapState.ACCEPTED, SwapState.APPROVED):
            raise ConflictError(TAKEN)
        if swap.state != SwapState.OPEN:
            raise ConflictError(IS_OVER)
        return _agreed(tx, request, swap, who, ahead)

    return commit(request, write, needs=Role.VIEWER)


def swap_withdraw(request: ChangeRequest[SwapWithdraw]) -> Outcome:
    """Withdraws a swap that is not decided; a withdrawn one is answered as done."""

    def write(tx: Transaction) -> Written:
        swap = swap_in(tx.restaurant_id, request.intent.swap_id)
        if not _is_for(tx, request.actor, swap.staff_id):
            mine = person_of(request.actor)
            if mine is not None:
                _require_known(swap, str(mine.id))
            raise Forbidden
        if swap.state == SwapState.WITHDRAWN:
            return unchanged(tx, request, swap)
        if swap.state not in PENDING_SWAP:
            raise ConflictError(IS_OVER)
        return turned(tx, request, swap, SwapState.WITHDRAWN, answer="")

    return commit(request, write, needs=Role.VIEWER)


def _is_for(tx: Transaction, actor: Actor, staff_id: UUID | None) -> bool:
    """Whether ``actor`` may speak for that person, as it is under the lock: managers for everybody, others for themselves."""
    if tx.role_of(actor).covers(Role.MANAGER):
        return True
    mine = person_of(actor)
    return mine is not None and mine.id == staff_id


def _require_person(tx: Transaction, actor: Actor, staff_id: UUID | None) -> None:
    if not _is_for(tx, actor, staff_id):
        raise Forbidden


def _who_answers(tx: Transaction, actor: Actor, swap: Swap, named: str | None) -> str:
    """The id of the colleague who answers: the actor, or whom a manager names, of a swap with one colleague that one."""
    mine = person_of(actor)
    if tx.role_of(actor).covers(Role.MANAGER):
        found = str(parse_id(named)) if named is not None else str(swap.other_id or (mine.id if mine else ""))
        if not found:
            raise ValidationFailed.of("otherId", WHO_TAKES)
        if not swap.is_offer and found != str(swap.other_id):
            raise ValidationFailed.of("otherId", "Another colleague was asked.")
        return found
    if mine is None:
        raise Forbidden
    _require_known(swap, str(mine.id))
    if mine.id == swap.staff_id or (named is not None and parse_id(named) != mine.id):
        raise Forbidden
    return str(mine.id)


def _placed(tx: Transaction, request: ChangeRequest[SwapCreate], ahead: Ahead | None, own_id: UUID | None) -> Swap:
    """A new swap, if it may be there."""
    intent = request.intent
    schedule = schedule_in(tx.restaurant_id, intent.schedule_id)
    if tx.restaurant.swaps == SwapPolicy.NONE:
        raise ValidationFailed.of("scheduleId", NOT_USED)
    shown = shown_to_viewers(schedule)
    ground = ground_of(schedule.id, problem_under_lock(tx, ahead, schedule.id), shown)
    staff_id, other_id = str(parse_id(intent.staff_id)), parse_id(intent.other_id) if intent.other_id else None
    today = bound_by_today(tx, request)
    refusal = giving_refusal(ground, staff_id, intent.date_key, today)
    if refusal is None and pending_swaps(schedule.id).filter(staff_id=UUID(staff_id), date=intent.date_key).exists():
        refusal = "dateKey", OFFERED
    if refusal is None and intent.other_id is None and intent.other_date_key is not None:
        refusal = "otherId", "Choose the colleague whose day that is."
    if refusal is not None:
        raise ValidationFailed.of(*refusal)
    swap = Swap(
        restaurant_id=tx.restaurant_id,
        schedule_id=schedule.id,
        staff_id=UUID(staff_id),
        date=intent.date_key,
        value=shown.value(staff_id, str(intent.date_key)),
        other_date=intent.other_date_key,
        is_offer=intent.other_id is None,
        note=intent.note,
        **({"id": own_id} if own_id else {}),
    )
    if swap.is_offer:
        swap.candidates = candidates(ground, staff_id, swap.date)
        if not swap.candidates:
            raise ValidationFailed.of("dateKey", NOBODY_FREE)
    elif _sees_colleagues(tx, request.actor):
        _settle_on(swap, ground, str(other_id), today)
    else:
        swap.other_id = _asked_unseen(swap, ground, str(other_id), today)
    return swap


def _sees_colleagues(tx: Transaction, actor: Actor) -> bool:
    return tx.role_of(actor) is not Role.STAFF or tx.restaurant.staff_see_colleagues


def _asked_unseen(swap: Swap, ground: Ground, other_id: str, today: date | None) -> UUID:
    """The id of a colleague whose shifts the one who asks does not see. Nothing about these refuses the question, for refusals would tell
    them: whether it can be is said to the colleague who agrees. Raises :class:`ValidationFailed` for what has nothing to do with them."""
    terms = Terms(str(swap.staff_id), swap.date, other_id, swap.other_date)
    refusal = asking_refusal(ground, terms, today)
    if refusal is not None:
        raise ValidationFailed.of(*refusal)
    return UUID(other_id)


def _settle_on(swap: Swap, ground: Ground, other_id: str, today: date | None) -> None:
    """Sets the colleague and what is exchanged with them. Raises :class:`ValidationFailed` where it cannot be."""
    terms = Terms(str(swap.staff_id), swap.date, other_id, swap.other_date)
    refusal = taking_refusal(ground, terms, today)
    if refusal is not None:
        raise ValidationFailed.of(*refusal)
    swap.other_id, swap.cells = UUID(other_id), exchanged(ground, terms)


def _agreed(tx: Transaction, request: AnyRequest, swap: Swap, who: str, ahead: Ahead | None) -> Written:
    """A colleague takes the shift: it waits for a manager, or is carried out."""
    if tx.restaurant.swaps == SwapPolicy.NONE:
        raise ValidationFailed.of("swapId", NOT_USED)
    today, shown = bound_by_today(tx, request), _shown_or_none(tx, swap)
    reason = stale_reason(swap, shown, today)
    if reason is not None or shown is None:
        raise ConflictError(ENDS[reason] if reason else IS_OVER)
    problem = problem_under_lock(tx, ahead, swap.schedule_id)
    _settle_on(swap, ground_of(swap.schedule_id, problem, shown), who, today)
    swap.answer = ""
    if tx.restaurant.swaps == SwapPolicy.ALONE:
        return approved(tx, request, swap, ahead)
    swap.breaks = broken_by(planned_ground(swap.schedule_id, problem, shown), swap.cells)
    return turned(tx, request, swap, SwapState.ACCEPTED, answer="")


def _shown_or_none(tx: Transaction, swap: Swap) -> Document | None:
    schedule = schedule_in(tx.restaurant_id, swap.schedule_id)
    return shown_to_viewers(schedule) if schedule.publication_id else None


def _stepped_back(tx: Transaction, request: ChangeRequest[SwapAnswer], swap: Swap, who: str) -> Written:
    """A colleague declines, or does not want it any more: an offer is open again, what one was asked for is declined."""
    if swap.state == SwapState.DECLINED or (swap.is_offer and swap.state == SwapState.OPEN):
        return unchanged(tx, request, swap)
    if swap.state not in PENDING_SWAP or str(swap.other_id) != who:
        raise ConflictError(IS_OVER)
    if not swap.is_offer:
        return turned(tx, request, swap, SwapState.DECLINED, answer=request.intent.answer)
    swap.other_id, swap.cells, swap.breaks = None, [], []
    return turned(tx, request, swap, SwapState.OPEN, answer="")
