/** When people can work, as a month shows it: by person and day. */

import { weekdayOf } from '@/grid/days';
import type { Availability, DateKey } from '@/realtime/protocol';
import type { StaffState } from '@/realtime/state/state';

/** What is said of a person's days, by column. */
export type RowAvailability = ReadonlyMap<number, Availability>;
type ByRow = ReadonlyMap<string, RowAvailability>;

const known = new WeakMap<ReadonlyMap<string, Availability>, WeakMap<readonly DateKey[], ByRow>>();

/** Of everybody who cannot work on some of these days, or not at every hour; the same objects for the same entries and days. */
export function availabilityByRow(staff: StaffState | null, dates: readonly DateKey[]): ByRow | undefined {
  const entries = staff?.availability;
  if (entries === undefined || entries.size === 0) return undefined;
  const ofDates = known.get(entries) ?? new WeakMap<readonly DateKey[], ByRow>();
  known.set(entries, ofDates);
  const found = ofDates.get(dates);
  if (found !== undefined) return found;
  const rows = new Map<string, Map<number, Availability>>();
  for (const entry of entries.values()) {
    dates.forEach((date, column) => {
      if (!isAbout(entry, date)) return;
      const row = rows.get(entry.staffId) ?? new Map<number, Availability>();
      rows.set(entry.staffId, row.set(column, entry));
    });
  }
  ofDates.set(dates, rows);
  return rows;
}

/** What is said of a person's day. */
export const availabilityOn = (staff: StaffState | null, dates: readonly DateKey[], staffId: string, dateKey: DateKey): Availability | undefined =>
  availabilityByRow(staff, dates)?.get(staffId)?.get(dates.indexOf(dateKey));

/** Whether an entry is about a day. */
function isAbout({ weekdays, validFrom, validUntil }: Availability, date: DateKey): boolean {
  return validFrom <= date && (validUntil === null || date <= validUntil) && weekdays.includes(weekdayOf(date));
}
