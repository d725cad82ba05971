/** What lies in the browser's own store. */

import type { ChangeRequest } from './predictions';
import type { ConflictItem, Role } from './protocol';
import type { CalendarState, ScheduleState, SettingsState, SliceKey, StaffState } from './state';

/** Why an entry waits for its author instead of the server. */
export type Held =
  | { readonly kind: 'conflict'; readonly items: readonly ConflictItem[]; readonly currentVersion: number }
  | { readonly kind: 'stranded'; readonly reason: string };

/** A request as it was first made. Nothing of it changes, ever; `owner` is the outbox that it lies in. */
export interface StoredEntry {
  readonly requestId: string;
  readonly scope: string;
  readonly owner: string;
  readonly request: ChangeRequest;
  readonly clientId: string;
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
  state: SliceState;
}

/** `held`: the slices that were followed up to `version`; the others are older than it says. */
export interface StoredMeta {
  scope: string;
  epoch: string;
  version: number;
  held: SliceKey[];
  role: Role | null;
}
