/** Which of several restaurants a page is about: the one in its address, else the one that this user was in last, in this browser. */

import { safeStorage } from '@/realtime/transport/config';

import { askedRestaurant, restaurantUrl, type WholePage } from '../stores/page';

const keyOf = ({ userId }: WholePage) => `shiftsync-restaurant:${userId ?? ''}`;

/**
 * Puts the restaurant into the address, where it stays through a reload whatever is opened in other tabs. False: it has to be
 * chosen first.
 */
export function settleRestaurant(page: WholePage, storage = safeStorage(() => localStorage)): boolean {
  if (page.restaurants.length < 2) return true;
  const isOpen = (id: string | null | undefined) => page.restaurants.some((each) => each.id === id);
  const asked = askedRestaurant();
  if (asked !== null && isOpen(asked)) {
    storage?.setItem(keyOf(page), asked);
    return true;
  }
  const last = storage?.getItem(keyOf(page)) ?? null;
  if (asked !== null || last === null || !isOpen(last)) return false;
  window.history.replaceState(window.history.state, '', restaurantUrl(last) + window.location.hash);
  return true;
}
