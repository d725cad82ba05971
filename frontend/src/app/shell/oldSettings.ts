import type { JsonObject } from '@/realtime/protocol';
import type { SettingsState } from '@/realtime/state/state';

/** The settings that an older version of this page has left in the browser. */

const KEY = 'shift-schedule-settings';
const DECLINED = 'shiftsync-migration-declined';

/** An object of settings, or null where the text is none. */
export function parseSettings(text: string): JsonObject | null {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null && !Array.isArray(found) && Object.keys(found).length > 0 ? (found as JsonObject) : null;
  } catch {
    return null;
  }
}

export function storedSettings(): JsonObject | null {
  try {
    return parseSettings(localStorage.getItem(KEY) ?? '');
  } catch {
    return null;
  }
}

/**
 * Whether the old settings are worth an offer: the server has nothing of anybody's hand yet. A restaurant begins with a first
 * version of defaults; whoever has taken settings over, has gone back to the defaults or has copied a version is beyond it, and
 * whoever has put people into groups would lose them from sight.
 */
export const isUntouched = (settings: SettingsState | null): boolean =>
  settings?.version?.versionNumber === 1 && settings.staffGroups.length === 0;

export function wasDeclined(restaurantId: string): boolean {
  try {
    return (localStorage.getItem(DECLINED) ?? '').split(' ').includes(restaurantId);
  } catch {
    return false;
  }
}

/** The offer is not made again for this restaurant in this browser. */
export function decline(restaurantId: string): void {
  try {
    localStorage.setItem(DECLINED, `${localStorage.getItem(DECLINED) ?? ''} ${restaurantId}`.trim());
  } catch {
    // It is then offered again the next time.
  }
}
