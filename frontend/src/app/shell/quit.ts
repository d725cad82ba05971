import type { TFunction } from 'i18next';

import { ask } from '../stores/ask';
import type { Carry } from '../stores/rest';
import { toast } from '../stores/toasts';

/** Ends one's own membership, after a question; the page then goes to what else its user may open. */
export async function quit(restaurant: { readonly id: string; readonly name: string }, carryOut: Carry, t: TFunction, words: (error: unknown) => string): Promise<void> {
  const { id, name } = restaurant;
  const answer = await ask({
    title: t('shell.quitTitle', { name }),
    text: t('shell.quitText'),
    answers: [
      { value: 'stay', label: t('shell.quitStay') },
      { value: 'leave', label: t('shell.quitLeave'), kind: 'danger' },
    ],
  });
  if (answer !== 'leave') return;
  try {
    await carryOut('post', '/api/restaurants/{id}/leave/', { id });
    window.location.assign('/');
  } catch (error) {
    toast('error', words(error));
  }
}
