import type { ReplicaDraft } from '../draft';
import type { ChangeType, ConfigVersion, SettingsTables, TableName } from '../../protocol';
import { SETTINGS_TABLES, type TableSpec } from '../../protocol/settingsTables';
import type { SettingsState } from '../state';
import type { Reducers } from './reducer';

interface AnyRow {
  id: string;
  versionId?: string;
  isActive?: boolean;
}

/** The settings of one config version, from an answer. */
type Version = SettingsTables & { readonly version: ConfigVersion };

/** The state that a settings answer tells; the list of versions is what was known of it. */
export function settingsFrom(document: Version, versions: readonly ConfigVersion[] = []): SettingsState {
  const { version } = document;
  const tables = Object.fromEntries(SETTINGS_TABLES.map(({ name }) => [name, document[name]])) as unknown as SettingsTables;
  return { ...tables, version, versions: putVersion(versions, version) };
}

/** The one that becomes active takes the place of another, which that changes too. */
function putVersion(versions: readonly ConfigVersion[], version: ConfigVersion): readonly ConfigVersion[] {
  const others = versions.filter(({ id }) => id !== version.id);
  const replaced = { isActive: false, revision: version.revision };
  const settled = version.isActive ? others.map((other) => (other.isActive ? { ...other, ...replaced } : other)) : others;
  return [...settled, version].sort((a, b) => b.versionNumber - a.versionNumber);
}

function withRows(settings: SettingsState, table: TableName, rows: readonly AnyRow[]): SettingsState {
  return { ...settings, [table]: rows };
}

/** Puts a row of the active version; one that is new goes first, one that is inactive goes away. */
export function putRow(draft: ReplicaDraft, table: TableName, row: AnyRow | undefined): void {
  draft.changeSettings((settings) => {
    if (row === undefined || isForeign(settings, row)) {
      return settings;
    }
    const rows = settings[table] as readonly AnyRow[];
    if (row.isActive === false) {
      return withRows(settings, table, rows.filter(({ id }) => id !== row.id));
    }
    const isKnown = rows.some(({ id }) => id === row.id);
    const changed = isKnown ? rows.map((known) => (known.id === row.id ? row : known)) : [row, ...rows];
    return withRows(settings, table, changed);
  });
}

function isForeign(settings: SettingsState, row: AnyRow): boolean {
  return row.versionId !== undefined && settings.version !== null && row.versionId !== settings.version.id;
}

function remove(draft: ReplicaDraft, table: TableName, id: string): void {
  draft.changeSettings((settings) => {
    const rows = settings[table] as readonly AnyRow[];
    return rows.some((row) => row.id === id) ? withRows(settings, table, rows.filter((row) => row.id !== id)) : settings;
  });
}

function setVersion(draft: ReplicaDraft, { version }: { version: ConfigVersion }): void {
  draft.changeSettings((settings) => ({
    ...settings,
    version: settings.version?.id === version.id ? version : settings.version,
    versions: putVersion(settings.versions, version),
  }));
}

/** What a row and its copies in other versions have in common; the socket tells it, REST does not. */
const lineageOf = (row: AnyRow): string => (row as AnyRow & { lineageId?: string }).lineageId ?? row.id;

/** The groups of another version that those of the present one are copies or originals of. */
function successors(before: SettingsState | null, after: Version): ReadonlyMap<string, string> {
  const byLineage = new Map(after.staffGroups.map((group) => [lineageOf(group), group.id]));
  const pairs = (before?.staffGroups ?? []).map((group) => [group.id, byLineage.get(lineageOf(group))] as const);
  return new Map(pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined && pair[1] !== pair[0]));
}

function replace(draft: ReplicaDraft, document: Version): void {
  const groups = successors(draft.settings, document);
  if (groups.size > 0) {
    for (const scheduleId of draft.scheduleIds) {
      draft.schedule(scheduleId)?.follow(groups);
    }
  }
  draft.changeSettings(({ versions }) => settingsFrom(document, versions));
}

type AnyPayload = Record<string, unknown>;
type TableReducers = Record<string, (draft: ReplicaDraft, payload: AnyPayload) => void>;

function tableReducers(spec: TableSpec): TableReducers {
  return {
    [spec.create]: (draft, payload) => putRow(draft, spec.name, payload[spec.createdKey] as AnyRow | undefined),
    [spec.update]: (draft, payload) => putRow(draft, spec.name, payload[spec.updatedKey] as AnyRow | undefined),
    [spec.remove]: (draft, payload) => remove(draft, spec.name, payload[spec.idKey] as string),
  };
}

type VersionTypes =
  | 'SETTINGS_SYNC_RESPONSE'
  | 'SETTINGS_HARD_DELETE_STAFF_GROUP'
  | 'SETTINGS_CREATE_VERSION'
  | 'SETTINGS_ACTIVATE_VERSION'
  | 'SETTINGS_LOCK_VERSION'
  | 'SETTINGS_UNLOCK_VERSION'
  | 'SETTINGS_DELETE_VERSION';

const versionReducers: Reducers<VersionTypes> = {
  SETTINGS_SYNC_RESPONSE: (draft, { settings }) => replace(draft, settings),
  SETTINGS_HARD_DELETE_STAFF_GROUP: (draft, { groupId }) => {
    remove(draft, 'staffGroups', groupId);
    draft.changeSettings((settings) => ({
      ...settings,
      backupAssignments: settings.backupAssignments.filter((assignment) => assignment.groupId !== groupId),
    }));
  },
  SETTINGS_CREATE_VERSION: setVersion,
  SETTINGS_ACTIVATE_VERSION: (draft, { version, settings }) => {
    replace(draft, { ...settings, version });
  },
  SETTINGS_LOCK_VERSION: setVersion,
  SETTINGS_UNLOCK_VERSION: setVersion,
  SETTINGS_DELETE_VERSION: (draft, { versionId }) => {
    draft.changeSettings((settings) => ({
      ...settings,
      versions: settings.versions.filter(({ id }) => id !== versionId),
    }));
  },
};

export type SettingsChangeType = Extract<ChangeType, `SETTINGS_${string}`>;

/** The types of the tables are those of their descriptions, which the compiler cannot follow; a test counts them. */
export const settingsReducers = {
  ...Object.assign({}, ...SETTINGS_TABLES.map(tableReducers)),
  ...versionReducers,
} as Reducers<SettingsChangeType>;
