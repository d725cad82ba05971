import { useEffect, useMemo, useRef } from 'react';

import {
  changesOfTable,
  RequestError,
  SETTINGS_TABLES,
  tableSpec,
  uuid,
  type BackupAssignment,
  type ChangeRequest,
  type ConfigVersion,
  type DailyLimit,
  type JsonObject,
  type MigrationReport,
  type MLModelConfig,
  type MonthlyLimit,
  type PriorityRule,
  type RowFields,
  type SettingsState,
  type ShiftSyncClient,
  type StaffGroup,
  type Submitted,
  type TableName,
  type WeeklyLimit,
  type WholeRow,
} from '@/realtime';
import { readBrowserSettings } from './browserSettings';
import { useClient, useClientStore, useFollow } from './client';
import { useChange } from './useChange';
import { useConnection, type ConnectionInfo } from './useConnection';

/** One row or several: those that differ from what is known are written, those that are new are created. */
type UpdateRows<Row extends { id: string }> = (rows: WholeRow<Row> | readonly WholeRow<Row>[]) => Submitted[];

export interface WebSocketSettings extends ConnectionInfo {
  readonly isLoading: boolean;
  readonly settings: SettingsState | null;
  readonly version: ConfigVersion | null;
  readonly updateStaffGroups: UpdateRows<StaffGroup>;
  readonly updateDailyLimits: UpdateRows<DailyLimit>;
  readonly updateWeeklyLimits: UpdateRows<WeeklyLimit>;
  readonly updateMonthlyLimits: UpdateRows<MonthlyLimit>;
  readonly updatePriorityRules: UpdateRows<PriorityRule>;
  readonly updateMLConfig: UpdateRows<MLModelConfig>;
  readonly deleteRow: (table: TableName, id: string) => Submitted;
  readonly createBackupAssignment: (assignment: RowFields<BackupAssignment>) => Submitted;
  readonly updateBackupAssignment: (assignment: WholeRow<BackupAssignment>) => Submitted;
  readonly deleteBackupAssignment: (assignmentId: string) => Submitted;
  readonly resetSettings: () => Submitted;
  /** Rejects with a {@link RequestError}. `dryRun`: says what would be done. */
  readonly migrateSettings: (settings?: JsonObject, options?: MigrateOptions) => Promise<MigrationReport>;
  readonly createVersion: (name: string, description?: string, copyFrom?: string) => Submitted;
  readonly activateVersion: (versionId: string) => Submitted;
  readonly lockVersion: (versionId: string) => Submitted;
  readonly unlockVersion: (versionId: string) => Submitted;
}

export interface MigrateOptions {
  dryRun?: boolean;
  skipInvalid?: boolean;
  tables?: string[];
}

const MIGRATION_TIMEOUT_MS = 60_000;

type Change = (request: ChangeRequest) => Submitted;
type Current = () => SettingsState | null;

/** Compares with what is shown when it is called, not with what was when the page was drawn. */
function tableEdits(change: Change, current: Current) {
  const update =
    <Row extends { id: string }>(table: TableName): UpdateRows<Row> =>
    (rows) => {
      const after = Array.isArray(rows) ? rows : [rows];
      return changesOfTable(table, (current()?.[table] ?? []) as never, after as never).map(change);
    };
  return {
    updateStaffGroups: update<StaffGroup>('staffGroups'),
    updateDailyLimits: update<DailyLimit>('dailyLimits'),
    updateWeeklyLimits: update<WeeklyLimit>('weeklyLimits'),
    updateMonthlyLimits: update<MonthlyLimit>('monthlyLimits'),
    updatePriorityRules: update<PriorityRule>('priorityRules'),
    updateMLConfig: update<MLModelConfig>('mlModelConfigs'),
    deleteRow: (table: TableName, id: string) => {
      const { remove, idKey } = tableSpec(table);
      return change({ type: remove, payload: { [idKey]: id } } as unknown as ChangeRequest);
    },
  };
}

function assignmentEdits(change: Change) {
  return {
    createBackupAssignment: (assignment: RowFields<BackupAssignment>) =>
      change({
        type: 'SETTINGS_CREATE_BACKUP_ASSIGNMENT',
        payload: { assignment: { ...assignment, id: assignment.id ?? uuid() } },
      }),
    updateBackupAssignment: (assignment: WholeRow<BackupAssignment>) =>
      change({ type: 'SETTINGS_UPDATE_BACKUP_ASSIGNMENT', payload: { assignment } }),
    deleteBackupAssignment: (assignmentId: string) =>
      change({ type: 'SETTINGS_DELETE_BACKUP_ASSIGNMENT', payload: { assignmentId } }),
  };
}

function versionEdits(change: Change) {
  return {
    resetSettings: () => change({ type: 'SETTINGS_RESET', payload: {} }),
    createVersion: (name: string, description = '', copyFrom?: string) =>
      change({
        type: 'SETTINGS_CREATE_VERSION',
        payload: { name, description, ...(copyFrom === undefined ? {} : { copyFrom }) },
      }),
    activateVersion: (versionId: string) => change({ type: 'SETTINGS_ACTIVATE_VERSION', payload: { versionId } }),
    lockVersion: (versionId: string) => change({ type: 'SETTINGS_LOCK_VERSION', payload: { versionId } }),
    unlockVersion: (versionId: string) => change({ type: 'SETTINGS_UNLOCK_VERSION', payload: { versionId } }),
  };
}

async function migrate(client: ShiftSyncClient | null, settings: JsonObject | null, options: MigrateOptions) {
  if (client === null || settings === null) {
    throw new RequestError('not_found', 'There are no settings to migrate.');
  }
  return client.query('SETTINGS_MIGRATE', { settings, ...options }, MIGRATION_TIMEOUT_MS);
}

/** Whether the server holds no settings of the user's own: nothing would be covered up by a migration. */
export function isEmpty(settings: SettingsState): boolean {
  return SETTINGS_TABLES.every(({ name }) => settings[name].length === 0);
}

function useAutoMigration(isWanted: boolean, { settings, isConnected, migrateSettings }: Migration): void {
  const isDone = useRef(false);
  useEffect(() => {
    const isDue = isWanted && isConnected && settings !== null && isEmpty(settings) && readBrowserSettings() !== null;
    if (isDue && !isDone.current) {
      isDone.current = true;
      // Who refuses it is told by the page that offers the migration; nothing was changed.
      migrateSettings().catch(() => undefined);
    }
  }, [isWanted, isConnected, settings, migrateSettings]);
}

type Migration = Pick<WebSocketSettings, 'settings' | 'isConnected' | 'migrateSettings'>;

/** The active settings, live. `autoMigrate`: takes over what the browser holds if the server has nothing. */
export function useWebSocketSettings({ enabled = true, autoMigrate = false } = {}): WebSocketSettings {
  const client = useClient();
  const info = useConnection();
  const change = useChange();
  const settings = useClientStore((it) => it.view, (view) => view.settings, null);
  useFollow(enabled ? ['settings'] : []);

  const edits = useMemo(
    () => ({
      ...tableEdits(change, () => client?.view.getState().settings ?? null),
      ...assignmentEdits(change),
      ...versionEdits(change),
      migrateSettings: (own?: JsonObject, options: MigrateOptions = {}) =>
        migrate(client, own ?? readBrowserSettings(), options),
    }),
    [client, change],
  );
  useAutoMigration(enabled && autoMigrate, { settings, isConnected: info.isConnected, migrateSettings: edits.migrateSettings });

  return { ...info, ...edits, settings, version: settings?.version ?? null, isLoading: enabled && settings === null };
}
