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
  type MlConfig,
  type MonthlyLimit,
  type PriorityRule,
  type RowFields,
  type SettingsState,
  type StaffGroup,
  type Submitted,
  type TableName,
  type TableSpec,
  type WeeklyLimit,
  type WholeRow,
} from '@/realtime';
import { accepted, acceptedAll, type Accepted, type AcceptedAll } from './accepted';
import { readBrowserSettings } from './browserSettings';
import { type Client, useClient, useClientStore, useFollow } from './client';
import { useChange } from './useChange';
import { useConnection, useConnectionActions, type ConnectionInfo } from './useConnection';

/** One row or several: those that differ from what is known are written, those that are new are created. */
type UpdateRows<Row extends { id: string }> = (rows: WholeRow<Row> | readonly WholeRow<Row>[]) => AcceptedAll;

/** One row: a new one (with an id of its own or without), some fields of one, one that goes away. */
type CreateRow<Row extends { id: string }> = (row: RowFields<Row>) => Accepted & { readonly id: string };
type UpdateRow<Row extends { id: string }> = (id: string, changes: RowFields<Row>) => Accepted;
type DeleteRow = (id: string) => Accepted;

export interface WebSocketSettings extends ConnectionInfo {
  readonly isLoading: boolean;
  readonly settings: SettingsState | null;
  readonly version: ConfigVersion | null;
  readonly updateStaffGroups: UpdateRows<StaffGroup>;
  readonly updateDailyLimits: UpdateRows<DailyLimit>;
  readonly updateWeeklyLimits: UpdateRows<WeeklyLimit>;
  readonly updateMonthlyLimits: UpdateRows<MonthlyLimit>;
  readonly updatePriorityRules: UpdateRows<PriorityRule>;
  readonly updateMLConfig: UpdateRows<MlConfig>;
  readonly createStaffGroup: CreateRow<StaffGroup>;
  readonly updateStaffGroup: UpdateRow<StaffGroup>;
  readonly deleteStaffGroup: DeleteRow;
  /** Removes a group that is deleted already, for good. */
  readonly hardDeleteStaffGroup: DeleteRow;
  readonly createDailyLimit: CreateRow<DailyLimit>;
  readonly updateDailyLimit: UpdateRow<DailyLimit>;
  readonly deleteDailyLimit: DeleteRow;
  readonly createWeeklyLimit: CreateRow<WeeklyLimit>;
  readonly updateWeeklyLimit: UpdateRow<WeeklyLimit>;
  readonly deleteWeeklyLimit: DeleteRow;
  readonly createMonthlyLimit: CreateRow<MonthlyLimit>;
  readonly updateMonthlyLimit: UpdateRow<MonthlyLimit>;
  readonly deleteMonthlyLimit: DeleteRow;
  readonly createPriorityRule: CreateRow<PriorityRule>;
  readonly updatePriorityRule: UpdateRow<PriorityRule>;
  readonly deletePriorityRule: DeleteRow;
  readonly createMLModelConfig: CreateRow<MlConfig>;
  readonly updateMLModelConfig: UpdateRow<MlConfig>;
  readonly deleteMLModelConfig: DeleteRow;
  readonly deleteRow: (table: TableName, id: string) => Accepted;
  readonly createBackupAssignment: CreateRow<BackupAssignment>;
  /** Its id and some fields, or the whole of it. */
  readonly updateBackupAssignment: (
    assignment: string | WholeRow<BackupAssignment>,
    changes?: RowFields<BackupAssignment>,
  ) => Accepted;
  readonly deleteBackupAssignment: DeleteRow;
  readonly resetSettings: () => Accepted;
  /** Rejects with a {@link RequestError}. `dryRun`: says what would be done. */
  readonly migrateSettings: (settings?: JsonObject, options?: MigrateOptions) => Promise<MigrationReport>;
  readonly createVersion: (name: string, description?: string, copyFrom?: string) => Accepted;
  readonly activateVersion: (versionId: string) => Accepted;
  readonly lockVersion: (versionId: string) => Accepted;
  readonly unlockVersion: (versionId: string) => Accepted;
  /** Tries at once what was to be tried later. */
  readonly reconnect: () => void;
  readonly clientId: string | null;
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
    (rows) =>
      acceptedAll(() => {
        const after = Array.isArray(rows) ? rows : [rows];
        return changesOfTable(table, (current()?.[table] ?? []) as never, after as never).map(change);
      });
  return {
    updateStaffGroups: update<StaffGroup>('staffGroups'),
    updateDailyLimits: update<DailyLimit>('dailyLimits'),
    updateWeeklyLimits: update<WeeklyLimit>('weeklyLimits'),
    updateMonthlyLimits: update<MonthlyLimit>('monthlyLimits'),
    updatePriorityRules: update<PriorityRule>('priorityRules'),
    updateMLConfig: update<MlConfig>('mlModelConfigs'),
  };
}

const requestOf = (type: string, payload: object) => ({ type, payload }) as unknown as ChangeRequest;

