import type { Notice } from '@/realtime/outbox/notices';
import type { SafeStorage } from '@/realtime/transport/config';

import { dismissToast, NOTICES } from '../stores/toasts';

/** So many notices of one user are kept in a restaurant, the newest of them. */
const MOST = 30;
/** One that says more than that is told as long as the page is there. */
const LONGEST = 100_000;
/** Later nobody wants back what was there before. */
const LASTS_MS = 7 * 86_400_000;

export interface KeptNotice {
  readonly notice: Notice;
  /** The version that its reader saw when it was told: whoever has changed more since is not overwritten unseen. */
  readonly version: number;
  readonly at: number;
}

const KINDS: ReadonlySet<string> = new Set<Notice['kind']>(['overwrote', 'overwritten', 'overwrittenRow', 'succession']);

/**
 * The notices that offer a way back to one user in one restaurant, until it is taken or they are dismissed, in whichever tab. They
 * outlast the page, and are shown to nobody else. Where the browser keeps nothing they last as long as the page.
 */
export class KeptNotices {
  readonly #prefix: string;
  /** What is shown here, by where it is kept. */
  readonly #shown = new Map<string, number>();

  constructor(
    owner: string,
    private readonly storage: SafeStorage | null,
  ) {
    this.#prefix = `${NOTICES}:${owner}:`;
  }

  /** Keeps a notice; the place where it is kept. */
  keep({ notice, version, at }: KeptNotice): string {
    const key = `${this.#prefix}${at}.${crypto.getRandomValues(new Uint32Array(1)).join('')}`;
    const text = JSON.stringify({ notice: 'entry' in notice ? { ...notice, entry: { request: notice.entry.request } } : notice, version, at });
    if (text.length <= LONGEST) this.storage?.setItem(key, text);
    this.#keys().slice(0, -MOST).forEach((old) => this.storage?.removeItem(old));
    return key;
  }

  /** What is kept and not shown here, the oldest first. */
  untold(now: number): readonly (readonly [string, KeptNotice])[] {
    return this.#keys().flatMap((key) => {
      const kept = read(this.storage?.getItem(key) ?? null);
      const isGood = kept !== null && Math.abs(now - kept.at) < LASTS_MS;
      if (!isGood) this.storage?.removeItem(key);
      return isGood && !this.#shown.has(key) ? [[key, kept] as const] : [];
    });
  }

  /** It is shown by that message. */
  show(key: string, toast: number): void {
    this.#shown.set(key, toast);
  }

  /** It was used or dismissed. */
  end(key: string): void {
    this.#shown.delete(key);
    this.storage?.removeItem(key);
  }

  /** Another tab has ended it. */
  hear(key: string | null): void {
    const toast = key === null ? undefined : this.#shown.get(key);
    if (key === null || toast === undefined || (this.storage?.getItem(key) ?? null) !== null) return;
    this.#shown.delete(key);
    dismissToast(toast);
  }

  #keys(): string[] {
    const storage = this.storage;
    if (storage === null) return [];
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) => key.startsWith(this.#prefix));
    const at = (key: string) => Number(key.slice(this.#prefix.length).split('.')[0]);
    return keys.sort((one, other) => at(one) - at(other));
  }
}

function read(text: string | null): KeptNotice | null {
  try {
    const { notice, version, at } = JSON.parse(text ?? '') as Partial<KeptNotice>;
    return notice !== undefined && KINDS.has(notice.kind) && typeof version === 'number' && typeof at === 'number' ? { notice, version, at } : null;
  } catch {
    return null;
  }
}
