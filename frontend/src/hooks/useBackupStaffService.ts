import { useCallback, useState } from 'react';

import {
  RequestError,
  type BackupAssignment,
  type BackupCoverage,
  type BackupSuggestions,
  type RowFields,
  type Submitted,
  type WholeRow,
} from '@/realtime';
import { useClient } from './client';
import { useWebSocketSettings } from './useWebSocketSettings';

export interface BackupStaffService {
  readonly isLoading: boolean;
  readonly assignments: readonly BackupAssignment[];
  readonly addBackupAssignment: (assignment: RowFields<BackupAssignment>) => Submitted;
  readonly updateBackupAssignment: (assignment: WholeRow<BackupAssignment>) => Submitted;
  readonly removeBackupAssignment: (assignmentId: string) => Submitted;
  /** What the last call of `loadCoverage` found. */
  readonly coverage: BackupCoverage | null;
  /** Rejects with a {@link RequestError}. */
  readonly loadCoverage: (scheduleId: string, from?: string, to?: string) => Promise<BackupCoverage>;
  readonly loadSuggestions: (scheduleId: string) => Promise<BackupSuggestions>;
}

const NONE: readonly BackupAssignment[] = [];

/** Who backs whom up, and what that covers. */
export function useBackupStaffService(): BackupStaffService {
  const client = useClient();
  const settings = useWebSocketSettings();
  const [coverage, setCoverage] = useState<BackupCoverage | null>(null);

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

  return {
    isLoading: settings.isLoading,
    assignments: settings.settings?.backupAssignments ?? NONE,
    addBackupAssignment: settings.createBackupAssignment,
    updateBackupAssignment: settings.updateBackupAssignment,
    removeBackupAssignment: settings.deleteBackupAssignment,
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
