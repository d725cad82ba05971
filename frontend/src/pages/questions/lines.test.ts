import { describe, expect, it } from 'vitest';

import type { AnswersSet, ClosingRule } from '@/realtime/protocol';
import { restaurant } from '@/testing/app/restaurant';

import { answersOf, changedLines, linesOf, problemsOf, typedOver } from './lines';
import { shortfallsOf } from './shortfalls';

const { calendar, staff } = restaurant();
const everybody = [...(staff?.members.values() ?? [])];
const types = calendar?.shiftTypes ?? [];
const somebody = everybody[0];
if (somebody === undefined) throw new Error('The sample restaurant has nobody.');

const SET: AnswersSet = {
  leastDaysOff: { count: 7, isHard: false },
  mostDaysOff: { count: 9, isHard: false },
  daysInARow: null,
  noEarlyAfterLate: { isHard: false },
  hoursOfRest: null,
  atWork: [{ position: 'Kitchen', shiftType: 'any', count: 2, weekendCount: 3, isHard: true, isRefined: false }],
  daysAWeek: [],
  refined: ['daysInARow'],
  revision: 4,
};
const people = (position: string, count: number) => Array.from({ length: count }, (_, index) => ({ ...somebody, id: `${position}${index}`, position, status: '' }));
const members = [...people('Kitchen', 3), ...people('Hall', 4)];
const lines = linesOf(SET, { types, members });
const hard = (count: number | null, weekend: number | null = null) => ({ count, weekend, isHard: true });

describe('the questions', () => {
  it('are about everybody, the shifts that there are, and the positions of the staff', () => {
    expect(lines.map(({ key }) => key)).toEqual([
      ...['leastDaysOff', 'mostDaysOff', 'daysInARow', 'noEarlyAfterLate'],
      ...['atWork/any/', 'atWork/early/', 'atWork/late/', 'atWork/any/Kitchen', 'atWork/any/Hall'],
    ]);
  });

  it('about shifts that there are not are not asked, but where they are answered', () => {
    const place = { types: [], members: [] };
    expect(linesOf({ ...SET, atWork: [] }, place).map(({ key }) => key)).toEqual(['leastDaysOff', 'mostDaysOff', 'daysInARow', 'noEarlyAfterLate', 'atWork/any/']);
    expect(linesOf({ ...SET, atWork: [], noEarlyAfterLate: null }, place).map(({ key }) => key)).not.toContain('noEarlyAfterLate');
  });

  it('about rest are asked once shifts have times', () => {
    const timed = types.map((type) => ({ ...type, startTime: '09:00' }));
    expect(linesOf(SET, { types: timed, members }).map(({ key }) => key)).toContain('hoursOfRest');
  });

  it('a rule that was refined is shown as such, and nothing typed is laid over it', () => {
    const line = lines.find(({ kind }) => kind === 'daysInARow');
    expect(line?.isRefined).toBe(true);
    expect(changedLines(lines, { daysInARow: hard(5) })).toEqual([]);
  });
});

describe('what is sent', () => {
  it('is what was changed alone', () => {
    const changed = changedLines(lines, { leastDaysOff: hard(8), mostDaysOff: { count: 9, weekend: null, isHard: false }, 'atWork/any/Hall': hard(2, 2), noEarlyAfterLate: hard(1) });
    expect(answersOf(changed)).toEqual({
      leastDaysOff: { count: 8, isHard: true },
      noEarlyAfterLate: { isHard: true },
      atWork: [{ position: 'Hall', shiftType: 'any', count: 2, weekendCount: 2, isHard: true }],
    });
  });

  it('says null where a rule is to go', () => {
    const changed = changedLines(lines, { leastDaysOff: hard(null), 'atWork/any/Kitchen': hard(null) });
    expect(answersOf(changed)).toEqual({ leastDaysOff: null, atWork: [{ position: 'Kitchen', shiftType: 'any', count: null, weekendCount: null, isHard: true }] });
  });

  it.each([
    ['atWork/any/Kitchen', hard(2, 3)],
    ['atWork/any/Hall', hard(0)],
    ['atWork/any/Hall', { count: null, weekend: null, isHard: false }],
  ])('is nothing where it is set already, or no rule at all: %s', (key, entry) => {
    expect(changedLines(lines, { [key]: entry })).toEqual([]);
  });
});

describe('what cannot be', () => {
  const problems = (edits: Parameters<typeof typedOver>[1]) => [...problemsOf(lines.map((line) => typedOver(line, edits)))];

  it.each([
    [{ leastDaysOff: hard(0) }, [['leastDaysOff', 'bounds']]],
    [{ leastDaysOff: hard(1.5) }, [['leastDaysOff', 'bounds']]],
    [{ leastDaysOff: hard(10) }, [['mostDaysOff', 'crossed']]],
    [{ leastDaysOff: hard(10), mostDaysOff: hard(null) }, []],
    [{ 'atWork/any/Hall': hard(2, 501) }, [['atWork/any/Hall', 'bounds']]],
  ])('%#', (edits, expected) => expect(problems(edits)).toEqual(expected));
});

describe('too few people', () => {
  const short = (edits: Parameters<typeof typedOver>[1], closings: Parameters<typeof shortfallsOf>[2] = []) =>
    shortfallsOf(
      lines.map((line) => typedOver(line, edits)),
      members,
      closings,
    );

  it('three people with twelve days off each are 54 days, two a day are 60', () => {
    expect(short({ leastDaysOff: hard(12), mostDaysOff: hard(null), 'atWork/any/Kitchen': hard(2) })).toEqual([{ of: 'Kitchen', people: 3, can: 54, needed: 60 }]);
  });

  it('nothing is said where there are enough', () => expect(short({})).toEqual([]));

  it('on days that are closed nobody is needed', () => {
    const sunday: ClosingRule = { id: 'c', repeats: 'weekly', daysOfWeek: [0], weeks: [], fromDay: '', toDay: '', onHoliday: 'open', validFrom: null, validUntil: null, note: '', isActive: true, revision: 1 };
    const asked = { leastDaysOff: hard(12), 'atWork/any/Kitchen': hard(2) };
    expect(short(asked, [sunday])).toEqual([]);
  });

  it('numbers of positions, and those of shifts, add up for everybody', () => {
    expect(short({ 'atWork/early/': hard(4), 'atWork/late/': hard(4) })).toEqual([{ of: '', people: 7, can: 161, needed: 240 }]);
  });

  it('a position that nobody has is not counted', () => {
    const found = linesOf({ ...SET, atWork: [{ position: 'Bar', shiftType: 'any', count: 2, isHard: true, isRefined: false }] }, { types, members });
    expect(shortfallsOf(found, members, [])).toEqual([]);
  });
});
