/** Who the user is to the server, what they see, and what is forgotten when they see something else. */

import { createStore, type StoreApi } from 'zustand/vanilla';

import type { ConnectionAck, Role, ServerMessage } from '../protocol';
import type { Replica } from '../state/replica';
import type { Keeping } from './keeping';
import { sessionOf, sightOf, UNKNOWN_SESSION, type SessionState } from './session';
import type { Slices } from './slices';
import type { SliceSync } from './sliceSync';

/** A device's clock that has been set is further off than a message is ever on its way. */
const CLOCK_SET_MS = 20_000;

/** What is here of what the user has seen. */
export interface Seen {
  readonly replica: Replica;
  readonly slices: Slices;
  readonly sliceSync: SliceSync;
  readonly keeping: Keeping;
}

export class Sight {
  readonly session: StoreApi<SessionState> = createStore<SessionState>(() => UNKNOWN_SESSION);
  readonly #seen: Seen;

  constructor(seen: Seen) {
    this.#seen = seen;
  }

  get role(): Role | null {
    return this.session.getState().role;
  }

  /** Takes the session that the server's greeting describes; what another sight has shown is forgotten. */
  greeted(ack: ConnectionAck): void {
    this.#meet(sightOf(ack));
    this.session.setState(sessionOf(ack), true);
  }

  /** The user has another role, or sees more or less than before. */
  changed(role: Role, sight: string): void {
    this.#meet(sight);
    this.session.setState({ role, sight });
  }

  /**
   * Whether the owner has changed what staff see, over a connection on which nobody says so to each by itself (a socket sends
   * ROLE_CHANGED): then what was seen is forgotten.
   */
  changedByOwner(message: ServerMessage): boolean {
    if (message.type !== 'RESTAURANT_UPDATE' || !message.payload.changed.includes('staffSeeColleagues')) return false;
    if (this.role !== null && this.role !== 'staff') return false;
    this.forget();
    return true;
  }

  /** Follows a device's clock that was set while the page was open; how long a message was on its way moves nothing. */
  setClock(serverTime: number): void {
    const clockOffset = serverTime - Date.now();
    if (Math.abs(clockOffset - this.session.getState().clockOffset) > CLOCK_SET_MS) this.session.setState({ clockOffset });
  }

  /** Nothing of what was seen is shown or kept any longer. */
  forget(): void {
    const { sliceSync, slices, replica, keeping } = this.#seen;
    sliceSync.disconnected();
    slices.forget();
    replica.forget();
    keeping.forget();
  }

  #meet(sight: string): void {
    const before = this.session.getState();
    if (before.role !== null && (before.sight ?? before.role) !== sight) this.forget();
  }
}
