"""How often a kind of shift may or must occur: on a day, in a week, in a period."""

from settings_app.models.fields import KeptJSONField
from settings_app.models.history import trailed
from settings_app.models.rows import SettingsRow, Weighed


class Limit(SettingsRow, Weighed):
    """Bounds on the count of a kind of shift: ``limit_config``."""

    limit_config = KeptJSONField(default=dict)

    class Meta(SettingsRow.Meta):
        abstract = True


class DailyLimit(Limit):
    """Among the people of a day."""

    history = trailed("config_version")


class WeeklyLimit(Limit):
    """For each person in each week."""

    history = trailed("config_version")


class MonthlyLimit(Limit):
    """For each person in each period."""

    history = trailed("config_version")
