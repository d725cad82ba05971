import { useEffect, useMemo } from 'react';

import type { Grid } from './controller';
import { dragScroll, isOnGroup, type Metrics, pointAt, type Viewport } from './geometry';
import { carried, everything, type Layout } from './layout';
import type { Position } from './range';
import type { Selection } from './selection';

type Drag = 'cells' | 'rows' | 'columns' | 'fill';
type Zone = Selection['shape'] | 'none';

export const viewportOf = (scroller: HTMLElement): Viewport => ({
  scrollTop: scroller.scrollTop,
  scrollLeft: scroller.scrollLeft,
  width: scroller.clientWidth,
  height: scroller.clientHeight,
});

/** Selecting, drawing the fill handle and dragging with mouse, pen or finger. */
export class Pointer {
  private drag: Drag | null = null;
  /** Over which people and days one began to drag. */
  private over: Layout | null = null;
  private at = { x: 0, y: 0 };
  private frame = 0;

  private metrics: Metrics = { rowHeight: 1, colWidth: 1, nameWidth: 0, sumWidth: 0, headHeight: 0, groupHeight: 0, footHeight: 0 };
  private ranging = false;

  constructor(
    private readonly scroller: HTMLElement | null,
    private readonly grid: Grid,
  ) {}

  /** `ranging`: on a touch screen, whether dragging selects instead of scrolling. */
  configure(metrics: Metrics, ranging: boolean): void {
    this.metrics = metrics;
    this.ranging = ranging;
  }

  /** The cell (or row, or column) at a point of the window. */
  locate(clientX: number, clientY: number): { zone: Zone; position: Position } | null {
    const { scroller } = this;
    if (scroller === null) return null;
    const { left, top } = scroller.getBoundingClientRect();
    const [x, y] = [clientX - left, clientY - top];
    const view = viewportOf(scroller);
    const { layout } = this.grid.state.getState();
    const found = pointAt(x, y, view, this.metrics, layout.items.length, layout.days.length);
    return { zone: this.zone(x, y, view, layout.items.length), position: { row: this.rowOf(found.row), col: found.col } };
  }

  private zone(x: number, y: number, view: Viewport, items: number): Zone {
    const { nameWidth, headHeight, footHeight, sumWidth, rowHeight } = this.metrics;
    const below = y >= Math.min(view.height - footHeight, headHeight + items * rowHeight - view.scrollTop);
    if (y < headHeight) return x < nameWidth ? 'all' : x < view.width - sumWidth ? 'columns' : 'none';
    if (below || isOnGroup(y, this.metrics)) return 'none';
    if (x < nameWidth) return 'rows';
    return x < view.width - sumWidth ? 'cells' : 'none';
  }

  /** The person in a drawn row; on the head of a group the one below it. */
  private rowOf(item: number): number {
    const { itemOf } = this.grid.state.getState().layout;
    const row = itemOf.findIndex((each) => each >= item);
    return row === -1 ? Math.max(0, itemOf.length - 1) : row;
  }

  readonly down = (event: React.PointerEvent): void => {
    if (event.button !== 0 || (event.pointerType === 'touch' && !this.ranging)) return;
    const found = this.locate(event.clientX, event.clientY);
    if (found === null || found.zone === 'none') return;
    this.choose(found.zone, found.position, event.shiftKey);
    if (found.zone !== 'all') this.start(found.zone, event);
  };

  /** A tap of a finger, which may have scrolled before, selects when it is over. */
  readonly tap = (event: React.MouseEvent): void => {
    const { pointerType } = event.nativeEvent as PointerEvent;
    const found = pointerType === 'touch' && !this.ranging ? this.locate(event.clientX, event.clientY) : null;
    if (found !== null && found.zone !== 'none') this.choose(found.zone, found.position, false);
  };

  private choose(zone: Selection['shape'], position: Position, extend: boolean): void {
    if (extend) this.grid.extend(position);
    else if (zone === 'rows') this.grid.select({ ...position, col: 0 }, 'rows');
    else if (zone === 'columns') this.grid.select({ ...position, row: 0 }, 'columns');
    else this.grid.select(zone === 'all' ? { row: 0, col: 0 } : position, zone);
  }

  readonly handle = (event: React.PointerEvent): void => {
    event.stopPropagation();
    event.preventDefault();
    this.scroller?.focus({ preventScroll: true });
    this.start('fill', event);
  };

  private start(drag: Drag, event: React.PointerEvent): void {
    this.drag = drag;
    this.over = this.grid.state.getState().layout;
    this.at = { x: event.clientX, y: event.clientY };
    this.scroller?.setPointerCapture(event.pointerId);
    this.frame = requestAnimationFrame(this.pullAlong);
  }

  readonly move = (event: React.PointerEvent): void => {
    if (this.drag === null) return;
    this.at = { x: event.clientX, y: event.clientY };
    this.follow();
  };

  private follow(): void {
    const found = this.locate(this.at.x, this.at.y);
    if (found === null || !this.isOverTheSame()) return;
    if (this.drag === 'fill') this.grid.drawTo(found.position);
    else this.grid.extend(found.position);
  }

  /** Ends the drag where other people have come to lie under the pointer: one drags what one has seen. */
  private isOverTheSame(): boolean {
    const { layout } = this.grid.state.getState();
    const all = this.over === null ? null : everything(this.over);
    const isSame = this.over === layout || (all !== null && this.over?.people.length === layout.people.length && carried(all, this.over, layout) !== null);
    if (!isSame) this.abandon();
    return isSame;
  }

  /** Scrolls on while the pointer is held near an edge. */
  private readonly pullAlong = (): void => {
    const { scroller } = this;
    if (this.drag === null || scroller === null) return;
    const { left, top } = scroller.getBoundingClientRect();
    const by = dragScroll(this.at.x - left, this.at.y - top, viewportOf(scroller), this.metrics);
    if ((by.top !== 0 && this.drag !== 'columns') || (by.left !== 0 && this.drag !== 'rows')) {
      scroller.scrollBy(this.drag === 'rows' ? 0 : by.left, this.drag === 'columns' ? 0 : by.top);
      this.follow();
    }
    this.frame = requestAnimationFrame(this.pullAlong);
  };

  readonly up = (): void => {
    if (this.drag === 'fill') this.grid.finishFilling();
    this.stop();
  };

  /** The drag ends without an effect. */
  readonly abandon = (): void => {
    this.grid.dropFilling();
    this.stop();
  };

  readonly stop = (): void => {
    this.drag = null;
    cancelAnimationFrame(this.frame);
  };

  get dragging(): boolean {
    return this.drag !== null;
  }
}

export function usePointer(
  scroller: HTMLElement | null,
  grid: Grid,
  metrics: Metrics,
  ranging: boolean,
): Pointer {
  const pointer = useMemo(() => new Pointer(scroller, grid), [scroller, grid]);
  useEffect(() => pointer.configure(metrics, ranging), [pointer, metrics, ranging]);
  useEffect(() => pointer.stop, [pointer]);
  return pointer;
}
