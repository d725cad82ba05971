/**
 * The messages of `shiftsync.v2` as two discriminated unions, one for each direction. What they carry, and which there are, is made from
 * the server's registries (`protocol.gen.ts`); here stands what no payload says.
 */

import {
  CHANGE_TYPES,
  type ChangeOptions,
  type CHANGE_REQUESTS,
  type ClientPayloads as AllClientPayloads,
  type ClientType,
  type ConnectionAck,
  type DailyLimit,
  type ErrorPayload,
  type JobListing,
  type MonthlyLimit,
  type PublishState,
  type ScheduleData,
  type ServerPayloads,
  type ServerType,
  type ShiftType,
  type StaffChanges,
  type Timestamp,
  type WeeklyLimit,
  ANSWERS as ANSWERS_OF_QUESTIONS,
  WHOLE_ROWS,
} from './protocol.gen';

export type * from './protocol.gen';
export { CHANGE_TYPES, WHOLE_ROWS };
export type { SettingsTables, TableName } from './settingsTables';

export const PROTOCOL_VERSION = 2;
export const SUBPROTOCOL = 'shiftsync.v2';

export type Role = ConnectionAck['role'];

/** Whether somebody of that role sees published months only. */
export const onlyLooks = (role: Role | null): boolean => role === 'viewer' || role === 'staff';
export type ErrorCode = ErrorPayload['code'];
export type ConflictStrategy = NonNullable<ChangeOptions['strategy']>;
/** What every change may say about the view that its author had. */
export type Based = Pick<ChangeOptions, 'baseVersion' | 'strategy'>;
/** What a refused request gets. Said by this client itself, it lacks what only older ones read. */
export type Refusal = Pick<ErrorPayload, 'code' | 'message'> & Partial<ErrorPayload>;
export type ShiftKind = ShiftType['kind'];
export type ScheduleStateName = PublishState['state'];
/** `""` blank, ○ △ ◇ × ★ ●, or the restaurant's own symbol or short text. */
export type ShiftValue = ScheduleData[string][string];
export type JobStatus = JobListing['status'];
export type LimitRow = DailyLimit | WeeklyLimit | MonthlyLimit;
/** Free JSON: known keys are checked by the server, unknown ones kept as they came. */
export type JsonObject = Record<string, unknown>;
export type RowFields<T> = Partial<T>;
/** `id` only when somebody is created: the client may choose it. */
export type StaffFields = StaffChanges & { id?: string };
/** A row to be written whole: its id, and whatever else of it. */
export type WholeRow<T extends { id: string }> = { id: string } & Partial<Omit<T, 'id'>>;

/** Older clients may leave out the schedule that they look at; this one always names it. */
type NamesSchedule = 'SHIFT_UPDATE' | 'SHIFT_BULK_UPDATE' | 'SHIFT_SYNC_REQUEST';
type OfSchedule<T extends ClientType> = { [K in T]: AllClientPayloads[K] & { scheduleId: string } };
export type ClientPayloads = Omit<AllClientPayloads, NamesSchedule> & OfSchedule<NamesSchedule>;

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

/** What a server sends, of the types `T`. Every change and every whole state carries a `version`. */
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

/** The messages that are changes: what the log holds and a resume replays. */
export type ChangeType = (typeof CHANGE_TYPES)[number];

/** A message that brings the state from one version to the next. */
export type Change<T extends ChangeType = ChangeType> = ServerMessage<T> & { version: number };

/** Requests that change what is stored and yet are not kept until their effect has arrived: who made them waits for the answer. */
const ANSWERED_CHANGES = {
  SETTINGS_MIGRATE: 'SETTINGS_MIGRATE',
  SCHEDULE_GENERATE: 'ACK',
  SCHEDULE_REPAIR: 'ACK',
  SCHEDULE_GENERATE_CANCEL: 'ACK',
} as const satisfies { readonly [T in ClientType]?: ServerType };

/** Which message answers each question. */
export const ANSWERS = { ...ANSWERS_OF_QUESTIONS, ...ANSWERED_CHANGES };
export type QueryType = keyof typeof ANSWERS;
export type Answer<Q extends QueryType> = ServerMessage<(typeof ANSWERS)[Q]>;

/** The requests that ask for a change: kept in the outbox until their effect has arrived. */
export type ChangeRequestType = Exclude<(typeof CHANGE_REQUESTS)[number], keyof typeof ANSWERED_CHANGES>;

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
