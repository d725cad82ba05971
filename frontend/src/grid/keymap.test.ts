import { describe, expect, it } from 'vitest';

import { commandOf, type Key, keymapOf, symbolKeys } from './keymap';
import type { ShiftSymbol } from './model';

const symbols: ShiftSymbol[] = ['○', '△', '◇', '×', '★', '●', '休'].map((symbol) => ({
  symbol,
  kind: 'special',
  label: symbol,
  offEquivalent: 0,
}));
const keymap = keymapOf(symbols);

const press = (key: string, modifiers: Partial<Key> = {}) =>
  commandOf(
    { key, code: '', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...modifiers },
    keymap,
  );

describe('the keys', () => {
  it.each([
    ['o', '○'], ['△', '△'], ['d', '◇'], ['x', '×'], ['*', '★'], ['1', '○'], ['2', '△'], ['3', '◇'], ['4', '×'],
    ['5', '★'], ['6', '●'], ['7', '休'], ['X', '×'], ['休', '休'], ['１', '○'],
  ])('%s sets %s', (key, value) => {
    expect(press(key)).toEqual({ type: 'set', value });
  });

  it('hears a letter also while an input method holds the keyboard', () => {
    expect(press('Process', { code: 'KeyX' })).toEqual({ type: 'set', value: '×' });
    expect(press('Process', { code: 'Digit2' })).toEqual({ type: 'set', value: '△' });
    expect(press('Process', { code: 'KeyH' })).toEqual({ type: 'edit', text: '' });
    expect(press('Process', { code: 'Space' })).toBeNull();
  });

  it('moves by cell, to the edges, by page and to the corners', () => {
    expect(press('ArrowUp')).toMatchObject({ direction: 'up', reach: 'cell', extend: false });
    expect(press('ArrowLeft', { shiftKey: true })).toMatchObject({ direction: 'left', extend: true });
    expect(press('Home')).toMatchObject({ direction: 'left', reach: 'edge' });
    expect(press('End', { ctrlKey: true })).toMatchObject({ direction: 'down', reach: 'corner' });
    expect(press('PageDown')).toMatchObject({ direction: 'down', reach: 'page' });
    expect(press('ArrowDown', { metaKey: true })).toMatchObject({ direction: 'down', reach: 'edge' });
  });

  it('goes on by Tab and Enter, back with Shift', () => {
    expect(press('Tab')).toEqual({ type: 'advance', along: 'row', back: false });
    expect(press('Enter', { shiftKey: true })).toEqual({ type: 'advance', along: 'column', back: true });
  });

  it('edits, fills, selects and undoes', () => {
    expect(press('d', { ctrlKey: true })).toEqual({ type: 'fillDown' });
    expect(press('r', { metaKey: true })).toEqual({ type: 'fillRight' });
    expect(press('a', { ctrlKey: true })).toEqual({ type: 'selectAll' });
    expect(press('z', { ctrlKey: true })).toEqual({ type: 'undo' });
    expect(press('Z', { ctrlKey: true, shiftKey: true })).toEqual({ type: 'redo' });
    expect(press('y', { ctrlKey: true })).toEqual({ type: 'redo' });
    expect(press('Delete')).toEqual({ type: 'clear' });
    expect(press('本')).toEqual({ type: 'edit', text: '本' });
    expect(press('F2')).toEqual({ type: 'edit', text: null });
  });

  it('leaves to the browser and the page what is theirs', () => {
    expect(press('c', { ctrlKey: true })).toBeNull();
    expect(press('k', { ctrlKey: true })).toBeNull();
    expect(press('?')).toBeNull();
    expect(press('/')).toBeNull();
    expect(press('F5')).toBeNull();
    expect(press('x', { altKey: true })).toBeNull();
  });

  it('tells the help which keys set a symbol', () => {
    expect(symbolKeys(symbols).get('○')).toEqual(['1', 'o']);
    expect(symbolKeys(symbols).get('休')).toEqual(['7']);
  });
});
