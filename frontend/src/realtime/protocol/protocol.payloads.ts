/** What each message carries, by its type. The two maps are the whole protocol of `shiftsync.v2`. */

import type {
  BackupAssignment,
  CalendarDay,
  ClosingRule,
  Cell,
  CellChange,
  ConfigVersion,
  ConflictItem,
  ConflictStrategy,
  CoveringCell,
  DailyLimit,
  DateKey,
  Holiday,
  JsonObject,
  MLModelConfig,
  MonthlyLimit,
  Period,
  PresenceEntry,
  PriorityRule,
  Role,
  ScheduleData,
  ScheduleStateName,
  SettingsChange,
  SettingsDocument,
  ShiftType,
  ShiftValue,
  StaffGroup,
  StaffMember,
  Timestamp,
  WeeklyLimit,
} from './protocol.entities';
import type { ServerPayloads as Sent } from './protocol.gen';

export type ErrorCode =
  | 'invalid_json'
  | 'invalid_message'
  | 'unknown_type'
  | 'validation_error'
  | 'not_found'
  | 'forbidden'
  | 'unauthenticated'
  | 'version_locked'
  | 'conflict'
  | 'rate_limited'
  | 'payload_too_large'
  | 'unavailable'
  | 'internal_error';

export type Topic = 'staff' | 'calendar' | 'shifts' | 'settings' | 'backups' | 'presence' | 'generation';

export interface ErrorPayload {
  code: ErrorCode;
  message: string;
  error?: string;
  details?: JsonObject;
  retryAfterSeconds?: number;
  /** Which frame of the connection it is about, counted from 1, where its request id could not be read. */
  frame?: number;
}

/** What every change may say about the view that its author had. */
export interface Based {
  baseVersion?: number;
  strategy?: ConflictStrategy;
}

/** `id` only when somebody is created: the client may choose it. */
export type StaffFields = Partial<
  Omit<StaffMember, 'period' | 'isActive' | 'createdAt' | 'updatedAt' | 'revision' | 'terms' | 'employments'>
>;
type ShiftTypeFields = Partial<Omit<ShiftType, 'id' | 'isActive' | 'revision'>>;
export type RowFields<T> = Partial<T>;
/** A row to be written whole: its id, and whatever else of it. */
export type WholeRow<T extends { id: string }> = { id: string } & Partial<Omit<T, 'id'>>;

type Update<Id extends string, Key extends string, Row extends { id: string }> = Based &
  (
    | ({ [K in Id]: string } & { changes: RowFields<Row>; reason?: string })
    | ({ [K in Key]: WholeRow<Row> } & { reason?: string })
  );
type Create<Key extends string, Row extends { id: string }> = { [K in Key]: RowFields<Row> } & { reason?: string };
type Delete<Id extends string> = Based & { [K in Id]: string } & { reason?: string };

interface ScheduleRef extends Based {
  scheduleId: string;
}


/** A shift symbol that everything names otherwise from this change on; published copies stay. */
export interface MovedSymbol {
  previousSymbol: string;
  symbol: string;
  scheduleIds: string[];
  staff: StaffMember[];
  /** Rows as stored, by table. */
  settings: Record<string, unknown[]>;
}

type ClosingRuleFields = Partial<Omit<ClosingRule, 'id' | 'isActive' | 'revision'>>;

/** Client to server. */
export interface ClientPayloads {
  PING: { timestamp: number | string; pauseSeconds?: number };
  SUBSCRIBE: { topics: Topic[]; scheduleIds?: string[] };
  UNSUBSCRIBE: { topics: Topic[] };
  RESUME: { since: string };

  SYNC_REQUEST: { period?: number };
  SYNC_ALL_PERIODS_REQUEST: Record<string, never>;
  STAFF_CREATE: StaffFields & { period?: number };
  /** `validFrom`: from which day the terms among the changes hold; without, from today. */
  STAFF_UPDATE: Based & { staffId: string; changes: Omit<StaffFields, 'id'>; validFrom?: DateKey };
  /** `from`: the first day without them, which leaves the days before as they were. */
  STAFF_DELETE: Based & { staffId: string; from?: DateKey };
  STAFF_RESTORE: { staffId: string; from?: DateKey };
  STAFF_REORDER: Based & { staffIds: string[] };

