import { INVISIBLE, LOOKALIKES, NEVER_SEEN } from './spelling.gen';

/** What somebody meant who typed something into a cell: the server's guesses in its order, over its table, so that it shows at once. */

/** A shift type as far as spelling is concerned; `words` are its labels and its aliases. */
export interface Spelled {
  readonly symbol: string;
  readonly words?: readonly string[];
}

const INVISIBLES = new RegExp(`[${INVISIBLE}]`, 'gu');
const NEVER = new RegExp(`[${NEVER_SEEN}]`, 'gu');
const FOLDED: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOKALIKES).flatMap(([meant, others]) => Array.from(others, (other): [string, string] => [other, meant])),
);

const tidy = (text: string) => text.replace(NEVER, '').replace(/\s+/gu, ' ').trim();
/** Text that means no symbol, as it is stored. */
const kept = (text: string) => text.replace(/^[\t\r\n]+|[\t\r\n]+$/gu, '').replace(NEVER, '').replace(/[\t\r\n]+/gu, ' ');
const wide = (text: string) => text.replace(INVISIBLES, '').normalize('NFKC').trim();
const word = (text: string) => wide(text).replace(/\s+/gu, '').toUpperCase().toLowerCase().replaceAll('ς', 'σ');
const folded = (text: string) => Array.from(text, (each) => FOLDED.get(each) ?? each).join('');
const shape = (text: string) => folded(wide(folded(text.replace(INVISIBLES, ''))));

type Fold = (text: string) => string;

/** What each folded text means, where that is one symbol only, or is one itself. */
function meanings(fold: Fold, pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const found = new Map<string, Set<string>>();
  for (const [text, symbol] of pairs) {
    const key = fold(text);
    found.set(key, (found.get(key) ?? new Set()).add(symbol));
  }
  const unique = new Map<string, string>();
  for (const [key, symbols] of found) {
    const [first = ''] = symbols;
    if (symbols.has(key)) unique.set(key, key);
    else if (symbols.size === 1) unique.set(key, first);
  }
  return unique;
}

/** Spells values as one restaurant does. */
export class Speller {
  private readonly symbols: ReadonlySet<string>;
  private readonly guesses: readonly (readonly [Fold, ReadonlyMap<string, string>])[];

  constructor(types: readonly Spelled[]) {
    this.symbols = new Set(types.map(({ symbol }) => symbol));
    const bySymbol = types.map(({ symbol }) => [symbol, symbol] as const);
    const words = types.flatMap(({ symbol, words: own = [] }) => own.map((text) => [text, symbol] as const));
    this.guesses = [
      [wide, meanings(wide, bySymbol)],
      [word, meanings(word, words)],
      [word, meanings(word, bySymbol)],
      [shape, meanings(shape, bySymbol)],
      [shape, meanings(shape, words)],
    ];
  }

  /** The value that is stored for what was typed. */
  spell(typed: string): string {
    if (typed === '' || this.symbols.has(typed)) return typed;
    const text = tidy(typed);
    if (this.symbols.has(text)) return text;
    for (const [fold, known] of this.guesses) {
      const key = fold(text);
      const meant = key === '' ? undefined : known.get(key);
      if (meant !== undefined) return meant;
    }
    return kept(typed);
  }
}
