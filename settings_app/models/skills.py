"""Who can do what."""

from settings_app.models.fields import KeptJSONField
from settings_app.models.history import trailed
from settings_app.models.rows import SettingsRow


class Skill(SettingsRow):
    """Something that not everybody can do, and who can, at which level: ``skill_config``."""

    skill_config = KeptJSONField(default=dict)
    history = trailed("config_version")
