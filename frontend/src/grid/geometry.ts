import type { Position, Range } from './range';

/** Where cells lie, in pixels of the scrolled content. Every row is equally high and every day equally wide. */

export interface Metrics {
  readonly rowHeight: number;
  readonly colWidth: number;
  /** Sticky on the left: the names. */
  readonly nameWidth: number;
  /** Sticky on the right: the totals of each person. */
  readonly sumWidth: number;
  /** Sticky at the top: the dates. */
  readonly headHeight: number;
  /** Sticky below the dates: the head of the group that is in view; 0 without groups. */
  readonly groupHeight: number;
  /** Sticky at the bottom: the totals of each day. */
  readonly footHeight: number;
}

export interface Box {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

export interface Viewport {
  readonly scrollTop: number;
  readonly scrollLeft: number;
  readonly width: number;
  readonly height: number;
}

/** The box of a range, from the corner of the first cell; `itemOf` says in which drawn row a person stands. */
export function boxOf(range: Range, itemOf: readonly number[], { rowHeight, colWidth }: Metrics): Box {
  const top = itemOf[range.top] ?? 0;
  const bottom = itemOf[range.bottom] ?? top;
  return {
    top: top * rowHeight,
    left: range.left * colWidth,
    width: (range.right - range.left + 1) * colWidth,
    height: (bottom - top + 1) * rowHeight,
  };
}

export interface Space {
  /** What the names, the dates and the totals leave: rows and days, scrolled to `scrollTop` and `scrollLeft`. */
  readonly width: number;
  readonly height: number;
}

export const spaceOf = (view: Viewport, metrics: Metrics): Space => ({
  width: view.width - metrics.nameWidth - metrics.sumWidth,
  height: view.height - metrics.headHeight - metrics.groupHeight - metrics.footHeight,
});

/** Where to scroll so that `box` is fully visible next to the sticky parts; unchanged if it already is. */
export function scrollTo(box: Box, view: Viewport, metrics: Metrics): { top: number; left: number } {
  const space = spaceOf(view, metrics);
  return {
    // The head of a group covers what is right below the dates.
    top: nearest(box.top - metrics.groupHeight, box.height, view.scrollTop, space.height),
    left: nearest(box.left, box.width, view.scrollLeft, space.width),
  };
}

function nearest(start: number, length: number, scrolled: number, space: number): number {
  if (start < scrolled) return start;
  return start + length > scrolled + space ? Math.max(0, start + length - space) : scrolled;
}

/** The drawn row and the day under a point of the viewport; clamped, so that a drag may leave the grid. */
export function pointAt(x: number, y: number, view: Viewport, metrics: Metrics, items: number, days: number): Position {
  const row = Math.floor((y - metrics.headHeight + view.scrollTop) / metrics.rowHeight);
  const col = Math.floor((x - metrics.nameWidth + view.scrollLeft) / metrics.colWidth);
  return { row: Math.max(0, Math.min(items - 1, row)), col: Math.max(0, Math.min(days - 1, col)) };
}

/** How fast to scroll while a drag is held near an edge, in pixels per frame. */
export function dragScroll(x: number, y: number, view: Viewport, metrics: Metrics): { top: number; left: number } {
  return {
    top: pull(y, metrics.headHeight + metrics.groupHeight, view.height - metrics.footHeight),
    left: pull(x, metrics.nameWidth, view.width - metrics.sumWidth),
  };
}

const EDGE = 16;

function pull(at: number, start: number, end: number): number {
  if (at < start + EDGE) return -Math.min(24, (start + EDGE - at) / 2);
  return at > end - EDGE ? Math.min(24, (at - end + EDGE) / 2) : 0;
}

/** Whether a point of the viewport is on the head of a group that stays in view. */
export const isOnGroup = (y: number, { headHeight, groupHeight }: Metrics): boolean => y >= headHeight && y < headHeight + groupHeight;

export interface Columns {
  readonly from: number;
  /** Behind the last. */
  readonly to: number;
}

const CHUNK = 8;

/** Up to this many days all are drawn: to scroll them is cheaper than to render. */
export const ALL_DRAWN = 36;

/** Which days to draw. The window moves by whole chunks, so that most steps of scrolling render nothing. */
export function columnsIn(view: Viewport, metrics: Metrics, days: number): Columns {
  if (days <= ALL_DRAWN) return { from: 0, to: days };
  const first = Math.floor(view.scrollLeft / metrics.colWidth / CHUNK) * CHUNK;
  const last = Math.ceil((view.scrollLeft + spaceOf(view, metrics).width) / metrics.colWidth / CHUNK) * CHUNK;
  return { from: Math.max(0, first), to: Math.min(days, Math.max(last, first + CHUNK)) };
}

/** A width with which the days fill what there is, between comfortable bounds. */
export function colWidthFor(available: number, days: number, least: number, most: number): number {
  return days === 0 ? least : Math.max(least, Math.min(most, Math.floor(available / days)));
}
