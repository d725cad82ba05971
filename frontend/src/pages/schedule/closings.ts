/** Which days are closed by what repeats; the server's `schedules/rules/closings.py` counts the same. */

import { addDays, monthOf, dayOf, weekdayOf } from '@/grid/days';
import type { ClosingRule, DateKey } from '@/realtime/protocol';

/** No country has as many holidays in a row. */
const LONGEST_MOVE = 14;

type Holidays = Pick<ReadonlyMap<DateKey, unknown>, 'has'>;

/** The first of the rules that closes `day`; an exception is for the caller to look at. */
export function closingOn(day: DateKey, rules: readonly ClosingRule[], holidays: Holidays): ClosingRule | undefined {
  return rules.find((rule) => closes(rule, day, holidays));
}

function closes(rule: ClosingRule, day: DateKey, holidays: Holidays): boolean {
  if (rule.onHoliday === 'closed') return fallsOn(rule, day);
  if (holidays.has(day)) return false;
  if (fallsOn(rule, day)) return true;
  if (rule.onHoliday === 'open') return false;
  for (let steps = 1; steps <= LONGEST_MOVE; steps += 1) {
    const before = addDays(day, -steps);
    if (!holidays.has(before)) return false;
    if (fallsOn(rule, before)) return true;
  }
  return false;
}

function fallsOn({ repeats, daysOfWeek, weeks, fromDay, toDay, validFrom, validUntil }: ClosingRule, day: DateKey): boolean {
  if ((validFrom !== null && day < validFrom) || (validUntil !== null && day > validUntil)) return false;
  if (repeats === 'yearly') {
    const within = day.slice(5);
    return fromDay <= toDay ? fromDay <= within && within <= toDay : within >= fromDay || within <= toDay;
  }
  if (!daysOfWeek.includes(weekdayOf(day))) return false;
  return repeats === 'weekly' || weeks.some((week) => (week === -1 ? monthOf(addDays(day, 7)) !== monthOf(day) : Math.ceil(dayOf(day) / 7) === week));
}
