import { useEffect, useState } from 'react';

import type { AnswerOf } from '@/api/typed';
import { useBackendStore } from '@/app/stores/backend';
import { useRead, useWrite } from '@/app/stores/rest';
import { type Failure, failureOf } from '@/app/ui/errorWords';

export type Notice = AnswerOf<'/api/me/notices/'>['notices'][number];
type Told = AnswerOf<'/api/me/notices/'>;

interface MyNotices {
  /** The newest first; null: not known yet. */
  readonly notices: readonly Notice[] | null;
  readonly unread: number;
  readonly failure: Failure | null;
  /** Tells the server that all of them have been seen. */
  readonly seen: () => void;
}

/** What the user is told: asked for with each connection and whenever the server says that it has changed. */
export function useNotices(): MyNotices {
  const read = useRead();
  const write = useWrite();
  const isLive = useBackendStore('connection', ({ state }) => state === 'live');
  const news = useBackendStore('news', (state) => state);
  const [told, setTold] = useState<Told | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    let wanted = true;
    read('/api/me/notices/').then(
      (found) => {
        if (!wanted) return;
        setTold(found);
        setFailure(null);
      },
      (error: unknown) => wanted && setFailure(failureOf(error)),
    );
    return () => {
      wanted = false;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked anew with each connection and each news, not with each render
  }, [isLive, news]);
  const seen = () => {
    const ids = told?.notices.filter(({ readAt }) => readAt === null).map(({ id }) => id) ?? [];
    // What is not noted now is noted when they are looked at again.
    if (ids.length > 0) void write('post', '/api/me/notices/read/', {}, { ids }).catch(() => undefined);
  };
  return { notices: told?.notices ?? null, unread: told?.unread ?? 0, failure, seen };
}
