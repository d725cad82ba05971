/** The things that messages speak of, in wire form. */

/** ISO 8601 in UTC with milliseconds. */
export type Timestamp = string;
/** `YYYY-MM-DD`, without a time zone. */
export type DateKey = string;
/** `""` blank, ○ △ ◇ × ★ ●, or the restaurant's own symbol or short text. */
export type ShiftValue = string;
export type Role = 'owner' | 'manager' | 'viewer';
export type ScheduleStateName = 'draft' | 'published';

export interface Period {
  index: number;
  id: string;
  startDate: DateKey;
  endDate: DateKey;
  scheduleId: string | null;
  state: ScheduleStateName | null;
}

/** A day that may be as coarse as a month. */
export interface PartialDate {
  year: number;
  month: number;
  day?: number;
}

/** How somebody works from a day on; `validFrom` null: from the beginning. */
export interface StaffTerm extends Pick<StaffMember, 'type' | 'status' | 'blankMeans' | 'allowedShiftTypes'> {
  validFrom: DateKey | null;
}

export type Employment = Pick<StaffMember, 'startPeriod' | 'endPeriod'>;

export interface StaffMember {
  id: string;
  name: string;
  position: string;
  department: string;
  type: string;
  status: string;
  period: number | null;
  staffOrder: number;
  startPeriod: PartialDate | null;
  endPeriod: PartialDate | null;
  /** What an empty cell means for this person: `work`, or `free` for those who are called by shift. */
  blankMeans: 'work' | 'free';
  allowedShiftTypes: string[];
  isActive: boolean;
  /** The oldest first; missing where type, status, `blankMeans` and the allowed shift types have always been the same. */
  terms?: StaffTerm[];
  /** The oldest first; missing where there is one stretch of employment. */
  employments?: Employment[];
  createdAt: Timestamp;
  updatedAt: Timestamp;
  revision: number;
}

/** `kind` null: a day like others, with a note. */
export interface CalendarDay {
  id?: string;
  date: DateKey;
  /** `open`: an exception to what repeats. */
  kind: 'closed' | 'all_work' | 'open' | null;
  note: string;
  revision?: number;
}

/** A closing that repeats. `daysOfWeek`: 0 is Sunday; `weeks`: -1 is the last of a month; `fromDay` and `toDay`: `MM-DD`. */
export interface ClosingRule {
  id: string;
  repeats: 'weekly' | 'monthly' | 'yearly';
  daysOfWeek: number[];
  weeks: number[];
  fromDay: string;
  toDay: string;
  /** What becomes of one that falls on a public holiday. */
  onHoliday: 'closed' | 'open' | 'next_day';
  validFrom: DateKey | null;
  validUntil: DateKey | null;
  note: string;
  isActive: boolean;
  revision: number;
}

export type ShiftKind = 'normal' | 'early' | 'late' | 'off' | 'designated_off' | 'special';

/** A public holiday of the restaurant's country. */
export interface Holiday {
  date: DateKey;
  nameJa: string;
  nameEn: string;
}

export interface ShiftType {
  id: string;
  symbol: string;
  kind: ShiftKind;
  labelJa: string;
  labelEn: string;
  color: string;
  startTime: string | null;
  endTime: string | null;
  offEquivalent: number;
  isActive?: boolean;
  revision?: number;
}

export interface Cell {
  staffId: string;
  dateKey: DateKey;
}

/** A cell whose person stands in for a group. */
export interface CoveringCell extends Cell {
  groupId: string;
  /** Of a published month: what the group was called then. */
  groupName?: string;
}

export interface CellChange extends Cell {
  shiftValue: ShiftValue;
}

/** By staff id, then by day. */
export type ScheduleData = Record<string, Record<DateKey, ShiftValue>>;

/** Free JSON of a settings row: known keys are checked by the server, unknown ones kept as they came. */
export type JsonObject = Record<string, unknown>;

/** What every row of every settings table has. */
export interface SettingsRow {
  id: string;
  restaurantId: string;
  versionId: string;
  name: string;
  description: string;
  isActive: boolean;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  revision: number;
}

export interface StaffGroup extends SettingsRow {
  color: string;
  groupConfig: JsonObject;
}

export interface LimitRow extends SettingsRow {
  limitConfig: JsonObject;
  penaltyWeight: number;
  isHardConstraint: boolean;
  effectiveFrom: DateKey | null;
  effectiveUntil: DateKey | null;
}

export type DailyLimit = LimitRow;
export type WeeklyLimit = LimitRow;
export type MonthlyLimit = LimitRow;

export interface PriorityRule extends SettingsRow {
  priorityLevel: number;
  ruleDefinition: JsonObject;
  ruleConfig: JsonObject;
  penaltyWeight: number;
  isHardConstraint: boolean;
  effectiveFrom: DateKey | null;
  effectiveUntil: DateKey | null;
}

export interface MLModelConfig extends SettingsRow {
  modelName: string;
  modelType: string;
  parameters: JsonObject;
  modelConfig: JsonObject;
  confidenceThreshold: number;
  isDefault: boolean;
}

export interface BackupAssignment {
  id: string;
  restaurantId: string;
  versionId: string;
  name?: string;
  description?: string;
  staffId: string;
  groupId: string;
  assignmentType: string;
  priorityOrder: number;
  effectiveFrom: DateKey | null;
  effectiveUntil: DateKey | null;
  notes: string;
  isActive: boolean;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  revision: number;
}

export interface ConfigVersion {
  id: string;
  restaurantId: string;
  versionNumber: number;
  name: string;
  description: string;
  createdBy: string | null;
  createdByName?: string | null;
  createdAt: Timestamp;
  isActive: boolean;
  isLocked: boolean;
  revision?: number;
}

/** The rows of one config version, table by table, newest first. */
export interface SettingsTables {
  staffGroups: readonly StaffGroup[];
  dailyLimits: readonly DailyLimit[];
  weeklyLimits: readonly WeeklyLimit[];
  monthlyLimits: readonly MonthlyLimit[];
  priorityRules: readonly PriorityRule[];
  mlModelConfigs: readonly MLModelConfig[];
  backupAssignments: readonly BackupAssignment[];
}

export type TableName = keyof SettingsTables;

export interface SettingsDocument extends SettingsTables {
  version: ConfigVersion;
  /** The restaurant's version at which this was read. */
  revision?: number;
}

export interface SettingsChange {
  id: string;
  tableName: string;
  rowId: string;
  operation: 'INSERT' | 'UPDATE' | 'DELETE';
  oldData: JsonObject | null;
  newData: JsonObject | null;
  changedBy: string | null;
  changedById: string | null;
  changedAt: Timestamp;
  reason: string;
  versionId: string;
  revision: number;
}

/** Where somebody is. Never stored. `left`: the last word of one who is gone. */
export interface PresenceEntry {
  clientId: string;
  userId: string;
  name: string;
  scheduleId: string | null;
  cell: Cell | null;
  state: 'viewing' | 'editing' | 'left';
}

/** One field that another client changed since the base version, to another value. */
export interface ConflictItem {
  entity: string;
  entityId: string;
  field: string;
  base: unknown;
  yours: unknown;
  theirs: unknown;
  theirAuthor: string;
  changedAt: Timestamp | null;
}

export type ConflictStrategy = 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
