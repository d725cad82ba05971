import { useCallback, useMemo, useState } from 'react';

import {
  RequestError,
  type BackupAssignment,
  type BackupCoverage,
  type BackupSuggestions,
  type OutboxState,
  type RowFields,
  type StaffGroup,
  type StaffMember,
  type WholeRow,
} from '@/realtime';
import { useClient, useClientStore } from './client';
import { useWebSocketSettings, type WebSocketSettings } from './useWebSocketSettings';

/** `syncing`: a change of an assignment is on its way; `error`: the last one was refused, or there is no connection. */
export type SyncStatus = 'idle' | 'syncing' | 'success' | 'error';

export interface BackupAssignments {
  /** A new assignment, given as the two ids or as a whole. False: the two already have one. */
  readonly addBackupAssignment: (
    staff: string | RowFields<BackupAssignment>,
    groupId?: string,
    options?: RowFields<BackupAssignment>,
  ) => Promise<boolean>;
  readonly updateBackupAssignment: (
    assignment: string | WholeRow<BackupAssignment>,
    updates?: RowFields<BackupAssignment>,
  ) => Promise<boolean>;
  readonly removeBackupAssignment: (assignmentId: string) => Promise<boolean>;
  /** Makes the assignments what is given: those left out are removed. */
  readonly saveBackupAssignments: (assignments: readonly WholeRow<BackupAssignment>[]) => Promise<boolean>;
}

export interface BackupStaffService extends BackupAssignments {
  readonly backupAssignments: readonly BackupAssignment[];
  /** `backupAssignments` and `loading` under the names of the other hooks. */
  readonly assignments: readonly BackupAssignment[];
  readonly isLoading: boolean;
  readonly loading: boolean;
  readonly error: string | null;
  readonly syncStatus: SyncStatus;
  /** Reads the assignments again. */
  readonly loadBackupAssignments: () => Promise<void>;
  readonly refreshBackupAssignments: () => Promise<void>;
  readonly getStaffBackupAssignments: (staffId: string) => BackupAssignment[];
  readonly getGroupBackupAssignments: (groupId: string) => BackupAssignment[];
  /** Whether the person is not a member of the group. */
  readonly canStaffBackupGroup: (staffId: string, groupId: string, staffGroups?: readonly StaffGroup[]) => boolean;
  /** The active people who are neither members of the group nor its backups yet. */
  readonly getAvailableBackupStaff: (
    groupId: string,
    staffMembers: readonly StaffMember[],
    staffGroups?: readonly StaffGroup[],
  ) => StaffMember[];
  readonly getSyncStatus: () => { readonly hookSyncStatus: SyncStatus; readonly lastError: string | null };
  /** What the last call of `loadCoverage` found. */
  readonly coverage: BackupCoverage | null;
  /** Rejects with a {@link RequestError}. */
  readonly loadCoverage: (scheduleId: string, from?: string, to?: string) => Promise<BackupCoverage>;
  readonly loadSuggestions: (scheduleId: string) => Promise<BackupSuggestions>;
}

const NONE: readonly BackupAssignment[] = [];
const NO_GROUPS: readonly StaffGroup[] = [];
const NO_ENTRIES: OutboxState = [];

function membersOf({ groupConfig }: StaffGroup): readonly unknown[] {
  const { members } = groupConfig as { members?: unknown };
  return Array.isArray(members) ? members : [];
}

const isAbout = ({ staffId, groupId }: BackupAssignment, other: RowFields<BackupAssignment>) =>
  staffId === other.staffId && groupId === other.groupId;

