import { createStore, useStore } from 'zustand';

import type { Advance } from '@/grid/controller';

/** What one user has chosen in this browser. */
export interface Preferences {
  readonly advance: Advance;
  readonly groupBy: 'none' | 'group' | 'position' | 'status';
  /** Whether the list of problems is shown next to the grid. */
  readonly showsProblems: boolean;
  /** How the people of a day are put together. */
  readonly dayBy: 'shift' | 'group';
}

const KEY = 'shiftsync-preferences';
const DEFAULTS: Preferences = { advance: 'right', groupBy: 'none', showsProblems: false, dayBy: 'shift' };

function load(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return DEFAULTS;
  }
}

const store = createStore<Preferences>(load);

export const usePreference = <K extends keyof Preferences>(name: K): Preferences[K] =>
  useStore(store, (state) => state[name]);

/** Remembers a choice, as far as the browser lets us. */
export function setPreference<K extends keyof Preferences>(name: K, value: Preferences[K]): void {
  store.setState({ [name]: value });
  try {
    localStorage.setItem(KEY, JSON.stringify(store.getState()));
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}
