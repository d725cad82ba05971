import type { Draft, DraftStore } from '@/grid/controller';
import type { CellRef } from '@/grid/model';
import { type SafeStorage, safeStorage } from '@/realtime/transport/config';

const KEY = 'shiftsync-draft';

interface Stored extends Pick<Draft, 'text' | 'base'> {
  readonly at: number;
}

/**
 * What a user has typed for cells of a schedule and not entered yet, as far as the browser keeps it. It is nobody else's: the next
 * one at this browser neither sees it nor enters it. A full or forbidden storage keeps nothing. Written with each key, because nothing tells that a page will be closed.
 */
export function draftsOf(userId: string | null, scheduleId: string, storage = safeStorage(() => localStorage)): DraftStore {
  const prefix = `${KEY}:${userId ?? ''}:${scheduleId}:`;
  const keyOf = ({ staffId, dateKey }: CellRef) => `${prefix}${staffId}:${dateKey}`;
  // Who this is is not known: nothing could be kept for them alone.
  const used = userId === null ? null : storage;
  return {
    load: () => (used === null ? [] : allBelow(used, prefix)),
    keep: ({ cell, text, base }) => used?.setItem(keyOf(cell), JSON.stringify({ text, base, at: Date.now() } satisfies Stored)),
    drop: (cell) => used?.removeItem(keyOf(cell)),
  };
}

function allBelow(storage: SafeStorage, prefix: string): Draft[] {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) => key.startsWith(prefix));
  const found = keys.flatMap((key) => {
    const [staffId = '', dateKey = ''] = key.slice(prefix.length).split(':');
    const stored = read(storage.getItem(key));
    return stored === null ? [] : [{ cell: { staffId, dateKey }, ...stored }];
  });
  return found.sort((a, b) => a.at - b.at).map(({ cell, text, base }) => ({ cell, text, base }));
}

function read(text: string | null): Stored | null {
  try {
    const { text: typed, base, at } = JSON.parse(text ?? '') as Partial<Stored>;
    return typeof typed === 'string' && typeof at === 'number' ? { text: typed, base: typeof base === 'number' ? base : undefined, at } : null;
  } catch {
    return null;
  }
}
