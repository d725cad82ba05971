"""Restaurants, the people who sign in, and who may do what where."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from shiftsync.core.actor import Role
from shiftsync.core.holidays import known_countries
from shiftsync.core.ids import new_id
from shiftsync.core.models import Identified, audited
from shiftsync.core.spelling import spelled
from shiftsync.core.zones import known_zones


def check_timezone(name: str) -> None:
    """Raises ``ValidationError`` unless that is a time zone which browsers know as well."""
    if name not in known_zones():
        raise ValidationError(f"{name} is not an IANA time zone.")


def check_country(code: str) -> None:
    """Raises ``ValidationError`` unless that is a country (ISO 3166, two letters) whose public holidays are known."""
    if code not in known_countries():
        raise ValidationError(f"{code} is no country whose holidays are known.")


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


class User(AbstractUser):
    """A person who signs in. What they may do is a matter of their memberships.

    ``credentials_epoch`` grows with each new password: tokens and sockets of an earlier one end.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    credentials_epoch = models.PositiveIntegerField(default=0, editable=False)

    def set_password(self, raw_password: str | None) -> None:
        """Sets the password, whoever does it: the admin, a command, a page. Nothing is saved.

        The epoch is no part of what Django saves when it only hashes the same password anew at a sign-in.
        """
        super().set_password(raw_password)
        self.credentials_epoch += 1

    @property
    def display_name(self) -> str:
        """The full name, or the user name where none is given."""
        return self.get_full_name() or self.username


class Restaurant(Identified):
    """The tenant: every row of the other apps belongs to one.

    ``country`` says which public holidays there are.
    ``closing_day`` ends a period: 20 makes periods from the 21st to the 20th; 31 makes calendar months.
    """

    name = models.CharField(max_length=200)
    timezone = models.CharField(max_length=64, default="Asia/Tokyo", validators=[check_timezone])
    closing_day = models.PositiveSmallIntegerField(default=20, validators=[MinValueValidator(1), MaxValueValidator(31)])
    country = models.CharField(max_length=2, default="JP", validators=[check_country])
    conflict_strategy = models.CharField(
        max_length=20, choices=ConflictStrategy.choices, default=ConflictStrategy.LAST_WRITER_WINS
    )
    history = audited()

    def __str__(self) -> str:
        return self.name


class Membership(Identified):
    """A user's role in a restaurant. Revoking one deactivates it."""

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(
        max_length=10, choices=[(role.value, role.value) for role in Role], default=Role.VIEWER.value
    )
    is_active = models.BooleanField(default=True)
    history = audited()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["restaurant", "user"], name="membership_once_per_restaurant")]

    def __str__(self) -> str:
        return f"{self.user} in {self.restaurant}: {self.role}"


class ApiToken(Identified):
    """A lasting credential of one user for one restaurant. Only the digest of the token is stored.

    It ends when it expires, is revoked, or its user has a new password. ``issued_by`` is the token with which it was made.
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

    def __str__(self) -> str:
        return f"{self.name or 'token'} of {self.user}"


class Ticket(models.Model):
    """A single-use credential that may stand in a URL, since it is worth nothing after 30 seconds or one use."""

    digest = models.CharField(max_length=64, primary_key=True)
    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, null=True, related_name="+")
    session_key = models.CharField(max_length=40, blank=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"ticket of {self.user}"
