"""What is stored of the settings: versions, and the rows of each table."""

from settings_app.models.groups import StaffGroup
from settings_app.models.limits import DailyLimit, MonthlyLimit, WeeklyLimit
from settings_app.models.needs import StaffingNeed
from settings_app.models.priority import PriorityRule
from settings_app.models.rows import SettingsRow
from settings_app.models.skills import Skill
from settings_app.models.solver import MLModelConfig
from settings_app.models.versions import ConfigVersion

__all__ = [
    "ConfigVersion",
    "DailyLimit",
    "MLModelConfig",
    "MonthlyLimit",
    "PriorityRule",
    "SettingsRow",
    "Skill",
    "StaffGroup",
    "StaffingNeed",
    "WeeklyLimit",
]
