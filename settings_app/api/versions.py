"""REST about versions, whole settings and the audit trail."""

from typing import Any

from rest_framework import serializers

from settings_app.answer_serializers import AnswersPayload, AnswersSet
from settings_app.selectors.answers import settings_answers
from settings_app.selectors.comparing import VersionPair, compare_versions
from settings_app.selectors.sync import OfVersion, exported_settings, sync_settings
from settings_app.selectors.trail import TrailQuestion, trail_payload
from settings_app.selectors.versions import config_version, versions_of
from settings_app.serializers import (
    CompareQuery,
    ComparisonPayload,
    ConfigVersionSerializer,
    MigratePayload,
    SettingsSyncPayload,
    TrailPayload,
    TrailQuery,
    VersionCreatePayload,
    VersionQuery,
    field_name,
)
from settings_app.services import replacing
from settings_app.services import versions as services
from settings_app.services.answers import Answers, answers_save
from settings_app.services.restoring import ChangeRestore, change_restore
from settings_app.tables import settings_tables
from settings_app.wire_rows import version_payload
from shiftsync.core.actor import Role
from shiftsync.core.serializers import WireSerializer
from shiftsync.core.viewsets import Payload
from shiftsync.realtime.api import Result, StreamViewSet, answers, changes
from shiftsync.realtime.protocol.payloads import ChangePayload
from shiftsync.realtime.stream.requests import Outcome
from shiftsync.realtime.stream.selectors import position_of


class VersionResult(Result):
    """The version after the change."""

    version = ConfigVersionSerializer()


class ReplacedResult(Result):
    """The settings were replaced as a whole."""

    message = serializers.CharField()
    new_version = ConfigVersionSerializer(allow_null=True)


class MigratedResult(ReplacedResult):
    """What the migration did, or would do."""

    rows_inserted = serializers.DictField(child=serializers.IntegerField(), help_text="By collection.")
    skipped = serializers.ListField(child=serializers.DictField(), help_text="`table`, `index`, `reason`.")
    mapping = serializers.DictField(help_text="What goes into which table, and from where.")
    dry_run = serializers.BooleanField(required=False)
    already_migrated = serializers.BooleanField(required=False)


class ChangeRestoredResult(Result):
    """The restored row, as a change of its table tells it."""

    warnings = serializers.ListField(child=serializers.CharField(), required=False)
    warnings_ja = serializers.ListField(child=serializers.CharField(), required=False)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for names in (table.names for table in settings_tables()):
            fields[field_name(names.id_key)] = serializers.UUIDField(required=False)
            for key in (names.created_key, names.updated_key, names.deleted_key):
                fields[field_name(key)] = serializers.DictField(required=False)
        return fields


class AnsweredResult(Result):
    """What the answers changed."""

    changed = serializers.IntegerField(help_text="How many rows.")


class ExportedSettings(WireSerializer):
    """The browser's storage in its current form."""

    migration_version = serializers.IntegerField()

    def get_fields(self) -> dict[str, Any]:
        rows = {
            field_name(table.storage.key): serializers.ListField(child=serializers.DictField())
            for table in settings_tables()
        }
        return {**super().get_fields(), **rows}


