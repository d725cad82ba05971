import { beforeEach, describe, expect, it, vi } from 'vitest';

import { type Draft, Grid, type GridHost, type LeftOut, type Notice, type Overlap } from './controller';
import { daysOf } from './days';
import { MemorySource } from './demo/memory';
import { makeLayout, matching } from './layout';
import type { Day, Person } from './model';
import { activeOf } from './selection';

const person = (id: string, position = 'cook'): Person => ({
  id,
  name: id,
  position,
  status: '社員',
  blankMeans: 'work',
  groupIds: [],
});
const people = ['tanaka', 'sato', 'suzuki', 'ito'].map((id, index) => person(id, index < 2 ? 'cook' : 'hall'));
const days: Day[] = daysOf('2026-08-01', '2026-08-07').map((dateKey) => ({
  dateKey,
  weekday: 0,
  holiday: null,
  closed: false,
  allWork: false,
  note: '',
  isToday: false,
}));
const day = (index: number) => days[index]?.dateKey ?? '';
const all = new Set(people.map(({ id }) => id));

let source: MemorySource;
let grid: Grid;
let notices: Notice[];
let answer: Overlap;
let asked: number[];

const host: GridHost = {
  notify: (notice) => notices.push(notice),
  askOverlap: (cells) => {
    asked.push(cells);
    return Promise.resolve(answer);
  },
  openHistory: vi.fn(),
  openMenu: vi.fn(),
  setLocked: (cells, locked) => source.setLocked(cells, locked),
};

beforeEach(() => {
  notices = [];
  asked = [];
  answer = 'overwrite';
  source = new MemorySource(days.map(({ dateKey }) => dateKey));
  grid = new Grid(source, makeLayout(people, days, null), host, { readOnly: false, advance: 'none' });
});

const value = (row: number, col: number) => grid.value({ row, col });
const range = () => grid.resolved()?.range;
const active = () => {
  const { selection } = grid.state.getState();
  return selection === null ? undefined : activeOf(selection);
};

describe('setting values', () => {
  it('fills a range as one step that is undone as one', () => {
    grid.selectRange({ top: 0, left: 0, bottom: 1, right: 2 });
    grid.setValue('×');
    expect([value(0, 0), value(1, 2), value(2, 0)]).toEqual(['×', '×', '']);
    source.undo();
    expect([value(0, 0), value(1, 2)]).toEqual(['', '']);
    source.redo();
    expect(value(1, 2)).toBe('×');
  });

  it('moves on by itself after a single cell only', () => {
    grid.setAdvance('right');
    grid.setValue('○');
    expect(active()).toEqual({ staffId: 'tanaka', dateKey: day(1) });
    grid.selectRange({ top: 0, left: 1, bottom: 0, right: 2 });
    grid.setValue('○');
    expect(active()).toEqual({ staffId: 'tanaka', dateKey: day(1) });
  });

  it('sends only what differs', () => {
    const edit = vi.spyOn(source, 'edit');
    grid.setValue('○');
    grid.selectRange({ top: 0, left: 0, bottom: 0, right: 1 });
    grid.setValue('○');
    expect(edit.mock.lastCall?.[0]).toEqual([{ staffId: 'tanaka', dateKey: day(1), value: '○' }]);
    grid.setValue('○');
    expect(edit).toHaveBeenCalledTimes(2);
  });

  it('passes over locked cells and says how many', () => {
    source.setLocked([{ staffId: 'tanaka', dateKey: day(0) }], true);
    grid.selectRange({ top: 0, left: 0, bottom: 0, right: 1 });
    grid.setValue('×');
    expect([value(0, 0), value(0, 1)]).toEqual(['', '×']);
    expect(notices).toEqual([{ kind: 'locked', count: 1 }]);
  });

  it('writes nothing for a viewer', () => {
    grid.setReadOnly(true);
    grid.setValue('×');
    grid.clear();
    expect(value(0, 0)).toBe('');
    expect(notices.map(({ kind }) => kind)).toEqual(['readOnly', 'readOnly']);
  });

  it('refuses text that is too long', () => {
    grid.startEditing('あ'.repeat(21));
    grid.stopEditing(true);
    expect(value(0, 0)).toBe('');
    expect(notices).toEqual([{ kind: 'tooLong', count: 1 }]);
  });
});

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
    answer = given;
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
    grid = asking();
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

