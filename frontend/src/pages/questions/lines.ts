/** The questions as lines of a form: what is set of each, what was typed over it, and what of it is to be sent. */

import type { AnswersSet, GivenAnswers, ShiftType, StaffMember } from '@/realtime/protocol';

export const SINGLE = ['leastDaysOff', 'mostDaysOff', 'daysInARow', 'noEarlyAfterLate', 'hoursOfRest'] as const;
export type Single = (typeof SINGLE)[number];
export type Shift = 'any' | 'early' | 'late';

/** What somebody enters. `count` null: no rule; of the rule about shifts in a row any number means that there is one. */
export interface Entry {
  readonly count: number | null;
  /** On Saturdays, Sundays and public holidays; null: the same. */
  readonly weekend: number | null;
  readonly isHard: boolean;
}

export interface Line extends Entry {
  readonly key: string;
  readonly kind: Single | 'atWork' | 'daysAWeek';
  /** A position or a status; empty: everybody. */
  readonly of: string;
  readonly shift: Shift;
  /** Set by more than an answer could say: it is left to the forms. */
  readonly isRefined: boolean;
}

/** The least and the most that can be entered. The server has the same. */
export const BOUNDS: Readonly<Record<Line['kind'], readonly [number, number]>> = {
  leastDaysOff: [1, 31],
  mostDaysOff: [1, 31],
  daysInARow: [1, 31],
  noEarlyAfterLate: [0, 1],
  hoursOfRest: [1, 23],
  atWork: [0, 500],
  daysAWeek: [1, 7],
};

const BLANK = { of: '', shift: 'any', count: null, weekend: null, isHard: true, isRefined: false } as const;

function single(kind: Single, set: AnswersSet): Line {
  const found = set[kind];
  const isRefined = set.refined.includes(kind);
  if (found === null || found === undefined) return { ...BLANK, key: kind, kind, isRefined };
  return { ...BLANK, key: kind, kind, isRefined, count: 'count' in found ? found.count : 1, isHard: found.isHard ?? true };
}

const atWorkKey = (of: string, shift: Shift) => `atWork/${shift}/${of}`;

const unique = (texts: readonly string[]) => [...new Set(texts)].filter((text) => text !== '');

/** What there is to ask about. */
export interface Place {
  readonly types: readonly ShiftType[];
  readonly members: readonly StaffMember[];
}

function needs(set: AnswersSet, { types, members }: Place): Line[] {
  const has = (kind: string) => types.some((type) => type.isActive && type.kind === kind);
  const asked: [string, Shift][] = [
    ['', 'any'],
    ...(['early', 'late'] as const).filter(has).map((shift): [string, Shift] => ['', shift]),
    ...unique(members.map(({ position }) => position)).map((position): [string, Shift] => [position, 'any']),
  ];
  const lines = new Map<string, Line>(asked.map(([of, shift]) => [atWorkKey(of, shift), { ...BLANK, key: atWorkKey(of, shift), kind: 'atWork', of, shift }]));
  for (const { position = '', shiftType = 'any', count, weekendCount = null, isHard = true, isRefined } of set.atWork) {
    const key = atWorkKey(position, shiftType);
    lines.set(key, { key, kind: 'atWork', of: position, shift: shiftType, count, weekend: weekendCount, isHard, isRefined });
  }
  return [...lines.values()];
}

function weeks(set: AnswersSet, { members }: Place): Line[] {
  const statuses = unique([...members.map(({ status }) => status), ...set.daysAWeek.map(({ status }) => status)]);
  return statuses.map((status) => {
    const found = set.daysAWeek.find((each) => each.status === status);
    const { count = null, isHard = true, isRefined = false } = found ?? {};
    return { ...BLANK, key: `daysAWeek/${status}`, kind: 'daysAWeek', of: status, count, isHard, isRefined };
  });
}

/** A question that nobody can answer is asked only where it is answered: about shifts that there are not, about hours without times. */
function isSensible({ kind, count, isRefined }: Line, { types }: Place): boolean {
  const active = types.filter(({ isActive }) => isActive);
  if (count !== null || isRefined) return true;
  if (kind === 'noEarlyAfterLate') return ['early', 'late'].every((each) => active.some((type) => type.kind === each));
  return kind !== 'hoursOfRest' || active.some(({ startTime }) => startTime !== null);
}

/** The lines of the form, as they are set. */
export function linesOf(set: AnswersSet, place: Place): readonly Line[] {
  const asked = SINGLE.map((kind) => single(kind, set)).filter((line) => isSensible(line, place));
  return [...asked, ...needs(set, place), ...weeks(set, place)];
}

export type Edits = Readonly<Record<string, Entry>>;

/** Nobody at all is no rule: the server says the same. */
const isNothing = ({ count, weekend }: Entry) => count === null || (count === 0 && !weekend);

const isSame = (one: Entry, other: Entry) =>
  (isNothing(one) && isNothing(other)) || (one.count === other.count && (one.weekend ?? one.count) === (other.weekend ?? other.count) && one.isHard === other.isHard);

/** The line with what was typed over it. */
export const typedOver = (line: Line, edits: Edits): Line => (line.isRefined ? line : { ...line, ...edits[line.key] });

/** The lines that say something else than what is set. */
export const changedLines = (lines: readonly Line[], edits: Edits): readonly Line[] => lines.filter((line) => !isSame(line, typedOver(line, edits))).map((line) => typedOver(line, edits));

export const isRemoved = isNothing;

/** What is wrong with what was typed: the key of the line and the reason. */
export function problemsOf(lines: readonly Line[]): ReadonlyMap<string, 'bounds' | 'crossed'> {
  const found = new Map<string, 'bounds' | 'crossed'>();
  for (const { key, kind, count, weekend } of lines) {
    const [least, most] = BOUNDS[kind];
    const isWithin = (value: number | null) => value === null || (Number.isInteger(value) && value >= least && value <= most);
    if (!isWithin(count) || !isWithin(weekend)) found.set(key, 'bounds');
  }
  const [least, most] = (['leastDaysOff', 'mostDaysOff'] as const).map((kind) => lines.find((line) => line.kind === kind)?.count ?? null);
  if (least != null && most != null && least > most) found.set('mostDaysOff', 'crossed');
  return found;
}

/** The changed lines as the server takes them. */
export function answersOf(changed: readonly Line[]): GivenAnswers {
  const needed = changed.filter(({ kind }) => kind === 'atWork');
  const weekly = changed.filter(({ kind }) => kind === 'daysAWeek');
  const rest = changed.filter(({ kind }) => kind !== 'atWork' && kind !== 'daysAWeek');
  const told = ({ kind, count, isHard }: Line) => (count === null ? null : kind === 'noEarlyAfterLate' ? { isHard } : { count, isHard });
  return {
    ...(Object.fromEntries(rest.map((line) => [line.kind, told(line)])) as GivenAnswers),
    ...(needed.length === 0
      ? {}
      : { atWork: needed.map(({ of, shift, count, weekend, isHard }) => ({ position: of, shiftType: shift, count, weekendCount: count === null ? null : weekend, isHard })) }),
    ...(weekly.length === 0 ? {} : { daysAWeek: weekly.map(({ of, count, isHard }) => ({ status: of, count, isHard })) }),
  };
}