  CALENDAR_SYNC_REQUEST: Record<string, never>;
  CALENDAR_UPDATE: Based & { date: DateKey; kind?: CalendarDay['kind']; note?: string };
  /** Without `validFrom` it holds from today on. */
  CLOSING_RULE_CREATE: ClosingRuleFields & Pick<ClosingRule, 'repeats'> & { id?: string };
  CLOSING_RULE_UPDATE: Based & { ruleId: string; changes: ClosingRuleFields };
  CLOSING_RULE_DELETE: Based & { ruleId: string };
  PERIOD_CREATE: { id?: string; startDate?: DateKey; endDate?: DateKey };
  PERIOD_UPDATE: Based & { periodId: string; startDate?: DateKey; endDate?: DateKey };
  PERIOD_DELETE: Based & { periodId: string };
  SHIFT_TYPE_CREATE: ShiftTypeFields & Pick<ShiftType, 'symbol' | 'kind'> & { id?: string };
  SHIFT_TYPE_UPDATE: Based & { shiftTypeId: string; changes: ShiftTypeFields };
  SHIFT_TYPE_DELETE: Based & { shiftTypeId: string; successor?: string };

  SHIFT_SYNC_REQUEST: { scheduleId: string; periodIndex?: number };
  SHIFT_UPDATE: ScheduleRef & CellChange & { periodIndex?: number };
  SHIFT_BULK_UPDATE: ScheduleRef & { scheduleData: ScheduleData; periodIndex?: number; mode?: 'merge' | 'replace' };
  SHIFT_LOCK: ScheduleRef & { cells: Cell[]; reason?: string };
  SHIFT_UNLOCK: ScheduleRef & { cells: Cell[] };
  SCHEDULE_PUBLISH: ScheduleRef;
  SCHEDULE_UNPUBLISH: ScheduleRef;
  /** Without a number: the last publication. */
  SCHEDULE_RESTORE_PUBLICATION: ScheduleRef & { number?: number };
  PUBLICATION_REQUEST: { scheduleId: string };
  PUBLICATION_PREVIEW_REQUEST: { scheduleId: string };
  PUBLICATIONS_REQUEST: { scheduleId: string };
  UNDO: { scheduleId: string; partial?: boolean; skip?: boolean };
  REDO: { scheduleId: string; partial?: boolean; skip?: boolean };

