import { beforeEach, describe, expect, it, vi } from 'vitest';

import { type Draft, Grid } from './controller';
import { active, all, begin, day, days, grid, host, notices, people, person, range, reopen, source, value } from '@/testing/grid/stage';
import { makeLayout } from './layout';
import type { Person } from './model';

beforeEach(begin);

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
  const open = () => reopen(new Grid(source, makeLayout(people, days, null), host, { readOnly: false, advance: 'none', drafts: store }));

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