/** Creating, changing and deleting one row of a table. */
function rowEdits<Row extends { id: string }>(change: Change, { create, update, remove, idKey, rowKey }: TableSpec) {
  return {
    create: ((row) => {
      const id = row.id ?? uuid();
      return Object.assign(accepted(() => change(requestOf(create, { [rowKey]: { ...row, id } }))), { id });
    }) as CreateRow<Row>,
    update: ((id, changes) => {
      const payload = rowKey === 'assignment' ? { assignment: { ...changes, id } } : { [idKey]: id, changes };
      return accepted(() => change(requestOf(update, payload)));
    }) as UpdateRow<Row>,
    remove: ((id) => accepted(() => change(requestOf(remove, { [idKey]: id })))) as DeleteRow,
  };
}

function singleEdits(change: Change) {
  const groups = rowEdits<StaffGroup>(change, tableSpec('staffGroups'));
  const daily = rowEdits<DailyLimit>(change, tableSpec('dailyLimits'));
  const weekly = rowEdits<WeeklyLimit>(change, tableSpec('weeklyLimits'));
  const monthly = rowEdits<MonthlyLimit>(change, tableSpec('monthlyLimits'));
  const rules = rowEdits<PriorityRule>(change, tableSpec('priorityRules'));
  const configs = rowEdits<MlConfig>(change, tableSpec('mlModelConfigs'));
  const backups = rowEdits<BackupAssignment>(change, tableSpec('backupAssignments'));
  return {
    createStaffGroup: groups.create,
    updateStaffGroup: groups.update,
    deleteStaffGroup: groups.remove,
    hardDeleteStaffGroup: (groupId: string) =>
      accepted(() => change({ type: 'SETTINGS_HARD_DELETE_STAFF_GROUP', payload: { groupId } })),
    createDailyLimit: daily.create,
    updateDailyLimit: daily.update,
    deleteDailyLimit: daily.remove,
    createWeeklyLimit: weekly.create,
    updateWeeklyLimit: weekly.update,
    deleteWeeklyLimit: weekly.remove,
    createMonthlyLimit: monthly.create,
    updateMonthlyLimit: monthly.update,
    deleteMonthlyLimit: monthly.remove,
    createPriorityRule: rules.create,
    updatePriorityRule: rules.update,
    deletePriorityRule: rules.remove,
    createMLModelConfig: configs.create,
    updateMLModelConfig: configs.update,
    deleteMLModelConfig: configs.remove,
    createBackupAssignment: backups.create,
    updateBackupAssignment: (assignment: string | WholeRow<BackupAssignment>, changes: RowFields<BackupAssignment> = {}) =>
      typeof assignment === 'string'
        ? backups.update(assignment, changes)
        : backups.update(assignment.id, { ...assignment, ...changes }),
    deleteBackupAssignment: backups.remove,
    deleteRow: (table: TableName, id: string) => rowEdits(change, tableSpec(table)).remove(id),
  };
}

function versionEdits(change: Change) {
  const ofVersion = (type: 'SETTINGS_ACTIVATE_VERSION' | 'SETTINGS_LOCK_VERSION' | 'SETTINGS_UNLOCK_VERSION') => (versionId: string) =>
    accepted(() => change({ type, payload: { versionId } }));
  return {
    resetSettings: () => accepted(() => change({ type: 'SETTINGS_RESET', payload: {} })),
    createVersion: (name: string, description = '', copyFrom?: string) =>
      accepted(() =>
        change({
          type: 'SETTINGS_CREATE_VERSION',
          payload: { name, description, ...(copyFrom === undefined ? {} : { copyFrom }) },
        }),
      ),
    activateVersion: ofVersion('SETTINGS_ACTIVATE_VERSION'),
    lockVersion: ofVersion('SETTINGS_LOCK_VERSION'),
    unlockVersion: ofVersion('SETTINGS_UNLOCK_VERSION'),
  };
}

async function migrate(client: Client | null, settings: JsonObject | null, options: MigrateOptions) {
  if (client === null || settings === null) {
    throw new RequestError('not_found', 'There are no settings to migrate.');
  }
  return client.query('SETTINGS_MIGRATE', { settings, ...options }, MIGRATION_TIMEOUT_MS);
}

/** Whether the server holds no settings of the user's own: nothing would be covered up by a migration. */
function isEmpty(settings: SettingsState): boolean {
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
  const { connect } = useConnectionActions();
  const change = useChange();
  const settings = useClientStore('view', (view) => view.settings, null);
  useFollow(enabled ? 'settings' : null);

  const edits = useMemo(
    () => ({
      ...tableEdits(change, () => client?.view.getState().settings ?? null),
      ...singleEdits(change),
      ...versionEdits(change),
      migrateSettings: (own?: JsonObject, options: MigrateOptions = {}) =>
        migrate(client, own ?? readBrowserSettings(), options),
    }),
    [client, change],
  );
  useAutoMigration(enabled && autoMigrate, { settings, isConnected: info.isConnected, migrateSettings: edits.migrateSettings });

  return {
    ...info,
    ...edits,
    settings,
    version: settings?.version ?? null,
    isLoading: enabled && settings === null,
    reconnect: connect,
    clientId: client?.clientId ?? null,
  };
}
