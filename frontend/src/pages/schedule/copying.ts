import { addDays, daysBetween, weekdayOf } from '@/grid/days';
import type { CellChange, DateKey, StaffId } from '@/grid/model';

/** Copying of one month, or one week, over another. */

export type CellReader = (staffId: StaffId, dateKey: DateKey) => string;

/** Which day is copied onto which. */
export type DayMap = ReadonlyMap<DateKey, DateKey>;

/**
 * From the days of one period to those of another: the first to the first, or moved by whole weeks, so that every Monday
 * is copied from a Monday.
 */
export function mapPeriods(from: readonly DateKey[], to: readonly DateKey[], align: 'weekday' | 'date'): DayMap {
  const known = new Set(from);
  const [first, start] = [from[0], to[0]];
  if (first === undefined || start === undefined) return new Map();
  const distance = daysBetween(first, start);
  const shift = align === 'date' ? distance : Math.round(distance / 7) * 7;
  return new Map(to.map((day) => [day, addDays(day, -shift)] as const).filter(([, source]) => known.has(source)));
}

/** One week repeated over all days that are not in it. */
export function mapWeek(weekStart: DateKey, days: readonly DateKey[]): DayMap {
  const week = new Map(Array.from({ length: 7 }, (_, index) => addDays(weekStart, index)).map((day) => [weekdayOf(day), day]));
  const pairs = days.map((day) => [day, week.get(weekdayOf(day)) ?? day] as const);
  return new Map(pairs.filter(([to, from]) => to !== from));
}

export interface Copied {
  readonly changes: readonly CellChange[];
  /** How many of them replace something else. */
  readonly replacing: number;
}

/** What copying writes. `keep`: what is there stays. Blanks are copied as well, unless what is there is to be kept. */
export function copyCells(staff: readonly StaffId[], map: DayMap, read: CellReader, present: CellReader, keep: boolean): Copied {
  const changes: CellChange[] = [];
  let replacing = 0;
  for (const staffId of staff) {
    for (const [dateKey, source] of map) {
      const [value, there] = [read(staffId, source), present(staffId, dateKey)];
      if (value === there || (keep && there !== '')) continue;
      if (there !== '') replacing += 1;
      changes.push({ staffId, dateKey, value });
    }
  }
  return { changes, replacing };
}

/** The weeks that lie whole in a period, by their first day. */
export function wholeWeeks(days: readonly DateKey[], startsOn: number): DateKey[] {
  const last = days.at(-1) ?? '';
  return days.filter((day) => weekdayOf(day) === startsOn && addDays(day, 6) <= last);
}
