import type { CellRef, Day, Person, StaffId } from './model';
import type { Position, Range } from './range';

/** The rows in the order in which they are shown, after filter and grouping. */

export interface GroupItem {
  readonly kind: 'group';
  readonly key: string;
  readonly label: string;
  readonly count: number;
}

export interface PersonItem {
  readonly kind: 'person';
  readonly person: Person;
}

export type Item = GroupItem | PersonItem;

export interface Grouping {
  /** The key and the label of a person's group. */
  of(person: Person): { readonly key: string; readonly label: string };
}

/**
 * `items` is what is drawn, heads of groups among the people; everything that has cells is counted in `people` only, so
 * that ranges, fills and pastes pass over the heads.
 */
export interface Layout {
  readonly items: readonly Item[];
  readonly people: readonly Person[];
  readonly days: readonly Day[];
  /** By index in `people`: index in `items`. */
  readonly itemOf: readonly number[];
  /** Indexes in `items` of the heads of groups. */
  readonly headsAt: readonly number[];
  readonly rowOf: ReadonlyMap<StaffId, number>;
  readonly colOf: ReadonlyMap<string, number>;
}

export function makeLayout(people: readonly Person[], days: readonly Day[], grouping: Grouping | null): Layout {
  const items = grouping === null ? people.map(asItem) : grouped(people, grouping);
  const itemOf = items.flatMap((item, index) => (item.kind === 'person' ? [index] : []));
  const headsAt = items.flatMap((item, index) => (item.kind === 'group' ? [index] : []));
  const shown = items.flatMap((item) => (item.kind === 'person' ? [item.person] : []));
  const rowOf = new Map(shown.map((person, row) => [person.id, row]));
  return { items, people: shown, days, itemOf, headsAt, rowOf, colOf: new Map(days.map((day, col) => [day.dateKey, col])) };
}

const asItem = (person: Person): PersonItem => ({ kind: 'person', person });

/** Groups are in the order of their first members. */
function grouped(people: readonly Person[], grouping: Grouping): Item[] {
  const groups = new Map<string, { label: string; members: Person[] }>();
  for (const person of people) {
    const { key, label } = grouping.of(person);
    const group = groups.get(key) ?? { label, members: [] };
    group.members.push(person);
    groups.set(key, group);
  }
  return [...groups].flatMap(([key, { label, members }]) => [
    { kind: 'group' as const, key, label, count: members.length },
    ...members.map(asItem),
  ]);
}

/** Keeps those whose name, position, status, or what is `also` said of them, holds every word of `query`. */
export function matching(people: readonly Person[], query: string, also: (person: Person) => string = () => ''): readonly Person[] {
  const words = query.normalize('NFKC').toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return people;
  return people.filter((person) => {
    const text = `${person.name} ${person.position} ${person.status} ${also(person)}`.normalize('NFKC').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export const isSame = (a: CellRef, b: CellRef): boolean => a.staffId === b.staffId && a.dateKey === b.dateKey;

export function positionOf(layout: Layout, cell: CellRef): Position | null {
  const row = layout.rowOf.get(cell.staffId);
  const col = layout.colOf.get(cell.dateKey);
  return row === undefined || col === undefined ? null : { row, col };
}

/** The cell at a position; null outside. */
export function cellAt(layout: Layout, { row, col }: Position): CellRef | null {
  const person = layout.people[row];
  const day = layout.days[col];
  return person !== undefined && day !== undefined ? { staffId: person.id, dateKey: day.dateKey } : null;
}

/** The rectangle of everything, or null when there is nothing. */
export function everything(layout: Layout): Range | null {
  return layout.people.length === 0 || layout.days.length === 0
    ? null
    : { top: 0, left: 0, bottom: layout.people.length - 1, right: layout.days.length - 1 };
}

/** The rectangle of the same people and days in another layout; null where they do not lie together there as they did. */
export function carried(range: Range, from: Layout, to: Layout): Range | null {
  if (from === to) return range;
  const first = cellAt(from, { row: range.top, col: range.left });
  const at = first === null ? null : positionOf(to, first);
  if (at === null) return null;
  const moved = { top: at.row, left: at.col, bottom: at.row + range.bottom - range.top, right: at.col + range.right - range.left };
  return idsOf(from, range) === idsOf(to, moved) ? moved : null;
}

const idsOf = ({ people, days }: Layout, { top, bottom, left, right }: Range): string =>
  [...people.slice(top, bottom + 1).map(({ id }) => id), ...days.slice(left, right + 1).map(({ dateKey }) => dateKey)].join();
