import type { ReplicaDraft } from '../draft';
import { WHOLE_ROWS, type ChangeType, type PublishState, type ServerPayloads, type Swap, type Wish } from '../../protocol';
import { ofWholeRows, type Reducers } from './reducer';

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

function putWish(draft: ReplicaDraft, wish: Wish): void {
  draft.schedule(wish.scheduleId)?.wish(wish);
}

function putSwap(draft: ReplicaDraft, swap: Swap): void {
  draft.schedule(swap.scheduleId)?.swap(swap);
}

export const shiftReducers = {
  ...ofWholeRows(WHOLE_ROWS.Swap, putSwap),
  ...ofWholeRows(WHOLE_ROWS.Wish, putWish),
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
  WISH_DELETE: (draft, { scheduleId, wishId }) => draft.schedule(scheduleId)?.unwish(wishId),
  WISH_ANSWER: (draft, { wishes }) => wishes.forEach((wish) => putWish(draft, wish)),
  WISH_TERMS_UPDATE: (draft, { scheduleId, deadline, limit }) => draft.schedule(scheduleId)?.setWishTerms({ deadline, limit }),
} satisfies Partial<Reducers<ChangeType>>;
