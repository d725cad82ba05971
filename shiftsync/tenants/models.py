"""Restaurants, the people who sign in, and who may do what where."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.dispatch import Signal

from shiftsync.core.actor import Role
from shiftsync.core.clock import now
from shiftsync.core.holidays import known_countries
from shiftsync.core.ids import new_id
from shiftsync.core.models import Identified, OnItsWay, audited
from shiftsync.core.spelling import spelled
from shiftsync.core.text import unfit
from shiftsync.core.zones import known_zones

password_changed = Signal()
"""A user has a new password: ``user``. Sent after it was saved, by any code."""
session_ended = Signal()
"""A browser was signed out from elsewhere: ``session_key`` says which."""


def check_timezone(name: str) -> None:
    """Raises ``ValidationError`` unless that is a time zone which browsers know as well."""
    if name not in known_zones():
        raise ValidationError(f"{name} is not an IANA time zone.")


def check_country(code: str) -> None:
    """Raises ``ValidationError`` unless that is a country (ISO 3166, two letters) whose public holidays are known."""
    if code not in known_countries():
        raise ValidationError(f"{code} is not a country whose holidays are known.")


class ConflictStrategy(models.TextChoices):
    """What happens to a change whose base version is stale. Other spellings (``LastWriterWins``) are read."""

    LAST_WRITER_WINS = "last_writer_wins"
    FIRST_WRITER_WINS = "first_writer_wins"
    MERGE_CHANGES = "merge_changes"
    USER_CHOICE = "user_choice"

    @classmethod
    def _missing_(cls, value: object) -> "ConflictStrategy | None":
        known = spelled(value, cls.values)
        return None if known is None else cls(known)


class TextMeaning(models.TextChoices):
    """What text in a cell counts as that no shift type explains: nothing, work of a special kind, or a day off."""

    NOTHING = "nothing", "nothing"
    WORK = "work", "work"
    OFF = "off", "a day off"


class User(AbstractUser):
    """A person who signs in. What they may do is a matter of their memberships.

    ``credentials_epoch`` grows with each new password: tokens and sockets of an earlier one end. ``signed_up_at``: when they made the
    account without being invited; what was offered to that user name before was meant for somebody else.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    credentials_epoch = models.PositiveIntegerField(default=0, editable=False)
    signed_up_at = models.DateTimeField(null=True, editable=False)

    def set_password(self, raw_password: str | None) -> None:
        """Sets the password; the admin, commands and pages all come through here. Nothing is saved.

        Django does not save the epoch when it only rehashes the same password at a sign-in.
        """
        super().set_password(raw_password)
        self.credentials_epoch += 1

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """As Django's; and text is text here too, whose forms are Django's own. Raises ``ValidationError``."""
        super().clean_fields(exclude)
        typed = {
            field.name: getattr(self, field.name) for field in self._meta.fields if field.name not in (exclude or ())
        }
        problems = {name: unfit(value) for name, value in typed.items() if isinstance(value, str)}
        wrong = {name: problem for name, problem in problems.items() if problem}
        if wrong:
            raise ValidationError(wrong)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's; a password that is not the account's first is told."""
        has_new_password = getattr(self, "_password", None) is not None and not self._state.adding
        super().save(*args, **kwargs)
        if has_new_password:
            password_changed.send(User, user=self)

    @property
    def display_name(self) -> str:
        """The full name, or the user name where none is given."""
        return self.get_full_name() or self.username


class SwapPolicy(models.TextChoices):
    """Whether staff may swap shifts, and whether a manager has to approve."""

    NONE = "none", "no swaps"
    APPROVED = "approved", "a manager approves"
    ALONE = "alone", "goes through alone"


MOST_WISHES = 366
"""How many wishes a person can have in a period at all: one for each day of the longest."""


class Restaurant(Identified):
    """The tenant: every row of the other apps belongs to one.

    ``country`` says which public holidays there are.
    ``text_counts_as`` says what a cell counts as whose text no shift type explains.
    ``closing_day`` ends a period: 20 makes periods from the 21st to the 20th; 31 makes calendar months.
    ``wish_limit`` is how many wishes each of the staff may have in a period that says nothing else; null: any.
    ``swaps`` says whether staff may swap shifts, and whether a manager has to approve.
    ``staff_see_colleagues``: members of the role staff see the shifts of others in what is published, and not their own alone.
    """

    name = models.CharField(max_length=200)
    timezone = models.CharField(max_length=64, default="Asia/Tokyo", validators=[check_timezone])
    closing_day = models.PositiveSmallIntegerField(default=20, validators=[MinValueValidator(1), MaxValueValidator(31)])
    country = models.CharField(max_length=2, default="JP", validators=[check_country])
    conflict_strategy = models.CharField(
        max_length=20, choices=ConflictStrategy.choices, default=ConflictStrategy.LAST_WRITER_WINS
    )
    text_counts_as = models.CharField(max_length=8, choices=TextMeaning.choices, default=TextMeaning.NOTHING)
    wish_limit = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(MOST_WISHES)])
    swaps = models.CharField(max_length=8, choices=SwapPolicy.choices, default=SwapPolicy.APPROVED)
    staff_see_colleagues = models.BooleanField(default=True, db_default=True)
    history = audited()

    def __str__(self) -> str:
        return self.name


class Membership(Identified):
    """A user's role in a restaurant. Revoking one deactivates it.

    ``staff_id`` is who on the schedule the user is. It counts as long as that person is there
    (:func:`~shiftsync.tenants.selectors.person_of`): it goes with them, and comes back with them.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(
        max_length=10, choices=[(role.value, role.value) for role in Role], default=Role.VIEWER.value
    )
    is_active = models.BooleanField(default=True)
    staff_id = models.UUIDField(null=True, blank=True, editable=False)
    history = audited()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["restaurant", "user"], name="membership_once_per_restaurant"),
            models.UniqueConstraint(
                fields=["restaurant", "staff_id"],
                condition=models.Q(is_active=True),
                name="membership_one_for_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.restaurant}: {self.role}"


class Invitation(Identified):
    """A membership that is offered to the user of that name, existing or not; it waits for their consent.

    It is kept by name, not by user, so that it does not reveal whether such a user exists. One that was declined stays as it
    is for those who offered it, and is not shown to the user any more.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="invitations")
    username = models.CharField(max_length=150, db_index=True)
    role = models.CharField(
        max_length=10, choices=[(role.value, role.value) for role in Role], default=Role.VIEWER.value
    )
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    declined_at = models.DateTimeField(null=True, editable=False)
    history = audited()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["restaurant", "username"], name="invitation_once_per_restaurant")
        ]

    def __str__(self) -> str:
        return f"{self.username} in {self.restaurant}: {self.role}"


class InvitationLink(Identified):
    """A membership that is offered to whoever has the address. It is taken once, ends by itself, and can be taken back.

    ``staff_id`` is who on the schedule they then are; ``note`` says whom it was made for. Only the digest of the address's secret is kept.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="invitation_links")
    role = models.CharField(
        max_length=10, choices=[(role.value, role.value) for role in Role], default=Role.STAFF.value
    )
    staff_id = models.UUIDField(null=True, editable=False)
    note = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, editable=False)
    used_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    revoked_at = models.DateTimeField(null=True, editable=False)
    history = audited()

    def __str__(self) -> str:
        return f"{self.note or self.id} in {self.restaurant}: {self.role}"