describe('filling', () => {
  it('draws a pattern out with the handle and selects what it filled', () => {
    source.edit([{ staffId: 'tanaka', dateKey: day(0), value: '×' }]);
    grid.selectRange({ top: 0, left: 0, bottom: 0, right: 1 });
    grid.drawTo({ row: 0, col: 5 });
    expect(value(0, 2)).toBe('');
    grid.finishFilling();
    expect([2, 3, 4, 5].map((col) => value(0, col))).toEqual(['×', '', '×', '']);
    expect(range()).toEqual({ top: 0, left: 0, bottom: 0, right: 5 });
  });

  it('fills down and right by keys', () => {
    source.edit([{ staffId: 'tanaka', dateKey: day(0), value: '×' }]);
    grid.selectRange({ top: 0, left: 0, bottom: 2, right: 0 });
    grid.run({ type: 'fillDown' });
    grid.run({ type: 'move', direction: 'right', reach: 'cell', extend: false });
    grid.run({ type: 'fillRight' });
    expect([value(1, 0), value(2, 0), value(2, 1)]).toEqual(['×', '×', '×']);
  });
});

describe('selecting', () => {
  it('takes whole rows, columns and everything', () => {
    grid.select({ row: 1, col: 2 });
    grid.run({ type: 'selectRow' });
    expect(range()).toEqual({ top: 1, left: 0, bottom: 1, right: 6 });
    // A whole row and then its columns: everything, as in a spreadsheet.
    grid.run({ type: 'selectColumn' });
    expect(range()).toEqual({ top: 0, left: 0, bottom: 3, right: 6 });
    grid.run({ type: 'cancel' });
    grid.run({ type: 'selectColumn' });
    expect(range()).toEqual({ top: 0, left: 2, bottom: 3, right: 2 });
    grid.run({ type: 'selectAll' });
    expect(range()).toEqual({ top: 0, left: 0, bottom: 3, right: 6 });
    grid.run({ type: 'cancel' });
    expect(range()).toEqual({ top: 1, left: 2, bottom: 1, right: 2 });
  });

  it('never leaves the grid, and lets Tab go behind the last cell', () => {
    grid.run({ type: 'move', direction: 'up', reach: 'page', extend: false });
    expect(range()?.top).toBe(0);
    grid.run({ type: 'move', direction: 'down', reach: 'corner', extend: false });
    expect(grid.run({ type: 'advance', along: 'row', back: false })).toBe(false);
    expect(grid.run({ type: 'advance', along: 'column', back: false })).toBe(true);
    expect(grid.resolved()?.head).toEqual({ row: 3, col: 6 });
  });

  it('stays with its people through sorting and grouping', () => {
    grid.select({ row: 2, col: 1 });
    grid.setLayout(makeLayout([...people].reverse(), days, null), all);
    expect(grid.resolved()?.head).toEqual({ row: 1, col: 1 });
    expect(active()?.staffId).toBe('suzuki');
  });

  it('comes back after a filter that hid it, and nothing is written meanwhile', () => {
    grid.select({ row: 3, col: 1 });
    grid.setLayout(makeLayout(matching(people, 'tanaka'), days, null), all);
    grid.setValue('×');
    expect(notices).toEqual([{ kind: 'hidden' }]);
    grid.setLayout(makeLayout(people, days, null), all);
    expect([value(3, 1), value(0, 1)]).toEqual(['', '']);
    expect(active()?.staffId).toBe('ito');
  });
});

describe('when the row that is being edited goes away', () => {
  it('tells so, and the half-typed text lands nowhere', () => {
    grid.select({ row: 1, col: 0 });
    grid.startEditing('本店');
    grid.setLayout(makeLayout(people.filter(({ id }) => id !== 'sato'), days, null), new Set(['tanaka', 'suzuki', 'ito']));
    grid.stopEditing(true);
    grid.setValue('×');
    expect(notices).toEqual([{ kind: 'typedGone', name: 'sato' }, { kind: 'hidden' }]);
    expect(people.map((_, row) => value(row, 0)).join('')).toBe('');
    // Whatever else changes among the people, nothing is selected in one's stead.
    grid.setLayout(makeLayout(people.slice(2), days, null), new Set(['suzuki', 'ito']));
    expect(active()).toBeUndefined();
  });

  it('keeps what is left of a range', () => {
    grid.selectRange({ top: 0, left: 1, bottom: 1, right: 2 });
    grid.setLayout(makeLayout(people.filter(({ id }) => id !== 'sato'), days, null), new Set(['tanaka', 'suzuki', 'ito']));
    expect(range()).toEqual({ top: 0, left: 1, bottom: 0, right: 1 });
    expect(notices).toEqual([]);
  });

  it('moves on from where it was', () => {
    grid.select({ row: 1, col: 3 });
    grid.setLayout(makeLayout(people.filter(({ id }) => id !== 'sato'), days, null), new Set(['tanaka', 'suzuki', 'ito']));
    grid.run({ type: 'move', direction: 'right', reach: 'cell', extend: false });
    expect(active()).toEqual({ staffId: 'suzuki', dateKey: day(4) });
  });
});

