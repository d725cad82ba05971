import { expect, it } from 'vitest';

import { Speller } from './spelling';
import cases from './spelling.cases.json';

/** The same cases hold the server's speller (`tests/unit/schedules/test_spelling.py`). */

it.each(cases.typed)('spells $typed among the usual shift types as the server does', ({ typed, stored }) => {
  expect(new Speller(cases.usual).spell(typed)).toBe(stored);
});

it.each(cases.own)('spells $typed among $symbols as the server does', ({ symbols, typed, stored }) => {
  expect(new Speller(symbols.map((symbol) => ({ symbol }))).spell(typed)).toBe(stored);
});

it.each(cases.renamed)('spells $typed where types answer to the symbols that they had, as the server does', ({ typed, stored }) => {
  expect(new Speller(cases.namedAnew).spell(typed)).toBe(stored);
});

it('takes a word of two types for text', () => {
  const speller = new Speller([
    { symbol: 'A', words: ['研修'] },
    { symbol: 'B', words: ['研修'] },
  ]);
  expect(speller.spell('研修')).toBe('研修');
});
