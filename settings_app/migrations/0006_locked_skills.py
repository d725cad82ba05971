from django.db import migrations

from settings_app.lock_trigger import RefuseWritesWhenLocked


class Migration(migrations.Migration):
    dependencies = [("settings_app", "0005_skills")]
    operations = [RefuseWritesWhenLocked("Skill")]
