import { addDays, weekdayOf } from '@/grid/days';
import type { CellChange, DateKey, StaffId } from '@/grid/model';

/** Copying of one month, or one week, over another: what is copied is worked out by the server. */

/** What the server would write now; `previousValue` is what stands there as far as it knows. */
export interface CopyPreview {
  readonly cells: readonly { readonly staffId: StaffId; readonly dateKey: DateKey; readonly shiftValue: string; readonly previousValue: string }[];
}

/** The changes of a preview that are still right on this screen: what was typed since is newer and stays. */
export function changesOf({ cells }: CopyPreview, present: (staffId: StaffId, dateKey: DateKey) => string): CellChange[] {
  return cells
    .filter(({ staffId, dateKey, previousValue }) => present(staffId, dateKey) === previousValue)
    .map(({ staffId, dateKey, shiftValue }) => ({ staffId, dateKey, value: shiftValue }));
}

/** Days that follow each other as one span, first and last; in order. */
export function spansOf(days: readonly DateKey[]): (readonly [DateKey, DateKey])[] {
  const spans: [DateKey, DateKey][] = [];
  for (const day of [...days].sort()) {
    const open = spans.at(-1);
    if (open !== undefined && addDays(open[1], 1) === day) open[1] = day;
    else spans.push([day, day]);
  }
  return spans;
}

/** The weeks that lie whole in a period, by their first day; in a short one without any, every seven days on end. */
export function wholeWeeks(days: readonly DateKey[], startsOn: number): DateKey[] {
  const last = days.at(-1) ?? '';
  const whole = days.filter((day) => addDays(day, 6) <= last);
  const weeks = whole.filter((day) => weekdayOf(day) === startsOn);
  return weeks.length > 0 ? weeks : whole;
}
