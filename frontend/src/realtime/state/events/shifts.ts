import type { ReplicaDraft } from '../draft';
import type { PublishState, ServerPayloads } from '../../protocol';
import type { Reducers } from './reducer';

function setLocks(isLocked: boolean) {
  return (draft: ReplicaDraft, { scheduleId, cells }: ServerPayloads['SHIFT_LOCK']) => {
    const schedule = draft.schedule(scheduleId);
    for (const cell of cells) {
      schedule?.lock(cell, isLocked);
    }
  };
}

function setPublished(draft: ReplicaDraft, { scheduleId, state, publishedAt }: PublishState): void {
  draft.schedule(scheduleId)?.publish({ state, publishedAt });
  draft.changeCalendar((calendar) => ({
    ...calendar,
    periods: calendar.periods.map((period) => (period.scheduleId === scheduleId ? { ...period, state } : period)),
  }));
}

export const shiftReducers: Reducers<
  | 'SHIFT_BROADCAST'
  | 'SHIFT_BULK_BROADCAST'
  | 'SHIFT_LOCK'
  | 'SHIFT_UNLOCK'
  | 'SCHEDULE_PUBLISH'
  | 'SCHEDULE_UNPUBLISH'
> = {
  SHIFT_BROADCAST: (draft, payload) => draft.schedule(payload.scheduleId)?.set(payload),
  SHIFT_BULK_BROADCAST: (draft, { scheduleId, changes, covering }) => {
    const schedule = draft.schedule(scheduleId);
    for (const change of changes) {
      schedule?.set(change);
    }
    if (covering !== undefined) {
      schedule?.call(changes, covering);
    }
  },
  SHIFT_LOCK: setLocks(true),
  SHIFT_UNLOCK: setLocks(false),
  SCHEDULE_PUBLISH: setPublished,
  SCHEDULE_UNPUBLISH: setPublished,
};
