/** Days as `YYYY-MM-DD` strings: no time zone can move them. */

import type { DateKey, Employment, PeriodPoint, Period, ShiftTimes, ShiftType, StaffMember, StaffTerm } from './index';

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
export function firstDay(date: PeriodPoint): DateKey {
  return `${date.year}-${two(date.month)}-${two(date.day ?? 1)}`;
}

/** The last day that `date` can mean. */
export function lastDay(date: PeriodPoint): DateKey {
  const day = date.day ?? new Date(Date.UTC(date.year, date.month, 0)).getUTCDate();
  return `${date.year}-${two(date.month)}-${two(day)}`;
}

type Days = Pick<Period, 'startDate' | 'endDate'>;

/** The stretches of the member's employment that have a day in the period. */
export function employmentsIn(member: StaffMember, { startDate, endDate }: Days): Employment[] {
  return (member.employments ?? [member]).filter(({ startPeriod, endPeriod }) => {
    const endedBefore = endPeriod !== null && lastDay(endPeriod) < startDate;
    const startsAfter = startPeriod !== null && firstDay(startPeriod) > endDate;
    return !endedBefore && !startsAfter;
  });
}

/** Whether the member is employed on any day of the period. */
export const belongsTo = (member: StaffMember, period: Days): boolean => employmentsIn(member, period).length > 0;

/** What holds for the member on that day. */
export function termOn(member: StaffMember, day: DateKey): Omit<StaffTerm, 'validFrom'> {
  return member.terms?.findLast(({ validFrom }) => validFrom === null || validFrom <= day) ?? member;
}

/** All times of a shift type, the oldest first; there is always one. */
export function timesOf({ times, startTime, endTime }: Pick<ShiftType, 'times' | 'startTime' | 'endTime'>): readonly ShiftTimes[] {
  return times !== undefined && times.length > 0 ? times : [{ validFrom: null, startTime, endTime }];
}

/** Those that hold on some day of the period; the first of them holds from its beginning. */
export function timesIn<Times extends Pick<ShiftTimes, 'validFrom'>>(times: readonly Times[], { startDate, endDate }: Days): readonly Times[] {
  const first = times.findLastIndex(({ validFrom }) => validFrom === null || validFrom <= startDate);
  return times.filter(({ validFrom }, at) => at === first || (at > first && (validFrom ?? '') <= endDate));
}

/** Whether the member's employment is over by that day. */
export const hasLeft = ({ isActive, endPeriod }: StaffMember, today: DateKey): boolean =>
  !isActive || (endPeriod !== null && lastDay(endPeriod) < today);
