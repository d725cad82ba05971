"""How schedules are generated."""

from django.db import models

from settings_app.models.fields import KeptJSONField
from settings_app.models.history import trailed
from settings_app.models.rows import SettingsRow


class MLModelConfig(SettingsRow):
    """Parameters of the solver. ``is_default`` marks the configuration in use."""

    model_name = models.CharField(max_length=200, blank=True)
    model_type = models.CharField(max_length=100, blank=True)
    parameters = KeptJSONField(default=dict)
    model_config = KeptJSONField(default=dict)
    confidence_threshold = models.FloatField(default=0.75)
    is_default = models.BooleanField(default=False)
    history = trailed("config_version")

    class Meta(SettingsRow.Meta):
        verbose_name = "solver configuration"
