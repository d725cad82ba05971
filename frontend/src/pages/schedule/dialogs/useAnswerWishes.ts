import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend } from '@/app/stores/backend';
import { toast } from '@/app/stores/toasts';
import type { ClientPayloads } from '@/realtime/protocol';

type State = ClientPayloads['WISH_ANSWER']['state'];

/** Says something to wishes, to all open ones without ids, and tells what became of it; false where it was not done: a refusal is told by the page itself. */
export function useAnswerWishes(scheduleId: string) {
  const { t } = useTranslation('wishes');
  const backend = useBackend();
  return useCallback(
    async (state: State, wishIds?: string[], answer = ''): Promise<boolean> => {
      const payload = { scheduleId, state, answer, ...(wishIds === undefined ? {} : { wishIds }) };
      const outcome = await backend.change({ type: 'WISH_ANSWER', payload }).outcome;
      if (outcome.kind !== 'applied' || state !== 'taken') return outcome.kind === 'applied';
      const { wishes, skippedCount, refused } = outcome.result as { wishes?: readonly unknown[]; skippedCount?: number; refused?: readonly unknown[] };
      const left = (skippedCount ?? 0) + (refused?.length ?? 0);
      const taken = wishes?.length ?? 0;
      if (taken > 0) toast('good', t('taken', { count: taken }));
      if (left > 0) toast('warning', t('skipped', { count: left }));
      return true;
    },
    [backend, scheduleId, t],
  );
}