class InvitationMail(OnItsWay):
    """A mail that brings an invitation to somebody; one for each time that it is sent.

    ``address`` is blanked when the invitation ends: whoever it belongs to may have no account. ``mailbox``, a digest of it under the
    server's key, stays as long as mails are counted. There is no history of it, and no link stands here: it is made when the mail is.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+", db_index=False)
    link = models.ForeignKey(InvitationLink, on_delete=models.CASCADE, related_name="mails")
    sent_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    address = models.CharField(max_length=254, blank=True)
    mailbox = models.CharField(max_length=64)
    origin = models.CharField(max_length=300)
    language = models.CharField(max_length=2)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=models.Q(state="waiting"), name="invitation_mail_waiting"
            ),
            models.Index(fields=["restaurant", "created_at"], name="invitation_mail_by_restaurant"),
            models.Index(fields=["sent_by", "created_at"], name="invitation_mail_by_sender"),
        ]

    def __str__(self) -> str:
        return f"mail of {self.link_id}: {self.state}"


class SecurityKind(models.TextChoices):
    """The kinds of events in the security log."""

    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_IN_LOCKED = "sign_in_locked"
    SIGN_OUT = "sign_out"
    SESSION_ENDED = "session_ended"
    SECOND_FACTOR_ON = "second_factor_on"
    SECOND_FACTOR_OFF = "second_factor_off"
    SIGNED_UP = "signed_up"
    RESET_OFFERED = "reset_offered"
    RESET_MAILED = "reset_mailed"
    ADDRESS_CHANGED = "address_changed"
    ADDRESS_REMOVED = "address_removed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a name
    TOKEN_ISSUED = "token_issued"  # noqa: S105 - a name
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - a name
    FEED_ISSUED = "feed_issued"
    FEED_REVOKED = "feed_revoked"
    MEMBER_INVITED = "member_invited"
    INVITATION_MAILED = "invitation_mailed"
    MEMBER_JOINED = "member_joined"
    MEMBER_REMOVED = "member_removed"
    ROLE_CHANGED = "role_changed"
    MEMBER_LINKED = "member_linked"
    WEBHOOK_ADDED = "webhook_added"
    WEBHOOK_CHANGED = "webhook_changed"
    WEBHOOK_REMOVED = "webhook_removed"
    WEBHOOK_DISABLED = "webhook_disabled"
    WEBHOOK_SECRET_SHOWN = "webhook_secret_shown"  # noqa: S105 - a name


class SecurityEvent(models.Model):
    """Something that a restaurant's owner should be able to look up: who came in, from where, and what became of access.

    ``actor`` did it (None: the system, or nobody who is known); ``about`` is the user whom it concerns. What concerns an account
    stands once for each restaurant that its user belonged to then; without any it has no restaurant, and the operator alone sees it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=now)
    kind = models.CharField(max_length=20, choices=SecurityKind.choices)
    actor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    about = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    address = models.CharField(max_length=64, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["restaurant", "-at"], name="security_event_by_restaurant"),
            models.Index(fields=["at"], name="security_event_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class SignInAttempt(models.Model):
    """A password that was tried and was not right, or is being tried: what guesses are counted by, for as long as they count.

    ``account`` is a digest of the name that was given: people type passwords there. ``network`` is where it came from, or the browser
    with which its user has signed in before.
    """

    id = models.BigAutoField(primary_key=True)
    account = models.CharField(max_length=64)
    network = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "at"], name="attempt_by_account"),
            models.Index(fields=["network", "at"], name="attempt_by_network"),
        ]

    def __str__(self) -> str:
        return f"attempt from {self.network}"


