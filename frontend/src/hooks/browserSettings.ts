/** The settings that older versions of the page have left in the browser. */

import { safeStorage, type JsonObject } from '@/realtime';

const BROWSER_SETTINGS_KEY = 'shift-schedule-settings';

/** What is there, or null if there is nothing that could be migrated. */
export function readBrowserSettings(): JsonObject | null {
  try {
    const text = safeStorage(() => localStorage)?.getItem(BROWSER_SETTINGS_KEY);
    const found: unknown = text == null ? null : JSON.parse(text);
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as JsonObject) : null;
  } catch {
    return null;
  }
}
