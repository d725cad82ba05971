/** What happens to the page is news to its client. */

import type { ShiftSyncClient } from './client';
import { browserSiblings, type Siblings } from './storage/siblings';

/**
 * Starts the client and ties it to the life of the page: back from sleep, back in view or back on the network it tries at
 * once, in the background it tells the server to be patient, and what it knows is written before the page may go. Other tabs tell
 * who is signed in. Returns what unties and stops it.
 */
export function runInPage(client: ShiftSyncClient, page: Window = window, siblings: Siblings = browserSiblings()): () => void {
  const look = () => {
    if (page.document.visibilityState === 'visible' || client.connection.getState().state === 'live') {
      client.start();
    }
  };
  const leave = () => void client.save();
  const events = [
    [page, 'online', look],
    [page, 'pageshow', look],
    [page.document, 'visibilitychange', look],
    [page, 'pagehide', leave],
  ] as const;
  events.forEach(([target, name, listener]) => target.addEventListener(name, listener));
  const unlisten = followSession(client, siblings);
  client.start();
  return () => {
    events.forEach(([target, name, listener]) => target.removeEventListener(name, listener));
    unlisten();
    client.stop();
  };
}

/** All tabs share one session: what one of them does to it ends the others, or brings them back. */
export function followSession(client: ShiftSyncClient, siblings: Siblings): () => void {
  const { userId } = client;
  if (userId === null) {
    return () => undefined;
  }
  siblings.tell({ kind: 'here', userId });
  return siblings.listen((word) => {
    if (word.userId !== userId) {
      if (word.kind === 'here') client.end('otherUser');
    } else if (word.kind === 'signedOut') {
      client.end('unauthenticated');
    } else if (client.connection.getState().state === 'signedOut') {
      client.start();
    }
  });
}
