import { describe, expect, it } from 'vitest';

import type { MonthLimit, Person, ShiftSymbol } from './model';
import { addUp, dayTotals, dutyOn, isOff, isWorking, monthStanding, personTotals, RunningTotals, standing, symbolsOf } from './totals';

const symbol = (text: string, kind: ShiftSymbol['kind'], offEquivalent = 0): ShiftSymbol => ({
  symbol: text,
  kind,
  label: text,
  offEquivalent,
});
const symbols = symbolsOf([
  symbol('○', 'normal'),
  symbol('△', 'early', 0.5),
  symbol('◇', 'late'),
  symbol('×', 'off', 1),
  symbol('★', 'designated_off', 1),
  symbol('●', 'special'),
  symbol('有', 'special', 1),
]);
const person = (id: string, blankMeans: Person['blankMeans']): Person => ({
  id,
  name: id,
  position: '',
  status: '',
  blankMeans,
  groupIds: [],
});
const regular = person('a', 'work');
const called = person('b', 'free');

describe('what a cell means', () => {
  it('reads a blank as its person’s blank means', () => {
    expect(dutyOn(0, '', regular, symbols)).toBe('normal');
    expect(dutyOn(0, '', called, symbols)).toBe('free');
    expect(isWorking('free') || isOff('free')).toBe(false);
  });

  it('counts text that no shift type explains nowhere', () => {
    expect(dutyOn(0, '本店', regular, symbols)).toBe('note');
    expect(isWorking('note') || isOff('note')).toBe(false);
    expect(isWorking('special')).toBe(true);
  });

  it.each([
    ['nothing', 'note', 0],
    ['work', 'special', 0],
    ['off', 'off', 1],
  ] as const)('counts such text as the restaurant says: %s', (textCountsAs, duty, offEquivalent) => {
    const person = { ...regular, textCountsAs };
    expect(dutyOn(0, '本店', person, symbols)).toBe(duty);
    expect(personTotals(['本店'], person, symbols).offEquivalent).toBe(offEquivalent);
    expect(dutyOn(0, '×', person, symbols)).toBe('off');
  });
});

describe('totals', () => {
  it('count the working, the early, the late and the off of every day', () => {
    const rows = [
      { person: regular, values: ['', '△', '×'] },
      { person: called, values: ['', '○', '◇'] },
    ];
    expect(dayTotals(rows, 3, symbols)).toEqual([
      { working: 1, early: 0, late: 0, off: 0 },
      { working: 2, early: 1, late: 0, off: 0 },
      { working: 1, early: 0, late: 1, off: 1 },
    ]);
  });

  it('go along with rows that change, and are then what counting anew gives', () => {
    const rows = new Map([
      [regular, ['', '△', '×']],
      [called, ['', '○', '◇']],
    ]);
    const running = new RunningTotals([regular, called], 3, symbols);
    const count = () => running.count((person) => rows.get(person) ?? []);
    const before = count();
    rows.set(regular, ['×', '◇', '×']);
    const after = count();
    expect(after).toEqual(dayTotals([...rows].map(([person, values]) => ({ person, values })), 3, symbols));
    expect(after).not.toEqual(before);
    expect(before[0]).toEqual({ working: 1, early: 0, late: 0, off: 0 });
  });

  it('count a row once that had fewer values before', () => {
    const running = new RunningTotals([regular], 2, symbols);
    running.count(() => ['×']);
    expect(running.count(() => ['×', '○'])).toEqual(dayTotals([{ person: regular, values: ['×', '○'] }], 2, symbols));
  });

  it('count a person’s days off in off-equivalents', () => {
    expect(personTotals(['×', '★', '△', '', '●'], regular, symbols)).toEqual({
      working: 3,
      early: 1,
      late: 0,
      off: 2,
      offEquivalent: 2.5,
    });
    expect(personTotals(['', ''], called, symbols).working).toBe(0);
  });

  it('are the same summed by day and by person', () => {
    const values = ['○', '×', '', '◇', '△'];
    const byPerson = addUp(values.map((value, col) => dutyOn(col, value, called, symbols)));
    const byDay = dayTotals([{ person: called, values }], values.length, symbols);
    expect(byDay.reduce((sum, day) => sum + day.working, 0)).toBe(byPerson.working);
  });
});

