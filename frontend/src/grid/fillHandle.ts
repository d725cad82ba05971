import { drawOut, fill, fillDown, fillRight, type Placement } from './fill';
import { carried, type Layout } from './layout';
import type { Position, Range } from './range';
import type { Selecting } from './selecting';
import type { Sheet } from './sheet';
import type { Writing } from './writing';

/** Filling cells from others: by drawing out the handle, or by key. */
export class FillHandle {
  /** What was drawn out was lost: to draw on would cover other people than those that one has seen. */
  private isLost = false;

  constructor(
    private readonly sheet: Sheet,
    private readonly selecting: Selecting,
    private readonly writing: Writing,
  ) {}

  drawTo(pointer: Position): void {
    const { layout } = this.sheet;
    const resolved = this.selecting.resolved();
    if (resolved === null || this.isLost) return;
    this.sheet.state.setState({ filling: { layout, source: resolved.range, range: drawOut(resolved.range, pointer) } });
  }

  /** Lets go of the handle. */
  finish(): void {
    const { filling } = this.sheet.state.getState();
    this.drop();
    if (filling === null || this.selecting.editable() === null) return;
    this.place(fill(filling.source, filling.range));
    this.selecting.selectRange(filling.range);
  }

  drop(): void {
    this.isLost = false;
    this.sheet.state.setState({ filling: null });
  }

  /** A drag stays with its people; if they are no longer adjacent, it ends. */
  carry(layout: Layout): void {
    const { filling } = this.sheet.state.getState();
    if (filling === null) return;
    const [source, range] = [carried(filling.source, filling.layout, layout), carried(filling.range, filling.layout, layout)];
    const isKept = source !== null && range !== null;
    this.sheet.state.setState({ filling: isKept ? { layout, source, range } : null });
    if (isKept) return;
    this.isLost = true;
    this.sheet.host.notify({ kind: 'moved' });
  }

  down(): void {
    this.fillSelected(fillDown);
  }

  right(): void {
    this.fillSelected(fillRight);
  }

  private fillSelected(rule: (range: Range) => Placement[]): void {
    const resolved = this.selecting.editable();
    if (resolved !== null) this.place(rule(resolved.range));
  }

  private place(placements: readonly Placement[]): void {
    this.writing.write(placements.map(({ from, to }) => ({ at: to, value: this.sheet.value(from) })));
  }
}
