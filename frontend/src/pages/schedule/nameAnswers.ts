import { useBackend } from '@/app/stores/backend';
import { useRestaurantId } from '@/app/stores/kept';
import { safeStorage } from '@/realtime/transport/config';

/** Whom the names in tables mean, as a user has said in this browser: asked once. */
export interface NameAnswers {
  /** A member's id, blank for nobody; undefined where it was never asked. */
  readonly of: (name: string) => string | undefined;
  readonly remember: (name: string, staffId: string) => void;
}

const KEY = 'shiftsync-names';
/** Where the browser keeps nothing, for as long as the page is open. */
const held = new Map<string, Record<string, string>>();

export function nameAnswersOf(userId: string | null, restaurantId: string | null, storage = safeStorage(() => localStorage)): NameAnswers {
  const key = `${KEY}:${userId ?? ''}:${restaurantId ?? ''}`;
  const used = userId === null ? null : storage;
  const all = (): Record<string, string> => ({ ...read(used?.getItem(key) ?? null), ...held.get(key) });
  return {
    of: (name) => (Object.hasOwn(all(), name) ? all()[name] : undefined),
    remember: (name, staffId) => {
      const now = { ...all(), [name]: staffId };
      held.set(key, now);
      used?.setItem(key, JSON.stringify(now));
    },
  };
}

function read(text: string | null): Record<string, string> {
  try {
    const found: unknown = JSON.parse(text ?? '{}');
    const entries = typeof found === 'object' && found !== null ? Object.entries(found) : [];
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}

/** Those of whoever is here, in the restaurant that is open. */
export function useNameAnswers(): NameAnswers {
  const { userId } = useBackend();
  return nameAnswersOf(userId, useRestaurantId());
}
