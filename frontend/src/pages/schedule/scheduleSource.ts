import { basedOn } from '@/app/stores/backend';
import type { Backend } from '@/app/stores/backend';
import {
  type AvailabilityMark,
  type CellChange,
  type CellRef,
  type DateKey,
  type GridSource,
  Mark,
  type Presence,
  type RowState,
  type StaffId,
  type Violation,
  type WishMark,
} from '@/grid/model';
import { daysOf } from '@/grid/days';
import { Listeners } from '@/grid/rows';
import { CHANGE_OPTIONS } from '@/realtime/protocol/cellBounds.gen';
import type { OutboxState } from '@/realtime/outbox/outbox';
import { type Called, emptyRow, type GridRow, type ScheduleState, type StaffState } from '@/realtime/state/state';

import { availabilityByRow, availabilityOn, type RowAvailability } from './availability';
import { presenceOf } from './presence';
import { isOpen, type RowWishes, wishesByRow, wishOf } from './wishes';

const UNFORESEEN: readonly string[] = ['UNDO', 'REDO', 'BACKUP_APPLY', 'SCHEDULE_APPLY_GENERATED', 'WISH_ANSWER'];
const isUnforeseen = ({ request }: OutboxState[number]) => UNFORESEEN.includes(request.type);

const IDLE_CHECK_MS = 10_000;

/** What a row was made of, and the row. */
interface Kept {
  readonly row: GridRow;
  readonly marks: ReadonlyMap<DateKey, number> | undefined;
  readonly called: ReadonlyMap<number, Called> | undefined;
  readonly wishes: RowWishes | undefined;
  readonly available: RowAvailability | undefined;
  readonly shown: RowState;
}

/** The grid's view of one schedule of the client. */
export class ScheduleSource implements GridSource {
  private readonly rows = new Map<StaffId, Listeners>();
  private readonly cells = new Listeners();
  private readonly remote = new Listeners<[readonly CellRef[]]>();
  private readonly presenceChanged = new Listeners();
  private readonly kept = new Map<StaffId, Kept>();
  private violations: readonly Violation[] = [];
  private marks: Marks = new Map();
  private presence: readonly Presence[] = [];
  private ownStep = false;
  private readonly moved = new Map<string, { place: string; at: number }>();
  private readonly columns: ReadonlyMap<DateKey, number>;

  constructor(
    private readonly backend: Backend,
    readonly scheduleId: string,
    private readonly dates: readonly DateKey[],
  ) {
    this.columns = new Map(dates.map((dateKey, col) => [dateKey, col]));
  }

  /** Listens to the client until the returned function is called. */
  readonly connect = (): (() => void) => {
    const { view, roster, outbox } = this.backend;
    const unsubscribe = [
      view.subscribe((now, before) => {
        this.follow(this.of(before), this.of(now));
        this.followAvailability(before.staff, now.staff);
      }),
      outbox.subscribe((now, before) => this.noteOwnSteps(now, before)),
      roster.subscribe(() => this.meet()),
    ];
    const timer = setInterval(() => this.meet(), IDLE_CHECK_MS);
    this.meet();
    return () => {
      unsubscribe.forEach((each) => each());
      clearInterval(timer);
    };
  };

  private of({ schedules }: { schedules: ReadonlyMap<string, ScheduleState> }): ScheduleState | undefined {
    return schedules.get(this.scheduleId);
  }

  // Cells --------------------------------------------------------------------------------------------------------

  readonly getRow = (staffId: StaffId): RowState => {
    const state = this.backend.view.getState();
    const schedule = this.of(state);
    const row = schedule?.rows.get(staffId) ?? emptyRow(this.dates.length);
    const [marks, called, wishes] = [this.marks.get(staffId), schedule?.called?.get(staffId), wishesByRow(schedule)?.get(staffId)];
    const available = availabilityByRow(state.staff, this.dates)?.get(staffId);
    const kept = this.kept.get(staffId);
    if (kept?.row === row && kept.marks === marks && kept.called === called && kept.wishes === wishes && kept.available === available) return kept.shown;
    const shown = {
      values: row.values,
      marks: this.dates.map((dateKey, col) => markOf(row, col, marks?.get(dateKey) ?? 0, called?.get(col)) | wishedAt(wishes, row, col) | (available?.has(col) === true ? Mark.unavailable : 0)),
    };
    this.kept.set(staffId, { row, marks, called, wishes, available, shown });
    return shown;
  };

