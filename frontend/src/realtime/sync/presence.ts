/** Who else is here, and where. The latest word counts; nothing of it is kept. */

import { createStore, type StoreApi } from 'zustand/vanilla';

import type { Place, PresenceEntry, ServerPayloads } from '../protocol';

export type Roster = ReadonlyMap<string, PresenceEntry>;

const NOWHERE: Place = { scheduleId: null, cell: null, state: 'viewing' };
/** Moves of one's own are told at most this often. */
const INTERVAL_MS = 100;
/** So long after the connection was lost the others are shown as they were: mostly it is back before one has looked. */
const GRACE_MS = 15_000;
/** A timer that is later than this was asleep with the device, which connects as soon as it wakes. */
const ASLEEP_MS = 5_000;

/** The roster after a message: a whole one replaces it, an entry moves one client. */
function mergeRoster(roster: Roster, { roster: entries, complete }: ServerPayloads['PRESENCE_STATE']): Roster {
  const merged = new Map(complete ? [] : roster);
  for (const entry of entries) {
    if (entry.state === 'left') {
      merged.delete(entry.clientId);
    } else {
      merged.set(entry.clientId, entry);
    }
  }
  return merged;
}

export class Presence {
  /** The others, by client id. */
  readonly store: StoreApi<Roster> = createStore<Roster>(() => new Map());
  readonly #send: (place: Place) => void;
  readonly #clientId: () => string;
  /** The user of this client: their other windows are not shown as colleagues. */
  #userId: string | null = null;
  /** Those windows, also after they were closed: what came from them is one's own. */
  readonly #own = new Set<string>();
  #place: Place = NOWHERE;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #forgetting: ReturnType<typeof setTimeout> | undefined;

  constructor(clientId: () => string, send: (place: Place) => void) {
    this.#clientId = clientId;
    this.#send = send;
  }

  receive(payload: ServerPayloads['PRESENCE_STATE']): void {
    if (payload.complete) {
      this.#remember();
    }
    const roster = new Map(mergeRoster(this.store.getState(), payload));
    roster.delete(this.#clientId());
    for (const [clientId, { userId }] of roster) {
      if (userId !== '' && userId === this.#userId) {
        roster.delete(clientId);
        this.#own.add(clientId);
      }
    }
    this.store.setState(roster, true);
  }

  /** What another client's user is called; '' where they are not here, null for another window of this user. */
  nameOf(clientId: string): string | null {
    return this.#own.has(clientId) ? null : this.store.getState().get(clientId)?.name ?? '';
  }

  /** Known as soon as the server has said it. */
  belongTo(userId: string | null): void {
    this.#userId = userId;
  }

  /** Tells the others where this client is now; the last of several moves in quick succession. */
  moveTo(place: Place): void {
    this.#place = place;
    this.#timer ??= setTimeout(() => this.announce(), INTERVAL_MS);
  }

  /** Says it again: to a server that has just been reached. */
  announce(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#send(this.#place);
  }

  /** Nobody can be seen any more; who was, is shown for a moment still. */
  lose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // Attempts to connect that fail do not prolong it.
    if (this.#forgetting === undefined) {
      this.#forgetLater();
    }
  }

  #forgetLater(): void {
    const at = Date.now() + GRACE_MS;
    this.#forgetting = setTimeout(() => {
      if (Date.now() - at > ASLEEP_MS) {
        this.#forgetLater();
      } else {
        this.#forgetting = undefined;
        this.store.setState(new Map(), true);
      }
    }, GRACE_MS);
  }

  #remember(): void {
    clearTimeout(this.#forgetting);
    this.#forgetting = undefined;
  }
}
