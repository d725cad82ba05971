import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

import { useErrorWords } from '@/app/ui/errorWords';
import type { Outcome } from '@/realtime/outbox/outcomes';

import { below } from './leaves';
import type { Refusal } from './RowForm';

/** Keys under which a request carries the row itself: the server names them, a form does not. */
const WRAPPERS = /^(changes|group|limit|rule|config|assignment)\./;

/** What the server has against a change, by the path of the field; what is about no field stands below the form. */
export function refusalOf(outcome: Outcome, words: (error: unknown) => string, language: string): Refusal {
  return outcome.kind === 'refused' ? fieldProblems(outcome.error, words, language) : null;
}

/** The same of any error that carries `details`. */
export function fieldProblems(error: unknown, words: (error: unknown) => string, language: string): NonNullable<Refusal> {
  const { code, details: english, detailsJa } = (error ?? {}) as Readonly<Record<'code' | 'details' | 'detailsJa', unknown>>;
  const details = language === 'ja' ? (detailsJa ?? english) : english;
  // Others were first: that is about no field, and its details are no problems of fields.
  const found = code === 'conflict' || typeof details !== 'object' ? [] : [...problems(details ?? {})];
  return found.length === 0 ? { '': words(error) } : Object.fromEntries(found);
}

/** The error of a list's entry is shown at the list, since entries have no field of their own. */
const fieldOf = (path: string) => path.replace(WRAPPERS, '').replace(/\[\d+\].*$/, '');

function* problems(details: object, above = ''): Generator<readonly [string, string]> {
  for (const [key, value] of Object.entries(details) as [string, unknown][]) {
    const path = below(above, key);
    const texts = Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
    if (texts.length > 0) yield [fieldOf(path), texts.join(' ')];
    else if (value && typeof value === 'object') yield* problems(value, path);
    else yield [fieldOf(path), String(value)];
  }
}

/** The same in the language of the page. */
export function useRefusal(): (outcome: Outcome) => Refusal {
  const words = useErrorWords();
  const { language } = useTranslation().i18n;
  return useCallback((outcome) => refusalOf(outcome, words, language), [words, language]);
}
