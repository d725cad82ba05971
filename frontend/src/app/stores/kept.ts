import { useCallback, useState } from 'react';
import { createStore, useStore } from 'zustand';

import { type SafeStorage, safeStorage } from '@/realtime/transport/config';

import { useBackend, useBackendStore } from './backend';
import { askedRestaurant, readPage } from './page';

/** What was typed into a form and is not given to the outbox yet. */
export interface Kept {
  /** All that the form holds. */
  readonly typed: Readonly<Record<string, unknown>>;
  /** What stood there when its author began: what differs from it was typed. */
  readonly began: Readonly<Record<string, unknown>>;
  /** The version of the restaurant that its author saw then; 0 where none was known. */
  readonly base: number;
  /** When it was typed last. */
  readonly at: number;
  /** What it is about, for people. */
  readonly name: string;
}

const KEY = 'shiftsync-form';
/** Between the form and the tab; it is in no address of a form. */
const BY = '\t';

interface Elsewhere {
  readonly kept: Kept;
  /** Written since this page was opened, so that its tab lives. */
  readonly isLive: boolean;
}

/**
 * What one user has typed into the forms of one restaurant, by form: the place of a form is its address, `settings/dailyLimits/ID`.
 * It is written with each key, because nothing tells that a page will be closed or a session is over, and read again when the form
 * is opened the next time. It is nobody else's: the next one at this browser is not shown it. Where the browser keeps nothing, or it
 * is not known who this is, it lasts as long as the page.
 *
 * Each tab writes its own: what is typed into the same form in two of them does not mix, and saving in one takes nothing from the
 * other. A form that nothing was typed into here shows what was typed last in any of them, and takes it over.
 */
export class KeptForms {
  readonly state = createStore<ReadonlyMap<string, Kept>>(() => new Map());
  /** How often what was discarded was brought back, by form: one that is open shows it again. */
  readonly returns = createStore<ReadonlyMap<string, number>>(() => new Map());
  readonly #prefix: string;
  readonly #own = new Map<string, Kept>();
  /** By form and tab. */
  readonly #others = new Map<string, Map<string, Elsewhere>>();

  constructor(
    owner: string,
    private readonly storage: SafeStorage | null,
    private readonly tab = '',
  ) {
    this.#prefix = `${KEY}:${owner}:`;
    for (let index = 0; index < (storage?.length ?? 0); index += 1) this.#take(storage?.key(index) ?? '', false);
    this.#show();
  }

  find(form: string): Kept | null {
    return this.state.getState().get(form) ?? null;
  }

