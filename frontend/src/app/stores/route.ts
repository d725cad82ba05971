import { useSyncExternalStore } from 'react';

/** Where one is: kept behind the `#`, so that the server needs no routes and every view has an address. */

export const PAGES = ['schedule', 'day', 'dashboard', 'mine', 'wishes', 'print'] as const;
export type PageName = (typeof PAGES)[number];

export interface Route {
  readonly page: PageName;
  /** Index of the period; null: the current one. */
  readonly period: number | null;
  /** An open dialog and where in it: `['settings', 'dailyLimits', id]`. */
  readonly dialog: readonly string[];
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [page = '', period = ''] = path.split('/');
  const dialog = new URLSearchParams(query).get('dialog') ?? '';
  return {
    page: PAGES.find((name) => name === page) ?? 'schedule',
    period: /^\d+$/.test(period) ? Number(period) : null,
    dialog: dialog === '' ? [] : dialog.split('/'),
  };
}

export function formatRoute({ page, period, dialog }: Route): string {
  const path = period === null ? page : `${page}/${period}`;
  return dialog.length === 0 ? `#/${path}` : `#/${path}?dialog=${dialog.map(encodeURIComponent).join('/')}`;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

const currentHash = () => window.location.hash;
let parsed: { hash: string; route: Route } = { hash: '', route: parseRoute('') };

/** The same object as long as the address is the same. */
function currentRoute(): Route {
  const hash = currentHash();
  if (hash !== parsed.hash) parsed = { hash, route: parseRoute(hash) };
  return parsed.route;
}

export const useRoute = (): Route => useSyncExternalStore(subscribe, currentRoute);

/** Goes there; what is left out stays as it is. */
export function go(to: Partial<Route>): void {
  window.location.hash = formatRoute({ ...currentRoute(), ...to });
}

export const openDialog = (...dialog: string[]): void => go({ dialog });

/** Steps of opening a dialog do not pile up in the history. */
export function closeDialog(): void {
  window.location.replace(formatRoute({ ...currentRoute(), dialog: [] }));
}
