/** Wishes as a month shows them: by person and day, and whether they wait for an answer. */

import type { DateKey, ShiftValue, Wish } from '@/realtime/protocol';
import { type ScheduleState, valueAt } from '@/realtime/state/state';

/** A person's wishes by column. */
export type RowWishes = ReadonlyMap<number, Wish>;
type ByRow = ReadonlyMap<string, RowWishes>;

const known = new WeakMap<ReadonlyMap<string, Wish>, ByRow>();

/**
 * Everybody's wishes; undefined where there are none, which costs nothing. A person's stay the same object for the same wishes of
 * one state of the schedule.
 */
export function wishesByRow(schedule: ScheduleState | undefined): ByRow | undefined {
  const wishes = schedule?.wishes;
  if (schedule === undefined || wishes === undefined || wishes.size === 0) return undefined;
  const found = known.get(wishes);
  if (found !== undefined) return found;
  const rows = new Map<string, Map<number, Wish>>();
  for (const wish of wishes.values()) {
    const column = schedule.columns.get(wish.dateKey);
    if (column === undefined) continue;
    const row = rows.get(wish.staffId) ?? new Map<number, Wish>();
    rows.set(wish.staffId, row.set(column, wish));
  }
  known.set(wishes, rows);
  return rows;
}

/** The wish of a person for a day. */
export function wishOf(schedule: ScheduleState | undefined, staffId: string, dateKey: DateKey): Wish | undefined {
  return wishesByRow(schedule)?.get(staffId)?.get(schedule?.columns.get(dateKey) ?? -1);
}

/** Whether it waits for an answer: one that was taken does again when its cell holds something else. */
export const isOpen = ({ state, takenValue }: Wish, value: ShiftValue): boolean =>
  state === 'open' || (state === 'taken' && takenValue !== '' && takenValue !== value);

/** Those that wait for an answer, in no order: they are counted at each change of the month. */
export const openWishes = (schedule: ScheduleState | undefined): readonly Wish[] =>
  [...(schedule?.wishes?.values() ?? [])].filter((wish) => schedule !== undefined && isOpen(wish, valueAt(schedule, wish.staffId, wish.dateKey)));