describe('a day outside the employment', () => {
  const leaving: Person = { ...regular, employed: { from: 0, to: 1 } };

  it('counts nowhere', () => {
    expect(dutyOn(1, '×', leaving, symbols)).toBe('absent');
    expect(isWorking('absent') || isOff('absent')).toBe(false);
    expect(dayTotals([{ person: leaving, values: ['', ''] }], 2, symbols).map(({ working }) => working)).toEqual([1, 0]);
    expect(personTotals(['×', '×'], leaving, symbols).offEquivalent).toBe(1);
  });
});

describe('a closed day', () => {
  const closed = new Set([1, 2]);
  const own: Person = { ...regular, closed };

  it('is a day off where nothing is written and a blank otherwise means work', () => {
    expect(['', '', '○', ''].map((value, col) => dutyOn(col, value, own, symbols))).toEqual(['normal', 'closed', 'normal', 'normal']);
    expect(dutyOn(1, '', { ...called, closed }, symbols)).toBe('free');
    expect(dutyOn(1, '', { ...own, employed: { from: 2, to: 4 } }, symbols)).toBe('absent');
  });

  it('is a day off of the person, and no absence from the day, edited or not', () => {
    expect(personTotals(['', '', '×', ''], own, symbols)).toMatchObject({ working: 2, off: 2, offEquivalent: 2 });
    const running = new RunningTotals([own], 4, symbols);
    expect(running.count(() => ['', '', '', '']).map(({ working }) => working)).toEqual([1, 0, 0, 1]);
    expect(running.count(() => ['', '○', '×', '']).map(({ working, off }) => [working, off])).toEqual([[1, 0], [1, 0], [0, 1], [1, 0]]);
  });

  it('counts against the limits of the month', () => {
    const limits: MonthLimit[] = [{ counts: 'off', min: 2, max: 2, isHard: true, days: { from: 0, to: 4 } }];
    expect(monthStanding('off', ['', '', '', ''], { ...own, limits }, symbols).stands).toBe('within');
    expect(monthStanding('off', ['×', '', '', ''], { ...own, limits }, symbols).stands).toBe('above');
  });
});

it('a special symbol that counts as a day off is one', () => {
  expect(dutyOn(0, '有', regular, symbols)).toBe('off');
});

describe('limits', () => {
  it('say where a number stands', () => {
    expect(standing(1).stands).toBe('within');
    expect(standing(1, [{ min: 2, max: null, isHard: false }])).toEqual({ stands: 'below', bound: 2, isHard: false });
    expect(standing(3, [{ min: null, max: 2, isHard: true }])).toEqual({ stands: 'above', bound: 2, isHard: true });
    expect(standing(2, [{ min: 2, max: 2, isHard: true }]).stands).toBe('within');
  });

  it('name the hard one that is broken before a soft one', () => {
    const limits = [
      { min: null, max: 3, isHard: false },
      { min: null, max: 4, isHard: true },
    ];
    expect(standing(5, limits)).toMatchObject({ bound: 4, isHard: true });
    expect(standing(4, limits)).toMatchObject({ bound: 3, isHard: false });
  });
});

describe('a month against its limits', () => {
  const limit = (min: number | null, max: number | null, days = { from: 0, to: 3 }): MonthLimit => ({ counts: 'off', min, max, isHard: true, days });
  const stands = (person: Person, values: string[], ...limits: MonthLimit[]) => monthStanding('off', values, { ...person, limits }, symbols).stands;

  it('takes each day without a shift for rest where somebody is called by shift', () => {
    expect(stands(called, ['○', '', ''], limit(2, null))).toBe('within');
    expect(stands(regular, ['○', '', ''], limit(2, null))).toBe('below');
  });

  it('holds only what is marked as off against a most', () => {
    expect(stands(called, ['', '', ''], limit(null, 1))).toBe('within');
    expect(stands(called, ['×', '×', ''], limit(null, 1))).toBe('above');
    expect(stands(regular, ['△', '×', ''], limit(null, 1))).toBe('above');
  });

  it('counts the days on which the limit is in force', () => {
    expect(stands(regular, ['×', '', '×'], limit(null, 1, { from: 1, to: 3 }))).toBe('within');
  });

  it('counts days of work likewise', () => {
    const most: MonthLimit = { ...limit(null, 1), counts: 'working' };
    expect(monthStanding('working', ['', '○', '×'], { ...regular, limits: [most] }, symbols)).toMatchObject({ stands: 'above', bound: 1 });
    expect(monthStanding('off', ['', '○', '×'], { ...regular, limits: [most] }, symbols).stands).toBe('within');
  });
});
