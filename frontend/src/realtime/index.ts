/** The client library. Everything a page, or another program, needs of it. */

export { openClient, type ClientOptions, type ShiftSyncClient, type Submitted } from './client';
export { browserConfig, configFrom, safeStorage, type ClientConfig } from './config';
export type { ConnectionState, TransportKind } from './connection';
export { belongsTo, daysBetween, firstDay, lastDay } from './dates';
export { isActiveJob, jobsOf, type Job } from './jobs';
export type { Notice } from './notices';
export { isPending, type OutboxEntry, type OutboxState, type Progress } from './outbox';
export type { Outcome } from './outcomes';
export type { ChangeRequest } from './predictions';
export { runInPage } from './page';
export type { Roster } from './presence';
export type * from './protocol';
export { RequestError } from './requests';
export { changesOfTable } from './settingsChanges';
export { SETTINGS_TABLES, tableSpec, type TableSpec } from './settingsTables';
export { scheduleData } from './snapshots';
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
} from './state';
export type { SessionState } from './session';
export { uuid } from './ids';