  keep(form: string, kept: Kept): void {
    if (!this.#own.has(form)) this.#dropElsewhere(form, (other) => other.kept.at === kept.at);
    this.storage?.setItem(this.#keyOf(form), JSON.stringify(kept));
    this.#own.set(form, kept);
    this.#show();
  }

  /** Drops what was typed here, or where nothing was, what was left behind; never what is being typed in another tab. */
  drop(form: string): void {
    if (!this.state.getState().has(form)) return;
    if (this.#own.delete(form)) this.storage?.removeItem(this.#keyOf(form));
    else this.#dropElsewhere(form, ({ isLive }) => !isLive);
    this.#show();
  }

  /** Takes a discarding back. */
  bringBack(form: string, kept: Kept): void {
    this.keep(form, kept);
    const count = this.returns.getState().get(form) ?? 0;
    this.returns.setState(new Map(this.returns.getState()).set(form, count + 1), true);
  }

  /** Whether it outlasts the page. */
  isSafe(form: string): boolean {
    return !this.#own.has(form) || read(this.storage?.getItem(this.#keyOf(form)) ?? null)?.at === this.#own.get(form)?.at;
  }

  /** How much would be lost with the page. */
  get atRisk(): number {
    return [...this.#own.keys()].filter((form) => !this.isSafe(form)).length;
  }

  /** What another tab of the same user has written: nothing of what is typed here goes. */
  hear(key: string | null): void {
    if (key !== null && this.#take(key, true)) this.#show();
  }

  #keyOf(form: string, tab = this.tab): string {
    return this.#prefix + form + (tab === '' ? '' : BY + tab);
  }

  /** Takes in what stands under a key; whether it is one of these. */
  #take(key: string, isLive: boolean): boolean {
    if (!key.startsWith(this.#prefix)) return false;
    const [form = '', tab = ''] = key.slice(this.#prefix.length).split(BY);
    const kept = read(this.storage?.getItem(key) ?? null);
    if (tab === this.tab) {
      if (kept === null) this.#own.delete(form);
      else this.#own.set(form, kept);
      return true;
    }
    const others = this.#others.get(form) ?? new Map<string, Elsewhere>();
    if (kept === null) others.delete(tab);
    else others.set(tab, { kept, isLive });
    this.#others.set(form, others);
    return true;
  }

  #dropElsewhere(form: string, isMeant: (other: Elsewhere) => boolean): void {
    const others = this.#others.get(form) ?? new Map<string, Elsewhere>();
    for (const [tab, other] of others) {
      if (!isMeant(other)) continue;
      others.delete(tab);
      this.storage?.removeItem(this.#keyOf(form, tab));
    }
  }

  #show(): void {
    const all = new Map<string, Kept>();
    for (const [form, others] of this.#others) {
      const [latest] = [...others.values()].map(({ kept }) => kept).sort((one, other) => other.at - one.at);
      if (latest !== undefined) all.set(form, latest);
    }
    this.#own.forEach((kept, form) => all.set(form, kept));
    this.state.setState(all, true);
  }
}

const isValues = (value: unknown): value is Kept['typed'] => typeof value === 'object' && value !== null && !Array.isArray(value);

function read(text: string | null): Kept | null {
  try {
    const { typed, began, base, at, name } = JSON.parse(text ?? '') as Partial<Record<keyof Kept, unknown>>;
    const isWhole = isValues(typed) && isValues(began) && typeof base === 'number' && typeof at === 'number' && typeof name === 'string';
    return isWhole ? { typed, began, base, at, name } : null;
  } catch {
    return null;
  }
}

/** The page does not change while it is open. */
const PAGE_RESTAURANT = readPage().restaurantId;

const opened = new Map<string, KeptForms>();

/** The forms of a user in a restaurant: the same ones wherever they are asked for. */
function keptFormsOf(userId: string | null, restaurantId: string | null, tab: string): KeptForms {
  const owner = `${userId ?? ''}:${restaurantId ?? ''}`;
  const found = opened.get(owner);
  if (found !== undefined) return found;
  // Who this is is not known: nothing could be kept for them alone.
  const made = new KeptForms(owner, userId === null ? null : safeStorage(() => localStorage), tab);
  window.addEventListener('storage', ({ key }) => made.hear(key));
  opened.set(owner, made);
  return made;
}

/** The restaurant that is open: the same one before and after the server has named it. */
export function useRestaurantId(): string | null {
  const session = useBackendStore('session', ({ restaurantId }) => restaurantId);
  return askedRestaurant() ?? PAGE_RESTAURANT ?? session;
}

/** What this user has typed here and not saved. */
export function useKeptForms(): KeptForms {
  const { userId, clientId } = useBackend();
  return keptFormsOf(userId, useRestaurantId(), clientId);
}

/** What is kept under a form when it is opened, and again when it is brought back; the number of the latter. */
export function useFound(form: string, isWanted: (kept: Kept) => boolean = () => true): { readonly found: Kept | null; readonly returned: number; readonly forget: () => void } {
  const forms = useKeptForms();
  const find = () => {
    const kept = forms.find(form);
    return kept !== null && isWanted(kept) ? kept : null;
  };
  const returned = useStore(forms.returns, (all) => all.get(form) ?? 0);
  const [held, hold] = useState(() => ({ found: find(), returned }));
  if (held.returned !== returned) hold({ found: find(), returned });
  return { ...held, forget: useCallback(() => hold((last) => (last.found === null ? last : { ...last, found: null })), []) };
}

/** The places of forms at or below `place` that hold something. */
export function useKeptBelow(place: string): readonly string[] {
  const all = useStore(useKeptForms().state);
  return [...all.keys()].filter((form) => form === place || form.startsWith(`${place}/`));
}