  SETTINGS_SYNC_REQUEST: { versionId?: string };
  SETTINGS_UPDATE_STAFF_GROUPS: Update<'groupId', 'group', StaffGroup>;
  SETTINGS_UPDATE_DAILY_LIMITS: Update<'limitId', 'limit', DailyLimit>;
  SETTINGS_UPDATE_WEEKLY_LIMITS: Update<'limitId', 'limit', WeeklyLimit>;
  SETTINGS_UPDATE_MONTHLY_LIMITS: Update<'limitId', 'limit', MonthlyLimit>;
  SETTINGS_UPDATE_PRIORITY_RULES: Update<'ruleId', 'rule', PriorityRule>;
  SETTINGS_UPDATE_ML_CONFIG: Update<'configId', 'config', MLModelConfig>;
  SETTINGS_CREATE_STAFF_GROUP: Create<'group', StaffGroup>;
  SETTINGS_CREATE_DAILY_LIMIT: Create<'limit', DailyLimit>;
  SETTINGS_CREATE_WEEKLY_LIMIT: Create<'limit', WeeklyLimit>;
  SETTINGS_CREATE_MONTHLY_LIMIT: Create<'limit', MonthlyLimit>;
  SETTINGS_CREATE_PRIORITY_RULE: Create<'rule', PriorityRule>;
  SETTINGS_CREATE_ML_CONFIG: Create<'config', MLModelConfig>;
  SETTINGS_DELETE_STAFF_GROUP: Delete<'groupId'>;
  SETTINGS_DELETE_DAILY_LIMIT: Delete<'limitId'>;
  SETTINGS_DELETE_WEEKLY_LIMIT: Delete<'limitId'>;
  SETTINGS_DELETE_MONTHLY_LIMIT: Delete<'limitId'>;
  SETTINGS_DELETE_PRIORITY_RULE: Delete<'ruleId'>;
  SETTINGS_DELETE_ML_CONFIG: Delete<'configId'>;
  SETTINGS_HARD_DELETE_STAFF_GROUP: Delete<'groupId'>;
  SETTINGS_CREATE_BACKUP_ASSIGNMENT: Create<'assignment', BackupAssignment>;
  SETTINGS_UPDATE_BACKUP_ASSIGNMENT: Based & { assignment: WholeRow<BackupAssignment>; reason?: string };
  SETTINGS_DELETE_BACKUP_ASSIGNMENT: Delete<'assignmentId'>;
  SETTINGS_MIGRATE: { settings: JsonObject; dryRun?: boolean; tables?: string[]; skipInvalid?: boolean };
  SETTINGS_RESET: Record<string, never>;
  SETTINGS_CREATE_VERSION: { name: string; description?: string; copyFrom?: string };
  SETTINGS_ACTIVATE_VERSION: { versionId: string };
  SETTINGS_LOCK_VERSION: { versionId: string };
  SETTINGS_UNLOCK_VERSION: { versionId: string };
  SETTINGS_DELETE_VERSION: { versionId: string };
  SETTINGS_VERSIONS_REQUEST: Record<string, never>;
  SETTINGS_COMPARE_REQUEST: { from: string; to: string };
  SETTINGS_CHANGES_REQUEST: {
    versionId?: string;
    tableName?: string;
    rowId?: string;
    userId?: string;
    cursor?: string;
    limit?: number;
  };
  SETTINGS_RESTORE_CHANGE: { changeId: string };

  PRESENCE_UPDATE: Place;
  BACKUP_COVERAGE: { scheduleId: string; from?: DateKey; to?: DateKey };
  BACKUP_SUGGESTIONS: { scheduleId: string };
  BACKUP_APPLY: ScheduleRef & { dateKeys?: DateKey[] };
  SCHEDULE_GENERATE: GenerateRequest;
  SCHEDULE_REPAIR: GenerateRequest;
  SCHEDULE_GENERATE_CANCEL: { jobId: string };
  SCHEDULE_APPLY_GENERATED: Based & { jobId: string };
  SCHEDULE_DECLINE_GENERATED: { jobId: string };
  SCHEDULE_VALIDATE: { scheduleId: string };
}

/** Where this client is. */
export interface Place {
  scheduleId: string | null;
  cell: Cell | null;
  state: 'viewing' | 'editing';
}

export interface GenerateRequest {
  scheduleId: string;
  keep?: 'filled' | 'locked' | 'none';
  includePast?: boolean;
  timeLimitSeconds?: number;
  seed?: number;
}

export interface ConnectionAck {
  status: 'connected';
  clientId: string;
  restaurantId: string;
  role: Role;
  /** Null for the nameless editor of development. */
  userId: string | null;
  userName: string;
  epoch: string;
  version: number;
  protocol: number;
  heartbeatSeconds: number;
  maxFrameBytes: number;
  serverTime: Timestamp;
  periods: Period[];
}

/** The rows stand both in `settings` and beside it; we read the former. */
export interface SettingsSync {
  settings: SettingsDocument;
  reset?: boolean;
  migrated?: boolean;
  timestamp?: Timestamp;
}

export interface PublishState {
  scheduleId: string;
  state: ScheduleStateName;
  publishedAt: Timestamp | null;
  /** Against what was published before. */
  diff?: CellDifference[];
}

export interface CellDifference extends CellChange {
  previousValue: ShiftValue;
}

/** What a change did besides what was asked: `overwritten` lists what others had written meanwhile. */
export interface AckResult extends JsonObject {
  overwritten?: ConflictItem[];
  refused?: ConflictItem[];
}

