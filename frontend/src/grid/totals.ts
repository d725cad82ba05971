import type { Limit, MonthLimit, Person, ShiftKind, ShiftSymbol, Span, TextMeaning } from './model';

/**
 * What a cell comes to: somebody works normally, early, late or specially, is off, or is not scheduled at all; outside the
 * employment nothing counts. `closed` is a blank on a closed day: a day off of the person's week and month, though nobody is
 * missed that day. The same as the server's rules count.
 */
export type Duty = ShiftKind | 'free' | 'absent' | 'closed' | 'note';

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

export type Symbols = ReadonlyMap<string, ShiftSymbol>;

export const symbolsOf = (symbols: readonly ShiftSymbol[]): Symbols => new Map(symbols.map((each) => [each.symbol, each]));

/** What text counts as that no shift type explains, by what the restaurant says. */
const TEXT: Readonly<Record<TextMeaning, Duty>> = { nothing: 'note', work: 'special', off: 'off' };

/** Text that no shift type explains counts nowhere, unless the restaurant says otherwise: who means a shift by it makes it an alias of one. A special symbol that counts as a day off is one. */
function dutyOf(col: number, value: string, person: Person, symbols: Symbols): Duty {
  if (value === '') return blankOn(person, col) === 'work' ? 'normal' : 'free';
  const symbol = symbols.get(value);
  if (symbol?.kind === 'special' && symbol.offEquivalent >= 1) return 'off';
  return symbol?.kind ?? TEXT[person.textCountsAs ?? 'nothing'];
}

const isIn = ({ from, to }: Span, col: number) => col >= from && col < to;
/** What a blank of a published month meant. */
const BLANKS: Readonly<Record<string, Duty>> = { w: 'normal', f: 'free', c: 'closed', '-': 'absent' };
const publishedBlank = ({ publishedBlanks }: Person, col: number): Duty | undefined =>
  publishedBlanks === undefined ? undefined : BLANKS[publishedBlanks[col] ?? '-'];

const isEmployed = (person: Person, col: number) => {
  const blank = publishedBlank(person, col);
  return blank === undefined ? person.employed === undefined || isIn(person.employed, col) : blank !== 'absent';
};

/** What a blank means on a day of the month. */
const blankOn = ({ blanks, blankMeans }: Person, col: number) => blanks?.[col] ?? blankMeans;

/** A blank on a closed day is not work: people with fixed hours have the day off. */
const isClosedRest = (col: number, value: string, person: Person) =>
  value === '' &&
  (person.publishedBlanks === undefined ? blankOn(person, col) === 'work' && person.closed?.has(col) === true : publishedBlank(person, col) === 'closed');

/** The duty of a day of the month: whatever counts cells or shows them asks here. */
export function dutyOn(col: number, value: string, person: Person, symbols: Symbols): Duty {
  if (!isEmployed(person, col)) return 'absent';
  if (isClosedRest(col, value, person)) return 'closed';
  return (value === '' ? publishedBlank(person, col) : undefined) ?? dutyOf(col, value, person, symbols);
}

export const isOff = (duty: Duty) => duty === 'off' || duty === 'designated_off';
const RESTING: readonly Duty[] = ['free', 'absent', 'closed', 'note'];
export const isWorking = (duty: Duty) => !RESTING.includes(duty) && !isOff(duty);

type Counting = { -readonly [K in keyof DayTotals]: number };
const nothing = (): Counting => ({ working: 0, early: 0, late: 0, off: 0 });

function count(totals: Counting, duty: Duty, by: 1 | -1 = 1): void {
  if (isOff(duty)) totals.off += by;
  else if (isWorking(duty)) totals.working += by;
  if (duty === 'early' || duty === 'late') totals[duty] += by;
}

/** Adds up duties, whether of a day or of a person. */
export function addUp(duties: Iterable<Duty>): DayTotals {
  const totals = nothing();
  for (const duty of duties) count(totals, duty);
  return totals;
}

function offEquivalentOn(col: number, value: string, person: Person, symbols: Symbols): number {
  if (!isEmployed(person, col)) return 0;
  if (isClosedRest(col, value, person)) return 1;
  return symbols.get(value)?.offEquivalent ?? (value !== '' && person.textCountsAs === 'off' ? 1 : 0);
}

