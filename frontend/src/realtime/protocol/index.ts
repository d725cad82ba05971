/** The messages of `shiftsync.v2` as two discriminated unions, one for each direction. */

import type { ClientPayloads, ServerPayloads } from './protocol.payloads';
import type { Timestamp } from './protocol.entities';

export type * from './protocol.entities';
export type * from './protocol.payloads';

export const PROTOCOL_VERSION = 2;
export const SUBPROTOCOL = 'shiftsync.v2';

export type ClientType = keyof ClientPayloads;
export type ServerType = keyof ServerPayloads;

/** What a client sends, of the types `T`. */
export type ClientMessage<T extends ClientType = ClientType> = {
  [K in T]: {
    type: K;
    payload: ClientPayloads[K];
    timestamp: Timestamp;
    clientId: string;
    requestId?: string;
  };
}[T];

/** What a server sends, of the types `T`. `version` stands on every change and every whole state. */
export type ServerMessage<T extends ServerType = ServerType> = {
  [K in T]: {
    type: K;
    payload: ServerPayloads[K];
    timestamp?: Timestamp;
    clientId?: string | null;
    requestId?: string | null;
    version?: number | null;
    success?: boolean;
  };
}[T];

/** A message that brings the state from one version to the next. */
export type Change<T extends ChangeType = ChangeType> = ServerMessage<T> & { version: number };

/** The messages that are changes: what the log holds and a resume replays. */
export const CHANGE_TYPES = [
  'STAFF_CREATE',
  'STAFF_UPDATE',
  'STAFF_DELETE',
  'STAFF_RESTORE',
  'STAFF_REORDER',
  'CALENDAR_UPDATE',
  'CLOSING_RULE_CREATE',
  'CLOSING_RULE_UPDATE',
  'CLOSING_RULE_DELETE',
  'PERIOD_CREATE',
  'PERIOD_UPDATE',
  'PERIOD_DELETE',
  'SHIFT_TYPE_CREATE',
  'SHIFT_TYPE_UPDATE',
  'SHIFT_TYPE_DELETE',
  'SHIFT_BROADCAST',
  'SHIFT_BULK_BROADCAST',
  'SHIFT_LOCK',
  'SHIFT_UNLOCK',
  'SCHEDULE_PUBLISH',
  'SCHEDULE_UNPUBLISH',
  'SETTINGS_SYNC_RESPONSE',
  'SETTINGS_UPDATE_STAFF_GROUPS',
  'SETTINGS_UPDATE_DAILY_LIMITS',
  'SETTINGS_UPDATE_WEEKLY_LIMITS',
  'SETTINGS_UPDATE_MONTHLY_LIMITS',
  'SETTINGS_UPDATE_PRIORITY_RULES',
  'SETTINGS_UPDATE_ML_CONFIG',
  'SETTINGS_CREATE_STAFF_GROUP',
  'SETTINGS_CREATE_DAILY_LIMIT',
  'SETTINGS_CREATE_WEEKLY_LIMIT',
  'SETTINGS_CREATE_MONTHLY_LIMIT',
  'SETTINGS_CREATE_PRIORITY_RULE',
  'SETTINGS_CREATE_ML_CONFIG',
  'SETTINGS_DELETE_STAFF_GROUP',
  'SETTINGS_DELETE_DAILY_LIMIT',
  'SETTINGS_DELETE_WEEKLY_LIMIT',
  'SETTINGS_DELETE_MONTHLY_LIMIT',
  'SETTINGS_DELETE_PRIORITY_RULE',
  'SETTINGS_DELETE_ML_CONFIG',
  'SETTINGS_HARD_DELETE_STAFF_GROUP',
  'SETTINGS_CREATE_BACKUP_ASSIGNMENT',
  'SETTINGS_UPDATE_BACKUP_ASSIGNMENT',
  'SETTINGS_DELETE_BACKUP_ASSIGNMENT',
  'SETTINGS_CREATE_VERSION',
  'SETTINGS_ACTIVATE_VERSION',
  'SETTINGS_LOCK_VERSION',
  'SETTINGS_UNLOCK_VERSION',
  'SETTINGS_DELETE_VERSION',
] as const satisfies readonly ServerType[];

export type ChangeType = (typeof CHANGE_TYPES)[number];

/** The requests that ask for a change: kept in the outbox until their effect has arrived. */
export type ChangeRequestType = Exclude<
  ClientType,
  | 'PING'
  | 'SUBSCRIBE'
  | 'UNSUBSCRIBE'
  | 'RESUME'
  | 'PRESENCE_UPDATE'
  | 'SCHEDULE_VALIDATE'
  | 'BACKUP_COVERAGE'
  | 'BACKUP_SUGGESTIONS'
  | 'SETTINGS_MIGRATE'
  | 'SCHEDULE_GENERATE'
  | 'SCHEDULE_REPAIR'
  | 'SCHEDULE_GENERATE_CANCEL'
  | `${string}_REQUEST`
>;

/** The message that answers a request for something that is no change of stored data. */
export interface Answers {
  SYNC_REQUEST: 'SYNC_RESPONSE';
  SYNC_ALL_PERIODS_REQUEST: 'SYNC_ALL_PERIODS_RESPONSE';
  CALENDAR_SYNC_REQUEST: 'CALENDAR_SYNC_RESPONSE';
  SHIFT_SYNC_REQUEST: 'SHIFT_SYNC_RESPONSE';
  SETTINGS_SYNC_REQUEST: 'SETTINGS_SYNC_RESPONSE';
  SETTINGS_VERSIONS_REQUEST: 'SETTINGS_VERSIONS_RESPONSE';
  SETTINGS_COMPARE_REQUEST: 'SETTINGS_COMPARE_RESPONSE';
  SETTINGS_CHANGES_REQUEST: 'SETTINGS_CHANGES_RESPONSE';
  SETTINGS_MIGRATE: 'SETTINGS_MIGRATE';
  BACKUP_COVERAGE: 'BACKUP_COVERAGE_RESPONSE';
  BACKUP_SUGGESTIONS: 'BACKUP_SUGGESTIONS_RESPONSE';
  PUBLICATION_REQUEST: 'PUBLICATION';
  PUBLICATION_PREVIEW_REQUEST: 'PUBLICATION_PREVIEW';
  PUBLICATIONS_REQUEST: 'PUBLICATIONS';
  SCHEDULE_VALIDATE: 'SCHEDULE_VALIDATION';
  SCHEDULE_GENERATE: 'ACK';
  SCHEDULE_REPAIR: 'ACK';
  SCHEDULE_GENERATE_CANCEL: 'ACK';
}

export type QueryType = keyof Answers;
export type Answer<Q extends QueryType> = ServerMessage<Answers[Q]>;

const changeTypes: ReadonlySet<string> = new Set(CHANGE_TYPES);

export function isChangeType(type: string): type is ChangeType {
  return changeTypes.has(type);
}

/** The message in `text`, or null if it is none. Types that this client does not know are let through. */
export function parseMessage(text: string): ServerMessage | null {
  try {
    return asMessage(JSON.parse(text));
  } catch {
    return null;
  }
}

/** `value` as a message if it has the envelope of one. */
export function asMessage(value: unknown): ServerMessage | null {
  if (typeof value !== 'object' || value === null || !('type' in value) || typeof value.type !== 'string') {
    return null;
  }
  const payload = 'payload' in value ? (value.payload ?? {}) : {};
  return { ...value, payload } as ServerMessage;
}
