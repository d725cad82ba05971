/** The people of a day, in the order in which a manager asks for them. */

import type { Person, ShiftSymbol } from '@/grid/model';
import { isWorking } from '@/grid/totals';

import type { Shift } from '../mine/shifts';

export interface OnDay {
  readonly person: Person;
  readonly shift: Shift;
}

export interface Section {
  readonly key: string;
  /** Null: those who do not work. */
  readonly label: string | null;
  readonly people: readonly OnDay[];
  readonly working: number;
}

/** What begins early stands first, as the day goes. */
const KINDS: readonly ShiftSymbol['kind'][] = ['early', 'normal', 'special', 'late'];

const works = ({ shift }: OnDay) => isWorking(shift.duty);

function begins({ shift }: OnDay): string {
  const place = KINDS.findIndex((kind) => kind === shift.duty);
  return `${shift.hours?.start ?? '99:99'} ${place < 0 ? KINDS.length : place} ${shift.label}`;
}

function section(key: string, label: string | null, people: readonly OnDay[]): Section {
  return { key, label, people, working: people.filter(works).length };
}

/** Those who work, one section for each shift; behind them those who do not. */
export function byShift(people: readonly OnDay[]): Section[] {
  const working = people.filter(works);
  const starts = [...new Set(working.map(begins))].sort();
  const shifts = starts.map((start) => {
    const those = working.filter((each) => begins(each) === start);
    return section(start, those[0]?.shift.label ?? '', those);
  });
  const rest = people.filter((each) => !works(each));
  return rest.length === 0 ? shifts : [...shifts, section('rest', null, rest)];
}

/** One section for each group, in the order of the groups; who works stands first in it. `without`: what those are called who are in none. */
export function byGroup(people: readonly OnDay[], groups: readonly { readonly id: string; readonly name: string }[], without: string): Section[] {
  const known = new Set(groups.map(({ id }) => id));
  const groupOf = ({ person }: OnDay) => person.groupIds.find((id) => known.has(id)) ?? '';
  return [...groups, { id: '', name: without }].flatMap(({ id, name }) => {
    const those = people.filter((each) => groupOf(each) === id);
    const ordered = [...those.filter(works), ...those.filter((each) => !works(each))];
    return those.length === 0 ? [] : [section(id, name, ordered)];
  });
}
