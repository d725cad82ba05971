/** The page itself is kept in the browser, so that it opens while the server is away; by `worker/serviceWorker.ts`. */

import { safeStorage } from '@/realtime/transport/config';

/** As the worker calls the place where it keeps the HTML. */
const SHELL = 'shiftsync-shell';

/** Begins to keep it, once what the reader waits for is there. A browser that cannot needs the server to open the page. */
export function keepPage(): void {
  if (!import.meta.env.PROD) return;
  // In a rejection ends also what a browser that forbids it throws.
  const register = async () => navigator.serviceWorker.register('/service-worker.js', { updateViaCache: 'none' });
  const begin = () => void register().catch(() => undefined);
  if (document.readyState === 'complete') begin();
  else window.addEventListener('load', begin, { once: true });
}

/** How the names of what a page keeps beside the restaurant's copy begin: who its user is on the schedule. */
export const OWN_FACTS = 'shiftsync-mine';

/** The kept page belongs to a user who is no longer signed in. */
export async function forgetPage(): Promise<void> {
  const storage = safeStorage(() => localStorage);
  const names = Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index) ?? '');
  for (const name of names) if (name.startsWith(`${OWN_FACTS}:`)) storage?.removeItem(name);
  try {
    await caches.delete(SHELL);
  } catch {
    // There is none, or the browser forbids it.
  }
}
