import type { AnyChange } from '../events';
import type { CellChange, ClientPayloads } from '../../protocol';
import type { ReplicaDraft } from '../draft';
import type { Predictors } from './predictor';

/** What only the server knows, and no reducer reads. */
const UNTOLD = { periodIndex: -1, timestamp: '' };

/** The cells of a bulk update; a replacing one clears every cell that it leaves out. */
function cellsOf(draft: ReplicaDraft, { scheduleId, scheduleData, mode }: ClientPayloads['SHIFT_BULK_UPDATE']) {
  const cells: CellChange[] = mode === 'replace' ? clearing(draft, scheduleId) : [];
  for (const [staffId, days] of Object.entries(scheduleData)) {
    for (const [dateKey, shiftValue] of Object.entries(days)) {
      cells.push({ staffId, dateKey, shiftValue });
    }
  }
  return cells;
}

function clearing(draft: ReplicaDraft, scheduleId: string): CellChange[] {
  const schedule = draft.schedule(scheduleId);
  return [...(schedule?.staffIds ?? [])].flatMap((staffId) =>
    (schedule?.dates ?? []).map((dateKey) => ({ staffId, dateKey, shiftValue: '' })),
  );
}

const locks = (type: 'SHIFT_LOCK' | 'SHIFT_UNLOCK') =>
  (_draft: ReplicaDraft, { scheduleId, cells }: ClientPayloads['SHIFT_LOCK']): AnyChange => ({
    type,
    payload: { scheduleId, cells, periodIndex: UNTOLD.periodIndex },
  });

export const shiftPredictors: Predictors<'SHIFT_UPDATE' | 'SHIFT_BULK_UPDATE' | 'SHIFT_LOCK' | 'SHIFT_UNLOCK'> = {
  SHIFT_UPDATE: (_draft, { scheduleId, staffId, dateKey, shiftValue }) => ({
    type: 'SHIFT_BROADCAST',
    payload: { scheduleId, staffId, dateKey, shiftValue, ...UNTOLD },
  }),
  SHIFT_BULK_UPDATE: (draft, payload) => ({
    type: 'SHIFT_BULK_BROADCAST',
    payload: { scheduleId: payload.scheduleId, changes: cellsOf(draft, payload), ...UNTOLD },
  }),
  SHIFT_LOCK: locks('SHIFT_LOCK'),
  SHIFT_UNLOCK: locks('SHIFT_UNLOCK'),
};
