import type { DayLimits } from '@/grid/GridContext';
import { weekdayOf } from '@/grid/days';
import type { Bounds, DateKey, Day, Limit, MonthLimit, Span } from '@/grid/model';
import { employmentsIn, firstDay, lastDay } from '@/realtime/protocol/dates';
import type { LimitRow, StaffGroup, StaffMember } from '@/realtime/protocol';

import { boundsInPart } from './monthPart';

/** What the limits of the settings ask of a day and of a person, as the grid shows it next to its totals: by the same rules as the server's. */

type Config = Readonly<Record<string, unknown>>;

/** Numbers written as text are read too. */
function number(value: unknown): number | null {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : null;
}

const text = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const boundsOf = (config: Config): Bounds => ({ min: number(config['minCount']), max: number(config['maxCount']) });

// Days -------------------------------------------------------------------------------------------------------------

/** Which total a limit's shift type counts against. */
const TOTALS: Readonly<Record<string, keyof DayLimits>> = {
  any: 'working',
  work: 'working',
  working: 'working',
  early: 'early',
  late: 'late',
  off: 'off',
};

const inForce = (limit: LimitRow, dateKey: DateKey) =>
  (limit.effectiveFrom === null || limit.effectiveFrom <= dateKey) &&
  (limit.effectiveUntil === null || dateKey <= limit.effectiveUntil);

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function weekdayIn(value: unknown): number {
  const named = WEEKDAYS.indexOf(String(value).toLowerCase());
  return named >= 0 ? named : (number(value) ?? NaN) % 7;
}

/** What of a day its limits depend on. */
type LimitedDay = Pick<Day, 'dateKey' | 'closed'> & Partial<Pick<Day, 'holiday' | 'beforeHoliday'>>;

/** Weekdays, dates and holidays add up; all seven weekdays together with dates mean the dates only. */
function appliesOn(config: Config, { dateKey, holiday, beforeHoliday }: LimitedDay): boolean {
  const all = list(config['daysOfWeek']);
  if ((all.includes('holiday') && holiday != null) || (all.includes('before_holiday') && beforeHoliday === true)) return true;
  const named = new Set(all.map(weekdayIn));
  const weekdays = named.size < 7 ? named : new Set<number>();
  const dates = list(config['dates']).map((each) => String(each).slice(0, 10));
  return (weekdays.size === 0 && dates.length === 0) || weekdays.has(weekdayOf(dateKey)) || dates.includes(dateKey);
}

/** The limits of every day that are about everybody, counted by head; a closed day has none. */
export function dayLimitsOf(days: readonly LimitedDay[], limits: readonly LimitRow[]): DayLimits[] {
  const common = limits.filter(({ limitConfig }) => scopeOf(limitConfig) === 'all');
  return days.map((day) => {
    const { dateKey, closed } = day;
    const found: Partial<Record<keyof DayLimits, Limit[]>> = {};
    if (closed) return found;
    for (const limit of common) {
      const total = TOTALS[text(limit.limitConfig['shiftType'], 'any')];
      if (total === undefined || !inForce(limit, dateKey) || !appliesOn(limit.limitConfig, day)) continue;
      (found[total] ??= []).push(byHead(limit));
    }
    return found;
  });
}

function byHead({ limitConfig, isHardConstraint }: LimitRow): Limit {
  const { min, max } = boundsOf(limitConfig);
  return { min: min === null ? null : Math.ceil(min), max: max === null ? null : Math.floor(max), isHard: isHardConstraint };
}

// People -----------------------------------------------------------------------------------------------------------

/** The ids of the groups that each person is a member of. */
export function groupsByMember(groups: readonly StaffGroup[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const group of groups) {
    for (const member of list(group.groupConfig['members'])) {
      if (typeof member === 'string') found.set(member, [...(found.get(member) ?? []), group.id]);
    }
  }
  return found;
}

