import { type AvailabilityMark, type Day, Mark, type Person, type WishMark } from './model';
import type { Duty, Standing } from './totals';

/** What the grid says; the page brings the language. */
export interface GridWords {
  readonly table: string;
  readonly people: (count: number) => string;
  readonly sums: { readonly off: string; readonly work: string; readonly offLong: string; readonly workLong: string };
  readonly totals: Readonly<Record<'working' | 'early' | 'late' | 'off', string>>;
  readonly below: (min: number) => string;
  readonly above: (max: number) => string;
  readonly duty: (duty: Duty, isClosed: boolean) => string;
  readonly marks: Readonly<Record<'locked' | 'waiting' | 'soft' | 'hard' | 'changed' | 'overridden', string>>;
  readonly closed: string;
  readonly holidayShort: string;
  readonly today: string;
  readonly openRule: string;
  /** The same if the problem is text that is not a shift type. */
  readonly settleText: string;
  readonly hard: string;
  readonly soft: string;
  readonly accept: string;
  readonly accepted: string;
  readonly covers: (group: string) => string;
  readonly wish: (wish: WishMark) => string;
  readonly available: (available: AvailabilityMark) => string;
  readonly edit: (name: string) => string;
  /** Of text that was typed and set aside. */
  readonly notEntered: string;
  readonly selected: (count: number) => string;
  /** A day as the head of its column shows it, and as it is spoken. */
  readonly dayShort: (day: Day, first: boolean) => string;
  readonly weekday: (day: Day) => string;
  readonly dayLong: (day: Day) => string;
}

const BITS = ['locked', 'waiting', 'soft', 'hard', 'changed', 'overridden'] as const;

/** "田中, 5 August: off, locked". */
export function spoken(person: Person, day: string, meaning: string, marks: number, beside: readonly string[], words: GridWords): string {
  const said = marks === 0 ? [] : BITS.filter((bit) => (marks & Mark[bit]) !== 0).map((bit) => words.marks[bit]);
  return [`${person.name}, ${day}: ${meaning}`, ...beside, ...said].join(', ');
}

/** A wish as it stands in the corner of a cell. */
export function wishSign({ kind, value }: WishMark): string {
  if (kind === 'off') return '☆';
  if (kind === 'cannot') return '✕';
  return kind === 'prefer' ? `${value}?` : `≠${value}`;
}

/** When somebody can work, beside it: not at all, or at some hours. */
export const availabilitySign = ({ from, until }: AvailabilityMark): string => (from === null && until === null ? '⊘' : '◷');

/** What a number that breaks a limit has to say. */
export function saidOf(standing: Standing, words: GridWords): string | undefined {
  if (standing.stands === 'within') return undefined;
  return standing.stands === 'below' ? words.below(standing.bound) : words.above(standing.bound);
}

/** Its style: a broken soft limit is a warning, not an error. */
export const standingClass = (standing: Standing): string =>
  standing.stands === 'within' ? 'ss-within' : `ss-${standing.stands} ${standing.isHard ? 'ss-is-error' : 'ss-is-warning'}`;
