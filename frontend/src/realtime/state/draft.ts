/** Copy-on-write over the immutable state: reducers write here, and what they did not touch keeps its identity. */

import type { Cell, CellChange, CoveringCell, DateKey, ShiftValue, Swap, Wish, WishTerms } from '../protocol';
import {
  emptyRow,
  NOTHING,
  sameRow,
  scheduleKey,
  type CalendarState,
  type Called,
  type GridRow,
  type ReplicaState,
  type ScheduleState,
  type SettingsState,
  type SliceKey,
  type StaffState,
} from './state';

interface RowDraft {
  values: ShiftValue[];
  waiting: Set<number> | null;
  locked: Set<number> | null;
}

/** One schedule being written: a thousand cells cost one copy of each row they lie in. */
export class ScheduleDraft {
  readonly #base: ScheduleState;
  readonly #isWaiting: boolean;
  readonly #rows = new Map<string, RowDraft>();
  #head: Partial<Pick<ScheduleState, 'state' | 'publishedAt' | 'called' | 'wishes' | 'wishTerms' | 'swaps'>> = {};

  constructor(base: ScheduleState, isWaiting: boolean) {
    this.#base = base;
    this.#isWaiting = isWaiting;
  }

  get dates(): readonly DateKey[] {
    return this.#base.dates;
  }

  get staffIds(): Iterable<string> {
    return this.#base.rows.keys();
  }

  /** Sets one cell; a day outside the period is ignored. */
  set({ staffId, dateKey, shiftValue }: CellChange): void {
    const column = this.#base.columns.get(dateKey);
    if (column === undefined) {
      return;
    }
    const row = this.#row(staffId);
    row.values[column] = shiftValue;
    this.#mark(row, column);
  }

