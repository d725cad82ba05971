from django.db import migrations

from settings_app.lock_trigger import RefuseWritesWhenLocked


class Migration(migrations.Migration):
    dependencies = [("settings_app", "0001_initial")]
    operations = [
        RefuseWritesWhenLocked(model)
        for model in ("StaffGroup", "DailyLimit", "WeeklyLimit", "MonthlyLimit", "PriorityRule", "MLModelConfig")
    ]