/** Server to client. */
export interface ServerPayloads {
  CONNECTION_ACK: ConnectionAck;
  ROLE_CHANGED: { role: Role };
  PONG: { timestamp: number | string; epoch: string; version: number };
  ACK: { version: number; result?: AckResult };
  ERROR: ErrorPayload;
  RESUMED: { from: number; epoch: string; version: number };
  RESYNC_REQUIRED: { epoch: string; version: number; reason: string };
  CONFLICT: { items: ConflictItem[]; currentVersion: number };
  BATCH: { messages: unknown[] };

  SYNC_RESPONSE: { staffMembers: StaffMember[]; staff?: StaffMember[]; period: number };
  SYNC_ALL_PERIODS_RESPONSE: { periods: Record<string, StaffMember[]>; totalPeriods: number };
  STAFF_CREATE: StaffMember;
  STAFF_UPDATE: { staffId: string; id?: string; changes: StaffMember };
  /** `staff`: somebody who stays in the months before, whose employment has ended. */
  STAFF_DELETE: { staffId: string; staff?: StaffMember };
  STAFF_RESTORE: StaffMember;
  /** Everybody, in the new order. */
  STAFF_REORDER: { staffIds: string[]; revision: number };

  CALENDAR_SYNC_RESPONSE: { periods: Period[]; holidays: Holiday[]; days: CalendarDay[]; closingRules: ClosingRule[]; shiftTypes: ShiftType[] };
  CALENDAR_UPDATE: CalendarDay;
  CLOSING_RULE_CREATE: ClosingRule;
  CLOSING_RULE_UPDATE: ClosingRule;
  CLOSING_RULE_DELETE: { ruleId: string };
  /** The period, and all periods: indexes may have moved. */
  PERIOD_CREATE: Period & { periods: Period[] };
  PERIOD_UPDATE: Period & { periods: Period[] };
  PERIOD_DELETE: { periodId: string; scheduleId: string | null; periods: Period[] };
  SHIFT_TYPE_CREATE: ShiftType;
  SHIFT_TYPE_UPDATE: ShiftType & { moved?: MovedSymbol };
  SHIFT_TYPE_DELETE: { shiftTypeId: string; moved?: MovedSymbol };

  SHIFT_SYNC_RESPONSE: {
    scheduleId: string | null;
    periodIndex: number | null;
    scheduleData: ScheduleData;
    state: ScheduleStateName | null;
    lockedCells: Cell[];
    jobs: JobListing[];
    covering?: CoveringCell[];
    publication?: PublicationFacts;
  };
  SHIFT_BROADCAST: CellChange & { scheduleId: string; periodIndex?: number; timestamp?: Timestamp };
  SHIFT_BULK_BROADCAST: { scheduleId: string; changes: CellChange[]; covering?: CoveringCell[] };
  SHIFT_LOCK: { scheduleId: string; cells: Cell[] };
  SHIFT_UNLOCK: { scheduleId: string; cells: Cell[] };
  SCHEDULE_PUBLISH: PublishState;
  SCHEDULE_UNPUBLISH: PublishState;
  PUBLICATION: Sent['PUBLICATION'];
  PUBLICATION_PREVIEW: PublicationPreview;
  PUBLICATIONS: Sent['PUBLICATIONS'];

