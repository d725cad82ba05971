/** Whether there are enough people for what is asked: a simple count of people and days, in a month of thirty days. */

import type { ClosingRule, StaffMember } from '@/realtime/protocol';

import type { Line } from './lines';

const MONTH = 30;
const WEEKEND: readonly number[] = [0, 6];
const WEEK: readonly number[] = [0, 1, 2, 3, 4, 5, 6];

export interface Shortfall {
  /** The position that has too few people; empty: everybody together. */
  readonly of: string;
  readonly people: number;
  /** How many days they can work in a month, all together, and how many are asked for. */
  readonly can: number;
  readonly needed: number;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

/** What is asked for on one open day of the week. */
const onDay = ({ count, weekend }: Line, day: number) => (WEEKEND.includes(day) ? (weekend ?? count) : count) ?? 0;

/**
 * The positions that cannot have as many people at work as is asked for, and everybody, where these are too few. `lines` as they would be
 * after saving. Each person works every open day but for the days off that are asked for; holidays count as other days.
 */
export function shortfallsOf(lines: readonly Line[], members: readonly StaffMember[], closings: readonly ClosingRule[]): readonly Shortfall[] {
  const closed = new Set(closings.filter(({ isActive, repeats }) => isActive && repeats === 'weekly').flatMap(({ daysOfWeek }) => daysOfWeek));
  const open = WEEK.filter((day) => !closed.has(day));
  const daysOff = lines.find(({ kind }) => kind === 'leastDaysOff')?.count ?? 0;
  const each = Math.max(0, Math.min((MONTH * open.length) / WEEK.length, MONTH - daysOff));
  const active = members.filter(({ isActive }) => isActive);
  const asked = lines.filter(({ kind }) => kind === 'atWork');
  const inMonth = (perDay: (day: number) => number) => (MONTH * sum(open.map(perDay))) / WEEK.length;
  const found = (of: string, people: number, needed: number): Shortfall[] => {
    const can = people * each;
    return people > 0 && needed > can ? [{ of, people, can: Math.floor(can), needed: Math.ceil(needed) }] : [];
  };
  const everybody = asked.filter(({ of }) => of === '');
  const shifts = everybody.filter(({ shift }) => shift !== 'any');
  const whole = everybody.filter(({ shift }) => shift === 'any');
  const positions = asked.filter(({ of, shift }) => of !== '' && shift === 'any');
  // A person stands in one position and works one shift a day, so that these add up.
  const ofAll = (day: number) => Math.max(...[whole, shifts, positions].map((some) => sum(some.map((line) => onDay(line, day)))));
  return [
    ...positions.flatMap((line) => found(line.of, active.filter(({ position }) => position === line.of).length, inMonth((day) => onDay(line, day)))),
    ...found('', active.length, inMonth(ofAll)),
  ];
}
