/** The page itself is kept in the browser, so that it opens while the server is away; by `worker/serviceWorker.ts`. */

/** As the worker calls the place where it keeps the HTML. */
const SHELL = 'shiftsync-shell';

/** Begins to keep it, once what the reader waits for is there. A browser that cannot needs the server to open the page. */
export function keepPage(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const begin = () => void navigator.serviceWorker.register('/service-worker.js', { updateViaCache: 'none' }).catch(() => undefined);
  if (document.readyState === 'complete') begin();
  else window.addEventListener('load', begin, { once: true });
}

/** It was the page of somebody whom the server does not know any more. */
export async function forgetPage(): Promise<void> {
  if ('caches' in window) await caches.delete(SHELL).catch(() => false);
}
