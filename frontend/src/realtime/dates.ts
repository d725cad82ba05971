/** Days as `YYYY-MM-DD` strings: no time zone can move them. */

import type { DateKey, PartialDate, Period, StaffMember } from './protocol';

const DAY = 86_400_000;

/** Every day from `start` to `end`, both included. */
export function daysBetween(start: DateKey, end: DateKey): DateKey[] {
  const last = Date.parse(end);
  const days: DateKey[] = [];
  for (let moment = Date.parse(start); moment <= last; moment += DAY) {
    days.push(new Date(moment).toISOString().slice(0, 10));
  }
  return days;
}

const two = (value: number) => String(value).padStart(2, '0');

/** The first day that `date` can mean. */
export function firstDay(date: PartialDate): DateKey {
  return `${date.year}-${two(date.month)}-${two(date.day ?? 1)}`;
}

/** The last day that `date` can mean. */
export function lastDay(date: PartialDate): DateKey {
  const day = date.day ?? new Date(Date.UTC(date.year, date.month, 0)).getUTCDate();
  return `${date.year}-${two(date.month)}-${two(day)}`;
}

/** Whether the member is employed on any day of the period. */
export function belongsTo(member: StaffMember, period: Pick<Period, 'startDate' | 'endDate'>): boolean {
  const endedBefore = member.endPeriod !== null && lastDay(member.endPeriod) < period.startDate;
  const startsAfter = member.startPeriod !== null && firstDay(member.startPeriod) > period.endDate;
  return !endedBefore && !startsAfter;
}