  SETTINGS_SYNC_RESPONSE: SettingsSync;
  SETTINGS_UPDATE_STAFF_GROUPS: { groupId: string; updatedGroup: StaffGroup };
  SETTINGS_UPDATE_DAILY_LIMITS: { limitId: string; updatedLimit: DailyLimit };
  SETTINGS_UPDATE_WEEKLY_LIMITS: { limitId: string; updatedLimit: WeeklyLimit };
  SETTINGS_UPDATE_MONTHLY_LIMITS: { limitId: string; updatedLimit: MonthlyLimit };
  SETTINGS_UPDATE_PRIORITY_RULES: { ruleId: string; updatedRule: PriorityRule };
  SETTINGS_UPDATE_ML_CONFIG: { configId: string; updatedConfig: MLModelConfig };
  SETTINGS_CREATE_STAFF_GROUP: { createdGroup: StaffGroup };
  SETTINGS_CREATE_DAILY_LIMIT: { createdLimit: DailyLimit };
  SETTINGS_CREATE_WEEKLY_LIMIT: { createdLimit: WeeklyLimit };
  SETTINGS_CREATE_MONTHLY_LIMIT: { createdLimit: MonthlyLimit };
  SETTINGS_CREATE_PRIORITY_RULE: { createdRule: PriorityRule };
  SETTINGS_CREATE_ML_CONFIG: { createdConfig: MLModelConfig };
  SETTINGS_DELETE_STAFF_GROUP: { groupId: string };
  SETTINGS_DELETE_DAILY_LIMIT: { limitId: string };
  SETTINGS_DELETE_WEEKLY_LIMIT: { limitId: string };
  SETTINGS_DELETE_MONTHLY_LIMIT: { limitId: string };
  SETTINGS_DELETE_PRIORITY_RULE: { ruleId: string };
  SETTINGS_DELETE_ML_CONFIG: { configId: string };
  SETTINGS_HARD_DELETE_STAFF_GROUP: { groupId: string };
  SETTINGS_CREATE_BACKUP_ASSIGNMENT: { assignment: BackupAssignment };
  SETTINGS_UPDATE_BACKUP_ASSIGNMENT: { assignment: BackupAssignment };
  SETTINGS_DELETE_BACKUP_ASSIGNMENT: { assignmentId: string };
  SETTINGS_MIGRATE: MigrationReport;
  SETTINGS_RESET: { message: string; newVersion: ConfigVersion | null };
  SETTINGS_CREATE_VERSION: { version: ConfigVersion };
  SETTINGS_ACTIVATE_VERSION: { version: ConfigVersion; settings: SettingsDocument };
  SETTINGS_LOCK_VERSION: { version: ConfigVersion };
  SETTINGS_UNLOCK_VERSION: { version: ConfigVersion };
  SETTINGS_DELETE_VERSION: { version: ConfigVersion; versionId: string };
  SETTINGS_VERSIONS_RESPONSE: { versions: ConfigVersion[] };
  SETTINGS_COMPARE_RESPONSE: Comparison;
  SETTINGS_CHANGES_RESPONSE: { changes: SettingsChange[]; cursor: string | null };

  PRESENCE_STATE: { roster: PresenceEntry[]; complete: boolean };
  BACKUP_COVERAGE_RESPONSE: BackupCoverage;
  BACKUP_SUGGESTIONS_RESPONSE: BackupSuggestions;
  GENERATION_PROGRESS: GenerationProgress;
  GENERATION_RESULT: GenerationResult;
  SCHEDULE_VALIDATION: Validation;
}

/** What differs between two config versions, by table. */
export type Comparison = Sent['SETTINGS_COMPARE_RESPONSE'];

export interface MigrationReport {
  message: string;
  newVersion: ConfigVersion | null;
  rowsInserted: Record<string, number>;
  skipped: { table: string; index: number; reason: string }[];
  mapping: JsonObject;
  dryRun?: boolean;
  alreadyMigrated?: boolean;
}

export type GenerationProgress = Sent['GENERATION_PROGRESS'];
export type GenerationResult = Sent['GENERATION_RESULT'];
/** A job without its result. */
export type JobListing = Sent['SHIFT_SYNC_RESPONSE']['jobs'][number];
export type JobStatus = GenerationResult['status'];
export type BackupCoverage = Sent['BACKUP_COVERAGE_RESPONSE'];
export type BackupSuggestions = Sent['BACKUP_SUGGESTIONS_RESPONSE'];
/** A month as it was published, without its cells: what those who only look read it by. */
export type PublicationFacts = Omit<NonNullable<Sent['SHIFT_SYNC_RESPONSE']['publication']>, 'shiftTypes' | 'days'> & {
  shiftTypes: ShiftType[];
  days: CalendarDay[];
};
/** What publishing now would change, and who has seen what is published. */
export type PublicationPreview = Sent['PUBLICATION_PREVIEW'];
export type Validation = Sent['SCHEDULE_VALIDATION'];
export type Violation = Validation['violations'][number];
