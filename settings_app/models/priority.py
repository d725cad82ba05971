"""Rules and wishes."""

from django.db import models

from settings_app.models.fields import KeptJSONField
from settings_app.models.history import trailed
from settings_app.models.rows import SettingsRow, Weighed


class PriorityRule(SettingsRow, Weighed):
    """A rule for some people, or all: ``rule_definition``; ``priority_level`` 1 is the most important."""

    priority_level = models.IntegerField(default=1)
    rule_definition = KeptJSONField(default=dict)
    rule_config = KeptJSONField(default=dict)
    history = trailed("config_version")