  coveredAt({ staffId, dateKey }: CellRef): string | null {
    const schedule = this.of(this.backend.view.getState());
    return schedule?.called?.get(staffId)?.get(schedule.columns.get(dateKey) ?? -1)?.groupId ?? null;
  }

  wishAt({ staffId, dateKey }: CellRef): WishMark | null {
    const wish = wishOf(this.of(this.backend.view.getState()), staffId, dateKey);
    return wish === undefined ? null : { kind: wish.kind, value: wish.shiftValue };
  }

  availabilityAt({ staffId, dateKey }: CellRef): AvailabilityMark | null {
    const entry = availabilityOn(this.backend.view.getState().staff, this.dates, staffId, dateKey);
    return entry === undefined ? null : { from: entry.availableFrom, until: entry.availableUntil, note: entry.note };
  }

  readonly subscribeRow: GridSource['subscribeRow'] = (staffId, listener) => {
    const listeners = this.rows.get(staffId) ?? new Listeners();
    this.rows.set(staffId, listeners);
    return listeners.add(listener);
  };

  readonly subscribeCells = this.cells.add;
  readonly subscribeRemote = this.remote.add;

  private followAvailability(before: StaffState | null, now: StaffState | null): void {
    if (before?.availability === now?.availability) return;
    this.rows.forEach((listeners) => listeners.tell());
    this.cells.tell();
  }

  private follow(before: ScheduleState | undefined, now: ScheduleState | undefined): void {
    if (before === now) return;
    const [wished, wishes] = [wishesByRow(before), wishesByRow(now)];
    const touched = new Set([...(before?.rows.keys() ?? []), ...(now?.rows.keys() ?? []), ...(wished?.keys() ?? []), ...(wishes?.keys() ?? [])]);
    const theirs: CellRef[] = [];
    for (const staffId of touched) {
      const [old, row] = [before?.rows.get(staffId), now?.rows.get(staffId)];
      const isWishedAlike = wished?.get(staffId) === wishes?.get(staffId);
      if (old === row && isWishedAlike && before?.called?.get(staffId) === now?.called?.get(staffId)) continue;
      this.rows.get(staffId)?.tell();
      if (before !== undefined && now !== undefined) theirs.push(...this.changedByOthers(staffId, old, row));
    }
    this.cells.tell();
    if (theirs.length > 0 && !this.hasOwnStep()) this.remote.tell(theirs);
  }

  /** A step of one's own whose cells only the server knows leaves the outbox right before they arrive. */
  private noteOwnSteps(now: OutboxState, before: OutboxState): void {
    if (!before.some((entry) => isUnforeseen(entry) && !now.includes(entry))) return;
    this.ownStep = true;
    queueMicrotask(() => {
      this.ownStep = false;
    });
  }

  private hasOwnStep(): boolean {
    return this.ownStep || this.backend.outbox.getState().some(isUnforeseen);
  }

  /** What changed without having been an edit of one's own. */
  private changedByOthers(staffId: StaffId, before: GridRow | undefined, now: GridRow | undefined): CellRef[] {
    const old = before ?? emptyRow(this.dates.length);
    const row = now ?? emptyRow(this.dates.length);
    return this.dates.flatMap((dateKey, col) =>
      old.values[col] === row.values[col] || old.waiting.has(col) || row.waiting.has(col) ? [] : [{ staffId, dateKey }],
    );
  }

  readonly version = (): number => this.backend.version;

  edit(changes: readonly CellChange[], base = 0): void {
    const [first] = changes;
    const { scheduleId } = this;
    const based = basedOn(base);
    if (first === undefined) return;
    if (changes.length === 1) {
      const { staffId, dateKey, value } = first;
      this.backend.change({ type: 'SHIFT_UPDATE', payload: { scheduleId, staffId, dateKey, shiftValue: value, ...based } });
    } else {
      this.backend.change({ type: 'SHIFT_BULK_UPDATE', payload: { scheduleId, scheduleData: asData(changes), ...based } });
    }
  }

  setLocked(cells: readonly CellRef[], locked: boolean): void {
    const type = locked ? 'SHIFT_LOCK' : 'SHIFT_UNLOCK';
    this.backend.change({ type, payload: { scheduleId: this.scheduleId, cells: [...cells] } });
  }

  /** Lets a cell stay as it is although it breaks a rule: locked, and the reason noted in its history. */
  accept(cell: CellRef, reason: string): void {
    const noted = Array.from(reason).slice(0, CHANGE_OPTIONS.reason.maxLength).join('');
    this.backend.change({ type: 'SHIFT_LOCK', payload: { scheduleId: this.scheduleId, cells: [cell], reason: noted } });
  }

