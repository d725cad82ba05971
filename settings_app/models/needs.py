"""How many are needed, on which days."""

from settings_app.models.fields import KeptJSONField
from settings_app.models.history import trailed
from settings_app.models.rows import SettingsRow, Weighed


class StaffingNeed(SettingsRow, Weighed):
    """How many people a shift needs by day of the week, holiday and date: ``need_config``. ``penalty_weight`` is that of each who is
    missing."""

    need_config = KeptJSONField(default=dict)
    history = trailed("config_version")
