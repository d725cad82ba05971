import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Grid, type GridHost } from './controller';
import { cells, days, people, symbols } from '@/testing/grid/people';
import { MemorySource } from '@/testing/grid/memory';
import { words } from '@/testing/grid/words';
import { GridTable } from './GridTable';
import { makeLayout, matching } from './layout';

const everyone = people(40);
const dates = days('2026-11-21', '2026-12-20', '2026-11-25');
const host: GridHost = {
  notify: vi.fn(),
  askOverlap: () => Promise.resolve('overwrite'),
  openHistory: vi.fn(),
  openMenu: vi.fn(),
  setLocked: vi.fn(),
};

let source: MemorySource;
let grid: Grid;

beforeEach(() => {
  // jsdom lays nothing out.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1300);
  Element.prototype.scrollTo = vi.fn();
  source = new MemorySource(dates.map(({ dateKey }) => dateKey), cells(everyone, dates));
  grid = new Grid(source, makeLayout(everyone, dates, null), host, { readOnly: false, advance: 'right' });
});

afterEach(() => {
  vi.restoreAllMocks();
});

const show = () =>
  render(<GridTable grid={grid} symbols={symbols} words={words} dayLimits={[]} coarse={false} />);
const table = () => screen.getByRole('grid');
const active = () => document.getElementById(table().getAttribute('aria-activedescendant') ?? '');
const press = (key: string, modifiers = {}) => fireEvent.keyDown(table(), { key, ...modifiers });

