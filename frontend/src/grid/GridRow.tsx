import { memo, useSyncExternalStore } from 'react';

import { cellId, type GridView, useGridState, useGridView, useProblems } from './GridContext';
import type { Columns } from './geometry';
import { type AvailabilityMark, type Day, Mark, type Person, type RowState, type WishMark } from './model';
import { resolve } from './selection';
import { dutyOn, monthStanding, personTotals } from './totals';
import { availabilitySign, saidOf, spoken, standingClass, wishSign } from './words';

interface Props {
  readonly person: Person;
  /** Index among the people. */
  readonly row: number;
  /** Index among what is drawn. */
  readonly item: number;
  readonly top: number;
  readonly columns: Columns;
  readonly days: readonly Day[];
}

/** One person. Renders only when this person's cells change. */
export const GridRow = memo(function GridRow({ person, row, item, top, columns, days }: Props) {
  const view = useGridView();
  const { source } = view.grid;
  const state = useSyncExternalStore(
    (listener) => source.subscribeRow(person.id, listener),
    () => source.getRow(person.id),
  );
  const { colWidth } = view.metrics;
  return (
    <div role="row" aria-rowindex={item + 2} className="ss-row" style={{ top }}>
      <RowName person={person} row={row} view={view} />
      {columns.from > 0 && <i className="ss-gap" style={{ width: columns.from * colWidth }} />}
      {days.slice(columns.from, columns.to).map((day, index) => cell(view, person, day, columns.from + index, state))}
      {columns.to < days.length && <i className="ss-gap" style={{ width: (days.length - columns.to) * colWidth }} />}
      <Sums person={person} values={state.values} view={view} />
    </div>
  );
});

function cell(view: GridView, person: Person, day: Day, col: number, state: RowState) {
  const value = state.values[col] ?? '';
  const marks = state.marks[col] ?? Mark.none;
  const duty = dutyOn(col, value, person, view.symbols);
  const covers = (marks & Mark.covering) === 0 ? null : coveredName(view, person, day);
  const ref = { staffId: person.id, dateKey: day.dateKey };
  const wish = (marks & Mark.wished) === 0 ? null : (view.grid.source.wishAt?.(ref) ?? null);
  const available = (marks & Mark.unavailable) === 0 ? null : (view.grid.source.availabilityAt?.(ref) ?? null);
  const sign = signOf(wish, available);
  const meaning = view.symbols.get(value)?.label ?? (value === '' ? view.words.duty(duty, day.closed) : value);
  return (
    <div
      key={col}
      id={cellId(view.id, { staffId: person.id, dateKey: day.dateKey })}
      role="gridcell"
      aria-colindex={col + 2}
      aria-label={spoken(person, view.dayNames[col] ?? '', meaning, marks, besides(covers, wish, available, view), view.words)}
      className={cellClass(value, duty, marks)}
      data-covers={covers === null ? undefined : `${sign ?? ''}${covers}`}
      data-wish={sign}
      title={available === null ? undefined : view.words.available(available)}
    >
      {value}
    </div>
  );
}

const NOTHING: readonly string[] = [];

/** What stands in the corner, beside what the cell holds. */
function signOf(wish: WishMark | null, available: AvailabilityMark | null): string | undefined {
  if (wish === null && available === null) return undefined;
  return `${wish === null ? '' : wishSign(wish)}${available === null ? '' : availabilitySign(available)}`;
}

function besides(covers: string | null, wish: WishMark | null, available: AvailabilityMark | null, { words }: GridView): readonly string[] {
  if (covers === null && wish === null && available === null) return NOTHING;
  return [
    ...(covers === null ? [] : [words.covers(covers)]),
    ...(wish === null ? [] : [words.wish(wish)]),
    ...(available === null ? [] : [words.available(available)]),
  ];
}

function coveredName(view: GridView, person: Person, day: Day): string | null {
  const groupId = view.grid.source.coveredAt({ staffId: person.id, dateKey: day.dateKey });
  return groupId === null ? null : (view.groups.get(groupId) ?? null);
}

/** Whether even small print may not fit the narrowest cell. Only such cells are clipped, since each clip costs as much as the text. */
const isLong = (value: string) => value.length > 3 || /[^\x20-\x7e]{3}/u.test(value);

const MARKS = [
  [Mark.locked, 'locked'],
  [Mark.waiting, 'waiting'],
  [Mark.soft, 'soft'],
  [Mark.hard, 'hard'],
  [Mark.changed, 'changed'],
  [Mark.covering, 'covering'],
  [Mark.overridden, 'overridden'],
  [Mark.wished, 'wished'],
  [Mark.unavailable, 'unavailable'],
] as const;

function cellClass(value: string, duty: string, marks: number): string {
  const text = value.length > 1 ? (isLong(value) ? ' ss-text ss-long' : ' ss-text') : '';
  const base = `ss-cell ss-${value === '' || duty === 'absent' ? `blank-${duty}` : duty}${text}`;
  if (marks === Mark.none) return base;
  return `${base} ss-marked${MARKS.map(([bit, name]) => ((marks & bit) === 0 ? '' : ` ss-is-${name}`)).join('')}`;
}

interface NameProps {
  readonly person: Person;
  readonly row: number;
  readonly view: GridView;
}

const RowName = memo(function RowName({ person, row, view }: NameProps) {
  const selected = useGridState(view.grid, ({ selection, layout }) => {
    const range = resolve(selection, layout)?.range;
    return range !== undefined && row >= range.top && row <= range.bottom;
  });
  const wrong = useProblems().people.has(person.id);
  return (
    <div role="rowheader" aria-colindex={1} className={`ss-name${selected ? ' ss-on' : ''}${wrong ? ' ss-wrong' : ''}`} data-row={row}>
      <span className="ss-name-text" title={person.name}>
        {person.name}
        {wrong && <span className="ss-sr">, {view.words.marks.hard}</span>}
      </span>
      <span className="ss-name-note">{person.position}</span>
    </div>
  );
});

interface SumsProps {
  readonly person: Person;
  readonly values: RowState['values'];
  readonly view: GridView;
}

/** Days off and days of work, against the month's limits. */
const Sums = memo(function Sums({ person, values, view }: SumsProps) {
  const { offEquivalent, working } = personTotals(values, person, view.symbols);
  return (
    <div role="gridcell" aria-colindex={view.grid.extent.cols + 2} className="ss-sum">
      <Sum counts="off" value={offEquivalent} person={person} values={values} view={view} />
      <Sum counts="working" value={working} person={person} values={values} view={view} />
    </div>
  );
});

interface SumProps extends SumsProps {
  readonly counts: 'off' | 'working';
  readonly value: number;
}

function Sum({ counts, value, person, values, view }: SumProps) {
  const standing = monthStanding(counts, values, person, view.symbols);
  const said = saidOf(standing, view.words);
  return (
    <span className={`ss-sum-${counts} ${standingClass(standing)}`} title={said}>
      {value}
      {said !== undefined && <span className="ss-sr"> {said}</span>}
    </span>
  );
}
