import { beforeEach, describe, expect, it, vi } from 'vitest';

import { active, all, begin, day, days, grid, notices, people, range, source, value } from '@/testing/grid/stage';
import { makeLayout, matching } from './layout';

beforeEach(begin);

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
