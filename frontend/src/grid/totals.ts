import type { Bounds, Person, ShiftKind, ShiftSymbol } from './model';

/** What a cell comes to: somebody works normally, early, late or specially, is off, or is not scheduled at all. */
export type Duty = ShiftKind | 'free';

export interface DayTotals {
  readonly working: number;
  readonly early: number;
  readonly late: number;
  readonly off: number;
}

export interface PersonTotals extends DayTotals {
  /** Days off in off-equivalents: what the month's limits count. */
  readonly offEquivalent: number;
}

export type Standing = 'unbounded' | 'within' | 'below' | 'above';

export type Symbols = ReadonlyMap<string, ShiftSymbol>;

export const symbolsOf = (symbols: readonly ShiftSymbol[]): Symbols => new Map(symbols.map((each) => [each.symbol, each]));

/** Free text is work of a special kind: somebody was told where to be. */
export function dutyOf(value: string, person: Pick<Person, 'blankMeans'>, symbols: Symbols): Duty {
  if (value === '') return person.blankMeans === 'work' ? 'normal' : 'free';
  return symbols.get(value)?.kind ?? 'special';
}

export const isOff = (duty: Duty) => duty === 'off' || duty === 'designated_off';
export const isWorking = (duty: Duty) => duty !== 'free' && !isOff(duty);

/** Adds up duties, whether of a day or of a person. */
export function addUp(duties: Iterable<Duty>): DayTotals {
  const totals = { working: 0, early: 0, late: 0, off: 0 };
  for (const duty of duties) {
    if (isOff(duty)) totals.off += 1;
    else if (duty !== 'free') totals.working += 1;
    if (duty === 'early' || duty === 'late') totals[duty] += 1;
  }
  return totals;
}

export function personTotals(values: readonly string[], person: Person, symbols: Symbols): PersonTotals {
  const totals = addUp(values.map((value) => dutyOf(value, person, symbols)));
  const offEquivalent = values.reduce((sum, value) => sum + (symbols.get(value)?.offEquivalent ?? 0), 0);
  return { ...totals, offEquivalent };
}

export interface CountedRow {
  readonly person: Person;
  readonly values: readonly string[];
}

/** The totals of every day over `rows`. */
export function dayTotals(rows: readonly CountedRow[], days: number, symbols: Symbols): DayTotals[] {
  const totals = Array.from({ length: days }, () => ({ working: 0, early: 0, late: 0, off: 0 }));
  for (const { person, values } of rows) {
    totals.forEach((total, day) => count(total, dutyOf(values[day] ?? '', person, symbols)));
  }
  return totals;
}

function count(total: { working: number; early: number; late: number; off: number }, duty: Duty) {
  if (isOff(duty)) total.off += 1;
  else if (duty !== 'free') total.working += 1;
  if (duty === 'early' || duty === 'late') total[duty] += 1;
}

export function standing(value: number, bounds: Bounds | undefined): Standing {
  if (bounds === undefined || (bounds.min === null && bounds.max === null)) return 'unbounded';
  if (bounds.min !== null && value < bounds.min) return 'below';
  return bounds.max !== null && value > bounds.max ? 'above' : 'within';
}

/** The tighter of two bounds on both sides. */
export function tighter(a: Bounds, b: Bounds): Bounds {
  return { min: tightest(Math.max, a.min, b.min), max: tightest(Math.min, a.max, b.max) };
}

function tightest(pick: (...values: number[]) => number, a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : pick(a, b);
}
