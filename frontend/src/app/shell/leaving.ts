import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import type { OutboxState } from '@/realtime/outbox/outbox';

import { ask } from '../stores/ask';
import { type Backend, useBackend } from '../stores/backend';
import { type KeptForms, useKeptForms } from '../stores/kept';
import { signOut } from './signOut';

/** Leaving with something at risk asks first. */

const unsaved = new Set<symbol>();

/** Says that something typed is not given to the outbox yet, for as long as the component is there and `isDirty`. It is kept, but its author may have forgotten it. */
export function useUnsaved(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const mark = Symbol('unsaved');
    unsaved.add(mark);
    return () => void unsaved.delete(mark);
  }, [isDirty]);
}

/** How many edits wait, and how much would be lost with the page. */
function atRisk(entries: OutboxState, forms: KeptForms): { readonly waiting: number; readonly lost: number } {
  const lost = entries.filter(({ isDurable }) => !isDurable).length + forms.atRisk;
  return { waiting: entries.length, lost };
}

/** The browser asks before the page is closed with something that would be lost. */
export function useLeaving(): void {
  const { outbox } = useBackend();
  const forms = useKeptForms();
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (unsaved.size > 0 || atRisk(outbox.getState(), forms).lost > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', onLeave);
    return () => window.removeEventListener('beforeunload', onLeave);
  }, [outbox, forms]);
}

type Words = TFunction;

/** Whether to go on although edits wait; asks if there are any. Signing out ends the other tabs as well, and holds up theirs. */
async function mayLeave(backend: Backend, forms: KeptForms, t: Words, how: 'signOut' | 'restaurant'): Promise<boolean> {
  const { waiting: own, lost } = atRisk(backend.outbox.getState(), forms);
  const waiting = how === 'signOut' ? await backend.countWaiting() : own;
  if (waiting === 0 && lost === 0) return true;
  const stays = how === 'signOut' ? t('shell.leaveText', { count: waiting }) : t('shell.leaveRestaurant', { count: waiting });
  const answer = await ask({
    title: t('shell.leaveTitle'),
    text: lost > 0 ? t('shell.leaveLost', { count: lost }) : stays,
    answers: [
      { value: 'stay', label: t('shell.leaveStay') },
      { value: 'leave', label: t(how === 'signOut' ? 'shell.leaveSignOut' : 'shell.leaveChange'), kind: lost > 0 ? 'danger' : 'primary' },
    ],
  });
  return answer === 'leave';
}

/** Signing out and changing the restaurant, with a question where edits wait. */
export function useLeave(): { readonly signOut: () => void; readonly openRestaurant: (url: string) => void } {
  const { t } = useTranslation();
  const backend = useBackend();
  const forms = useKeptForms();
  return {
    signOut: () => void mayLeave(backend, forms, t, 'signOut').then((may) => (may ? signOut(backend) : undefined)),
    openRestaurant: (url) => void mayLeave(backend, forms, t, 'restaurant').then((may) => may && window.location.assign(url)),
  };
}
