import { createContext, useContext, useSyncExternalStore } from 'react';

import type { Grid, GridState } from './controller';
import type { Metrics } from './geometry';
import type { CellRef, DateKey, Limit, StaffId, Violation } from './model';
import type { DayTotals, Symbols } from './totals';
import type { GridWords } from './words';

/** What the limits ask of the totals of one day. */
export type DayLimits = Readonly<Partial<Record<keyof DayTotals, readonly Limit[]>>>;

/** Days and people about which something is wrong as a whole. */
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
  /** The spoken name of each day, by column: needed for every cell, formatted once. */
  readonly dayNames: readonly string[];
  /** By column. */
  readonly dayLimits: readonly DayLimits[];
  /** The names of groups, for cells of people who cover one. */
  readonly groups: ReadonlyMap<string, string>;
  readonly openRule: ((violation: Violation) => void) | null;
  /** Lets a violation of a cell stand; null where one may not. */
  readonly accept: ((cell: CellRef, violation: Violation) => void) | null;
}

const Context = createContext<GridView | null>(null);
export const GridProvider = Context.Provider;

export function useGridView(): GridView {
  const view = useContext(Context);
  if (view === null) throw new Error('This belongs inside a grid.');
  return view;
}

const ProblemsContext = createContext<Problems>({ days: new Set(), people: new Set() });
/** Beside the view, because it changes with every check of the month, and no cell says anything of it. */
export const ProblemsProvider = ProblemsContext.Provider;
export const useProblems = (): Problems => useContext(ProblemsContext);

/** A part of the grid's state; renders again only when `select` gives something else. */
export function useGridState<T>(grid: Grid, select: (state: GridState) => T): T {
  const get = () => select(grid.state.getState());
  return useSyncExternalStore(grid.state.subscribe, get, get);
}

export const cellId = (id: string, { staffId, dateKey }: CellRef) => `${id}-${staffId}-${dateKey}`;
