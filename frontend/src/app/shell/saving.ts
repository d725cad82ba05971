import type { ConnectionState } from '@/realtime/transport/connection';
import { isHeld, type OutboxState } from '@/realtime/outbox/outbox';

/** What becomes of one's edits, in one word that is always in view. */
export type Saving =
  | { readonly kind: 'saved' }
  | { readonly kind: 'sending'; readonly count: number }
  /** Safe on this device, but not on the server. */
  | { readonly kind: 'waiting'; readonly count: number }
  /** Would be lost with this tab. */
  | { readonly kind: 'unsaved'; readonly count: number }
  /** Wait for a decision of their author. */
  | { readonly kind: 'held'; readonly count: number }
  | { readonly kind: 'offline' }
  | { readonly kind: 'connecting' };

export function savingOf(connection: ConnectionState, outbox: OutboxState): Saving {
  const held = outbox.filter(isHeld).length;
  if (held > 0) return { kind: 'held', count: held };
  const count = outbox.length;
  const isLive = connection.state === 'live' || connection.state === 'catchingUp';
  if (count > 0 && isLive) return { kind: 'sending', count };
  if (count > 0) {
    // What is being written is safe in a moment, as each key is: that is no alarm.
    const unsafe = outbox.filter(({ isDurable, progress }) => !isDurable && progress.kind !== 'saving').length;
    return unsafe > 0 ? { kind: 'unsaved', count: unsafe } : { kind: 'waiting', count };
  }
  if (connection.state === 'live') return { kind: 'saved' };
  return connection.state === 'offline' ? { kind: 'offline' } : { kind: 'connecting' };
}
