import { useEffect, useMemo } from 'react';
import { createStore, useStore } from 'zustand';

import type { TextMeaning } from '@/grid/model';

import { useBackendStore } from './backend';
import { useRead } from './rest';

/** What the server's page says, and the restaurants that this user may open. */

export interface PageInfo {
  readonly userName: string;
}

/** With the restaurant that the page is about, and all that its user may open. */
export interface WholePage extends PageInfo {
  readonly userId: string | null;
  readonly restaurantId: string | null;
  readonly restaurants: readonly Restaurant[];
  /** Whether the server mails invitations. */
  readonly mailsInvitations: boolean;
}

export interface Restaurant {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
  readonly country?: string;
  readonly closingDay: number;
  readonly conflictStrategy: string;
  readonly textCountsAs?: TextMeaning;
  readonly wishLimit?: number | null;
}

/** Read once: the page does not change while it is open. */
export function readPage(): WholePage {
  const text = document.getElementById('shiftsync-config')?.textContent ?? '{}';
  const found = JSON.parse(text) as Partial<WholePage>;
  const { userId = null, userName = '', restaurantId = null, restaurants = [], mailsInvitations = false } = found;
  return { userId, userName, restaurantId, restaurants, mailsInvitations };
}

const known = createStore<readonly Restaurant[]>(() => readPage().restaurants);

export function knowRestaurants(restaurants: readonly Restaurant[]): void {
  known.setState(restaurants, true);
}

/** The restaurants in the page, or, if it contains none, those from the server. The open one is shown with its current facts. */
export function useRestaurants(): { readonly all: readonly Restaurant[]; readonly current: Restaurant | null } {
  const read = useRead();
  const all = useStore(known);
  const id = useBackendStore('session', ({ restaurantId }) => restaurantId) ?? askedRestaurant() ?? readPage().restaurantId;
  useEffect(() => {
    if (all.length > 0) return;
    read('/api/restaurants/')
      .then(knowRestaurants)
      // Offline: asked again when the page is opened the next time.
      .catch(() => undefined);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each restaurant that is opened
  }, [id]);
  const facts = useBackendStore('view', ({ calendar }) => calendar?.restaurant);
  const found = all.find((each) => each.id === id) ?? (all.length === 1 ? (all[0] ?? null) : null);
  const current = useMemo(() => (found !== null && facts?.id === found.id ? { ...found, ...facts } : found), [found, facts]);
  return { all, current };
}

/** The restaurant that the address names. */
export const askedRestaurant = (): string | null => new URLSearchParams(window.location.search).get('restaurant');

/** The page of another restaurant. */
export const restaurantUrl = (id: string) => `?restaurant=${encodeURIComponent(id)}`;
