import { describe, expect, it } from 'vitest';

import type { Person, ShiftSymbol } from './model';
import { addUp, dayTotals, dutyOf, isOff, isWorking, personTotals, standing, symbolsOf, tighter } from './totals';

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
    expect(dutyOf('', regular, symbols)).toBe('normal');
    expect(dutyOf('', called, symbols)).toBe('free');
    expect(isWorking('free') || isOff('free')).toBe(false);
  });

  it('takes free text for work of a special kind', () => {
    expect(dutyOf('本店', regular, symbols)).toBe('special');
    expect(isWorking('special')).toBe(true);
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
    const byPerson = addUp(values.map((value) => dutyOf(value, called, symbols)));
    const byDay = dayTotals([{ person: called, values }], values.length, symbols);
    expect(byDay.reduce((sum, day) => sum + day.working, 0)).toBe(byPerson.working);
  });
});

describe('bounds', () => {
  it('say where a number stands', () => {
    expect(standing(1, undefined)).toBe('unbounded');
    expect(standing(1, { min: null, max: null })).toBe('unbounded');
    expect(standing(1, { min: 2, max: null })).toBe('below');
    expect(standing(3, { min: null, max: 2 })).toBe('above');
    expect(standing(2, { min: 2, max: 2 })).toBe('within');
  });

  it('join to the tighter of two', () => {
    expect(tighter({ min: 1, max: null }, { min: 2, max: 4 })).toEqual({ min: 2, max: 4 });
    expect(tighter({ min: null, max: 3 }, { min: null, max: 4 })).toEqual({ min: null, max: 3 });
  });
});
