import { useMemo } from 'react';

import { scheduleKey, type Period, type ReplicaState, type ScheduleData, type SliceKey } from '@/realtime';
import type { Accepted } from './accepted';
import { useClientStore, useFollow } from './client';
import type { ConnectionStatus } from './useConnection';
import { useWebSocketShifts, type WebSocketShifts } from './useWebSocketShifts';
import { useWebSocketStaff, type WebSocketStaff } from './useWebSocketStaff';

export interface PrefetchStats {
  /** The periods that are kept ready: the one that is shown and its neighbours. */
  readonly periods: number;
  readonly loaded: number;
  /** How the shifts' connection stands, how many edits wait here, and how often a lost connection was tried again. */
  readonly shiftWebSocketStatus: ConnectionStatus;
  readonly shiftOfflineQueue: number;
  readonly shiftReconnectAttempts: number;
}

export interface ScheduleDataPrefetch {
  readonly isLoading: boolean;
  readonly period: Period | null;
  readonly scheduleId: string | null;
  readonly scheduleData: ScheduleData;
  readonly staff: WebSocketStaff['staff'];
  readonly updateShift: (staffId: string, dateKey: string, value: string) => Accepted;
  readonly updateSchedule: (data: ScheduleData) => Accepted;
  readonly webSocketEnabled: boolean;
  /** Null while the socket works. */
  readonly fallbackMode: 'rest' | 'offline' | null;
  readonly prefetchStats: PrefetchStats;
  readonly shiftWebSocket: WebSocketShifts;
}

const NO_PERIODS: readonly Period[] = [];

/** The schedules of the period and of its neighbours, so that turning the page shows something at once. */
function schedulesAround(periods: readonly Period[], index: number): string[] {
  const near = periods.filter((period) => Math.abs(period.index - index) <= 1);
  return near.map(({ scheduleId }) => scheduleId).filter((id) => id !== null);
}

function fallbackOf({ connection }: WebSocketShifts): 'rest' | 'offline' | null {
  if ('transport' in connection) {
    return connection.transport === 'rest' ? 'rest' : null;
  }
  return connection.state === 'connecting' ? null : 'offline';
}

const periodsOf = ({ calendar }: ReplicaState) => calendar?.periods ?? NO_PERIODS;
const schedulesOf = ({ schedules }: ReplicaState) => schedules;
const NO_SCHEDULES: ReplicaState['schedules'] = new Map();

/** Shifts and staff of a period, with the neighbouring periods made ready. */
export function useScheduleDataPrefetch(period: number): ScheduleDataPrefetch {
  const periods = useClientStore('view', periodsOf, NO_PERIODS);
  const schedules = useClientStore('view', schedulesOf, NO_SCHEDULES);
  const shown = periods.find(({ index }) => index === period) ?? null;
  const shiftWebSocket = useWebSocketShifts(period, shown?.scheduleId ?? null);
  const staff = useWebSocketStaff(period);
  const around = useMemo(() => schedulesAround(periods, period), [periods, period]);
  const slices = useMemo((): SliceKey[] => ['calendar', ...around.map(scheduleKey)], [around]);
  useFollow(...slices);

  return {
    isLoading: shiftWebSocket.isLoading || staff.isLoading || periods.length === 0,
    period: shown,
    scheduleId: shown?.scheduleId ?? null,
    scheduleData: shiftWebSocket.scheduleData,
    staff: staff.staff,
    updateShift: shiftWebSocket.updateShift,
    updateSchedule: shiftWebSocket.bulkUpdateSchedule,
    webSocketEnabled: 'transport' in shiftWebSocket.connection && shiftWebSocket.connection.transport === 'socket',
    fallbackMode: fallbackOf(shiftWebSocket),
    prefetchStats: {
      periods: around.length,
      loaded: around.filter((id) => schedules.has(id)).length,
      shiftWebSocketStatus: shiftWebSocket.connectionStatus,
      shiftOfflineQueue: shiftWebSocket.offlineQueueLength,
      shiftReconnectAttempts: shiftWebSocket.reconnectAttempts,
    },
    shiftWebSocket,
  };
}
