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

  it('leaves to an input method what it has taken', () => {
    expect(press('Process', { code: 'KeyX' })).toBeNull();
    expect(press('x', { isComposing: true })).toBeNull();
    // All that Safari says of the Enter that has just ended a composition.
    expect(press('Enter', { keyCode: 229 })).toBeNull();
    expect(press('y', { keyCode: 229, code: 'KeyY' })).toBeNull();
  });

  it('goes by the place of a key where its character is none of a shortcut', () => {
    expect(press('¬', { altKey: true, code: 'KeyL' })).toEqual({ type: 'lock' });
    expect(press('˙', { altKey: true, code: 'KeyH' })).toEqual({ type: 'history' });
    expect(press('Dead', { altKey: true, code: 'KeyL' })).toEqual({ type: 'lock' });
    expect(press('я', { ctrlKey: true, code: 'KeyZ' })).toEqual({ type: 'undo' });
    expect(press('Я', { ctrlKey: true, shiftKey: true, code: 'KeyZ' })).toEqual({ type: 'redo' });
    expect(press('ａ', { ctrlKey: true, code: 'KeyA' })).toEqual({ type: 'selectAll' });
    // A Latin layout of another order: what it writes counts, not the place.
    expect(press('z', { ctrlKey: true, code: 'KeyW' })).toEqual({ type: 'undo' });
    expect(press('1', { code: 'Numpad1' })).toEqual({ type: 'set', value: '○' });
    expect(press('１', { code: 'Numpad1' })).toEqual({ type: 'set', value: '○' });
    expect(press('０', { code: 'Numpad0' })).toEqual({ type: 'clear' });
    expect(press('？', { shiftKey: true, code: 'Slash' })).toBeNull();
  });

  it('takes AltGr for writing', () => {
    expect(press('ł', { altKey: true, ctrlKey: true, code: 'KeyL' })).toEqual({ type: 'edit', text: 'ł' });
    expect(press('l', { altKey: true, ctrlKey: true, code: 'KeyL' })).toBeNull();
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
