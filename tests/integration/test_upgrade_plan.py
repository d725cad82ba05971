"""What an upgrade finds out before it touches anything."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder

from shiftsync.core.management.commands.upgrade_plan import lets_others_go_on

pytestmark = pytest.mark.django_db(transaction=True)


def plan() -> str:
    out = StringIO()
    call_command("upgrade_plan", stdout=out)
    (line,) = out.getvalue().splitlines()
    return line


def test_plan__all_applied__nothing() -> None:
    assert plan() == "Nothing to migrate."


def test_plan__database_of_a_newer_version__says_so() -> None:
    row = MigrationRecorder.Migration.objects.create(app="staff", name="9999_of_tomorrow")
    assert plan() == "The database is of a newer version: staff.9999_of_tomorrow."
    row.delete()


def test_plan__migration_missing__is_named() -> None:
    row = MigrationRecorder.Migration.objects.filter(app="django_tasks_database").latest("pk")
    row.delete()
    assert plan().startswith("To migrate while the others ")
    assert plan().endswith(f" django_tasks_database.{row.name}.")
    row.save(force_insert=True)


@pytest.mark.parametrize(
    ("operation", "goes_on"),
    [
        (migrations.CreateModel("Note", [("id", models.AutoField(primary_key=True))]), True),
        (migrations.AddField("note", "text", models.TextField(null=True)), True),
        (migrations.AddField("note", "text", models.TextField(db_default="")), True),
        (migrations.AddField("note", "text", models.TextField(default="")), False),
        (migrations.AddIndex("note", models.Index(fields=["text"], name="note_by_text")), True),
        (migrations.RemoveField("note", "text"), False),
        (migrations.RenameField("note", "text", "words"), False),
        (migrations.AlterField("note", "text", models.CharField(max_length=3)), False),
        (migrations.RunSQL("SELECT 1"), False),
        (migrations.RunPython(migrations.RunPython.noop), False),
        (migrations.DeleteModel("Note"), False),
    ],
)
def test_migration__program_of_before__goes_on_only_where_something_is_added(
    operation: Operation, goes_on: bool
) -> None:
    operations = [migrations.AddIndex("note", models.Index(fields=["id"], name="note_by_id")), operation]
    made = type("Made", (migrations.Migration,), {"operations": operations})
    assert lets_others_go_on(made("0002", "notes")) is goes_on