export function personTotals(values: readonly string[], person: Person, symbols: Symbols): PersonTotals {
  const duties = values.map((value, col) => dutyOn(col, value, person, symbols));
  const totals = addUp(duties);
  const closed = duties.filter((duty) => duty === 'closed').length;
  const offEquivalent = values.reduce((sum, value, col) => sum + offEquivalentOn(col, value, person, symbols), 0);
  return { ...totals, off: totals.off + closed, offEquivalent };
}

export interface CountedRow {
  readonly person: Person;
  readonly values: readonly string[];
}

/** The totals of every day over `rows`. */
export function dayTotals(rows: readonly CountedRow[], days: number, symbols: Symbols): DayTotals[] {
  const values = new Map(rows.map((row) => [row.person, row.values]));
  return new RunningTotals([...values.keys()], days, symbols).count((person) => values.get(person) ?? []);
}

/** The totals of every day over some people; of a row that has changed only the cells that are different are counted again. */
export class RunningTotals {
  private readonly counted = new Map<Person, readonly string[]>();
  private readonly totals: Counting[];

  constructor(
    private readonly people: readonly Person[],
    days: number,
    private readonly symbols: Symbols,
  ) {
    this.totals = Array.from({ length: days }, nothing);
  }

  count(valuesOf: (person: Person) => readonly string[]): DayTotals[] {
    for (const person of this.people) {
      const values = valuesOf(person);
      const before = this.counted.get(person);
      if (before === values) continue;
      this.recount(person, before, values);
      this.counted.set(person, values);
    }
    return this.totals.map((total) => ({ ...total }));
  }

  private recount(person: Person, before: readonly string[] | undefined, values: readonly string[]): void {
    this.totals.forEach((total, col) => {
      const old = before === undefined ? undefined : (before[col] ?? '');
      const value = values[col] ?? '';
      if (old === value) return;
      if (old !== undefined) count(total, dutyOn(col, old, person, this.symbols), -1);
      count(total, dutyOn(col, value, person, this.symbols));
    });
  }
}

// Limits -----------------------------------------------------------------------------------------------------------

/** Where a number stands: the limit that it breaks, a hard one before a soft one. */
export type Standing =
  | { readonly stands: 'within' }
  | { readonly stands: 'below' | 'above'; readonly bound: number; readonly isHard: boolean };

const WITHIN: Standing = { stands: 'within' };

function judge({ min, max, isHard }: Limit, least: number, most: number): Standing {
  if (min !== null && least < min) return { stands: 'below', bound: min, isHard };
  return max !== null && most > max ? { stands: 'above', bound: max, isHard } : WITHIN;
}

const worst = (all: readonly Standing[]): Standing =>
  all.find((each) => each.stands !== 'within' && each.isHard) ?? all.find(({ stands }) => stands !== 'within') ?? WITHIN;

/** Where a number stands among limits. */
export const standing = (value: number, limits: readonly Limit[] = []): Standing =>
  worst(limits.map((limit) => judge(limit, value, value)));

/**
 * Where a person's month stands. Where a least number of days off is asked of somebody who is called by shift, each day
 * without a shift is rest; where a most is set, only what is marked as off counts.
 */
export function monthStanding(counts: MonthLimit['counts'], values: readonly string[], person: Person, symbols: Symbols): Standing {
  const own = (person.limits ?? []).filter((limit) => limit.counts === counts);
  return worst(own.map((limit) => judgeMonth(limit, values, person, symbols)));
}

function judgeMonth(limit: MonthLimit, values: readonly string[], person: Person, symbols: Symbols): Standing {
  let [counted, rest] = [0, 0];
  values.forEach((value, col) => {
    const duty = isIn(limit.days, col) ? dutyOn(col, value, person, symbols) : 'absent';
    if (duty === 'absent') return;
    if (limit.counts === 'working') counted += isWorking(duty) ? 1 : 0;
    else counted += offEquivalentOn(col, value, person, symbols);
    if (limit.counts === 'off' && duty === 'free') rest += 1;
  });
  return judge(limit, counted + rest, counted);
}
