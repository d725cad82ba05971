import type { DayBounds } from '@/grid/GridContext';
import { weekdayOf } from '@/grid/days';
import type { Bounds, DateKey } from '@/grid/model';
import { tighter } from '@/grid/totals';
import type { LimitRow, StaffGroup, StaffMember } from '@/realtime/protocol';

/** What the limits of the settings ask of a day and of a person, as the grid shows it beside its totals. */

type Config = Readonly<Record<string, unknown>>;

const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Which total a limit's shift type counts against. */
const TOTALS: Readonly<Record<string, keyof DayBounds>> = { any: 'working', early: 'early', late: 'late', off: 'off' };

const boundsOf = (config: Config): Bounds => ({ min: number(config['minCount']), max: number(config['maxCount']) });

const inForce = (limit: LimitRow, dateKey: DateKey) =>
  (limit.effectiveFrom === null || limit.effectiveFrom <= dateKey) &&
  (limit.effectiveUntil === null || dateKey <= limit.effectiveUntil);

function appliesOn(config: Config, dateKey: DateKey): boolean {
  const weekdays = list(config['daysOfWeek']);
  const dates = list(config['dates']);
  return (weekdays.length === 0 || weekdays.includes(weekdayOf(dateKey))) && (dates.length === 0 || dates.includes(dateKey));
}

const isForAll = (config: Config) => (config['scope'] ?? 'all') === 'all';

/** The bounds of every day by the limits that are about everybody. */
export function dayBoundsOf(dates: readonly DateKey[], limits: readonly LimitRow[]): DayBounds[] {
  return dates.map((dateKey) => {
    const bounds: Partial<Record<keyof DayBounds, Bounds>> = {};
    for (const limit of limits) {
      const total = TOTALS[String(limit.limitConfig['shiftType'])];
      if (total === undefined || !isForAll(limit.limitConfig) || !inForce(limit, dateKey)) continue;
      if (!appliesOn(limit.limitConfig, dateKey)) continue;
      const own = boundsOf(limit.limitConfig);
      bounds[total] = bounds[total] === undefined ? own : tighter(bounds[total], own);
    }
    return bounds;
  });
}

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

/** Whom a limit is about. */
function isAbout(config: Config, member: StaffMember, groupIds: readonly string[]): boolean {
  const targets = list(config['targetIds']);
  switch (config['scope'] ?? 'all') {
    case 'all':
      return true;
    case 'position':
      return targets.includes(member.position);
    case 'type':
      return targets.includes(member.status) || targets.includes(member.type);
    case 'group':
      return groupIds.some((id) => targets.includes(id));
    default:
      return targets.includes(member.id);
  }
}

/** How many days off a month may hold for a person, in off-equivalents. */
export function offBoundsOf(member: StaffMember, groupIds: readonly string[], limits: readonly LimitRow[]): Bounds {
  return limits
    .filter(({ limitConfig }) => isAbout(limitConfig, member, groupIds))
    .map(({ limitConfig }) => offBounds(limitConfig))
    .reduce(tighter, { min: null, max: null });
}

function offBounds(config: Config): Bounds {
  const { min, max } = boundsOf(config);
  if (config['limitType'] === 'max_off_days') return { min: null, max };
  if (config['limitType'] === 'min_off_days') return { min, max: null };
  return { min: null, max: null };
}
