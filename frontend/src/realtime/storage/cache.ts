/** Keeps the last confirmed state, so that the page opens and edits without a server. */

import { STORE_TIMEOUT_MS, type Database } from './database';
import {
  EMPTY_REPLICA,
  scheduleKey,
  type CalendarState,
  type ReplicaState,
  type ScheduleState,
  type SettingsState,
  type SliceKey,
  type StaffState,
} from '../state/state';
import type { SliceState, StoredMeta, StoredSlice } from './stored';
import { within } from './within';

export interface Cached {
  meta: StoredMeta;
  state: ReplicaState;
}

/** The slices of a state, by key. */
function slicesOf(state: ReplicaState): Map<SliceKey, SliceState> {
  const slices = new Map<SliceKey, SliceState>();
  for (const key of ['staff', 'calendar', 'settings'] as const) {
    const slice = state[key];
    if (slice !== null) {
      slices.set(key, slice);
    }
  }
  for (const schedule of state.schedules.values()) {
    slices.set(scheduleKey(schedule.scheduleId), schedule);
  }
  return slices;
}

function joined(slices: readonly StoredSlice[]): ReplicaState {
  const schedules = new Map<string, ScheduleState>();
  const parts: { staff?: StaffState; calendar?: CalendarState; settings?: SettingsState } = {};
  for (const { slice, state } of slices) {
    if ('rows' in state) {
      schedules.set(state.scheduleId, state);
    } else {
      Object.assign(parts, { [slice]: state });
    }
  }
  return { ...EMPTY_REPLICA, ...parts, schedules };
}

/** One user's copy of one restaurant. Several tabs may write it: what is newer stays. */
export class SnapshotCache {
  readonly #database: Database | null;
  readonly #scope: string;
  #saved = new Map<SliceKey, SliceState>();

  constructor(database: Database | null, scope: string) {
    this.#database = database;
    this.#scope = scope;
  }

  /** What was kept; nothing of it where its user is known to see something else than `sight` says by now. */
  async load(sight: string | null = null): Promise<Cached | null> {
    const database = this.#database;
    return database === null ? null : within(STORE_TIMEOUT_MS, this.#load(database, sight), null);
  }

  /** Deletes everything: the next user must not read it. */
  async clear(): Promise<void> {
    this.#saved = new Map();
    try {
      const transaction = this.#database?.transaction(['slices', 'meta'], 'readwrite');
      const slices = transaction?.objectStore('slices');
      for (const key of (await slices?.index('scope').getAllKeys(this.#scope)) ?? []) {
        await slices?.delete(key);
      }
      await transaction?.objectStore('meta').delete(this.#scope);
      await transaction?.done;
    } catch {
      // The browser keeps nothing, or lets us have nothing.
    }
  }

  async #load(database: Database, sight: string | null): Promise<Cached | null> {
    try {
      const meta = await database.get('meta', this.#scope);
      const slices = await database.getAllFromIndex('slices', 'scope', this.#scope);
      if (meta === undefined || (sight !== null && meta.sight !== sight)) {
        return null;
      }
      const current = slices.filter((slice) => slice.epoch === meta.epoch && slice.sight === meta.sight);
      const state = joined(current);
      this.#saved = slicesOf(state);
      return { meta, state };
    } catch {
      return null;
    }
  }

  /** Writes the slices that changed since they were last written, and how far the whole has got. */
  async save(meta: Omit<StoredMeta, 'scope'>, state: ReplicaState): Promise<void> {
    const slices = slicesOf(state);
    const changed = [...slices].filter(([key, slice]) => this.#saved.get(key) !== slice);
    try {
      await this.#write({ ...meta, scope: this.#scope }, changed);
      this.#saved = slices;
    } catch {
      // Without a copy the page needs the server to open; nothing is lost.
    }
  }

  async #write(meta: StoredMeta, changed: readonly (readonly [SliceKey, SliceState])[]): Promise<void> {
    const transaction = this.#database?.transaction(['slices', 'meta'], 'readwrite');
    if (transaction === undefined) {
      return;
    }
    const { epoch, version, sight } = meta;
    const slices = transaction.objectStore('slices');
    const known = await transaction.objectStore('meta').get(this.#scope);
    for (const [slice, state] of changed) {
      const stored = await slices.get([this.#scope, slice]);
      if (isNewer({ epoch, version, sight }, stored)) {
        await slices.put({ scope: this.#scope, slice, epoch, version, sight, state });
      }
    }
    if (isNewer(meta, known)) {
      await transaction.objectStore('meta').put(meta);
    }
    await transaction.done;
  }
}

interface Mark {
  epoch: string;
  version: number;
  sight: string | null;
}

function isNewer(mark: Mark, stored: Mark | undefined): boolean {
  return stored === undefined || stored.epoch !== mark.epoch || stored.sight !== mark.sight || stored.version <= mark.version;
}
