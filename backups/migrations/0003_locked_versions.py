from django.db import migrations

from settings_app.lock_trigger import RefuseWritesWhenLocked


class Migration(migrations.Migration):
    dependencies = [("backups", "0002_initial"), ("settings_app", "0002_locked_versions")]
    operations = [RefuseWritesWhenLocked("BackupAssignment")]
