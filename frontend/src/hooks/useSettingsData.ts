import { useCallback, useMemo, useState } from 'react';

import {
  changesOfTable,
  SETTINGS_TABLES,
  type ChangeRequest,
  type ConfigVersion,
  type JsonObject,
  type MigrationReport,
  type Notice,
  type SettingsState,
  type SettingsTables,
  type Submitted,
} from '@/realtime';
import { useClientStore } from './client';
import { memoised } from './memo';
import { useChange } from './useChange';
import type { ConnectionStatus } from './useConnection';
import { useWebSocketSettings } from './useWebSocketSettings';

/** The tables, and the parameters of the default solver configuration as a form of their own. */
export interface SettingsData extends SettingsTables {
  readonly mlParameters: JsonObject;
}

export interface SettingsDataState {
  readonly settings: SettingsData | null;
  readonly version: ConfigVersion | null;
  readonly isLoading: boolean;
  readonly error: string | null;
  readonly hasUnsavedChanges: boolean;
  /** By row id, then by field, what the server said is wrong. */
  readonly validationErrors: Readonly<Record<string, JsonObject>>;
  /** The settings as they should be: saved at once with `autosave`, else kept here until `saveSettings`. */
  readonly updateSettings: (next: Partial<SettingsData>) => void;
  readonly saveSettings: () => Submitted[];
  readonly discardChanges: () => void;
  readonly resetToDefaults: () => Submitted;
  readonly migrateToBackend: (settings?: JsonObject) => Promise<MigrationReport>;
  readonly backendMode: 'websocket' | 'rest' | 'offline';
  readonly isConnectedToBackend: boolean;
  readonly connectionStatus: ConnectionStatus;
  readonly currentVersion: number | null;
  readonly versionName: string;
  readonly isVersionLocked: boolean;
}

const NO_NOTICES: readonly Notice[] = [];

const defaultConfig = ({ mlModelConfigs }: SettingsTables) =>
  mlModelConfigs.find(({ isDefault }) => isDefault) ?? mlModelConfigs[0];

const dataOf = memoised((settings: SettingsState): SettingsData => {
  const parameters = defaultConfig(settings)?.parameters ?? {};
  return { ...settings, mlParameters: parameters };
});

/** Puts the solver's parameters back into their row. */
function withParameters({ mlParameters, ...edited }: Partial<SettingsData>, known: SettingsState): Partial<SettingsTables> {
  const config = defaultConfig(known);
  if (mlParameters === undefined || config === undefined) {
    return edited;
  }
  const rows = edited.mlModelConfigs ?? known.mlModelConfigs;
  const mlModelConfigs = rows.map((row) => (row.id === config.id ? { ...row, parameters: mlParameters } : row));
  return { ...edited, mlModelConfigs };
}

/** The requests that make the server's settings like `edited`; tables that it does not name stay as they are. */
export function changesOfSettings(known: SettingsState, edited: Partial<SettingsData>): ChangeRequest[] {
  const tables = withParameters(edited, known);
  return SETTINGS_TABLES.flatMap(({ name }) => {
    const rows = tables[name];
    return rows === undefined ? [] : changesOfTable(name, known[name] as never, rows as never, { removesMissing: true });
  });
}

/** The row that a settings request is about. */
function rowIdOf({ payload }: ChangeRequest): string | null {
  for (const value of Object.values(payload as JsonObject)) {
    if (typeof value === 'object' && value !== null && 'id' in value) {
      return String(value.id);
    }
  }
  const { groupId, limitId, ruleId, configId, assignmentId } = payload as Record<string, string | undefined>;
  return groupId ?? limitId ?? ruleId ?? configId ?? assignmentId ?? null;
}

const validationErrorsIn = memoised((notices: readonly Notice[]): Record<string, JsonObject> => {
  const errors: Record<string, JsonObject> = {};
  for (const notice of notices) {
    const id = notice.kind === 'refused' ? rowIdOf(notice.entry.request) : null;
    if (notice.kind === 'refused' && id !== null && notice.error.code === 'validation_error') {
      errors[id] = notice.error.details ?? { message: notice.error.message };
    }
  }
  return errors;
});

type Edited = Partial<SettingsData> | null;

/** What was edited of one version; it is nothing to another one that has become active meanwhile. */
function useEdited(versionId: string | null): [Edited, (edited: Edited) => void] {
  const [kept, keep] = useState<{ versionId: string | null; edited: Edited }>({ versionId, edited: null });
  const setEdited = useCallback((edited: Edited) => keep({ versionId, edited }), [versionId]);
  return [kept.versionId === versionId ? kept.edited : null, setEdited];
}

/** The settings as a form: edited here, saved at once or on request. */
export function useSettingsData(autosave = true): SettingsDataState {
  const backend = useWebSocketSettings();
  const change = useChange();
  const notices = useClientStore((client) => client.notices, (list) => list, NO_NOTICES);
  const known = backend.settings;
  const version = backend.version;

  const [edited, setEdited] = useEdited(version?.id ?? null);

  const pending = useMemo(() => (known === null || edited === null ? [] : changesOfSettings(known, edited)), [known, edited]);
  const saveSettings = useCallback(() => {
    setEdited(null);
    return pending.map(change);
  }, [pending, change, setEdited]);
  const updateSettings = useCallback(
    (next: Partial<SettingsData>) => {
      if (autosave && known !== null) {
        changesOfSettings(known, next).forEach(change);
      } else {
        setEdited({ ...edited, ...next });
      }
    },
    [autosave, known, change, edited, setEdited],
  );

  const { connection } = backend;
  const transport = 'transport' in connection ? connection.transport : null;
  return {
    settings: known === null ? null : { ...dataOf(known), ...edited },
    version,
    isLoading: backend.isLoading,
    error: backend.lastError,
    hasUnsavedChanges: pending.length > 0,
    validationErrors: validationErrorsIn(notices),
    updateSettings,
    saveSettings,
    discardChanges: () => setEdited(null),
    resetToDefaults: backend.resetSettings,
    migrateToBackend: backend.migrateSettings,
    backendMode: transport === null ? 'offline' : transport === 'socket' ? 'websocket' : 'rest',
    isConnectedToBackend: backend.isConnected,
    connectionStatus: backend.connectionStatus,
    currentVersion: version?.versionNumber ?? null,
    versionName: version?.name ?? '',
    isVersionLocked: version?.isLocked ?? false,
  };
}