describe('people are moved under what one does', () => {
  const [tanaka, sato, suzuki, ito] = people as [Person, Person, Person, Person];
  const shows = (...order: Person[]) => grid.setLayout(makeLayout(order, days, null), new Set(order.map(({ id }) => id)));
  const held = (id: string) => source.rows.value({ staffId: id, dateKey: day(0) });

  it('fills those whom one has drawn over where they went together', () => {
    source.edit([{ staffId: 'tanaka', dateKey: day(0), value: '×' }]);
    grid.drawTo({ row: 1, col: 0 });
    shows(ito, tanaka, sato, suzuki);
    grid.finishFilling();
    expect([held('sato'), held('suzuki'), held('ito')]).toEqual(['×', '', '']);
  });

  it('fills nobody where they were parted, however far one draws on', () => {
    source.edit([{ staffId: 'tanaka', dateKey: day(0), value: '×' }]);
    grid.drawTo({ row: 1, col: 0 });
    shows(tanaka, ito, sato, suzuki);
    grid.drawTo({ row: 2, col: 0 });
    grid.finishFilling();
    expect([held('sato'), held('suzuki'), held('ito')]).toEqual(['', '', '']);
    expect(notices).toEqual([{ kind: 'moved' }]);
    grid.drawTo({ row: 1, col: 0 });
    grid.finishFilling();
    expect(held('ito')).toBe('×');
  });

  it('takes nobody into a selection whom a colleague puts between its ends', () => {
    grid.selectRange({ top: 0, left: 0, bottom: 1, right: 0 });
    shows(tanaka, person('new'), sato, suzuki, ito);
    grid.setValue('×');
    expect([held('tanaka'), held('new'), held('sato')]).toEqual(['×', '', '']);
    shows(tanaka, sato, suzuki, ito);
    expect(range()).toEqual({ top: 0, left: 0, bottom: 1, right: 0 });
  });

  it('keeps a selection of rows from others too, and whole columns are everybody’s', () => {
    grid.select({ row: 0, col: 0 }, 'rows');
    grid.extend({ row: 1, col: 0 });
    shows(tanaka, suzuki, sato, ito);
    expect(range()).toMatchObject({ top: 0, bottom: 0 });
    grid.select({ row: 0, col: 0 }, 'columns');
    grid.extend({ row: 0, col: 1 });
    shows(tanaka, suzuki, person('new'), sato, ito);
    expect(range()).toMatchObject({ top: 0, bottom: 4 });
  });

  it('pastes to what was selected when one chose to', async () => {
    const { selection } = grid.state.getState();
    grid.select({ row: 3, col: 0 });
    await grid.paste('×', [], selection);
    expect([held('tanaka'), held('ito')]).toEqual(['×', '']);
  });
});

describe('a draft', () => {
  let kept: Draft[];
  const store = {
    load: () => kept,
    keep: (draft: Draft) => void (kept = [...kept.filter(({ cell }) => cell.staffId !== draft.cell.staffId), draft]),
    drop: ({ staffId }: { staffId: string }) => void (kept = kept.filter(({ cell }) => cell.staffId !== staffId)),
  };
  const open = () => (grid = new Grid(source, makeLayout(people, days, null), host, { readOnly: false, advance: 'none', drafts: store }));

  beforeEach(() => {
    kept = [];
    open();
  });

  it('is there again when the grid is, at its cell, with what its author saw', () => {
    grid.select({ row: 1, col: 2 });
    Object.assign(source, { version: () => 7 });
    grid.startEditing('B');
    grid.type('Ba');
    Object.assign(source, { version: () => 9 });
    open().resume();
    expect(grid.state.getState().editing).toMatchObject({ cell: { staffId: 'sato', dateKey: day(2) }, text: 'Ba', base: 7 });
    const edit = vi.spyOn(source, 'edit');
    grid.type('Bar');
    grid.stopEditing(true);
    expect(edit.mock.lastCall).toEqual([[{ staffId: 'sato', dateKey: day(2), value: 'Bar' }], 7]);
    expect(kept).toEqual([]);
  });

  it('is over once it was entered, dropped, or its cell holds something else', () => {
    const aside = (act: () => void) => {
      grid.setAside();
      act();
    };
    const ends = [
      () => grid.stopEditing(true),
      () => grid.stopEditing(false),
      () => aside(() => grid.setValue('×')),
      () => aside(() => grid.run({ type: 'cancel' })),
    ];
    for (const end of ends) {
      grid.startEditing('B');
      end();
      expect([kept, grid.state.getState().drafts]).toEqual([[], []]);
    }
  });

  it('stays while its row is hidden, and goes with its person', () => {
    grid.startEditing('B');
    grid.setLayout(makeLayout(people.slice(1), days, null), all);
    expect(notices).toEqual([{ kind: 'setAside', text: 'B' }]);
    grid.setLayout(makeLayout(people, days, null), all);
    grid.run({ type: 'edit', text: null });
    expect(grid.state.getState().editing?.text).toBe('B');
  });

  it('stays with somebody who may not edit any more', () => {
    grid.startEditing('B');
    grid.setReadOnly(true);
    grid.setReadOnly(false);
    grid.resume();
    expect(grid.state.getState().editing?.text).toBe('B');
  });
});