class VersionsViewSet(StreamViewSet):
    """Versions of the settings."""

    @answers(ConfigVersionSerializer(many=True))
    def list(self, query: Payload) -> Any:
        """All versions, the newest first."""
        return [version_payload(version) for version in versions_of(self.actor.restaurant_id)]

    @answers(ConfigVersionSerializer)
    def retrieve(self, query: Payload, id: str) -> Payload:
        """One version."""
        return version_payload(config_version(self.actor.restaurant_id, id))

    @answers(ComparisonPayload, takes=CompareQuery)
    def compare(self, query: Payload) -> Payload:
        """What changed from one version to another, row by row and field by field."""
        return compare_versions(self.actor.restaurant_id, VersionPair.of(query))

    @changes(VersionCreatePayload, VersionResult, status=201, location="/api/config-versions/{version[id]}/")
    def create(self, payload: Payload) -> Outcome:
        """Makes a version: a copy of the active one, of another, or empty."""
        return services.version_create(self.sender.change(services.VersionCreate.of(payload), payload))

    @changes(VersionCreatePayload, VersionResult, status=201, location="/api/config-versions/{version[id]}/")
    def copy(self, payload: Payload, id: str) -> Outcome:
        """Makes a copy of this version."""
        intent = services.VersionCreate.of(payload, copy_from=id)
        return services.version_create(self.sender.change(intent, payload))

    @changes(ChangePayload, VersionResult)
    def activate(self, payload: Payload, id: str) -> Outcome:
        """Takes the version into use."""
        return services.version_activate(self.sender.change(services.VersionActivate(id), payload))

    @changes(ChangePayload, VersionResult, needs=Role.OWNER)
    def lock(self, payload: Payload, id: str) -> Outcome:
        """Closes the version to every edit; for owners."""
        return services.version_lock(self.sender.change(services.VersionLock(id), payload))

    @changes(ChangePayload, VersionResult, needs=Role.OWNER)
    def unlock(self, payload: Payload, id: str) -> Outcome:
        """Opens the version again; for owners."""
        return services.version_unlock(self.sender.change(services.VersionUnlock(id), payload))

    @changes(ChangePayload, VersionResult, source="query")
    def destroy(self, payload: Payload, id: str) -> Outcome:
        """Takes away a version that was never in use."""
        return services.version_delete(self.sender.change(services.VersionDelete(id), payload))


class SettingsViewSet(StreamViewSet):
    """All settings at once."""

    @answers(SettingsSyncPayload, takes=VersionQuery)
    def retrieve(self, query: Payload) -> Payload:
        """All rows of the active version, or of another."""
        return sync_settings(self.actor.restaurant_id, OfVersion.of(query).version_id)

    @answers(ExportedSettings, takes=VersionQuery)
    def export(self, query: Payload) -> Payload:
        """A version in the form of the browser's storage; migrating it gives an equal one."""
        return exported_settings(self.actor.restaurant_id, OfVersion.of(query).version_id)

    @answers(AnswersSet)
    def answers_set(self, query: Payload) -> Payload:
        """Plain questions about the rules, and the answers that the rows in use are."""
        return settings_answers(self.actor.restaurant_id)

    @changes(AnswersPayload, AnsweredResult)
    def answer(self, payload: Payload) -> Outcome:
        """Makes, changes and deletes the rows that the answers are. Null takes a rule away; what is left out stays as it is."""
        return answers_save(self.sender.change(Answers.of(payload), payload))

    @changes(ChangePayload, ReplacedResult)
    def reset(self, payload: Payload) -> Outcome:
        """The defaults, as a new version in use."""
        return replacing.settings_reset(self.sender.change(replacing.SettingsReset(), payload))

    @changes(MigratePayload, MigratedResult)
    def migrate(self, payload: Payload) -> Outcome:
        """What a browser had stored, as a new version in use. `dryRun` only tells what would be done."""
        request = self.sender.change(replacing.SettingsMigrate.of(payload), payload)
        if not replacing.MigrationMode.of(payload).dry_run:
            return replacing.settings_migrate(request)
        preview: dict[str, Any] = replacing.migration_preview(request)
        return Outcome(position_of(self.actor.restaurant_id).version, preview)


class SettingsChangesViewSet(StreamViewSet):
    """The audit trail of the settings."""

    @answers(TrailPayload, takes=TrailQuery)
    def retrieve(self, query: Payload) -> Payload:
        """Who changed what, when and why, the newest first."""
        return trail_payload(self.actor.restaurant_id, TrailQuestion.of(query))

    @changes(ChangePayload, ChangeRestoredResult)
    def restore(self, payload: Payload, id: str) -> Outcome:
        """Puts the row back as it was before that entry, as a new change."""
        return change_restore(self.sender.change(ChangeRestore(id), payload))