/** `all`, too, where an older client chose a scope and nobody for it yet. */
const scopeOf = (config: Config) =>
  config['aboutEverybody'] === true && list(config['targetIds']).length === 0 ? 'all' : (config['scope'] ?? 'all');

/** Whom a limit is about; without targets a scope means every position, type or group that there is. */
function isAbout(config: Config, member: StaffMember, groups: readonly Pick<StaffGroup, 'id' | 'name'>[]): boolean {
  const targets = list(config['targetIds']);
  const has = (...own: string[]) => own.some((each) => each !== '' && (targets.length === 0 || targets.includes(each)));
  switch (scopeOf(config)) {
    case 'position':
      return has(member.position);
    case 'type':
      return has(member.status, member.type);
    case 'staff_status':
      return has(member.status);
    case 'group':
      return groups.some(({ id, name }) => has(id, name));
    case 'individual':
      return has(member.id, member.name);
    default:
      return true;
  }
}

/** The days, by column, from `first` to `last`; null is open. */
function spanOf(dates: readonly DateKey[], first: DateKey | null, last: DateKey | null): Span {
  const from = first === null ? 0 : dates.findIndex((day) => day >= first);
  const to = last === null ? dates.length : dates.filter((day) => day <= last).length;
  return { from: from < 0 ? dates.length : from, to };
}

/** The days on which a member is employed. */
export function employmentOf(member: StaffMember, dates: readonly DateKey[]): Span {
  const inside = employmentsIn(member, { startDate: dates[0] ?? '', endDate: dates.at(-1) ?? '' });
  const { startPeriod } = inside[0] ?? member;
  const { endPeriod } = inside.at(-1) ?? member;
  return spanOf(dates, startPeriod === null ? null : firstDay(startPeriod), endPeriod === null ? null : lastDay(endPeriod));
}

const COUNTED: Readonly<Record<string, MonthLimit['counts']>> = { off: 'off', any: 'working', work: 'working', working: 'working' };

/** What a limit of the month counts. Limits with switches count otherwise than the grid's totals do: the problems list has them. */
function countedBy(config: Config): MonthLimit['counts'] | undefined {
  const type = text(config['limitType'], '');
  if (type === 'off_days' || SWITCHES.some((name) => config[name] === true)) return undefined;
  if (type === 'max_work_days') return 'working';
  if (type === 'max_early_shifts' || type === 'max_late_shifts') return undefined;
  return COUNTED[type.endsWith('off_days') ? 'off' : text(config['shiftType'], 'any')];
}

const SWITCHES = ['countHalfDays', 'excludeCalendarRules', 'excludeEarlyShiftCalendar'];

/** What the month's limits ask of a person in a period that is `part` of a month; who is concerned for a part of the period only is measured by that part. */
export function monthLimitsOf(
  member: StaffMember,
  groups: readonly Pick<StaffGroup, 'id' | 'name'>[],
  limits: readonly LimitRow[],
  dates: readonly DateKey[],
  part = 1,
): MonthLimit[] {
  const employed = employmentOf(member, dates);
  return limits.flatMap((limit): MonthLimit[] => {
    const { limitConfig: config, effectiveFrom, effectiveUntil, isHardConstraint } = limit;
    const counts = countedBy(config);
    if (counts === undefined || !isAbout(config, member, groups)) return [];
    const force = spanOf(dates, effectiveFrom, effectiveUntil);
    const days = { from: Math.max(force.from, employed.from), to: Math.min(force.to, employed.to) };
    if (days.from >= days.to) return [];
    return [{ counts, days, isHard: isHardConstraint, ...forPart(boundsInPart(boundsOf(config), part), (days.to - days.from) / dates.length) }];
  });
}

function forPart({ min, max }: Bounds, part: number): Bounds {
  const least = min === null || min <= 0 ? null : min;
  if (part === 1) return { min: least, max };
  return { min: least === null ? null : Math.floor(least * part), max: max === null ? null : Math.ceil(max * part) };
}
