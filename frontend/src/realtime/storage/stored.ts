/** What is stored in the browser (IndexedDB). */

import type { ChangeRequest } from '../state/predictions';
import type { ConflictItem, Refusal, Role } from '../protocol';
import type { CalendarState, ScheduleState, SettingsState, SliceKey, StaffState } from '../state/state';

/** Why an entry waits for its author instead of the server. */
export type Held =
  | { readonly kind: 'conflict'; readonly items: readonly ConflictItem[]; readonly currentVersion: number }
  | { readonly kind: 'stranded'; readonly reason: string }
  /** The server cannot take it as it is. */
  | { readonly kind: 'refused'; readonly error: Refusal };

/**
 * A request as it was first made. Nothing of it changes once it may have been sent. `owner` is the outbox that it lies in, `order`
 * its number in the store, whatever the device's clock says; 0 as long as it has none.
 */
export interface StoredEntry {
  readonly requestId: string;
  readonly scope: string;
  readonly owner: string;
  readonly request: ChangeRequest;
  readonly clientId: string;
  /** The user who made it; nobody where that is not known. */
  readonly author?: string | null;
  readonly createdAt: string;
  readonly order: number;
  readonly epoch: string | null;
  readonly held: Held | null;
}

export type SliceState = StaffState | CalendarState | SettingsState | ScheduleState;

export interface StoredSlice {
  scope: string;
  slice: SliceKey;
  epoch: string;
  version: number;
  /** What its user saw then: who sees something else sees another grid. */
  sight: string | null;
  state: SliceState;
}

/** `held`: the slices that were followed up to `version`; the others are older than it says. */
export interface StoredMeta {
  scope: string;
  epoch: string;
  version: number;
  held: SliceKey[];
  role: Role | null;
  sight: string | null;
  /** Whose it is, where the page does not say. */
  userId?: string | null;
  /** Server time minus the time here, in milliseconds, as it was last; a clock that is wrong mostly stays so. */
  clockOffset?: number;
}
