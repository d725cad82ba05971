import { useEffect } from 'react';

import { useRead } from '@/app/stores/rest';

import type { Link } from './roles';

const LOOK_AGAIN_AFTER = 2_000;

const states = (links: readonly Link[]) => links.map(({ id, mail }) => `${id} ${mail?.state ?? ''} ${mail?.askedAt ?? ''}`).join();

/**
 * Looks again while a mail waits to be sent, which nothing tells of, and says so when something has become of one. What could not be asked is asked
 * again: the dialog stays as it is meanwhile, with what is typed into it.
 */
export function useMailNews(links: readonly Link[], onNews: () => void): void {
  const read = useRead();
  const known = states(links);
  const isWaiting = links.some(({ mail }) => mail?.state === 'waiting');
  useEffect(() => {
    if (!isWaiting) return;
    const look = () =>
      void read('/api/invitation-links/').then(
        (now) => states(now) !== known && onNews(),
        () => undefined,
      );
    const timer = setInterval(look, LOOK_AGAIN_AFTER);
    return () => clearInterval(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the readers are the same for as long as the dialog is there
  }, [isWaiting, known]);
}
