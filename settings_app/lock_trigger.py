"""A locked version refuses writes of its rows in the database too: a trigger on PostgreSQL.

SQLite rebuilds a table to alter it and forgets its triggers in silence; there the services alone stand guard.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

FUNCTION = "settings_refuse_when_locked"
TRIGGER = "refuse_when_locked"

_CREATE_FUNCTION = """
CREATE OR REPLACE FUNCTION settings_refuse_when_locked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    locked boolean;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT is_locked INTO locked FROM settings_app_configversion WHERE id = OLD.config_version_id FOR SHARE;
    END IF;
    IF TG_OP <> 'DELETE' AND locked IS NOT TRUE THEN
        SELECT is_locked INTO locked FROM settings_app_configversion WHERE id = NEW.config_version_id FOR SHARE;
    END IF;
    IF locked THEN
        RAISE EXCEPTION 'this version of the settings is locked' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$
"""


class RefuseWritesWhenLocked(Operation):
    """Puts the trigger on the table of one model; every settings table has it (``docs/adding-a-settings-table.md``)."""

    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """No model changes."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Creates the trigger."""
        if schema_editor.connection.vendor != "postgresql":
            return
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        schema_editor.execute(_CREATE_FUNCTION, params=None)
        schema_editor.execute(
            f'CREATE TRIGGER {TRIGGER} BEFORE INSERT OR UPDATE OR DELETE ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()",
            params=None,
        )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drops it."""
        if schema_editor.connection.vendor == "postgresql":
            table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
            schema_editor.execute(f'DROP TRIGGER IF EXISTS {TRIGGER} ON "{table}"', params=None)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How a migration writes it."""
        return type(self).__name__, [self.model_name], {}

    def describe(self) -> str:
        """For the log of ``migrate``."""
        return f"Refuse writes to {self.model_name} of a locked version"
