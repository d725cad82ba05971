/** What a key press says, whatever the keyboard's layout and input method. */

export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'isComposing'> & { readonly keyCode?: number };

/** What browsers call a key that an input method has taken: Safari gives no other sign of the Enter that ends a composition. */
const TAKEN = 229;

/** Whether the key belongs to an input method, which will deliver the text itself. */
export const isTaken = ({ key, isComposing, keyCode }: Pressed): boolean => isComposing || keyCode === TAKEN || key === 'Process';

/** The character of a key, full-width ones as their plain form; the name of a key that has none. */
export function characterOf({ key }: Pick<Pressed, 'key'>): string {
  const plain = Array.from(key).length === 1 ? key.normalize('NFKC') : key;
  // A few characters come apart into several (the dot of Option+H).
  return Array.from(plain).length === 1 ? plain : key;
}

/**
 * The key of a shortcut: what it writes where that is Latin, else what stands in its place on a Latin keyboard (я, and ¬ of
 * Option+L, are on Z and L).
 */
export function shortcutOf(pressed: Pressed): string {
  const character = characterOf(pressed);
  const isNamed = Array.from(character).length > 1 && character !== 'Dead' && character !== 'Unidentified' && character !== 'Process';
  if (isNamed) return character;
  if (/^[ -~]$/.test(character)) return character.toLowerCase();
  return onLatinKeyboard(pressed.code) ?? character;
}

const PLACES: Readonly<Record<string, string>> = { Slash: '/', Space: ' ' };

function onLatinKeyboard(code: string): string | undefined {
  return /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(code)?.[1]?.toLowerCase() ?? PLACES[code];
}

/** The grid has an input that waits for what is typed: one types only once it holds something. */
export const WAITING = 'data-waiting';

/** Whether keys pressed there write text. */
export const writesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest(`input:not([${WAITING}]), textarea, select, [contenteditable]`) !== null;
