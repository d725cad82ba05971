import {
  type CellChange,
  type CellRef,
  type DateKey,
  type GridSource,
  Mark,
  type Presence,
  type Violation,
} from '@/grid/model';
import { Listeners, Rows } from '@/grid/rows';

/** A source that lives in this page only: for demonstration and tests. */
export class MemorySource implements GridSource {
  readonly rows: Rows;
  private readonly remote = new Listeners<[readonly CellRef[]]>();
  private readonly presenceChanged = new Listeners();
  private presence: readonly Presence[] = [];
  private violations: readonly Violation[] = [];
  private done: CellChange[][] = [];
  private undone: CellChange[][] = [];

  constructor(days: readonly DateKey[], cells: readonly CellChange[] = []) {
    this.rows = new Rows(days);
    this.rows.patch(cells);
    this.getRow = this.rows.getRow;
    this.subscribeRow = this.rows.subscribeRow;
    this.subscribeCells = this.rows.subscribeCells;
  }

  readonly getRow: GridSource['getRow'];
  readonly subscribeRow: GridSource['subscribeRow'];
  readonly subscribeCells: GridSource['subscribeCells'];
  readonly subscribeRemote = this.remote.add;
  readonly subscribePresence = this.presenceChanged.add;
  readonly getPresence = () => this.presence;

  violationsAt(cell: CellRef): readonly Violation[] {
    return this.violations.filter(({ staffId, dateKey }) => staffId === cell.staffId && dateKey === cell.dateKey);
  }

  readonly coveredAt = () => null;

  edit(changes: readonly CellChange[]): void {
    this.done.push(this.swap(changes));
    this.undone = [];
  }

  undo(): void {
    const step = this.done.pop();
    if (step !== undefined) this.undone.push(this.swap(step));
  }

  redo(): void {
    const step = this.undone.pop();
    if (step !== undefined) this.done.push(this.swap(step));
  }

  /** Writes the changes and returns those that take them back. */
  private swap(changes: readonly CellChange[]): CellChange[] {
    const back = changes.map((change) => ({ ...change, value: this.rows.value(change) }));
    this.rows.patch(changes);
    return back;
  }

  /** As if a colleague had done it. */
  receive(changes: readonly CellChange[]): void {
    this.rows.patch(changes);
    this.remote.tell(changes);
  }

  setPresence(presence: readonly Presence[]): void {
    this.presence = presence;
    this.presenceChanged.tell();
  }

  setLocked(cells: readonly CellRef[], locked: boolean): void {
    this.rows.patch(
      cells.map((cell) => ({
        ...cell,
        marks: locked ? this.rows.marks(cell) | Mark.locked : this.rows.marks(cell) & ~Mark.locked,
      })),
    );
  }

  setViolations(violations: readonly Violation[]): void {
    const clean = this.violations.map((each) => this.marked(each, false));
    this.violations = violations;
    this.rows.patch([...clean, ...violations.map((each) => this.marked(each, true))].filter((each) => each !== null));
  }

  private marked({ staffId, dateKey, isHard }: Violation, on: boolean) {
    if (staffId === null || dateKey === null) return null;
    const bare = this.rows.marks({ staffId, dateKey }) & ~(Mark.hard | Mark.soft);
    return { staffId, dateKey, marks: on ? bare | (isHard ? Mark.hard : Mark.soft) : bare };
  }
}
