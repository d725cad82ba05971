/** What happens to the page is news to its client. */

import type { ShiftSyncClient } from './client';

/**
 * Starts the client and ties it to the life of the page: back from sleep, back in view or back on the network it tries at
 * once, and what it knows is written before the page may go. Returns what unties and stops it.
 */
export function runInPage(client: ShiftSyncClient, page: Window = window): () => void {
  const wake = () => {
    if (page.document.visibilityState === 'visible') {
      client.start();
    }
  };
  const leave = () => void client.save();
  const events = [
    [page, 'online', wake],
    [page, 'pageshow', wake],
    [page.document, 'visibilitychange', wake],
    [page, 'pagehide', leave],
  ] as const;
  events.forEach(([target, name, listener]) => target.addEventListener(name, listener));
  client.start();
  return () => {
    events.forEach(([target, name, listener]) => target.removeEventListener(name, listener));
    client.stop();
  };
}