describe('the grid', () => {
  it('is one tab stop whose active cell says who, when and what', () => {
    show();
    expect(table().tabIndex).toBe(0);
    expect(document.querySelectorAll('[tabindex="0"]')).toHaveLength(1);
    expect(active()?.getAttribute('aria-label')).toBe('田中 太郎, 11月21日(土): 指定休');
    press('ArrowDown');
    expect(active()?.getAttribute('aria-label')).toContain('佐藤 太郎');
  });

  it('tells its true size and the place of every row', () => {
    show();
    expect(table().getAttribute('aria-rowcount')).toBe('45');
    expect(table().getAttribute('aria-colcount')).toBe('32');
    expect(screen.getAllByRole('row').length).toBeLessThan(40);
  });

  it('has no rows of sums where what a day comes to is not known', () => {
    const { rerender } = show();
    expect(document.querySelectorAll('.ss-foot-row')).toHaveLength(4);
    rerender(<GridTable grid={grid} symbols={symbols} words={words} dayLimits={[]} coarse={false} sums={false} />);
    expect(document.querySelectorAll('.ss-foot-row')).toHaveLength(0);
    expect(table().getAttribute('aria-rowcount')).toBe('41');
  });

  it('sets a symbol by one key and moves on', () => {
    show();
    press('x');
    expect(source.rows.value({ staffId: 'p0', dateKey: '2026-11-21' })).toBe('×');
    expect(active()?.getAttribute('aria-label')).toContain('11月22日');
  });

  it('renders only the row that changed, and nothing for the selection', () => {
    show();
    const rows = () => [...document.querySelectorAll('.ss-row')].map((row) => row.innerHTML.replace('ss-name ss-on', 'ss-name'));
    const before = rows();
    press('ArrowDown', { shiftKey: true });
    expect(rows()).toEqual(before);
    act(() => source.receive([{ staffId: 'p3', dateKey: '2026-11-30', value: '本' }]));
    expect(rows().filter((row, index) => row !== before[index])).toHaveLength(1);
  });

  it('keeps the row with the cursor mounted wherever one scrolls', () => {
    grid.select({ row: 39, col: 3 });
    show();
    expect(active()?.getAttribute('aria-label')).toContain(everyone[39]?.name);
  });

  it('lets Tab leave after Escape', () => {
    show();
    expect(press('Tab')).toBe(false);
    press('Escape');
    expect(press('Tab')).toBe(true);
  });

  it('edits free text in place; colleagues’ changes do not touch it', () => {
    show();
    press('F2');
    const input = screen.getByRole('textbox');
    fireEvent.change(input, { target: { value: '本店' } });
    act(() => source.receive([{ staffId: 'p0', dateKey: '2026-11-21', value: '×' }]));
    expect((input as HTMLInputElement).value).toBe('本店');
    fireEvent.keyDown(input, { key: 'Enter' });
    expect(source.rows.value({ staffId: 'p0', dateKey: '2026-11-21' })).toBe('本店');
    expect(table().contains(document.activeElement)).toBe(true);
  });

  it('composes on the cell, enters nothing before that is over, and takes a lone letter for its key', () => {
    show();
    act(() => table().focus());
    const input = screen.getByRole<HTMLInputElement>('textbox');
    expect(document.activeElement).toBe(input);
    const compose = (text: string) => {
      fireEvent.compositionStart(input);
      fireEvent.change(input, { target: { value: text } });
    };
    const edit = vi.spyOn(source, 'edit');
    fireEvent.keyDown(input, { key: 'y', code: 'KeyY', keyCode: 229 });
    compose('ゆうきゅう');
    fireEvent.keyDown(input, { key: 'Enter', isComposing: true });
    fireEvent.change(input, { target: { value: '有給' } });
    fireEvent.compositionEnd(input);
    fireEvent.keyDown(input, { key: 'Enter', keyCode: 229 });
    expect(edit).not.toHaveBeenCalled();
    fireEvent.keyDown(input, { key: 'Enter', keyCode: 13 });
    expect(edit.mock.lastCall?.[0]).toEqual([{ staffId: 'p0', dateKey: '2026-11-21', value: '有給' }]);
    compose('ｘ');
    fireEvent.compositionEnd(input);
    fireEvent.keyDown(input, { key: 'Enter' });
    expect(source.rows.value({ staffId: 'p1', dateKey: '2026-11-21' })).toBe('×');
  });

  it('sets aside what somebody composed when the focus went away', () => {
    show();
    act(() => table().focus());
    const input = screen.getByRole<HTMLInputElement>('textbox');
    const edit = vi.spyOn(source, 'edit');
    fireEvent.compositionStart(input);
    fireEvent.change(input, { target: { value: 'ゆうき' } });
    fireEvent.compositionEnd(input);
    vi.spyOn(document, 'hasFocus').mockReturnValue(true);
    act(() => input.blur());
    expect(edit).not.toHaveBeenCalled();
    expect(document.querySelector('.ss-draft')?.textContent).toBe('ゆうき');
    press('F2');
    expect(input.value).toBe('ゆうき');
    expect(document.querySelector('.ss-draft')).toBeNull();
  });

  it('puts the selection on the clipboard and takes it from there', () => {
    show();
    const data = new Map<string, string>();
    const clipboardData = { setData: (type: string, text: string) => data.set(type, text), getData: (type: string) => data.get(type) };
    press('ArrowRight', { shiftKey: true });
    fireEvent.copy(table(), { clipboardData });
    expect(data.get('text/plain')).toBe(`${grid.value({ row: 0, col: 0 })}\t${grid.value({ row: 0, col: 1 })}`);
    expect(document.querySelector('.ss-copied')).not.toBeNull();
  });

  it('counts every day live', async () => {
    show();
    const off = () => screen.getAllByRole('row').at(-1)?.textContent;
    const before = off();
    press('o');
    await act(() => new Promise(requestAnimationFrame));
    await act(() => new Promise(requestAnimationFrame));
    expect(off()).not.toBe(before);
  });

  it('shows whose cursor is where, and what a colleague has just changed', () => {
    show();
    act(() => {
      source.setPresence([
        { clientId: 'a', name: '佐藤', initials: '佐', color: 1, cell: { staffId: 'p2', dateKey: '2026-11-23' }, state: 'editing', idle: false },
      ]);
      source.receive([{ staffId: 'p2', dateKey: '2026-11-24', value: '×' }]);
    });
    expect(document.querySelector('.ss-presence')?.textContent).toBe('佐藤 入力中');
    expect(document.querySelectorAll('.ss-flash')).toHaveLength(1);
  });

  it('stands after a filter with the selection as it was', () => {
    show();
    press('ArrowDown');
    act(() => grid.setLayout(makeLayout(matching(everyone, '佐藤'), dates, null), new Set(everyone.map(({ id }) => id))));
    expect(active()?.getAttribute('aria-label')).toContain('佐藤 太郎');
  });
});
