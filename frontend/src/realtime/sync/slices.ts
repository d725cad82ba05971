/** Which parts of the state are wanted, which of them are current, and how each is asked for. */

import type { ClientPayloads, ConfigVersion, Period, QueryType, ServerMessage } from '../protocol';
import type { Snapshot } from '../state/replica';
import { calendarSnapshot, scheduleSnapshot, settingsSnapshot, staffSnapshot } from '../state/snapshots';
import type { SliceKey } from '../state/state';

export type SyncQuestion = {
  [Q in QueryType]: { readonly type: Q; readonly payload: ClientPayloads[Q] };
}[QueryType];

/** The question whose answer is the slice. */
export function questionFor(slice: SliceKey): SyncQuestion {
  switch (slice) {
    case 'staff':
      return { type: 'SYNC_ALL_PERIODS_REQUEST', payload: {} };
    case 'calendar':
      return { type: 'CALENDAR_SYNC_REQUEST', payload: {} };
    case 'settings':
      return { type: 'SETTINGS_SYNC_REQUEST', payload: {} };
    default:
      return { type: 'SHIFT_SYNC_REQUEST', payload: { scheduleId: scheduleIn(slice) } };
  }
}

const scheduleIn = (slice: SliceKey) => slice.slice('schedule:'.length);

export interface Known {
  readonly periods: readonly Period[];
  readonly versions: readonly ConfigVersion[];
}

/** The slice in a sync response; null for other messages. */
export function snapshotIn(slice: SliceKey, message: ServerMessage, known: Known): Snapshot | null {
  switch (message.type) {
    case 'SYNC_ALL_PERIODS_RESPONSE':
      return staffSnapshot(message.payload);
    case 'CALENDAR_SYNC_RESPONSE':
      return calendarSnapshot(message.payload);
    case 'SETTINGS_SYNC_RESPONSE':
      return settingsSnapshot(message.payload, known.versions);
    case 'SHIFT_SYNC_RESPONSE':
      return scheduleSnapshot(scheduleIn(slice), message.payload, known.periods);
    default:
      return null;
  }
}

/** Counts who wants a slice, and knows which slices follow the stream without a hole. */
export class Slices {
  readonly #wanted = new Map<SliceKey, number>();
  readonly #current = new Set<SliceKey>();
  readonly #asked = new Set<SliceKey>();
  readonly #refused = new Set<SliceKey>();

  want(slice: SliceKey): void {
    this.#wanted.set(slice, (this.#wanted.get(slice) ?? 0) + 1);
  }

  release(slice: SliceKey): void {
    const count = (this.#wanted.get(slice) ?? 0) - 1;
    if (count > 0) {
      this.#wanted.set(slice, count);
    } else {
      this.#wanted.delete(slice);
    }
  }

  /** The slices that follow the stream. */
  get current(): SliceKey[] {
    return [...this.#current];
  }

  /** The ids of the schedules that are wanted. */
  get wantedSchedules(): string[] {
    return [...this.#wanted.keys()].filter((slice) => slice.startsWith('schedule:')).map(scheduleIn);
  }

  /** The slices to ask for now. */
  get missing(): SliceKey[] {
    const settled = [this.#current, this.#asked, this.#refused];
    return [...this.#wanted.keys()].filter((slice) => !settled.some((set) => set.has(slice)));
  }

  asked(slice: SliceKey): void {
    this.#asked.add(slice);
  }

  /** The answer is there. */
  arrived(slice: SliceKey): void {
    this.#asked.delete(slice);
    this.#current.add(slice);
  }

  /** The server refuses it: it is not asked for again on this connection. */
  refused(slice: SliceKey): void {
    this.#asked.delete(slice);
    this.#refused.add(slice);
  }

  /** The connection is gone, and with it what was asked and what was refused. */
  disconnected(): void {
    this.#asked.clear();
    this.#refused.clear();
  }

  /** Requests everything again: what the user may see has changed. */
  forget(): void {
    this.expire();
    this.disconnected();
  }

  isCurrent(slice: SliceKey): boolean {
    return this.#current.has(slice);
  }

  /** One slice (or, without an argument, every slice) no longer follows the stream. */
  expire(slice?: SliceKey): void {
    if (slice === undefined) {
      this.#current.clear();
    } else {
      this.#current.delete(slice);
    }
  }

  /** What an earlier session followed. */
  restore(slices: readonly SliceKey[]): void {
    slices.forEach((slice) => this.#current.add(slice));
  }
}
