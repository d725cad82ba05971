import { useMemo, useRef, useState } from 'react';

import {
  changesOfTable,
  NO_ROWS,
  SETTINGS_TABLES,
  type ChangeRequest,
  type ConfigVersion,
  type JsonObject,
  type MigrationReport,
  type Notice,
  type SettingsState,
  type SettingsTables,
} from '@/realtime';
import { acceptedAll, type Accepted, type AcceptedAll } from './accepted';
import { useClient, useClientStore } from './client';
import { memoised } from './memo';
import { useChange } from './useChange';
import type { ConnectionStatus } from './useConnection';
import { useWebSocketSettings } from './useWebSocketSettings';

/** The tables, and the parameters of the default solver configuration as a form of their own. */
export interface SettingsData extends SettingsTables {
  readonly mlParameters: JsonObject;
}

export type SettingsUpdate = Partial<SettingsData> | ((shown: SettingsData) => Partial<SettingsData>);

export interface SettingsDataState {
  readonly settings: SettingsData | null;
  readonly version: ConfigVersion | null;
  readonly isLoading: boolean;
  readonly error: string | null;
  readonly hasUnsavedChanges: boolean;
  /** The server's validation errors, by row id, then by field. */
  readonly validationErrors: Readonly<Record<string, JsonObject>>;
  /**
   * The settings as they should be, or a function that makes them of those that are shown: saved at once with `autosave`, else
   * kept here until `saveSettings`. Several calls in one turn build on each other.
   */
  readonly updateSettings: (next: SettingsUpdate) => void;
  readonly saveSettings: () => AcceptedAll;
  readonly discardChanges: () => void;
  readonly resetToDefaults: () => Accepted;
  readonly migrateToBackend: (settings?: JsonObject) => Promise<MigrationReport>;
  /** Whether the server's tables are reached, by socket or REST, or this browser works on its own copy for now. */
  readonly backendMode: 'websocket-multitable' | 'localStorage';
  readonly isConnectedToBackend: boolean;
  /** `localStorage`: see `backendMode`. */
  readonly connectionStatus: ConnectionStatus | 'localStorage';
  readonly currentVersion: number | null;
  readonly versionName: string;
  readonly isVersionLocked: boolean;
}

const NO_NOTICES: readonly Notice[] = [];

/** Stands for the settings before any are known, for those who make new ones of the old. */
const NOTHING_KNOWN: SettingsData = { ...NO_ROWS, mlParameters: {} };

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
function changesOfSettings(known: SettingsState, edited: Partial<SettingsData>): ChangeRequest[] {
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

interface Kept {
  readonly versionId: string | null;
  readonly edited: Edited;
}

/**
 * What was edited of one version; it is nothing to another one that has become active meanwhile. `current` reads what was
 * kept last, which the next drawing will show.
 */
function useEdited(versionId: string | null) {
  const [kept, keep] = useState<Kept>({ versionId, edited: null });
  const latest = useRef(kept);
  return useMemo(() => {
    const of = (stored: Kept): Edited => (stored.versionId === versionId ? stored.edited : null);
    return {
      edited: of(kept),
      current: () => of(latest.current),
      setEdited: (edited: Edited) => {
        latest.current = { versionId, edited };
        keep(latest.current);
      },
    };
  }, [kept, versionId]);
}

/** The settings as a form: edited here, saved at once or on request. */
export function useSettingsData(autosave = true): SettingsDataState {
  const client = useClient();
  const backend = useWebSocketSettings();
  const change = useChange();
  const notices = useClientStore('notices', (list) => list, NO_NOTICES);
  const known = backend.settings;
  const version = backend.version;
  const { edited, current, setEdited } = useEdited(version?.id ?? null);

  const actions = useMemo(() => {
    // What is shown when it is called, own changes that are on their way included, not what was when the page was drawn.
    const shown = () => client?.view.getState().settings ?? null;
    const updateSettings = (next: SettingsUpdate) => {
      const settings = shown();
      const before = settings === null ? NOTHING_KNOWN : { ...dataOf(settings), ...current() };
      const wanted = typeof next === 'function' ? next(before) : next;
      if (autosave && settings !== null) {
        changesOfSettings(settings, wanted).forEach(change);
      } else {
        setEdited({ ...current(), ...wanted });
      }
    };
    const saveSettings = () =>
      acceptedAll(() => {
        const settings = shown();
        const kept = current();
        const due = settings === null || kept === null ? [] : changesOfSettings(settings, kept);
        setEdited(null);
        return due.map(change);
      });
    return { updateSettings, saveSettings, discardChanges: () => setEdited(null) };
  }, [client, autosave, change, current, setEdited]);

  const isPending = useMemo(
    () => known !== null && edited !== null && changesOfSettings(known, edited).length > 0,
    [known, edited],
  );
  return {
    ...actions,
    settings: known === null ? null : { ...dataOf(known), ...edited },
    version,
    isLoading: backend.isLoading,
    error: backend.lastError,
    hasUnsavedChanges: isPending,
    validationErrors: validationErrorsIn(notices),
    resetToDefaults: backend.resetSettings,
    migrateToBackend: backend.migrateSettings,
    backendMode: backend.isConnected ? 'websocket-multitable' : 'localStorage',
    isConnectedToBackend: backend.isConnected,
    connectionStatus: backend.isConnected ? backend.connectionStatus : 'localStorage',
    currentVersion: version?.versionNumber ?? null,
    versionName: version?.name ?? '',
    isVersionLocked: version?.isLocked ?? false,
  };
}
