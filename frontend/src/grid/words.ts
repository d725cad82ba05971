import { type Day, Mark, type Person } from './model';
import type { Duty } from './totals';

/** What the grid says; the page brings the language. */
export interface GridWords {
  readonly table: string;
  readonly people: (count: number) => string;
  readonly sums: { readonly off: string; readonly work: string; readonly offLong: string; readonly workLong: string };
  readonly totals: Readonly<Record<'working' | 'early' | 'late' | 'off', string>>;
  readonly below: (min: number) => string;
  readonly above: (max: number) => string;
  readonly duty: (duty: Duty) => string;
  readonly marks: Readonly<Record<'locked' | 'waiting' | 'soft' | 'hard' | 'changed' | 'covering', string>>;
  readonly closed: string;
  readonly holidayShort: string;
  readonly today: string;
  readonly openRule: string;
  readonly hard: string;
  readonly soft: string;
  readonly edit: (name: string) => string;
  readonly selected: (count: number) => string;
  /** A day as the head of its column shows it, and as it is spoken. */
  readonly dayShort: (day: Day, first: boolean) => string;
  readonly weekday: (day: Day) => string;
  readonly dayLong: (day: Day) => string;
}

const BITS = ['locked', 'waiting', 'soft', 'hard', 'changed', 'covering'] as const;

/** "田中, 5 August: off, locked". */
export function spoken(person: Person, day: string, meaning: string, marks: number, words: GridWords): string {
  const said = marks === 0 ? [] : BITS.filter((bit) => (marks & Mark[bit]) !== 0).map((bit) => words.marks[bit]);
  return [`${person.name}, ${day}: ${meaning}`, ...said].join(', ');
}
