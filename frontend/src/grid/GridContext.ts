import { createContext, useContext, useSyncExternalStore } from 'react';

import type { Grid, GridState } from './controller';
import type { Metrics } from './geometry';
import type { Bounds, CellRef, DateKey, StaffId, Violation } from './model';
import type { DayTotals, Symbols } from './totals';
import type { GridWords } from './words';

export type DayBounds = Readonly<Partial<Record<keyof DayTotals, Bounds>>>;

export interface Problems {
  readonly days: ReadonlySet<DateKey>;
  readonly people: ReadonlySet<StaffId>;
}

/** What all parts of one grid share. Replaced only when the language, the size or the settings change. */
export interface GridView {
  readonly grid: Grid;
  readonly id: string;
  readonly words: GridWords;
  readonly symbols: Symbols;
  readonly metrics: Metrics;
  /** By column: what the limits ask of the day. */
  readonly dayBounds: readonly DayBounds[];
  /** Days and people about which something is wrong as a whole. */
  readonly problems: Problems;
  readonly openRule: ((violation: Violation) => void) | null;
}

const Context = createContext<GridView | null>(null);
export const GridProvider = Context.Provider;

export function useGridView(): GridView {
  const view = useContext(Context);
  if (view === null) throw new Error('This belongs inside a grid.');
  return view;
}

/** A part of the grid's state; renders again only when `select` gives something else. */
export function useGridState<T>(grid: Grid, select: (state: GridState) => T): T {
  const get = () => select(grid.state.getState());
  return useSyncExternalStore(grid.state.subscribe, get, get);
}

export const cellId = (id: string, { staffId, dateKey }: CellRef) => `${id}-${staffId}-${dateKey}`;
