/** The client library. Everything a page, or another program, needs of it. */

export { openClient, type ClientOptions, type ShiftSyncClient, type Submitted } from './client';
export { browserConfig, configFrom, safeStorage, type ClientConfig } from './transport/config';
export type { ConnectionState, TransportKind } from './transport/connection';
export { belongsTo, daysBetween, firstDay, lastDay } from './protocol/dates';
export { isActiveJob, jobsOf, type Job } from './jobs/jobs';
export type { Notice } from './outbox/notices';
export { isPending, type OutboxEntry, type OutboxState, type Progress } from './outbox/outbox';
export type { Outcome } from './outbox/outcomes';
export type { ChangeRequest } from './state/predictions';
export { runInPage } from './page';
export { tabStorage } from './storage/tabs';
export type { Roster } from './sync/presence';
export type * from './protocol';
export { RequestError } from './sync/requests';
export { changesOfTable } from './state/settingsChanges';
export { NO_ROWS, SETTINGS_TABLES, tableSpec, type TableSpec } from './protocol/settingsTables';
export { scheduleData } from './state/snapshots';
export {
  emptyRow,
  rowOf,
  scheduleKey,
  valueAt,
  type CalendarState,
  type GridRow,
  type ReplicaState,
  type ScheduleState,
  type SettingsState,
  type SliceKey,
  type StaffState,
} from './state/state';
export type { SessionState } from './sync/session';
export { uuid } from './protocol/ids';
