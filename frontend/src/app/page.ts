import { useEffect } from 'react';
import { createStore, useStore } from 'zustand';

import { useBackendStore } from './backend';
import { useRead } from './rest';

/** What the server's page says, and the restaurants that this user may open. */

export interface PageInfo {
  readonly userName: string;
}

export interface Restaurant {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
  readonly closingDay: number;
  readonly conflictStrategy: string;
}

/** Read once: the page does not change while it is open. */
export function readPage(): PageInfo {
  const text = document.getElementById('shiftsync-config')?.textContent ?? '{}';
  const found = JSON.parse(text) as Partial<PageInfo>;
  return { userName: found.userName ?? '' };
}

const KEY = 'shiftsync-restaurants';

function remembered(): readonly Restaurant[] {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]') as Restaurant[];
  } catch {
    return [];
  }
}

function remember(restaurants: readonly Restaurant[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(restaurants));
  } catch {
    // The names are then asked for again.
  }
}

const known = createStore<readonly Restaurant[]>(remembered);

export function knowRestaurants(restaurants: readonly Restaurant[]): void {
  known.setState(restaurants, true);
  remember(restaurants);
}

/** The restaurants; those of the last time until the server has answered, so that the page has its name offline too. */
export function useRestaurants(): { readonly all: readonly Restaurant[]; readonly current: Restaurant | null } {
  const read = useRead();
  const all = useStore(known);
  const id = useBackendStore('session', ({ restaurantId }) => restaurantId);
  useEffect(() => {
    read('restaurants/')
      .then((found) => knowRestaurants(found as Restaurant[]))
      // Offline: asked again when the page is opened the next time.
      .catch(() => undefined);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each restaurant that is opened
  }, [id]);
  return { all, current: all.find((each) => each.id === id) ?? (all.length === 1 ? (all[0] ?? null) : null) };
}

/** The page of another restaurant. */
export const restaurantUrl = (id: string) => `?restaurant=${encodeURIComponent(id)}`;