/** Makes changes and says whether they were taken; `tell` gets what kept one from being taken, or null. */
function assignmentEdits(settings: WebSocketSettings, known: readonly BackupAssignment[], tell: (error: string | null) => void): BackupAssignments {
  const taken = async (changes: readonly Promise<void>[]): Promise<boolean> => {
    try {
      await Promise.all(changes);
      tell(null);
      return true;
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
      return false;
    }
  };
  return {
    addBackupAssignment: (staff, groupId, options = {}) => {
      const row = typeof staff === 'string' ? { ...options, staffId: staff, groupId } : staff;
      if (known.some((assignment) => isAbout(assignment, row as RowFields<BackupAssignment>))) {
        return taken([Promise.reject(new RequestError('conflict', 'Backup assignment already exists'))]);
      }
      return taken([settings.createBackupAssignment(row as RowFields<BackupAssignment>)]);
    },
    updateBackupAssignment: (assignment, updates) => taken([settings.updateBackupAssignment(assignment, updates)]),
    removeBackupAssignment: (id) => taken([settings.deleteBackupAssignment(id)]),
    saveBackupAssignments: (assignments) => {
      const kept = new Set(assignments.map(({ id }) => id));
      const before = new Set(known.map(({ id }) => id));
      return taken([
        ...assignments.map((row) => (before.has(row.id) ? settings.updateBackupAssignment(row) : settings.createBackupAssignment(row))),
        ...known.filter(({ id }) => !kept.has(id)).map(({ id }) => settings.deleteBackupAssignment(id)),
      ]);
    },
  };
}

/** Looking things up among the assignments. */
function lookups(known: readonly BackupAssignment[], groups: readonly StaffGroup[]) {
  const inGroup = (staffIds: readonly string[], groupId: string, staffGroups: readonly StaffGroup[]) => {
    const group = staffGroups.find(({ id }) => id === groupId);
    return group !== undefined && staffIds.some((id) => membersOf(group).includes(id));
  };
  return {
    getStaffBackupAssignments: (staffId: string) => known.filter((each) => each.staffId === staffId),
    getGroupBackupAssignments: (groupId: string) => known.filter((each) => each.groupId === groupId),
    canStaffBackupGroup: (staffId: string, groupId: string, staffGroups = groups) => !inGroup([staffId], groupId, staffGroups),
    getAvailableBackupStaff: (groupId: string, staffMembers: readonly StaffMember[], staffGroups = groups) => {
      if (!staffGroups.some(({ id }) => id === groupId)) return [];
      const backups = new Set(known.filter((each) => each.groupId === groupId).map(({ staffId }) => staffId));
      return staffMembers.filter(
        ({ id, name, isActive }) => isActive && !backups.has(id) && !inGroup([id, name], groupId, staffGroups),
      );
    },
  };
}

const isOfAssignments = (type: string) => type.endsWith('_BACKUP_ASSIGNMENT');

/** Who backs whom up, and what that covers. */
export function useBackupStaffService(): BackupStaffService {
  const client = useClient();
  const settings = useWebSocketSettings();
  const [coverage, setCoverage] = useState<BackupCoverage | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const outbox = useClientStore('outbox', (entries) => entries, NO_ENTRIES);
  const known = settings.settings?.backupAssignments ?? NONE;
  const groups = settings.settings?.staffGroups ?? NO_GROUPS;

  const loadCoverage = useCallback(
    async (scheduleId: string, from?: string, to?: string) => {
      const range = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
      const found = await opened(client).query('BACKUP_COVERAGE', { scheduleId, ...range });
      setCoverage(found);
      return found;
    },
    [client],
  );
  const loadSuggestions = useCallback(
    async (scheduleId: string) => opened(client).query('BACKUP_SUGGESTIONS', { scheduleId }),
    [client],
  );
  const refresh = useCallback(() => {
    client?.resync('settings');
    return Promise.resolve();
  }, [client]);
  const found = useMemo(() => lookups(known, groups), [known, groups]);

  const error = failure ?? settings.lastError;
  const isSending = outbox.some(({ request }) => isOfAssignments(request.type));
  const syncStatus: SyncStatus = error !== null ? 'error' : isSending ? 'syncing' : settings.isConnected ? 'success' : 'idle';
  return {
    ...assignmentEdits(settings, known, setFailure),
    ...found,
    backupAssignments: known,
    assignments: known,
    isLoading: settings.isLoading,
    loading: settings.isLoading,
    error,
    syncStatus,
    loadBackupAssignments: refresh,
    refreshBackupAssignments: refresh,
    getSyncStatus: () => ({ hookSyncStatus: syncStatus, lastError: error }),
    coverage,
    loadCoverage,
    loadSuggestions,
  };
}

function opened<Client>(client: Client | null): Client {
  if (client === null) {
    throw new RequestError('offline', 'The client is not open yet.');
  }
  return client;
}
