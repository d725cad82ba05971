import { describe, expect, it } from 'vitest';

import { en } from './app.en';
import { ja } from './app.ja';
import { dayEn } from './day.en';
import { dayJa } from './day.ja';
import { dialogsEn } from './dialogs.en';
import { dialogsJa } from './dialogs.ja';
import { listsEn } from './lists.en';
import { listsJa } from './lists.ja';
import { noticesEn } from './notices.en';
import { noticesJa } from './notices.ja';
import { peopleEn } from './people.en';
import { peopleJa } from './people.ja';
import { questionsEn } from './questions.en';
import { questionsJa } from './questions.ja';
import { swapsEn } from './swaps.en';
import { swapsJa } from './swaps.ja';
import { tokensEn } from './tokens.en';
import { tokensJa } from './tokens.ja';
import { wayEn } from './way.en';
import { wayJa } from './way.ja';
import { wishesEn } from './wishes.en';
import { wishesJa } from './wishes.ja';

function leaves(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? leaves(value, `${path}${key}.`) : [[`${path}${key}`, String(value)] as [string, string]],
  );
}

const blanks = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe.each([
  ['app', ja, en],
  ['day', dayJa, dayEn],
  ['dialogs', dialogsJa, dialogsEn],
  ['lists', listsJa, listsEn],
  ['notices', noticesJa, noticesEn],
  ['people', peopleJa, peopleEn],
  ['questions', questionsJa, questionsEn],
  ['swaps', swapsJa, swapsEn],
  ['tokens', tokensJa, tokensEn],
  ['way', wayJa, wayEn],
  ['wishes', wishesJa, wishesEn],
])('%s', (_, japanese, english) => {
  const other = new Map(leaves(english));
  const isForOne = (key: string) => key.endsWith('_one');

  it('says everything in both languages', () => {
    expect(leaves(japanese).map(([key]) => key)).toEqual([...other.keys()].filter((key) => !isForOne(key)));
    expect([...other.values(), ...leaves(japanese).map(([, text]) => text)].every((text) => text.trim() !== '')).toBe(true);
  });

  it('fills in the same things in both', () => {
    for (const [key, text] of leaves(japanese)) expect([key, blanks(text)]).toEqual([key, blanks(other.get(key) ?? '')]);
  });

  it('counts one thing as one', () => {
    const counted = [...other].filter(([, text]) => /\{\{count\}\} (?:\w+ )*?(?:\w+s|people)\b/.test(text)).map(([key]) => key);
    expect(counted.filter((key) => !key.endsWith('_other') && !isForOne(key))).toEqual([]);
    for (const key of other.keys()) if (key.endsWith('_other')) expect(other.has(key.replace(/_other$/, '_one')), key).toBe(true);
  });

  it('has no Japanese left in the English words', () => {
    expect(leaves(english).filter(([, text]) => /[ぁ-んァ-ヶ一-龠]/u.test(text))).toEqual([]);
  });
});
