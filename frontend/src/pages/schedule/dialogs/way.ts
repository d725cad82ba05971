/** The way of a generation job as lines of a chart. */

export interface WayPoint {
  readonly seconds: number;
  readonly objective: number;
  readonly bound: number;
}

export interface WayLines {
  /** The lines of an SVG path. Both are stairs: what was found or proved holds until the next time. */
  readonly objective: string;
  readonly bound: string;
  /** Half of the highest value and the highest one, and the last second. */
  readonly high: number;
  readonly seconds: number;
}

export const WIDTH = 320;
export const HEIGHT = 96;

/** What the server keeps, [seconds, objective, bound] each; whatever is no such thing is left out. */
export function pointsOf(way: readonly (readonly number[])[]): WayPoint[] {
  return way.flatMap(([seconds, objective, bound]) => (seconds === undefined || objective === undefined || bound === undefined ? [] : [{ seconds, objective, bound }]));
}

/** How far the schedule may be from the best, as a share of it: null where nothing is proved, 0 where none can be better. */
export function gapOf({ objective, bound }: Pick<WayPoint, 'objective' | 'bound'>): number | null {
  if (objective <= bound) return 0;
  return bound <= 0 ? null : (objective - bound) / objective;
}

/** From 0 points at the bottom; `until` is how long the job has been at work. */
export function linesOf(points: readonly WayPoint[], until: number): WayLines {
  const high = Math.max(1, ...points.map(({ objective }) => objective));
  const seconds = Math.max(0.1, until, ...points.map((point) => point.seconds));
  const x = (at: number) => round((at / seconds) * WIDTH);
  const y = (value: number) => round(HEIGHT - (Math.max(0, value) / high) * HEIGHT);
  const stairs = (value: (point: WayPoint) => number) =>
    points.map((point, index) => (index === 0 ? `M${x(point.seconds)} ${y(value(point))}` : `H${x(point.seconds)}V${y(value(point))}`)).join('') + (points.length > 0 ? `H${WIDTH}` : '');
  return { objective: stairs(({ objective }) => objective), bound: stairs(({ bound }) => bound), high, seconds };
}

const round = (value: number) => Math.round(value * 10) / 10;
