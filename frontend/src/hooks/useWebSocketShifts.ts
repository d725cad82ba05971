import { useEffect, useMemo } from 'react';

import {
  RequestError,
  scheduleData,
  scheduleKey,
  type ConnectionState,
  type OutboxState,
  type ScheduleData,
} from '@/realtime';
import { accepted, type Accepted } from './accepted';
import { type Client, useClient, useClientStore, useFollow } from './client';
import { memoised } from './memo';
import { useConnection, useConnectionActions, type ConnectionInfo } from './useConnection';
import { useChange } from './useChange';
import { useSchedule } from './useGridRow';

export interface ShiftsOptions {
  enabled?: boolean;
  /** False: a connection that is lost stays lost until `connect`. */
  autoReconnect?: boolean;
  /** False: edits are refused while there is no connection. */
  enableOfflineQueue?: boolean;
}

export interface WebSocketShifts extends ConnectionInfo {
  readonly isLoading: boolean;
  /** Whether edits are on their way. */
  readonly isSyncing: boolean;
  readonly scheduleData: ScheduleData;
  readonly updateShift: (staffId: string, dateKey: string, value: string) => Accepted;
  readonly bulkUpdateSchedule: (data: ScheduleData) => Accepted;
  /** Reads the schedule again. */
  readonly syncSchedule: () => Promise<void>;
  readonly connect: () => void;
  readonly disconnect: () => void;
  readonly offlineQueueLength: number;
  readonly clientId: string | null;
}

const NO_DATA: ScheduleData = {};
const NO_ENTRIES: OutboxState = [];
const dataOf = memoised(scheduleData);

/** Refuses an edit that would have to be queued although it may not be. */
function requireConnection({ state }: ConnectionState): void {
  if (state !== 'live' && state !== 'catchingUp') {
    throw new RequestError('offline', 'There is no connection to the server.');
  }
}

function useStayLost(client: Client | null, { state }: ConnectionState, autoReconnect: boolean): void {
  useEffect(() => {
    if (!autoReconnect && state === 'offline') {
      client?.stop();
    }
  }, [client, state, autoReconnect]);
}

/** The shifts of one schedule, live, with one's own edits shown at once. */
export function useWebSocketShifts(
  period: number,
  scheduleId: string | null,
  { enabled = true, autoReconnect = true, enableOfflineQueue = true }: ShiftsOptions = {},
): WebSocketShifts {
  const client = useClient();
  const info = useConnection();
  const { connection } = info;
  const actions = useConnectionActions();
  const change = useChange();
  const schedule = useSchedule(scheduleId);
  const outbox = useClientStore('outbox', (entries) => entries, NO_ENTRIES);
  useFollow(enabled && scheduleId !== null ? scheduleKey(scheduleId) : null);
  useStayLost(client, connection, autoReconnect);

  const edits = useMemo(() => {
    const checked = (id: string | null): string => {
      if (!enableOfflineQueue) {
        requireConnection(connection);
      }
      if (id === null) {
        throw new RequestError('not_found', 'There is no schedule to edit.');
      }
      return id;
    };
    return {
      updateShift: (staffId: string, dateKey: string, shiftValue: string) =>
        accepted(() =>
          change({
            type: 'SHIFT_UPDATE',
            payload: { scheduleId: checked(scheduleId), staffId, dateKey, shiftValue, periodIndex: period },
          }),
        ),
      bulkUpdateSchedule: (data: ScheduleData) =>
        accepted(() =>
          change({
            type: 'SHIFT_BULK_UPDATE',
            payload: { scheduleId: checked(scheduleId), scheduleData: data, periodIndex: period },
          }),
        ),
      syncSchedule: () => {
        if (scheduleId !== null) {
          client?.resync(scheduleKey(scheduleId));
        }
        return Promise.resolve();
      },
    };
  }, [client, change, connection, enableOfflineQueue, period, scheduleId]);

  return {
    ...info,
    ...actions,
    ...edits,
    isLoading: enabled && scheduleId !== null && schedule === null,
    isSyncing: connection.state === 'catchingUp' || outbox.length > 0,
    scheduleData: schedule === null ? NO_DATA : dataOf(schedule),
    offlineQueueLength: outbox.length,
    clientId: client?.clientId ?? null,
  };
}
