import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';

import type { Outcome } from '@/realtime/outbox/outcomes';

import { useBackend } from '../stores/backend';
import { type Kept, useFound, useKeptForms } from '../stores/kept';
import { openDialog } from '../stores/route';
import { toast } from '../stores/toasts';
import { useBegun } from './begun';
import { useUnsaved } from './leaving';

/** Nothing that is typed into a form vanishes: see decision 35. */

/** Opens the form again. */
const openForm = (form: string): void => openDialog(...form.split('/'));

/** Says that what was typed is kept, when a form goes away with it; the form of the same place may have come back by then. */
export function useTellKept(form: string): () => void {
  const { t } = useTranslation();
  const forms = useKeptForms();
  return useCallback(() => {
    const kept = forms.find(form);
    if (kept === null) return;
    const text = t(forms.isSafe(form) ? 'kept.left' : 'kept.leftHere', { name: kept.name });
    toast('warning', text, { action: { label: t('kept.goOn'), run: () => openForm(form) } });
  }, [form, forms, t]);
}

/** Drops what was typed because its author said so; a click brings it back. */
export function useDiscard(form: string): () => void {
  const { t } = useTranslation();
  const forms = useKeptForms();
  return () => {
    const kept = forms.find(form);
    forms.drop(form);
    if (kept === null) return;
    const back = () => {
      forms.bringBack(form, kept);
      openForm(form);
    };
    toast('info', t('kept.discarded', { name: kept.name }), { action: { label: t('kept.back'), run: back } });
  };
}

interface NoteProps {
  readonly at: number;
  /** Where nothing may be saved now. */
  readonly isClosed?: boolean;
  readonly onDiscard: () => void;
}

/** Above a form that shows what was typed into it earlier. */
export function KeptNote({ at, isClosed = false, onDiscard }: NoteProps) {
  const { t, i18n } = useTranslation();
  const when = new Date(at).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <p className="app-warning app-kept" role="status">
      <span>{t(isClosed ? 'kept.closed' : 'kept.note', { when })}</span>
      <Button size="compact-sm" variant="default" onClick={onDiscard}>
        {t('kept.discard')}
      </Button>
    </p>
  );
}

/** Beside the name of what holds something that is not saved. */
export function KeptMark() {
  const { t } = useTranslation();
  return <small className="app-kept-mark">{t('kept.mark')}</small>;
}

/** The time by the server's clock, as well as it is known. */
export function useNow(): () => number {
  const { session } = useBackend();
  return useCallback(() => Date.now() + session.getState().clockOffset, [session]);
}

/** Runs when the component goes away, as it was last. */
export function useOnLeaving(run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => () => latest.current(), []);
}

export interface KeptInput<T extends object> {
  /** What is stored, and over it what was typed. */
  readonly value: T;
  /** What was typed alone. */
  readonly typed: Partial<T>;
  readonly set: (changes: Partial<T>) => void;
  /** Whether it holds something that is neither stored nor given to the outbox. */
  readonly isTyped: boolean;
  /** The version that its author saw when they began. */
  readonly base: () => number;
  /** Tells of a change that was given to the outbox; where it is refused, what was typed counts again. */
  readonly give: (outcome: Promise<Outcome>) => void;
  /** Begins anew; `unless` something else was typed than this. */
  readonly clear: (unless?: Partial<T>) => void;
  /** Says that this was typed earlier, where it was. */
  readonly note: React.ReactNode;
}

/**
 * A few inputs that are no row of a table, kept under `form`. `stored` is what they show while nothing is typed: what a colleague
 * makes of it is shown, but for what was typed here. `name` is what they are about.
 */
export function useKeptInput<T extends object>(form: string, name: string, stored: T): KeptInput<T> {
  const forms = useKeptForms();
  const now = useNow();
  const { found, returned, forget } = useFound(form);
  const [typed, setTyped] = useState<Partial<T>>(() => (found?.typed ?? {}) as Partial<T>);
  const [shown, setShown] = useState(returned);
  if (shown !== returned) {
    setShown(returned);
    setTyped((found?.typed ?? {}) as Partial<T>);
  }
  const [given, setGiven] = useState<string | null>(null);
  const value = { ...stored, ...typed };
  const text = JSON.stringify(value);
  const isTyped = text !== given && text !== JSON.stringify(stored);
  const base = useBegun(isTyped, found?.base);
  useKeeping(form, isTyped ? JSON.stringify(typed) : null, true, () => ({ began: Object.fromEntries(Object.entries(stored)), name, base: base(), at: found?.at ?? now() }));
  useUnsaved(isTyped && found === null);
  const tell = useTellKept(form);
  useOnLeaving(() => {
    if (isTyped && found === null) tell();
  });
  const clear = (unless?: Partial<T>) => {
    forget();
    setTyped((last) => (unless === undefined || last === unless ? {} : last));
  };
  const discard = useDiscard(form);
  const give = (outcome: Promise<Outcome>) => {
    const kept = forms.find(form);
    forget();
    setGiven(text);
    forms.drop(form);
    void outcome.then(({ kind }) => {
      if (kind !== 'refused') return;
      // Also where the form has gone meanwhile, which nothing else tells of what it held.
      if (kept !== null && forms.find(form) === null) forms.keep(form, kept);
      setGiven((last) => (last === text ? null : last));
    });
  };
  return {
    value,
    typed,
    set: (changes) => {
      forget();
      setTyped((last) => ({ ...last, ...changes }));
    },
    isTyped,
    base,
    give,
    clear,
    note: found !== null && isTyped && (
      <KeptNote
        at={found.at}
        onDiscard={() => {
          discard();
          clear();
        }}
      />
    ),
  };
}

/**
 * Keeps `text` (of what was typed) under `form`, and drops it when there is none any more. `whole` says the rest at that moment.
 * What was kept earlier and is not shown yet is left alone.
 */
export function useKeeping(form: string, text: string | null, isShown: boolean, whole: () => Omit<Kept, 'typed'>): void {
  const forms = useKeptForms();
  const latest = useRef(whole);
  useEffect(() => {
    latest.current = whole;
  });
  useEffect(() => {
    if (text !== null) forms.keep(form, { typed: JSON.parse(text) as Kept['typed'], ...latest.current() });
    else if (isShown) forms.drop(form);
  }, [forms, form, text, isShown]);
}

/** Whether anything is kept at or below a place. */
export function useIsKept(place: string): boolean {
  const forms = useKeptForms();
  return useStore(forms.state, (all) => [...all.keys()].some((form) => form === place || form.startsWith(`${place}/`)));
}

/** Says once, when the page is opened, what was typed into forms and not saved: the page may have gone away below its author. */
export function useKeptNews(): void {
  const { t } = useTranslation();
  const forms = useKeptForms();
  useEffect(() => {
    const all = [...forms.state.getState()].sort(([, one], [, other]) => other.at - one.at);
    const [latest] = all;
    if (latest === undefined) return;
    const [form, { name }] = latest;
    toast('info', t('kept.waiting', { count: all.length, name }), { sticky: true, action: { label: t('kept.goOn'), run: () => openForm(form) } });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for whoever has opened the page, in the language it has then
  }, [forms]);
}
