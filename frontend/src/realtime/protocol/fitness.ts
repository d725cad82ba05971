/** Whether the server can take a request at all. What it can never take must not hold up what waits behind it. */

import type { Refusal } from './index';

/** How large a message is on the wire. */
export function bytesOf(message: unknown): number {
  return new TextEncoder().encode(JSON.stringify(message)).length;
}

/** What is wrong with a message, or null. */
export function unfitness(message: unknown, maxBytes: number): Refusal | null {
  if (!isWellFormed(message)) {
    return { code: 'invalid_json', message: 'The text holds half a character, which cannot be sent.' };
  }
  if (bytesOf(message) > maxBytes) {
    return { code: 'payload_too_large', message: 'The change is too large to be sent at once.' };
  }
  return null;
}

/** Whether no text in it, keys included, ends in the middle of a character (a surrogate without the other half). */
function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') {
    return !/\p{Surrogate}/u.test(value);
  }
  if (typeof value !== 'object' || value === null) {
    return true;
  }
  return Object.entries(value).every(([key, part]) => isWellFormed(key) && isWellFormed(part));
}
