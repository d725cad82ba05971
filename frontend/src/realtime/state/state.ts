/** What a client knows of a restaurant: immutable, and the same shape for what is confirmed and for what is shown. */

import type {
  Availability,
  CalendarDay,
  ClosingRule,
  ConfigVersion,
  DateKey,
  Holiday,
  Period,
  RestaurantFacts,
  ScheduleStateName,
  SettingsTables,
  ShiftType,
  ShiftValue,
  StaffMember,
  Swap,
  Wish,
  WishTerms,
} from '../protocol';
import type { PublicationFacts } from '../protocol';

/**
 * One person's month. The object changes when, and only when, something in it does, so that a row may be memoised by it.
 * `waiting` and `locked` hold column indexes: cells whose change is not confirmed yet, and cells that refuse edits.
 */
export interface GridRow {
  readonly values: readonly ShiftValue[];
  readonly waiting: ReadonlySet<number>;
  readonly locked: ReadonlySet<number>;
}

/** A backup was called to this shift for this group: it holds as long as the cell holds the shift. */
export interface Called {
  readonly groupId: string;
  readonly value: ShiftValue;
}

export interface ScheduleState {
  readonly scheduleId: string;
  readonly dates: readonly DateKey[];
  readonly columns: ReadonlyMap<DateKey, number>;
  /** By staff id; a person without a row has an empty one. */
  readonly rows: ReadonlyMap<string, GridRow>;
  readonly state: ScheduleStateName | null;
  readonly publishedAt: string | null;
  /** The backups that were called, by staff id and column. */
  readonly called?: ReadonlyMap<string, ReadonlyMap<number, Called>>;
  /** What people wish, by id; missing where nobody does. */
  readonly wishes?: ReadonlyMap<string, Wish>;
  /** Until when and how often staff may wish; missing where nothing is set. */
  readonly wishTerms?: WishTerms;
  /** The shifts that a wish of one's own can name; missing for those who edit. */
  readonly wishShifts?: readonly ShiftType[];
  /** Swaps of its shifts, by id: of those who only look their own, and the offers that they could take. Missing where there are none. */
  readonly swaps?: ReadonlyMap<string, Swap>;
  /** The month as it was published, for those who only look: they read its cells by this and nothing else. */
  readonly publication?: PublicationFacts;
  /** The names, at that time, of the groups that are covered. */
  readonly coveredGroups?: ReadonlyMap<string, string>;
}

export interface StaffState {
  readonly members: ReadonlyMap<string, StaffMember>;
  /** When people can work, week after week, by id; of those who only look their own. Missing where nothing is entered. */
  readonly availability?: ReadonlyMap<string, Availability>;
}

export interface CalendarState {
  readonly periods: readonly Period[];
  readonly days: ReadonlyMap<DateKey, CalendarDay>;
  readonly shiftTypes: readonly ShiftType[];
  /** Missing, like the holidays, in what was kept by an earlier edition of the page. */
  readonly closingRules?: readonly ClosingRule[];
  readonly holidays?: ReadonlyMap<DateKey, Holiday>;
  readonly restaurant?: RestaurantFacts;
}

/** The rows of the active config version. `versions` is empty until somebody asked for the list. */
export interface SettingsState extends SettingsTables {
  readonly version: ConfigVersion | null;
  readonly versions: readonly ConfigVersion[];
}

/** `null`: not known yet. */
export interface ReplicaState {
  readonly staff: StaffState | null;
  readonly calendar: CalendarState | null;
  readonly settings: SettingsState | null;
  readonly schedules: ReadonlyMap<string, ScheduleState>;
}

export const NOTHING: ReadonlySet<number> = new Set();

export const EMPTY_REPLICA: ReplicaState = { staff: null, calendar: null, settings: null, schedules: new Map() };

/** A part of the state that is synced as a whole: it has its own version. */
export type SliceKey = 'staff' | 'calendar' | 'settings' | `schedule:${string}`;

export const scheduleKey = (scheduleId: string): SliceKey => `schedule:${scheduleId}`;

const emptyRows = new Map<number, GridRow>();

/** The row of someone for whom nothing was entered; the same object for the same number of days. */
export function emptyRow(length: number): GridRow {
  const known = emptyRows.get(length);
  if (known !== undefined) {
    return known;
  }
  const row: GridRow = { values: Array<ShiftValue>(length).fill(''), waiting: NOTHING, locked: NOTHING };
  emptyRows.set(length, row);
  return row;
}

/** The row of `staffId`, which is empty if there is none. */
export function rowOf(schedule: ScheduleState, staffId: string): GridRow {
  return schedule.rows.get(staffId) ?? emptyRow(schedule.dates.length);
}

/** The value of one cell; blank where there is no such cell. */
export function valueAt(schedule: ScheduleState, staffId: string, dateKey: DateKey): ShiftValue {
  const column = schedule.columns.get(dateKey);
  return column === undefined ? '' : (schedule.rows.get(staffId)?.values[column] ?? '');
}

/** An empty schedule over `dates`. */
export function blankSchedule(scheduleId: string, dates: readonly DateKey[]): ScheduleState {
  const columns = new Map(dates.map((date, index) => [date, index]));
  return { scheduleId, dates, columns, rows: new Map(), state: null, publishedAt: null };
}

const sameList = (a: readonly string[], b: readonly string[]) =>
  a === b || (a.length === b.length && a.every((value, index) => value === b[index]));

const sameSet = (a: ReadonlySet<number>, b: ReadonlySet<number>) =>
  a === b || (a.size === b.size && [...a].every((value) => b.has(value)));

/** Whether two rows show the same. */
export function sameRow(a: GridRow, b: GridRow): boolean {
  return a === b || (sameList(a.values, b.values) && sameSet(a.waiting, b.waiting) && sameSet(a.locked, b.locked));
}
