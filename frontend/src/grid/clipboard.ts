import { carried, cellAt, type Layout, positionOf } from './layout';
import type { ShiftSymbol } from './model';
import { type Clip, outside, paste, pasteRange } from './paste';
import { Speller } from './spelling';
import { height, type Range, width } from './range';
import type { Selecting } from './selecting';
import type { Selection } from './selection';
import type { Sheet } from './sheet';
import { formatTsv, parseTsv } from './tsv';
import { isTooLong, type Writing, type Written } from './writing';

/** Copying cells to text for a spreadsheet, and pasting such text. */
export class Clipboard {
  constructor(
    private readonly sheet: Sheet,
    private readonly selecting: Selecting,
    private readonly writing: Writing,
  ) {}

  /** The selection as text for a spreadsheet. */
  copy(): string | null {
    const resolved = this.selecting.resolved();
    if (resolved === null) return null;
    this.sheet.state.setState(({ selection }) => ({ copied: selection }));
    return formatTsv(this.clipOf(resolved.range));
  }

  /** Copies and empties, as one step. */
  cut(): string | null {
    const text = this.copy();
    if (text !== null) this.writing.clearSelected();
    this.sheet.state.setState({ copied: null });
    return text;
  }

  private clipOf(range: Range): Clip {
    return Array.from({ length: height(range) }, (_, row) =>
      Array.from({ length: width(range) }, (_, col) => this.sheet.value({ row: range.top + row, col: range.left + col })),
    );
  }

  /**
   * Lays `text` over `selection`; says first what would not fit, and asks before it replaces something. `symbols`: those that
   * look-alikes stand for.
   */
  async paste(text: string, symbols: readonly ShiftSymbol[], selection: Selection | null): Promise<void> {
    const { sheet } = this;
    const { layout } = sheet;
    const resolved = this.selecting.editable(selection);
    if (resolved === null) return;
    if (text === '') {
      sheet.host.notify({ kind: 'nothingToPaste' });
      return;
    }
    const rows = parseTsv(text);
    if (sheet.host.takeTable?.(rows) === true) return;
    const speller = new Speller(symbols);
    const clip = rows.map((row) => row.map((value) => speller.spell(value)));
    const target = this.inside(pasteRange(clip, resolved.range));
    const base = sheet.source.version?.();
    const fitting = await this.resolveLeftOut(clip, target);
    const allowed = fitting === null ? null : await this.resolveOverlap(fitting, layout);
    if (allowed === null) return;
    // Answering may have taken a while: nothing lands on other people's rows.
    const now = carried(target, layout, sheet.layout);
    if (now === null) {
      sheet.host.notify({ kind: 'moved' });
      return;
    }
    const [down, right] = [now.top - target.top, now.left - target.left];
    this.writing.write(allowed.map(({ at, value }) => ({ at: { row: at.row + down, col: at.col + right }, value })), base);
    this.selecting.selectRange(now);
  }

  private inside(range: Range): Range {
    const { rows, cols } = this.selecting.extent;
    return { ...range, bottom: Math.min(range.bottom, rows - 1), right: Math.min(range.right, cols - 1) };
  }

  /** What of the clip can be written; null where its author would rather not have only that. */
  private async resolveLeftOut(clip: Clip, target: Range): Promise<readonly Written[] | null> {
    const { host } = this.sheet;
    const written = paste(clip, target);
    const fitting = written.filter(({ value }) => !isTooLong(value));
    const left = { ...outside(clip, target), tooLong: written.length - fitting.length };
    if (left.rows + left.columns + left.tooLong === 0 || host.askLeftOut === undefined) return written;
    return (await host.askLeftOut(left, fitting.length)) ? fitting : null;
  }

  private async resolveOverlap(written: readonly Written[], layout: Layout): Promise<readonly Written[] | null> {
    const { sheet } = this;
    const held = ({ at }: Written) => {
      const cell = cellAt(layout, at);
      const now = cell === null ? null : positionOf(sheet.layout, cell);
      return now === null ? '' : sheet.value(now);
    };
    const replaces = (each: Written) => held(each) !== '' && held(each) !== each.value;
    const overlapping = written.filter(replaces).length;
    if (overlapping === 0 || written.length === 1) return written;
    const answer = await sheet.host.askOverlap(overlapping);
    if (answer === 'stop') return null;
    return answer === 'overwrite' ? written : written.filter((each) => !replaces(each));
  }
}
