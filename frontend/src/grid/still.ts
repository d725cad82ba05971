import type { DateKey, GridSource, Presence } from './model';
import { Rows } from './rows';

const NOBODY: readonly Presence[] = [];
const never = () => () => undefined;

/** Cells that nobody edits: a proposal, or a copy on paper. */
export class StillSource implements GridSource {
  readonly rows: Rows;
  readonly getRow: GridSource['getRow'];
  readonly subscribeRow: GridSource['subscribeRow'];
  readonly subscribeCells: GridSource['subscribeCells'];
  readonly subscribeRemote = never;
  readonly subscribePresence = never;
  readonly getPresence = () => NOBODY;
  readonly violationsAt = () => [];
  readonly coveredAt: GridSource['coveredAt'];
  readonly edit = () => undefined;
  readonly undo = () => undefined;
  readonly redo = () => undefined;

  /** `covering`: the group by staff id and day. */
  constructor(days: readonly DateKey[], covering: ReadonlyMap<string, string> = new Map()) {
    this.rows = new Rows(days);
    this.getRow = this.rows.getRow;
    this.subscribeRow = this.rows.subscribeRow;
    this.subscribeCells = this.rows.subscribeCells;
    this.coveredAt = ({ staffId, dateKey }) => covering.get(`${staffId} ${dateKey}`) ?? null;
  }
}