describe('locks and problems', () => {
  it('locks a range, and unlocks it when all of it is locked', () => {
    grid.selectRange({ top: 0, left: 0, bottom: 0, right: 1 });
    grid.toggleLock();
    grid.setValue('×');
    expect(value(0, 0)).toBe('');
    grid.toggleLock();
    grid.setValue('×');
    expect(value(0, 1)).toBe('×');
  });

  it('goes from problem to problem, around the end', () => {
    const violation = { rule: 'r', ruleId: null, table: null, isHard: true, penalty: 1, message: 'm' };
    source.setViolations([
      { ...violation, staffId: 'tanaka', dateKey: day(2) },
      { ...violation, staffId: 'ito', dateKey: day(1), isHard: false },
    ]);
    grid.nextProblem(false);
    expect(active()).toEqual({ staffId: 'tanaka', dateKey: day(2) });
    grid.nextProblem(false);
    expect(active()).toEqual({ staffId: 'ito', dateKey: day(1) });
    grid.nextProblem(false);
    expect(active()).toEqual({ staffId: 'tanaka', dateKey: day(2) });
    source.setViolations([]);
    grid.nextProblem(true);
    expect(notices).toEqual([{ kind: 'noProblems' }]);
  });
});

describe('Tab and Enter inside a range', () => {
  const block = { top: 1, left: 2, bottom: 2, right: 4 };
  const walk = (along: 'row' | 'column', back = false) => {
    expect(grid.run({ type: 'advance', along, back })).toBe(true);
    return grid.resolved()?.active;
  };

  it('go around in it, and the range stays', () => {
    grid.selectRange(block);
    expect([walk('row'), walk('row'), walk('row')]).toEqual([
      { row: 1, col: 3 },
      { row: 1, col: 4 },
      { row: 2, col: 2 },
    ]);
    expect([walk('row', true), walk('column'), walk('column')]).toEqual([
      { row: 1, col: 4 },
      { row: 2, col: 4 },
      { row: 1, col: 2 },
    ]);
    expect(walk('row', true)).toEqual({ row: 2, col: 4 });
    expect(walk('column')).toEqual({ row: 1, col: 2 });
    expect(range()).toEqual(block);
  });

  it('say where typed text goes, while a symbol is set in all of it', () => {
    grid.selectRange(block);
    walk('row');
    grid.startEditing('Bar');
    grid.stopEditing(true);
    expect([value(1, 2), value(1, 3), value(1, 4)]).toEqual(['', 'Bar', '']);
    walk('row');
    grid.setValue('×');
    expect([value(1, 2), value(1, 3), value(2, 4)]).toEqual(['×', '×', '×']);
    expect(grid.resolved()?.active).toEqual({ row: 1, col: 4 });
  });

  it('end with an arrow from where they came, with Shift at the range’s own end, with Escape on the cell', () => {
    grid.selectRange(block);
    walk('row');
    grid.run({ type: 'move', direction: 'up', reach: 'cell', extend: false });
    expect(range()).toEqual({ top: 0, left: 3, bottom: 0, right: 3 });
    grid.selectRange(block);
    walk('row');
    grid.run({ type: 'move', direction: 'right', reach: 'cell', extend: true });
    expect(range()).toEqual({ ...block, right: 5 });
    expect(active()).toEqual({ staffId: 'sato', dateKey: day(2) });
    walk('row');
    grid.run({ type: 'cancel' });
    expect(range()).toEqual({ top: 1, left: 3, bottom: 1, right: 3 });
  });

  it('go along whole rows too', () => {
    grid.select({ row: 2, col: 0 }, 'rows');
    expect(walk('row', true)).toEqual({ row: 2, col: days.length - 1 });
    expect(walk('column')).toEqual({ row: 2, col: 0 });
  });
});
