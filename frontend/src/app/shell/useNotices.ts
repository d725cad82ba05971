import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { Notice } from '@/realtime/outbox/notices';

import { type Backend, useBackend, useBackendStore } from '../stores/backend';
import { toast } from '../stores/toasts';
import { useErrorWords } from '../ui/errorWords';

/** Tells what became of one's changes, wherever one is. */
export function useNotices(): void {
  const { t, i18n } = useTranslation();
  const words = useErrorWords();
  const backend = useBackend();
  const notices = useBackendStore('notices', (all) => all);
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const notice of notices) {
      if (told.current.has(notice.id)) continue;
      told.current.add(notice.id);
      backend.dismiss(notice.id);
      const refusal = 'error' in notice ? words(notice.error) : null;
      if (refusal !== null && isPlain(notice)) toast('error', refusal, { sticky: true });
      else void tellMore(notice, backend, i18n.language, refusal ?? t('notice.overwrittenRow', { name: t('conflict.somebody') }));
    }
  }, [backend, notices, t, i18n, words]);
}

/** Whether a refusal is said by a sentence alone: nothing is offered with it, and nothing that was typed goes with it. */
function isPlain(notice: Notice): boolean {
  if (notice.kind !== 'refused') return true;
  const { type } = notice.entry.request;
  return type !== 'SHIFT_UPDATE' && (notice.error.code !== 'conflict' || (type !== 'UNDO' && type !== 'REDO'));
}

/** What is offered with the others is rare, and not worth its bytes when the page opens; that there was something is told without them as well. */
async function tellMore(notice: Notice, backend: Backend, language: string, otherwise: string): Promise<void> {
  const tellings = await import('./tellings').catch(() => null);
  if (tellings === null) toast('warning', otherwise, { sticky: true });
  else tellings.tell(notice, backend, language, otherwise);
}