class BrowserSession(models.Model):
    """A browser in which a user is signed in, so that they can see it and end it. Django's session, which counts, knows neither where
    nor since when. There is none of a session that ended with a new password."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    address = models.CharField(max_length=64, blank=True)
    agent = models.CharField(max_length=300, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"browser of {self.user_id}"


class SecondFactor(models.Model):
    """That a user gives a code besides their password. What the code is made of is made again from the server's key and ``nonce``;
    ``written`` are the digests of codes that were written down, ``last_step`` the time step of the last code that was taken."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    nonce = models.CharField(max_length=32)
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)
    written = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"second step of {self.user_id}"


class AddressChange(models.Model):
    """An address for mail that a user has named and not confirmed yet: one at a time. ``User.email`` is what was confirmed, or what the
    operator has entered. The link that confirms it is made of ``nonce`` and the server's key."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    address = models.EmailField()
    nonce = models.CharField(max_length=32)
    asked_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"address of {self.user_id}"


class ApiToken(Identified):
    """A lasting credential of one user for one restaurant. Only the digest of the token is stored.

    It ends when it expires, is revoked, or its user has a new password. ``issued_by`` is the token with which it was made.
    ``scopes`` is what it may do of what its user may (:mod:`shiftsync.core.scopes`); they never change.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="api_tokens")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    issued_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, editable=False, related_name="issued")
    credentials_epoch = models.PositiveIntegerField(default=0, editable=False)
    scopes = models.CharField(max_length=200, default="*", db_default="*", editable=False)

    def __str__(self) -> str:
        return f"{self.name or 'token'} of {self.user}"


class Ticket(models.Model):
    """A single-use credential that may appear in a URL, since it is invalid after 30 seconds or one use."""

    digest = models.CharField(max_length=64, primary_key=True)
    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, null=True, related_name="+")
    session_key = models.CharField(max_length=40, blank=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"ticket of {self.user}"


class AnsweredPost(models.Model):
    """What was answered to a request with an idempotency key that no restaurant's log remembers: tokens, memberships, feeds, tickets.

    No secret stands in ``answer``: it is made of ``nonce``, which stands here, of the key, which its client alone has, and of the
    server's own secret, and is made again for the same request.
    """

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    content = models.CharField(max_length=64)
    nonce = models.CharField(max_length=64)
    answer = models.TextField()
    created_at = models.DateTimeField(default=now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="answered_post_once_per_key")]

    def __str__(self) -> str:
        return str(self.key)
