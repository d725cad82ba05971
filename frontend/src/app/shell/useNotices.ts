import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { Notice } from '@/realtime/outbox/notices';
import { safeStorage } from '@/realtime/transport/config';

import { type Backend, useBackend, useBackendStore } from '../stores/backend';
import { useRestaurantId } from '../stores/kept';
import { NOTICES, toast } from '../stores/toasts';
import { useErrorWords } from '../ui/errorWords';

/** Tells what became of one's changes, wherever one is; again after a reload what offers a way back. */
export function useNotices(): void {
  const { t, i18n } = useTranslation();
  const words = useErrorWords();
  const backend = useBackend();
  const notices = useBackendStore('notices', (all) => all);
  const owner = useOwner();
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const notice of notices) {
      if (told.current.has(notice.id)) continue;
      told.current.add(notice.id);
      backend.dismiss(notice.id);
      const refusal = 'error' in notice ? words(notice.error) : null;
      if (refusal !== null && isPlain(notice)) toast('error', refusal);
      else void tellMore(notice, backend, i18n.language, refusal ?? t('notice.overwrittenRow', { name: t('conflict.somebody') }), owner);
    }
  }, [backend, notices, t, i18n, words, owner]);
  const isLive = useBackendStore('connection', ({ state }) => state === 'live');
  useEffect(() => {
    if (!isLive || owner === null || !hasKept(owner)) return;
    // Where it cannot be loaded they stay for the next time.
    void import('./tellings').then(({ tellKept }) => tellKept(backend, i18n.language, owner), () => undefined);
  }, [backend, i18n, isLive, owner]);
}

/** For whom notices are kept; null where that is not known. */
function useOwner(): string | null {
  const { userId } = useBackend();
  const restaurantId = useRestaurantId();
  return userId === null || restaurantId === null ? null : `${userId}:${restaurantId}`;
}

function hasKept(owner: string): boolean {
  const storage = safeStorage(() => localStorage);
  return Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index)).some((key) => key?.startsWith(`${NOTICES}:${owner}:`));
}

/** Whether a refusal is said by a sentence alone: nothing is offered with it, and nothing that was typed goes with it. */
function isPlain(notice: Notice): boolean {
  if (notice.kind !== 'refused') return true;
  const { type } = notice.entry.request;
  return type !== 'SHIFT_UPDATE' && (notice.error.code !== 'conflict' || (type !== 'UNDO' && type !== 'REDO'));
}

/** What is offered with the others is rare, and not worth its bytes when the page opens; that there was something is told without them as well. */
async function tellMore(notice: Notice, backend: Backend, language: string, otherwise: string, owner: string | null): Promise<void> {
  const tellings = await import('./tellings').catch(() => null);
  if (tellings === null) toast('warning', otherwise, { sticky: true });
  else tellings.tell(notice, backend, language, otherwise, owner);
}