  /** Every cell that holds `from` holds `to`, and whoever was called with it was called with that. */
  rename(from: ShiftValue, to: ShiftValue): void {
    for (const staffId of new Set([...this.#base.rows.keys(), ...this.#rows.keys()])) {
      const row = this.#rows.get(staffId) ?? this.#base.rows.get(staffId);
      if (row?.values.includes(from)) {
        const draft = this.#row(staffId);
        draft.values = draft.values.map((value) => (value === from ? to : value));
      }
    }
    const known = this.#head.called ?? this.#base.called;
    if (known !== undefined) {
      this.#head = { ...this.#head, called: new Map([...known].map(([id, calls]) => [id, renamed(calls, from, to)])) };
    }
  }

  swap(swap: Swap): void {
    this.#head = { ...this.#head, swaps: new Map(this.#head.swaps ?? this.#base.swaps).set(swap.id, swap) };
  }

  /** Wishes that name `from`, or were taken with it, name `to`. */
  renameWished(from: ShiftValue, to: ShiftValue): void {
    const named = (value: ShiftValue) => (value === from ? to : value);
    for (const wish of (this.#head.wishes ?? this.#base.wishes)?.values() ?? []) {
      if (wish.shiftValue === from || wish.takenValue === from) {
        this.wish({ ...wish, shiftValue: named(wish.shiftValue), takenValue: named(wish.takenValue) });
      }
    }
  }

  /** Puts a wish, in place of what it was before. */
  wish(wish: Wish): void {
    this.#head = { ...this.#head, wishes: new Map(this.#head.wishes ?? this.#base.wishes).set(wish.id, wish) };
  }

  unwish(wishId: string): void {
    const wishes = new Map(this.#head.wishes ?? this.#base.wishes);
    wishes.delete(wishId);
    this.#head = { ...this.#head, wishes };
  }

  setWishTerms(wishTerms: WishTerms): void {
    this.#head = { ...this.#head, wishTerms };
  }

  /** A wish of the schedule, as it is now. */
  wishOf(wishId: string): Wish | undefined {
    return (this.#head.wishes ?? this.#base.wishes)?.get(wishId);
  }

  lock({ staffId, dateKey }: Cell, isLocked: boolean): void {
    const column = this.#base.columns.get(dateKey);
    if (column === undefined) {
      return;
    }
    const row = this.#row(staffId);
    row.locked ??= new Set(this.#base.rows.get(staffId)?.locked);
    row.locked[isLocked ? 'add' : 'delete'](column);
    this.#mark(row, column);
  }

  publish(head: Pick<ScheduleState, 'state' | 'publishedAt'>): void {
    this.#head = { ...this.#head, ...head };
  }

  /** Backups stand in for the groups from now on, with the shift that the cell holds; of the other `cells` none does. */
  call(cells: readonly Cell[], covering: readonly CoveringCell[]): void {
    const called = new Map(this.#head.called ?? this.#base.called);
    const replace = ({ staffId, dateKey }: Cell, groupId: string | null) => {
      const column = this.#base.columns.get(dateKey);
      if (column === undefined) {
        return;
      }
      const row = new Map(called.get(staffId));
      const value = (this.#rows.get(staffId) ?? this.#base.rows.get(staffId))?.values[column] ?? '';
      row.delete(column);
      called.set(staffId, groupId === null ? row : row.set(column, { groupId, value }));
    };
    cells.forEach((cell) => replace(cell, null));
    covering.forEach((cell) => replace(cell, cell.groupId));
    this.#head = { ...this.#head, called };
  }

  /** Whoever was called for a group is called for its successor in another version of the settings. */
  follow(groups: ReadonlyMap<string, string>): void {
    const known = this.#head.called ?? this.#base.called;
    if (known === undefined) {
      return;
    }
    const called = [...known].map(([id, calls]) => {
      const followed = [...calls].map(([column, call]) => [column, { ...call, groupId: groups.get(call.groupId) ?? call.groupId }] as const);
      return [id, new Map(followed)] as const;
    });
    this.#head = { ...this.#head, called: new Map(called) };
  }

  /** The new state; rows equal to those of `shown`, if given, are taken from there. */
  finish(shown?: ScheduleState): ScheduleState {
    if (this.#rows.size === 0 && Object.keys(this.#head).length === 0) {
      return this.#base;
    }
    const rows = new Map(this.#base.rows);
    for (const [staffId, draft] of this.#rows) {
      const base = this.#base.rows.get(staffId);
      const row = finishRow(draft, base);
      rows.set(staffId, reuse(row, base, shown?.rows.get(staffId)));
    }
    return { ...this.#base, ...this.#head, rows };
  }

  #row(staffId: string): RowDraft {
    let row = this.#rows.get(staffId);
    if (row === undefined) {
      const base = this.#base.rows.get(staffId) ?? emptyRow(this.#base.dates.length);
      row = { values: [...base.values], waiting: null, locked: null };
      this.#rows.set(staffId, row);
    }
    return row;
  }

  #mark(row: RowDraft, column: number): void {
    if (this.#isWaiting) {
      (row.waiting ??= new Set()).add(column);
    }
  }
}

function renamed(calls: ReadonlyMap<number, Called>, from: ShiftValue, to: ShiftValue): ReadonlyMap<number, Called> {
  return new Map([...calls].map(([column, call]) => [column, call.value === from ? { ...call, value: to } : call]));
}

function finishRow(draft: RowDraft, base: GridRow | undefined): GridRow {
  const waiting = draft.waiting === null ? (base?.waiting ?? NOTHING) : union(base?.waiting, draft.waiting);
  const locked = draft.locked ?? base?.locked ?? NOTHING;
  return { values: draft.values, waiting, locked };
}

function union(a: ReadonlySet<number> | undefined, b: ReadonlySet<number>): ReadonlySet<number> {
  return a === undefined || a.size === 0 ? b : new Set([...a, ...b]);
}

function reuse(row: GridRow, ...earlier: (GridRow | undefined)[]): GridRow {
  return earlier.find((one) => one !== undefined && sameRow(one, row)) ?? row;
}

export interface DraftOptions {
  /** Whether cells that are set are marked as waiting for the server. */
  isWaiting?: boolean;
  /** Whether a slice may be written now; others stay as they are. */
  accepts?: (slice: SliceKey) => boolean;
}

/** The whole state being written. */
export class ReplicaDraft {
  readonly #base: ReplicaState;
  readonly #isWaiting: boolean;
  readonly #schedules = new Map<string, ScheduleDraft>();
  #parts: { staff?: StaffState; calendar?: CalendarState; settings?: SettingsState } = {};
  accepts: (slice: SliceKey) => boolean;

  constructor(base: ReplicaState, { isWaiting = false, accepts = () => true }: DraftOptions = {}) {
    this.#base = base;
    this.#isWaiting = isWaiting;
    this.accepts = accepts;
  }

  get staff(): StaffState | null {
    return this.#parts.staff ?? this.#base.staff;
  }

  get calendar(): CalendarState | null {
    return this.#parts.calendar ?? this.#base.calendar;
  }

  get settings(): SettingsState | null {
    return this.#parts.settings ?? this.#base.settings;
  }

  /** The ids of the schedules that are known here. */
  get scheduleIds(): Iterable<string> {
    return this.#base.schedules.keys();
  }

  /** The draft of a schedule that is known here, else nothing. */
  schedule(scheduleId: string): ScheduleDraft | undefined {
    const base = this.#base.schedules.get(scheduleId);
    if (base === undefined || !this.accepts(scheduleKey(scheduleId))) {
      return undefined;
    }
    let draft = this.#schedules.get(scheduleId);
    if (draft === undefined) {
      draft = new ScheduleDraft(base, this.#isWaiting);
      this.#schedules.set(scheduleId, draft);
    }
    return draft;
  }

  changeStaff(change: (staff: StaffState) => StaffState): void {
    const { staff } = this;
    if (staff !== null && this.accepts('staff')) {
      this.#parts.staff = change(staff);
    }
  }

  changeCalendar(change: (calendar: CalendarState) => CalendarState): void {
    const { calendar } = this;
    if (calendar !== null && this.accepts('calendar')) {
      this.#parts.calendar = change(calendar);
    }
  }

  changeSettings(change: (settings: SettingsState) => SettingsState): void {
    const { settings } = this;
    if (settings !== null && this.accepts('settings')) {
      this.#parts.settings = change(settings);
    }
  }

  /** The new state, or the old object if nothing was written. */
  finish(shown?: ReplicaState): ReplicaState {
    if (this.#schedules.size === 0 && Object.keys(this.#parts).length === 0) {
      return this.#base;
    }
    return { ...this.#base, ...this.#parts, schedules: this.#finishSchedules(shown) };
  }

  #finishSchedules(shown: ReplicaState | undefined): ReplicaState['schedules'] {
    if (this.#schedules.size === 0) {
      return this.#base.schedules;
    }
    const schedules = new Map(this.#base.schedules);
    for (const [id, draft] of this.#schedules) {
      schedules.set(id, draft.finish(shown?.schedules.get(id)));
    }
    return schedules;
  }
}
