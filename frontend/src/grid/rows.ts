import { type CellRef, type DateKey, Mark, type RowState, type StaffId, type Unsubscribe } from './model';

export class Listeners<Args extends readonly unknown[] = []> {
  private readonly all = new Set<(...args: Args) => void>();

  readonly add = (listener: (...args: Args) => void): Unsubscribe => {
    this.all.add(listener);
    return () => this.all.delete(listener);
  };

  tell(...args: Args): void {
    for (const listener of [...this.all]) listener(...args);
  }
}

/** What a cell is to be; what is left out stays. */
export interface CellState extends CellRef {
  readonly value?: string;
  readonly marks?: number;
}

/** Rows of cells that tell who listens to them, and only those, when they are replaced. */
export class Rows {
  private readonly rows = new Map<StaffId, RowState>();
  private readonly listeners = new Map<StaffId, Listeners>();
  private readonly cells = new Listeners();
  private readonly columns: ReadonlyMap<DateKey, number>;
  private readonly empty: RowState;

  constructor(readonly days: readonly DateKey[]) {
    this.columns = new Map(days.map((day, col) => [day, col]));
    this.empty = { values: days.map(() => ''), marks: days.map(() => Mark.none) };
  }

  readonly getRow = (staffId: StaffId): RowState => this.rows.get(staffId) ?? this.empty;

  readonly subscribeRow = (staffId: StaffId, listener: () => void): Unsubscribe => {
    let listeners = this.listeners.get(staffId);
    if (listeners === undefined) {
      listeners = new Listeners();
      this.listeners.set(staffId, listeners);
    }
    return listeners.add(listener);
  };

  readonly subscribeCells = this.cells.add;

  value({ staffId, dateKey }: CellRef): string {
    return this.getRow(staffId).values[this.columns.get(dateKey) ?? -1] ?? '';
  }

  marks({ staffId, dateKey }: CellRef): number {
    return this.getRow(staffId).marks[this.columns.get(dateKey) ?? -1] ?? Mark.none;
  }

  /** Replaces a row as a whole. */
  setRow(staffId: StaffId, row: RowState): void {
    this.rows.set(staffId, row);
    this.tell([staffId]);
  }

  /** Changes cells; each row that is touched is replaced once and told once. Days that are not ours are passed over. */
  patch(cells: readonly CellState[]): void {
    const touched = new Map<StaffId, { values: string[]; marks: number[] }>();
    for (const { staffId, dateKey, value, marks } of cells) {
      const col = this.columns.get(dateKey);
      if (col === undefined) continue;
      const before = this.getRow(staffId);
      const row = touched.get(staffId) ?? { values: [...before.values], marks: [...before.marks] };
      if (value !== undefined) row.values[col] = value;
      if (marks !== undefined) row.marks[col] = marks;
      touched.set(staffId, row);
    }
    for (const [staffId, row] of touched) this.rows.set(staffId, row);
    this.tell([...touched.keys()]);
  }

  private tell(staffIds: readonly StaffId[]): void {
    for (const staffId of staffIds) this.listeners.get(staffId)?.tell();
    if (staffIds.length > 0) this.cells.tell();
  }
}
