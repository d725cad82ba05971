/** A person's days of a published month, as the calendar feed tells them too. */

import type { DateKey, Day, Person, ShiftHours, ShiftSymbol } from '@/grid/model';
import { addDays, FALLBACK_ZONE, isKnownZone } from '@/grid/days';
import { type Duty, dutyOn, isOff, isWorking, type Symbols, symbolsOf } from '@/grid/totals';
import { rowOf, type ScheduleState } from '@/realtime/state/state';

import type { Month } from '../schedule/useSchedule';

export interface Hours {
  readonly start: string;
  readonly end: string;
}

/** What somebody does on a day. */
export interface Shift {
  readonly value: string;
  readonly duty: Duty;
  /** What the shift is called; blank where there is none. */
  readonly label: string;
  readonly hours: Hours | null;
  /** The group that is covered; blank: none. */
  readonly covers: string;
}

export interface MyDay extends Shift {
  readonly day: Day;
  readonly isWork: boolean;
  /** Who else works. */
  readonly others: readonly { readonly id: string; readonly name: string; readonly shift: Shift }[];
}

/** Null: that person is not on the month. */
export function daysOfPerson(month: Month, schedule: ScheduleState, staffId: string): readonly MyDay[] | null {
  const me = month.people.find(({ id }) => id === staffId);
  if (me === undefined) return null;
  const symbols = symbolsOf(month.symbols);
  const shiftOf = (person: Person, col: number) => shiftOn(month, schedule, symbols, person, col);
  return month.days.map((day, col) => {
    const mine = shiftOf(me, col);
    const isWork = isWorking(mine.duty);
    const others = month.people.filter(({ id }) => id !== staffId).map((person) => ({ id: person.id, name: person.name, shift: shiftOf(person, col) }));
    return { ...mine, day, isWork, others: others.filter(({ shift }) => isWorking(shift.duty)) };
  });
}

/** What a person does on a day of the month, by its column. */
export function shiftOn(month: Month, schedule: ScheduleState, symbols: Symbols, person: Person, col: number): Shift {
  const value = rowOf(schedule, person.id).values[col] ?? '';
  const duty = dutyOn(col, value, person, symbols);
  // Whatever is left in a cell of a day on which somebody is not employed says nothing to them.
  if (duty === 'absent') return { value: '', duty, label: '', hours: null, covers: '' };
  // Who works as usual without anything in the cell works the usual shift.
  const symbol = value === '' && duty === 'normal' ? month.symbols.find(({ kind }) => kind === 'normal') : symbols.get(value);
  const called = schedule.called?.get(person.id)?.get(col);
  const covers = called?.value === value ? (schedule.coveredGroups?.get(called.groupId) ?? '') : '';
  return { value: value || (symbol?.symbol ?? ''), duty, label: symbol?.label ?? value, hours: hoursOn(symbol, month.days[col]?.dateKey ?? ''), covers };
}

/** A shift that is given away, as it was published: a blank one is the usual, since only work is given away. */
export function shiftGiven({ symbols }: Month, dateKey: DateKey, value: string): Shift {
  const symbol = symbols.find((each) => (value === '' ? each.kind === 'normal' : each.symbol === value));
  return { value: value || (symbol?.symbol ?? ''), duty: symbol?.kind ?? 'normal', label: symbol?.label ?? value, hours: hoursOn(symbol, dateKey), covers: '' };
}

function hoursOn(symbol: ShiftSymbol | undefined, day: DateKey): Hours | null {
  const times: ShiftHours | undefined = symbol?.times?.findLast(({ validFrom }) => validFrom === null || validFrom <= day);
  return times?.startTime == null || times.endTime == null ? null : { start: times.startTime, end: times.endTime };
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** How long a shift is. One that ends before it begins ends on the next day. */
export function lengthOf({ start, end }: Hours): number {
  const minutes = minutesOf(end) - minutesOf(start);
  return minutes > 0 ? minutes : minutes + 24 * 60;
}

export interface Sums {
  readonly worked: number;
  readonly off: number;
  /** In hours, to a quarter; null where a shift has no times. */
  readonly hours: number | null;
}

export function sumsOf(days: readonly MyDay[]): Sums {
  const working = days.filter(({ isWork }) => isWork);
  const lengths = working.map(({ hours }) => (hours === null ? null : lengthOf(hours)));
  const minutes = lengths.includes(null) ? null : lengths.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  const off = days.filter(({ duty }) => isOff(duty) || duty === 'closed').length;
  return { worked: working.length, off, hours: minutes === null || working.length === 0 ? null : Math.round(minutes / 15) / 4 };
}

/** The time that it is at `timeZone`, as shift types say it: `09:05`. */
export const minuteIn = (timeZone: string, now: Date): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: isKnownZone(timeZone) ? timeZone : FALLBACK_ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(now);

/** The first shift that is not over at the minute `now` of today, such as `14:05`. One without times lasts as long as its day. */
export const nextOf = (days: readonly MyDay[], today: DateKey, now: string): MyDay | undefined => days.find((each) => each.isWork && !isOver(each, today, now));

function isOver({ day: { dateKey }, hours }: MyDay, today: DateKey, now: string): boolean {
  if (hours === null) return dateKey < today;
  const isThroughNight = hours.end <= hours.start;
  const last = isThroughNight ? addDays(dateKey, 1) : dateKey;
  return last < today || (last === today && hours.end <= now);
}
