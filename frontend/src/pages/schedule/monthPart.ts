import { addDays, dayOf, daysBetween, makeDay, monthOf, yearOf } from '@/grid/days';
import type { Bounds, DateKey } from '@/grid/model';

/** How much of a month a period is, and what is left of a month's limit in it: by the server's rules (`schedules/rules/periods.py`). */

const SHORTEST_MONTH = 28;

/** The last day of the restaurant's month that ends in that month of the calendar; a shorter one ends on its last day. */
function closingDate(year: number, month: number, closingDay: number): DateKey {
  const last = makeDay(year, month + 1, 0);
  return makeDay(year, month, Math.min(closingDay, dayOf(last)));
}

/** The restaurant's month around a day. */
function monthAround(dateKey: DateKey, closingDay: number): { readonly first: DateKey; readonly last: DateKey } {
  const here = makeDay(yearOf(dateKey), monthOf(dateKey), 1);
  const ends = (months: number) => {
    const month = makeDay(yearOf(here), monthOf(here) + months, 1);
    return closingDate(yearOf(month), monthOf(month), closingDay);
  };
  const months = ends(0) < dateKey ? 1 : 0;
  return { first: addDays(ends(months - 1), 1), last: ends(months) };
}

/** 1, unless the period is shorter than any month or lies within one month of the restaurant's. */
export function monthPart(dates: readonly DateKey[], closingDay: number): number {
  const [start, end] = [dates[0], dates.at(-1)];
  if (start === undefined || end === undefined) return 1;
  const { first, last } = monthAround(start, closingDay);
  const isWhole = start === first && end === last;
  if (isWhole || (dates.length >= SHORTEST_MONTH && !(first <= start && end <= last))) return 1;
  const share = (dateKey: DateKey) => {
    const month = monthAround(dateKey, closingDay);
    return 1 / (daysBetween(month.first, month.last) + 1);
  };
  return Math.min(1, dates.reduce((sum, dateKey) => sum + share(dateKey), 0));
}

/** What rounding leaves of sums that are whole. */
const NEARLY = 1e-9;

/** A month's bounds in a part of it: the least to the nearest whole, the most up. */
export function boundsInPart({ min, max }: Bounds, part: number): Bounds {
  if (part >= 1) return { min, max };
  return {
    min: min === null ? null : Math.max(0, Math.ceil(min * part - 0.5 - NEARLY)),
    max: max === null ? null : Math.max(0, Math.ceil(max * part - NEARLY)),
  };
}
