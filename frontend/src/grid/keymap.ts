import { characterOf, isTaken, type Pressed, shortcutOf } from './keys';
import type { ShiftSymbol } from './model';

/** What the keys mean. The grid does nothing by key that is not here, so that `?` can show all of it. */

export type Direction = 'up' | 'down' | 'left' | 'right';
export type Reach = 'cell' | 'edge' | 'page' | 'corner';

export type Command =
  | { readonly type: 'move'; readonly direction: Direction; readonly reach: Reach; readonly extend: boolean }
  | { readonly type: 'advance'; readonly along: 'row' | 'column'; readonly back: boolean }
  | { readonly type: 'set'; readonly value: string }
  | { readonly type: 'edit'; readonly text: string | null }
  | { readonly type: 'problem'; readonly back: boolean }
  | {
      readonly type:
        | 'clear'
        | 'fillDown'
        | 'fillRight'
        | 'selectAll'
        | 'selectRow'
        | 'selectColumn'
        | 'undo'
        | 'redo'
        | 'cancel'
        | 'menu'
        | 'lock'
        | 'history';
    };

export type Key = Pressed & Pick<KeyboardEvent, 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Letters for the symbols that every restaurant has; its own come after them by number. */
const LETTERS: Readonly<Record<string, string>> = { o: '○', t: '△', d: '◇', x: '×', '*': '★', s: '●' };

/** The keys that set each symbol: number first, then its letter. */
export function symbolKeys(symbols: readonly ShiftSymbol[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    symbols.map(({ symbol }, index) => {
      const number = index < 9 ? [String(index + 1)] : [];
      return [symbol, [...number, ...Object.keys(LETTERS).filter((letter) => LETTERS[letter] === symbol)]];
    }),
  );
}

export type Keymap = ReadonlyMap<string, string>;

/** From key to the symbol that it sets. */
export function keymapOf(symbols: readonly ShiftSymbol[]): Keymap {
  const keys = [...symbolKeys(symbols)].flatMap(([symbol, each]) => each.map((key) => [key, symbol] as const));
  return new Map([...keys, ...symbols.map(({ symbol }) => [symbol, symbol] as const)]);
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** The command of a key press, or null where the browser or an input method should have it. */
export function commandOf(event: Key, keymap: Keymap): Command | null {
  if (isTaken(event)) return null;
  const key = characterOf(event);
  // Both together are AltGr, with which some keyboards type special characters.
  if (event.altKey && event.ctrlKey) return /^[a-z0-9]$/i.test(key) ? null : typed(key, keymap);
  if (event.altKey) return withAlt(shortcutOf(event));
  if (event.ctrlKey || event.metaKey) return withControl(shortcutOf(event), event.shiftKey);
  return movement(key, event.shiftKey) ?? action(key, event.shiftKey) ?? typed(key, keymap);
}

function movement(key: string, shift: boolean): Command | null {
  const direction = ARROWS[key];
  if (direction !== undefined) return { type: 'move', direction, reach: 'cell', extend: shift };
  switch (key) {
    case 'Home':
      return { type: 'move', direction: 'left', reach: 'edge', extend: shift };
    case 'End':
      return { type: 'move', direction: 'right', reach: 'edge', extend: shift };
    case 'PageUp':
      return { type: 'move', direction: 'up', reach: 'page', extend: shift };
    case 'PageDown':
      return { type: 'move', direction: 'down', reach: 'page', extend: shift };
    case 'Tab':
      return { type: 'advance', along: 'row', back: shift };
    case 'Enter':
      return { type: 'advance', along: 'column', back: shift };
    default:
      return null;
  }
}

function action(key: string, shift: boolean): Command | null {
  switch (key) {
    case 'Delete':
    case 'Backspace':
    case '0':
      return { type: 'clear' };
    case 'F2':
      return { type: 'edit', text: null };
    case 'F8':
      return { type: 'problem', back: shift };
    case 'Escape':
      return { type: 'cancel' };
    case 'ContextMenu':
      return { type: 'menu' };
    case 'F10':
      return shift ? { type: 'menu' } : null;
    case ' ':
      return { type: shift ? 'selectRow' : 'menu' };
    default:
      return null;
  }
}

/** A key of a symbol sets it; `?` belongs to the help and `/` to the search; any other character starts free text. */
function typed(key: string, keymap: Keymap): Command | null {
  const value = symbolOf(key, keymap);
  if (value !== undefined) return { type: 'set', value };
  return Array.from(key).length === 1 && key !== '?' && key !== '/' ? { type: 'edit', text: key } : null;
}

/** The symbol that a character sets. */
export const symbolOf = (character: string, keymap: Keymap): string | undefined => keymap.get(character) ?? keymap.get(character.toLowerCase());

function withControl(key: string, shift: boolean): Command | null {
  const direction = ARROWS[key];
  if (direction !== undefined) return { type: 'move', direction, reach: 'edge', extend: shift };
  switch (key) {
    case 'Home':
      return { type: 'move', direction: 'up', reach: 'corner', extend: shift };
    case 'End':
      return { type: 'move', direction: 'down', reach: 'corner', extend: shift };
    case 'a':
      return { type: 'selectAll' };
    case ' ':
      return { type: 'selectColumn' };
    case 'd':
      return { type: 'fillDown' };
    case 'r':
      return { type: 'fillRight' };
    case 'z':
      return { type: shift ? 'redo' : 'undo' };
    case 'y':
      return { type: 'redo' };
    default:
      return null;
  }
}

function withAlt(key: string): Command | null {
  switch (key) {
    case 'l':
      return { type: 'lock' };
    case 'h':
      return { type: 'history' };
    default:
      return null;
  }
}
