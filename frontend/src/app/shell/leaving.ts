import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { OutboxState } from '@/realtime/outbox/outbox';
import type { Outcome } from '@/realtime/outbox/outcomes';

import { ask } from '../stores/ask';
import { type Backend, useBackend } from '../stores/backend';
import { signOut } from './signOut';

/** Leaving with something at risk asks first. */

const unsaved = new Set<symbol>();

/** Says that something typed is not given to the outbox yet, for as long as the component is there and `isDirty`. */
export function useUnsaved(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const mark = Symbol('unsaved');
    unsaved.add(mark);
    return () => void unsaved.delete(mark);
  }, [isDirty]);
}

/**
 * For forms that go on showing what was given to the outbox. What they hold counts as unsaved unless it is `blank`, what such a form
 * begins with, or what was given last: then `isTyped`. `give` tells of a change that was given; where it is refused, it counts again.
 */
export function useTyped(typed: object, blank: object): { readonly isTyped: boolean; readonly give: (outcome: Promise<Outcome>) => void } {
  const [given, setGiven] = useState<string | null>(null);
  const now = JSON.stringify(typed);
  const isTyped = now !== given && now !== JSON.stringify(blank);
  useUnsaved(isTyped);
  const give = (outcome: Promise<Outcome>) => {
    setGiven(now);
    void outcome.then(({ kind }) => {
      if (kind !== 'applied') setGiven((last) => (last === now ? null : last));
    });
  };
  return { isTyped, give };
}

/** How many edits wait, and whether they would be lost with the page. */
function atRisk(entries: OutboxState): { readonly waiting: number; readonly lost: number } {
  return { waiting: entries.length, lost: entries.filter(({ isDurable }) => !isDurable).length };
}

/** The browser asks before the page is closed with something that would be lost. */
export function useLeaving(): void {
  const { outbox } = useBackend();
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (unsaved.size > 0 || atRisk(outbox.getState()).lost > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', onLeave);
    return () => window.removeEventListener('beforeunload', onLeave);
  }, [outbox]);
}

type Words = TFunction;

/** Whether to go on although edits wait; asks if there are any. */
async function mayLeave({ outbox }: Backend, t: Words, how: 'signOut' | 'restaurant'): Promise<boolean> {
  const { waiting, lost } = atRisk(outbox.getState());
  if (waiting === 0) return true;
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
  return {
    signOut: () => void mayLeave(backend, t, 'signOut').then((may) => (may ? signOut(backend) : undefined)),
    openRestaurant: (url) => void mayLeave(backend, t, 'restaurant').then((may) => may && window.location.assign(url)),
  };
}
