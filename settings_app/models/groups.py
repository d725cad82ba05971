"""Groups of staff who stand in for one another."""

from django.db import models

from settings_app.models.fields import KeptJSONField
from settings_app.models.history import trailed
from settings_app.models.rows import SettingsRow


class StaffGroup(SettingsRow):
    """Members, and how many of them must be at work: ``group_config``."""

    color = models.CharField(max_length=50, blank=True)
    group_config = KeptJSONField(default=dict)
    history = trailed("config_version")
