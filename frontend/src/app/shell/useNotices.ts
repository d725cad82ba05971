import type { TFunction } from 'i18next';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { Notice } from '@/realtime/outbox/notices';

import { ask } from '../stores/ask';
import { asValue, bulkOf, givenBack } from './conflictChoice';
import { type Backend, useBackend, useBackendStore } from '../stores/backend';
import { useErrorWords } from '../ui/errorWords';
import { toast } from '../stores/toasts';

type Words = TFunction;

/** Tells what became of one's changes, wherever one is. */
export function useNotices(): void {
  const { t } = useTranslation();
  const words = useErrorWords();
  const backend = useBackend();
  const notices = useBackendStore('notices', (all) => all);
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const notice of notices) {
      if (told.current.has(notice.id)) continue;
      told.current.add(notice.id);
      backend.dismiss(notice.id);
      tell(notice, backend, t, words);
    }
  }, [backend, notices, t, words]);
}

function tell(notice: Notice, backend: Backend, t: Words, words: (error: unknown) => string): void {
  if (notice.kind === 'overwrote') {
    const name = notice.items[0]?.theirAuthor || t('conflict.somebody');
    const back = givenBack(notice.entry.request, notice.items);
    const action = back === null ? {} : { action: { label: t('notice.giveBack'), run: () => void backend.change(back) }, sticky: true };
    toast('info', t('notice.overwrote', { count: notice.items.length, name }), action);
  } else if (notice.kind === 'overwritten') {
    tellOverwritten(notice.items, backend, t);
  } else if (isRefusedUndo(notice)) {
    void answerUndo(notice, backend, t);
  } else {
    toast('error', words(notice.error), { sticky: true });
  }
}

/** A colleague has written over one's own cells: both values, and one's own again at a click. */
function tellOverwritten(items: Extract<Notice, { kind: 'overwritten' }>['items'], backend: Backend, t: Words): void {
  const [first] = items;
  if (first === undefined) return;
  const values = { mine: first.yours || '—', theirs: first.theirs || '—' };
  const again = bulkOf(first.cell.scheduleId, items.map(({ cell, yours }) => ({ ...cell, shiftValue: asValue(yours) })));
  toast('warning', t('notice.overwritten', { count: items.length, name: first.theirAuthor || t('conflict.somebody'), ...values }), {
    sticky: true,
    action: { label: t('notice.mineAgain'), run: () => void backend.change(again) },
  });
}

type Refused = Extract<Notice, { kind: 'refused' }>;

const isRefusedUndo = (notice: Notice): notice is Refused =>
  notice.kind === 'refused' &&
  notice.error.code === 'conflict' &&
  (notice.entry.request.type === 'UNDO' || notice.entry.request.type === 'REDO');

/** A colleague has changed since what was to be undone: undo the rest, leave this step out, or stop. */
async function answerUndo({ entry: { request } }: Refused, backend: Backend, t: Words): Promise<void> {
  if (request.type !== 'UNDO' && request.type !== 'REDO') return;
  const answer = await ask({
    title: t('undo.title'),
    text: t('undo.text'),
    answers: [
      { value: 'stop', label: t('undo.stop') },
      { value: 'skip', label: t('undo.skip') },
      { value: 'partial', label: t('undo.partial'), kind: 'primary' },
    ],
  });
  if (answer === 'stop') return;
  const options = answer === 'partial' ? { partial: true } : { skip: true };
  if (request.type === 'UNDO') backend.undo(request.payload.scheduleId, options);
  else backend.redo(request.payload.scheduleId, options);
}
