import { describe, expect, it } from 'vitest';

import type { Day, Person, ShiftSymbol } from '@/grid/model';
import { blankSchedule, type GridRow, NOTHING, type ScheduleState } from '@/realtime/state/state';

import type { Month } from '../schedule/useSchedule';
import { daysOfPerson, lengthOf, minuteIn, nextOf, shiftGiven, sumsOf } from './shifts';

const DATES = ['2026-12-01', '2026-12-02', '2026-12-03'];
const day = (dateKey: string): Day => ({ dateKey, weekday: 2, holiday: null, beforeHoliday: false, closed: false, allWork: false, note: '', isToday: false, isPast: false });
const symbol = (name: string, kind: ShiftSymbol['kind'], times: ShiftSymbol['times'] = []): ShiftSymbol => ({ symbol: name, kind, label: `label ${name}`, offEquivalent: kind === 'off' ? 1 : 0, times });
const person = (id: string, publishedBlanks: string): Person => ({ id, name: `name ${id}`, position: '', status: '', blankMeans: 'free', groupIds: [], publishedBlanks });
const row = (...values: string[]): GridRow => ({ values, waiting: NOTHING, locked: NOTHING });

const SYMBOLS = [
  symbol('○', 'normal', [{ validFrom: null, startTime: '10:00', endTime: '19:00' }, { validFrom: '2026-12-03', startTime: '11:00', endTime: '20:30' }]),
  symbol('◇', 'late', [{ validFrom: null, startTime: '17:00', endTime: '01:00' }]),
  symbol('×', 'off'),
];
const PERIOD = { id: 'p', index: 0, scheduleId: 's', startDate: '2026-12-01', endDate: '2026-12-03', state: 'published' } as unknown as Month['period'];
const MONTH: Month = { period: PERIOD, days: DATES.map(day), people: [person('a', 'www'), person('b', 'fff'), person('c', '-ww')], symbols: SYMBOLS };

const schedule = (rows: Readonly<Record<string, GridRow>>, more: Partial<ScheduleState> = {}): ScheduleState => ({ ...blankSchedule('s', DATES), rows: new Map(Object.entries(rows)), ...more });

describe('the days of a person', () => {
  it('are null for somebody who is not on the month', () => {
    expect(daysOfPerson(MONTH, schedule({}), 'x')).toBeNull();
  });

  it('have the usual shift where nothing is entered and the person works as usual, with the times of that day', () => {
    const days = daysOfPerson(MONTH, schedule({ a: row('', '×', '') }), 'a') ?? [];
    expect(days.map(({ value, label, isWork }) => [value, label, isWork])).toEqual([['○', 'label ○', true], ['×', 'label ×', false], ['○', 'label ○', true]]);
    expect(days.map(({ hours }) => hours)).toEqual([{ start: '10:00', end: '19:00' }, null, { start: '11:00', end: '20:30' }]);
  });

  it('have nothing on a day on which the person is not employed, whatever is left in the cell', () => {
    const [first] = daysOfPerson(MONTH, schedule({ c: row('×', '', '') }), 'c') ?? [];
    expect(first).toMatchObject({ value: '', duty: 'absent', label: '', hours: null, isWork: false });
  });

  it('say who else works, and nobody who is off, not scheduled or not employed', () => {
    const days = daysOfPerson(MONTH, schedule({ b: row('', '◇', '×') }), 'a') ?? [];
    expect(days.map(({ others }) => others.map(({ id, shift }) => `${id} ${shift.value}`))).toEqual([[], ['b ◇', 'c ○'], ['c ○']]);
  });

  it('name the group that is covered as long as the cell holds that shift', () => {
    const called = new Map([['b', new Map([[0, { groupId: 'g', value: '○' }], [1, { groupId: 'g', value: '○' }]])]]);
    const days = daysOfPerson(MONTH, schedule({ b: row('○', '◇', '') }, { called, coveredGroups: new Map([['g', 'Grill']]) }), 'b') ?? [];
    expect(days.map(({ covers }) => covers)).toEqual(['Grill', '', '']);
  });
});

describe('a shift that is given away', () => {
  it('is the usual one where its cell is blank, with the times of its day', () => {
    expect(shiftGiven(MONTH, '2026-12-01', '')).toMatchObject({ value: '○', label: 'label ○', hours: { start: '10:00', end: '19:00' } });
    expect(shiftGiven(MONTH, '2026-12-03', '')).toMatchObject({ hours: { start: '11:00', end: '20:30' } });
    expect(shiftGiven(MONTH, '2026-12-01', '◇')).toMatchObject({ label: 'label ◇', hours: { start: '17:00', end: '01:00' } });
  });

  it('is said by its symbol where nothing is known of that', () => {
    expect(shiftGiven(MONTH, '2026-12-01', '早')).toMatchObject({ value: '早', label: '早', hours: null });
  });
});

describe('sums', () => {
  it('add the hours of shifts that go past midnight', () => {
    expect(lengthOf({ start: '17:00', end: '01:00' })).toBe(480);
    const days = daysOfPerson(MONTH, schedule({ a: row('○', '◇', '×') }), 'a') ?? [];
    expect(sumsOf(days)).toEqual({ worked: 2, off: 1, hours: 17 });
  });

  it('have no hours where a shift has none', () => {
    const month = { ...MONTH, symbols: [symbol('○', 'normal'), ...SYMBOLS.slice(1)] };
    expect(sumsOf(daysOfPerson(month, schedule({ a: row('○', '◇', '×') }), 'a') ?? []).hours).toBeNull();
  });
});

describe('the next shift', () => {
  const next = (today: string, now: string, ...values: string[]) => nextOf(daysOfPerson(MONTH, schedule({ a: row(...values) }), 'a') ?? [], today, now)?.day.dateKey;

  it('is today’s until it ends, then the first one after it', () => {
    expect(next('2026-12-01', '18:59', '○', '×', '◇')).toBe('2026-12-01');
    expect(next('2026-12-01', '19:00', '○', '×', '◇')).toBe('2026-12-03');
    expect(next('2026-12-02', '08:00', '○', '×', '◇')).toBe('2026-12-03');
    expect(next('2026-12-05', '08:00', '○', '×', '◇')).toBeUndefined();
  });

  it('is yesterday’s after midnight, where that goes on', () => {
    expect(next('2026-12-02', '00:59', '◇', '○', '×')).toBe('2026-12-01');
    expect(next('2026-12-02', '01:00', '◇', '○', '×')).toBe('2026-12-02');
  });

  it('is known by the restaurant’s clock', () => {
    const now = new Date('2026-12-01T15:05:00Z');
    expect([minuteIn('Asia/Tokyo', now), minuteIn('UTC', now), minuteIn('Nowhere/Else', now)]).toEqual(['00:05', '15:05', '00:05']);
  });

  it('is today’s all day long where it has no times', () => {
    const month = { ...MONTH, symbols: [symbol('○', 'normal'), ...SYMBOLS.slice(1)] };
    const days = daysOfPerson(month, schedule({ a: row('○', '×', '×') }), 'a') ?? [];
    expect(nextOf(days, '2026-12-01', '23:59')?.day.dateKey).toBe('2026-12-01');
    expect(nextOf(days, '2026-12-02', '00:00')).toBeUndefined();
  });
});
