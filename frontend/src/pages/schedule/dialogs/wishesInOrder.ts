import type { Wish } from '@/realtime/protocol';
import type { ScheduleState } from '@/realtime/state/state';

/** All wishes for a month, in order of their days. */
export const inOrder = (schedule: ScheduleState | undefined): readonly Wish[] =>
  [...(schedule?.wishes?.values() ?? [])].sort((a, b) => a.dateKey.localeCompare(b.dateKey));
