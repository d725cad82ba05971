import { emptyRow, rowOf, type GridRow, type ScheduleState } from '@/realtime';
import { useClientStore } from './client';

const NO_ROW = emptyRow(0);

/** One person's row; a component that uses it renders only when that row changes. */
export function useGridRow(scheduleId: string, staffId: string): GridRow {
  return useClientStore(
    'view',
    ({ schedules }) => {
      const schedule = schedules.get(scheduleId);
      return schedule === undefined ? NO_ROW : rowOf(schedule, staffId);
    },
    NO_ROW,
  );
}

/** A schedule as it is shown, or null if it is not known yet. */
export function useSchedule(scheduleId: string | null): ScheduleState | null {
  return useClientStore(
    'view',
    ({ schedules }) => (scheduleId === null ? null : (schedules.get(scheduleId) ?? null)),
    null,
  );
}
