import { beforeEach, describe, expect, it } from 'vitest';

import { Grid, type LeftOut } from './controller';
import { all, asked, answerWith, begin, day, days, grid, host, notices, people, range, reopen, source, value } from '@/testing/grid/stage';
import { makeLayout } from './layout';

beforeEach(begin);

describe('the clipboard', () => {
  beforeEach(() => {
    source.edit([
      { staffId: 'tanaka', dateKey: day(0), value: '○' },
      { staffId: 'tanaka', dateKey: day(1), value: '×' },
    ]);
    grid.selectRange({ top: 0, left: 0, bottom: 0, right: 1 });
  });

  it('copies to text and tiles it over a larger selection', async () => {
    const text = grid.copy() ?? '';
    expect(text).toBe('○\t×');
    grid.selectRange({ top: 1, left: 0, bottom: 2, right: 3 });
    await grid.paste(text);
    expect([0, 1, 2, 3].map((col) => value(2, col))).toEqual(['○', '×', '○', '×']);
    expect(range()).toEqual({ top: 1, left: 0, bottom: 2, right: 3 });
  });

  it('cuts as one step', () => {
    expect(grid.cut()).toBe('○\t×');
    expect([value(0, 0), value(0, 1)]).toEqual(['', '']);
    source.undo();
    expect(value(0, 1)).toBe('×');
  });

  it.each([
    ['keep', ['○', '×', '◇']],
    ['overwrite', ['△', '△', '◇']],
    ['stop', ['○', '×', '']],
  ] as const)('asks before it replaces: %s', async (given, expected) => {
    answerWith(given);
    await grid.paste('△\t△\t◇');
    expect(asked).toEqual([2]);
    expect([0, 1, 2].map((col) => value(0, col))).toEqual(expected);
  });

  it('stops at the last row and column', async () => {
    grid.select({ row: 3, col: 6 });
    await grid.paste('○\t○\r\n○\t○');
    expect(value(3, 6)).toBe('○');
  });

  it('drops what was answered after the rows had changed', async () => {
    const pasting = grid.paste('△\t△');
    grid.setLayout(makeLayout(people.slice(1), days, null), all);
    await pasting;
    expect(source.rows.value({ staffId: 'tanaka', dateKey: day(0) })).toBe('○');
    expect(source.rows.value({ staffId: 'sato', dateKey: day(0) })).toBe('');
    expect(notices).toEqual([{ kind: 'moved' }]);
  });

  it('goes to the same people where they were moved as a whole while one was asked', async () => {
    const pasting = grid.paste('△\t△');
    grid.setLayout(makeLayout([...people.slice(2), ...people.slice(0, 2)], days, null), all);
    await pasting;
    expect(source.rows.value({ staffId: 'tanaka', dateKey: day(0) })).toBe('△');
    expect(source.rows.value({ staffId: 'suzuki', dateKey: day(0) })).toBe('');
  });
});

describe('a paste that does not fit', () => {
  let left: [LeftOut, number][];
  let goesOn: boolean;
  const askLeftOut = (...given: [LeftOut, number]) => {
    left.push(given);
    return Promise.resolve(goesOn);
  };
  const asking = () => new Grid(source, makeLayout(people, days, null), { ...host, askLeftOut }, { readOnly: false, advance: 'none' });

  beforeEach(() => {
    left = [];
    goesOn = true;
    reopen(asking());
  });

  it('says how much is left out before it writes the rest', async () => {
    grid.select({ row: 2, col: 5 });
    await grid.paste(`○\t○\t○\r\n△\t${'あ'.repeat(21)}\r\n\r\n×\r\n`);
    expect(left).toEqual([[{ rows: 1, columns: 1, tooLong: 1 }, 3]]);
    expect([value(2, 5), value(2, 6), value(3, 5), value(3, 6)]).toEqual(['○', '○', '△', '']);
    expect(notices).toEqual([]);
  });

  it('writes nothing where its author would rather not', async () => {
    goesOn = false;
    grid.select({ row: 3, col: 0 });
    await grid.paste('○\r\n○');
    expect(value(3, 0)).toBe('');
  });

  it('does not ask for what is empty outside', async () => {
    grid.select({ row: 3, col: 6 });
    await grid.paste('○\t\t\r\n\t\r\n\r\n');
    expect(left).toEqual([]);
    expect(value(3, 6)).toBe('○');
  });

  it('takes a whole sheet', async () => {
    grid.select({ row: 0, col: 0 });
    await grid.paste('"○"\t×\r\n'.repeat(130_000));
    expect(left).toEqual([[{ rows: 130_000 - people.length, columns: 0, tooLong: 0 }, 2 * people.length]]);
    expect([value(0, 0), value(3, 1)]).toEqual(['○', '×']);
  });
});