  /** Whether a violation of one cell was accepted. */
  isAccepted({ staffId, dateKey }: Pick<Violation, 'staffId' | 'dateKey'>): boolean {
    if (staffId === null || dateKey === null) return false;
    return ((this.getRow(staffId).marks[this.columns.get(dateKey) ?? -1] ?? 0) & Mark.overridden) !== 0;
  }

  undo(): void {
    this.backend.undo(this.scheduleId);
  }

  redo(): void {
    this.backend.redo(this.scheduleId);
  }

  // Violations ---------------------------------------------------------------------------------------------------

  /** What validation found; only the rows whose marks differ are told. */
  setViolations(violations: readonly Violation[]): void {
    const before = this.marks;
    this.violations = violations;
    this.marks = marksOf(violations, before);
    const differing = [...new Set([...before.keys(), ...this.marks.keys()])].filter((staffId) => before.get(staffId) !== this.marks.get(staffId));
    for (const staffId of differing) this.rows.get(staffId)?.tell();
    if (differing.length > 0) this.cells.tell();
  }

  violationsAt({ staffId, dateKey }: CellRef): readonly Violation[] {
    return this.violations.filter((each) => each.staffId === staffId && isAbout(each, dateKey));
  }

  // Presence -----------------------------------------------------------------------------------------------------

  readonly getPresence = (): readonly Presence[] => this.presence;
  readonly subscribePresence = this.presenceChanged.add;

  private meet(): void {
    const next = presenceOf(this.backend.roster.getState(), this.scheduleId, this.moved, Date.now());
    if (JSON.stringify(next) === JSON.stringify(this.presence)) return;
    this.presence = next;
    this.presenceChanged.tell();
  }
}

function markOf({ waiting, locked, values }: GridRow, col: number, violated: number, called: Called | undefined): number {
  const isLocked = locked.has(col);
  return (
    violated |
    (waiting.has(col) ? Mark.waiting : 0) |
    (isLocked ? Mark.locked : 0) |
    (isLocked && violated !== 0 ? Mark.overridden : 0) |
    (called !== undefined && called.value === values[col] ? Mark.covering : 0)
  );
}

function wishedAt(wishes: RowWishes | undefined, { values }: GridRow, col: number): number {
  const wish = wishes?.get(col);
  return wish !== undefined && isOpen(wish, values[col] ?? '') ? Mark.wished : Mark.none;
}

function asData(changes: readonly CellChange[]): Record<string, Record<DateKey, string>> {
  const data: Record<string, Record<DateKey, string>> = {};
  for (const { staffId, dateKey, value } of changes) (data[staffId] ??= {})[dateKey] = value;
  return data;
}

/** Whether a violation is about a day. Days compare as their text: no list of them is made for each cell that asks. */
const isAbout = ({ dateKey, lastDateKey }: Violation, day: DateKey): boolean =>
  dateKey !== null && dateKey <= day && day <= (lastDateKey ?? dateKey);

/** Every day that a violation is about. */
function daysOfViolation({ dateKey, lastDateKey }: Violation): readonly DateKey[] {
  if (dateKey === null) return [];
  return lastDateKey == null ? [dateKey] : daysOf(dateKey, lastDateKey);
}

type Marks = ReadonlyMap<StaffId, ReadonlyMap<DateKey, number>>;

/** By person; the same object as `before` for people whose marks have not changed. */
function marksOf(violations: readonly Violation[], before: Marks): Marks {
  const marks = new Map<StaffId, Map<DateKey, number>>();
  for (const violation of violations) {
    const { staffId, isHard } = violation;
    if (staffId === null || violation.dateKey === null) continue;
    const row = marks.get(staffId) ?? new Map<DateKey, number>();
    for (const dateKey of daysOfViolation(violation)) row.set(dateKey, (row.get(dateKey) ?? 0) | (isHard ? Mark.hard : Mark.soft));
    marks.set(staffId, row);
  }
  return new Map([...marks].map(([staffId, row]) => [staffId, sameMarks(before.get(staffId), row)]));
}

function sameMarks(before: ReadonlyMap<DateKey, number> | undefined, now: ReadonlyMap<DateKey, number>): ReadonlyMap<DateKey, number> {
  const isSame = before?.size === now.size && [...now].every(([dateKey, mark]) => before.get(dateKey) === mark);
  return isSame ? before : now;
}
