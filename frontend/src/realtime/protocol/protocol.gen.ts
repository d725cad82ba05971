// Made by `manage.py export_protocol` from the server's own registries. Not edited by hand.

/** `YYYY-MM-DD`, without a time zone. */
export type DateKey = string;
/** ISO 8601 in UTC with milliseconds. */
export type Timestamp = string;

export interface Ack {
  version: number;
  result: AckResult;
}

/** What a change did besides what was asked, and what else is to be told of it. */
export interface AckResult {
  /** Others' later changes that this one replaced. */
  overwritten?: ConflictItem[];
  /** Parts that were not done, since others had changed them. */
  refused?: ConflictItem[];
  [key: string]: unknown;
}

export interface AllPeriods {
  /** By the period's index. */
  periods: Record<string, StaffMember[]>;
  totalPeriods: number;
  timestamp: Timestamp;
}

export interface BackupApply {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  scheduleId: string;
  dateKeys?: DateKey[];
}

/** One of the backup assignments. */
export interface BackupAssignment {
  id: string;
  restaurantId: string;
  versionId: string;
  isActive: boolean;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  /** The version of its last change. */
  revision: number;
  /** What a row and its copies in other versions have in common. */
  lineageId: string;
  name: string;
  description: string;
  staffId: string;
  groupId: string;
  assignmentType: string;
  priorityOrder: number;
  effectiveFrom: DateKey | null;
  effectiveUntil: DateKey | null;
  notes: string;
}

export interface BackupAssignmentAssignment {
  assignmentId: string;
  assignment: BackupAssignment;
}

export interface BackupAssignmentChanges {
  name?: string;
  description?: string;
  staffId?: string;
  groupId?: string;
  assignmentType?: string;
  priorityOrder?: number;
  effectiveFrom?: DateKey | null;
  effectiveUntil?: DateKey | null;
  notes?: string;
  [key: string]: unknown;
}

export interface BackupAssignmentCreate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  assignment: GivenBackupAssignment;
}

export interface BackupAssignmentId {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  assignmentId: string;
}

export interface BackupAssignmentUpdate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  assignmentId?: string;
  changes?: BackupAssignmentChanges;
  assignment?: GivenBackupAssignment;
}

export interface BackupCoverage {
  scheduleId: string;
  days: CoverageEntry[];
  groups: GroupTotals[];
  backups: BackupTotals[];
  totals: CoverageTotals;
}

export interface BackupSuggestions {
  scheduleId: string;
  suggestions: Suggestion[];
  warnings: BackupWarning[];
}

export interface BackupTotals {
  staffId: string;
  days: number;
  /** Of all covered needs. */
  rate: number;
  byGroup: Record<string, number>;
}

export interface BackupWarning {
  reason: string;
  assignmentId: string;
  staffId: string;
  groupIds: string[];
  dateKey: DateKey | null;
  message: string;
  messageJa: string;
}

export interface Batch {
  /** Envelopes in version order. */
  messages: unknown[];
}

export interface Calendar {
  periods: Period[];
  /** The public holidays of the restaurant's country. */
  holidays: Holiday[];
  /** What is said of single days; for viewers and version 1 clients with what repeats among them. */
  days: CalendarDay[];
  /** Empty for viewers and version 1 clients. */
  closingRules: ClosingRule[];
  shiftTypes: ShiftType[];
  timestamp: Timestamp;
}

export interface CalendarDay {
  id: string;
  date: DateKey;
  kind: 'closed' | 'all_work' | 'open' | null;
  note: string;
  revision: number;
}

export interface CalendarUpdate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  date: DateKey;
  /** null: an ordinary day. */
  kind?: 'closed' | 'all_work' | 'open' | '' | null;
  note?: string;
}

export interface Cell {
  staffId: string;
  dateKey: string;
}

export interface CellBroadcast {
  staffId: string;
  dateKey: string;
  shiftValue: string;
  scheduleId: string;
  periodIndex: number;
  timestamp: Timestamp;
}

export interface CellChange {
  staffId: string;
  dateKey: string;
  shiftValue: string;
}

export interface CellDifference {
  staffId: string;
  dateKey: string;
  shiftValue: string;
  previousValue: string;
}

export interface Cells {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  scheduleId: string;
  cells: Cell[];
}

export interface CellsBroadcast {
  scheduleId: string;
  periodIndex: number;
  changes: CellChange[];
  timestamp: Timestamp;
  /** The job whose proposal this is. */
  jobId?: string;
  /** The backups among the cells, and what they cover. */
  covering?: CoveringCell[];
}

export interface ChangeId {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  changeId: string;
}

/** What every change may carry besides its own fields. */
export interface ChangeOptions {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
}

/** A closing that repeats. A calendar day of kind `open` or `all_work` is an exception to it. */
export interface ClosingRule {
  repeats: 'weekly' | 'monthly' | 'yearly';
  daysOfWeek: number[];
  weeks: number[];
  fromDay: string;
  toDay: string;
  onHoliday: 'closed' | 'open' | 'next_day';
  validFrom: DateKey | null;
  validUntil: DateKey | null;
  note: string;
  id: string;
  isActive: boolean;
  revision: number;
}

/** Without `validFrom` it holds from today on. */
export interface ClosingRuleCreate {
  repeats: 'weekly' | 'monthly' | 'yearly';
  /** Weekly and monthly: 0 = Sunday ... 6 = Saturday. */
  daysOfWeek?: number[];
  /** Monthly: the first, second ... of those days in a month; -1: the last. */
  weeks?: number[];
  /** Yearly: `MM-DD`. */
  fromDay?: string;
  /** Yearly: the last day; before the first, it lies in the next year. */
  toDay?: string;
  /** What becomes of one that falls on a public holiday. */
  onHoliday?: 'closed' | 'open' | 'next_day';
  /** null: as long as one can think back. */
  validFrom?: DateKey | null;
  /** null: for good. */
  validUntil?: DateKey | null;
  /** Shown on each of its days. */
  note?: string;
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  id?: string;
}

export interface ClosingRuleDelete {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  ruleId: string;
}

export interface ClosingRuleDeleted {
  ruleId: string;
  revision: number;
}

/** The fields of a closing that repeats; all optional. */
export interface ClosingRuleFields {
  repeats?: 'weekly' | 'monthly' | 'yearly';
  /** Weekly and monthly: 0 = Sunday ... 6 = Saturday. */
  daysOfWeek?: number[];
  /** Monthly: the first, second ... of those days in a month; -1: the last. */
  weeks?: number[];
  /** Yearly: `MM-DD`. */
  fromDay?: string;
  /** Yearly: the last day; before the first, it lies in the next year. */
  toDay?: string;
  /** What becomes of one that falls on a public holiday. */
  onHoliday?: 'closed' | 'open' | 'next_day';
  /** null: as long as one can think back. */
  validFrom?: DateKey | null;
  /** null: for good. */
  validUntil?: DateKey | null;
  /** Shown on each of its days. */
  note?: string;
}

export interface ClosingRuleUpdate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  ruleId: string;
  changes: ClosingRuleFields;
}

/** `from` and `to`: ids of versions. */
export interface CompareQuery {
  from: string;
  to: string;
}

export interface Comparison {
  from: ConfigVersion;
  to: ConfigVersion;
  /** By collection. */
  tables: Record<string, Difference>;
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
  revision: number;
}

export interface Conflict {
  items: ConflictItem[];
  currentVersion: number;
}

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

export interface ConflictPart {
  kind: string;
  rule: string;
  ruleId: string | null;
  staffId: string | null;
  scope: string;
  dateKeys: DateKey[];
  message: string;
  messageJa: string;
}

export interface ConnectionAck {
  status: 'connected';
  clientId: string;
  restaurantId: string;
  role: 'owner' | 'manager' | 'viewer';
  /** Null for the nameless editor of development. */
  userId: string | null;
  userName: string;
  epoch: string;
  version: number;
  protocol: number;
  heartbeatSeconds: number;
  /** A larger frame closes the connection with 1009. */
  maxFrameBytes: number;
  serverTime: Timestamp;
  periods: Period[];
}

/** One group on one day on which it needs a backup. */
export interface CoverageEntry {
  groupId: string;
  dateKey: DateKey;
  membersOff: string[];
  needed: number;
  coveredBy: CoveredBy[];
  uncovered: number;
  /** Why it stays uncovered. */
  reasons: Reason[];
}

export interface CoverageQuery {
  scheduleId: string;
  from?: DateKey;
  to?: DateKey;
}

export interface CoverageTotals {
  needed: number;
  covered: number;
  uncovered: number;
  rate: number;
}

export interface CoveredBy {
  staffId: string;
  assignmentId: string;
  /** Whether the grid says so; else they are free to be called. */
  already: boolean;
}

export interface CoveringCell {
  staffId: string;
  dateKey: string;
  /** The group that this cell covers. */
  groupId: string;
}

/** One of the daily limits. */
export interface DailyLimit {
  id: string;
  restaurantId: string;
  versionId: string;
  isActive: boolean;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  /** The version of its last change. */
  revision: number;
  /** What a row and its copies in other versions have in common. */
  lineageId: string;
  name: string;
  description: string;
  limitConfig: {
    /** any = working */
    shiftType?: unknown;
    minCount?: number | null;
    maxCount?: number | null;
    /** 0 = Sunday, holiday, before_holiday; none = every day */
    daysOfWeek?: (number | 'holiday' | 'before_holiday')[] | null;
    dates?: DateKey[] | null;
    scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
    /** positions, types, statuses, groups or people, by the scope; of a week or month: no people = each by herself */
    targetIds?: string[] | null;
    /** nobody was chosen yet for the scope; goes once targets are named */
    aboutEverybody?: boolean | null;
    [key: string]: unknown;
  };
  penaltyWeight: number;
  isHardConstraint: boolean;
  effectiveFrom: DateKey | null;
  effectiveUntil: DateKey | null;
}

export interface DailyLimitChanges {
  name?: string;
  description?: string;
  limitConfig?: {
    /** any = working */
    shiftType?: unknown;
    minCount?: number | null;
    maxCount?: number | null;
    /** 0 = Sunday, holiday, before_holiday; none = every day */
    daysOfWeek?: (number | 'holiday' | 'before_holiday')[] | null;
    dates?: DateKey[] | null;
    scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
    /** positions, types, statuses, groups or people, by the scope; of a week or month: no people = each by herself */
    targetIds?: string[] | null;
    /** nobody was chosen yet for the scope; goes once targets are named */
    aboutEverybody?: boolean | null;
    [key: string]: unknown;
  };
  penaltyWeight?: number;
  isHardConstraint?: boolean;
  effectiveFrom?: DateKey | null;
  effectiveUntil?: DateKey | null;
  [key: string]: unknown;
}

export interface DailyLimitCreate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  limit: GivenDailyLimit;
}

export interface DailyLimitCreatedLimit {
  limitId: string;
  createdLimit: DailyLimit;
}

export interface DailyLimitDeletedLimit {
  limitId: string;
  deletedLimit: DailyLimit;
}

export interface DailyLimitId {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  limitId: string;
}

export interface DailyLimitUpdate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  limitId?: string;
  changes?: DailyLimitChanges;
  limit?: GivenDailyLimit;
}

export interface DailyLimitUpdatedLimit {
  limitId: string;
  updatedLimit: DailyLimit;
  /** What version 1 clients hear was updated, where that is not the table. */
  updated?: string;
}

export interface DayRow {
  dateKey: DateKey;
  working: number;
  early: number;
  late: number;
  off: number;
}

export interface Difference {
  added: unknown[];
  removed: unknown[];
  changed: SettingDifference[];
}

/** One stretch of employment. */
export interface Employment {
  startPeriod: PeriodPoint | null;
  endPeriod: PeriodPoint | null;
}

/** Something that is new, gone or different. */
export interface EntryChange {
  id: string;
  name: string;
  change: 'added' | 'removed' | 'changed';
  fields: FieldChange[];
}

/** What a refused request gets, the same as over REST. */
export interface ErrorPayload {
  /** One of the protocol's closed list. */
  code: 'conflict' | 'forbidden' | 'internal_error' | 'invalid_json' | 'invalid_message' | 'not_found' | 'payload_too_large' | 'rate_limited' | 'unauthenticated' | 'unavailable' | 'unknown_type' | 'validation_error' | 'version_locked';
  message: string;
  /** The same text, for older clients. */
  error: string;
  /** By field. */
  details: Record<string, unknown>;
  retryAfterSeconds?: number;
  /** Which frame of the connection, counted from 1, where its `requestId` cannot be read. */
  frame?: number;
}

export interface Explanation {
  conflict: RuleConflict | null;
  /** The cheapest: what the best schedule breaks of the hard rules. */
  wayOut: Violation[];
  /** The soft rules that are broken, the dearest first. */
  costs: RuleCost[];
}

export interface FairnessRow {
  what: string;
  blankMeans: string;
  least: number;
  most: number;
  mean: number;
}

/** A field that says something else; `date_keys` where it is about some days only. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
  dateKeys: DateKey[];
}

export interface Generate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  scheduleId: string;
  /** What of the present grid stays besides locked cells, ★ and text. */
  keep?: 'filled' | 'locked' | 'none';
  /** Default: the solver configuration's. */
  timeLimitSeconds?: number;
  seed?: number;
  /** Days before today (in the restaurant's zone) may change as well. */
  includePast?: boolean;
}

/** How far a job is. `phase`: `queued`, `running`, then `first`, `hard`, `soft`. */
export interface GenerationProgress {
  jobId: string;
  scheduleId: string;
  phase: string;
  /** Points of the phase's own objective; less is better. */
  objective: number | null;
  /** Proved: no schedule has fewer. */
  bound: number | null;
  elapsedSeconds: number;
  solutions: number;
}

/** What came out of a job. Whoever asked for it gets the proposal too. */
export interface GenerationResult {
  jobId: string;
  scheduleId: string;
  kind: 'generate' | 'repair';
  status: 'queued' | 'running' | 'optimal' | 'feasible' | 'infeasible' | 'cancelled' | 'failed';
  error: string;
  /** Who dropped the proposal; null: it stands. */
  declinedBy?: string | null;
  score: Score | null;
  scoreBefore: Score | null;
  objective?: number;
  bound?: number;
  gap?: number;
  elapsedSeconds?: number;
  violations: Violation[];
  explanation: Explanation | null;
  fairness: FairnessRow[];
  fairnessBefore?: FairnessRow[];
  people?: PersonRow[];
  days?: DayRow[];
  warnings: string[];
  scheduleData?: ScheduleData;
  covering?: CoveringCell[];
  diff?: ProposedCell[];
}

export interface GivenBackupAssignment {
  id?: string;
  name?: string;
  description?: string;
  staffId?: string;
  groupId?: string;
  assignmentType?: string;
  priorityOrder?: number;
  effectiveFrom?: DateKey | null;
  effectiveUntil?: DateKey | null;
  notes?: string;
  [key: string]: unknown;
}

export interface GivenDailyLimit {
  id?: string;
  name?: string;
  description?: string;
  limitConfig?: {
    /** any = working */
    shiftType?: unknown;
    minCount?: number | null;
    maxCount?: number | null;
    /** 0 = Sunday, holiday, before_holiday; none = every day */
    daysOfWeek?: (number | 'holiday' | 'before_holiday')[] | null;
    dates?: DateKey[] | null;
    scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
    /** positions, types, statuses, groups or people, by the scope; of a week or month: no people = each by herself */
    targetIds?: string[] | null;
    /** nobody was chosen yet for the scope; goes once targets are named */
    aboutEverybody?: boolean | null;
    [key: string]: unknown;
  };
  penaltyWeight?: number;
  isHardConstraint?: boolean;
  effectiveFrom?: DateKey | null;
  effectiveUntil?: DateKey | null;
  [key: string]: unknown;
}

export interface GivenMlConfig {
  id?: string;
  name?: string;
  description?: string;
  modelName?: string;
  modelType?: string;
  parameters?: {
    /** others than cp_sat are kept and ignored */
    algorithm?: string | null;
    timeLimitSeconds?: number | null;
    /** none or 0 = chosen by size */
    workers?: number | null;
    seed?: number | null;
    stabilityWeight?: number | null;
    penaltyWeights?: Record<string, number> | null;
    [key: string]: unknown;
  };
  modelConfig?: Record<string, unknown>;
  confidenceThreshold?: number;
  isDefault?: boolean;
  [key: string]: unknown;
}

export interface GivenMonthlyLimit {
  id?: string;
  /** may be empty */
  name?: string;
  description?: string;
  limitConfig?: {
    limitType?: 'max_off_days' | 'min_off_days' | 'off_days' | 'max_shifts' | 'min_shifts' | 'max_work_days' | 'max_early_shifts' | 'max_late_shifts' | 'shift_distribution' | null;
    /** any = working */
    shiftType?: unknown;
    minCount?: number | null;
    maxCount?: number | null;
    /** unset: yes for off_days, else no */
    countHalfDays?: boolean | null;
    /** unset: yes for off_days, else no */
    excludeCalendarRules?: boolean | null;
    /** unset: yes for off_days, else no */
    excludeEarlyShiftCalendar?: boolean | null;
    /** unset: yes for off_days, else no */
    overrideWeeklyLimits?: boolean | null;
    scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
    /** positions, types, statuses, groups or people, by the scope; of a week or month: no people = each by herself */
    targetIds?: string[] | null;
    /** nobody was chosen yet for the scope; goes once targets are named */
    aboutEverybody?: boolean | null;
    distributionRules?: {
      maxConsecutive?: number | null;
      minDaysBetween?: number | null;
      preferWeekends?: boolean | null;
      [key: string]: unknown;
    } | null;
    [key: string]: unknown;
  };
  penaltyWeight?: number;
  isHardConstraint?: boolean;
  effectiveFrom?: DateKey | null;
  effectiveUntil?: DateKey | null;
  [key: string]: unknown;
}

export interface GivenPriorityRule {
  id?: string;
  /** may be empty */
  name?: string;
  description?: string;
  priorityLevel?: number;
  ruleDefinition?: {
    ruleType?: 'preferred_shift' | 'avoid_shift' | 'avoid_shift_with_exceptions' | 'required_off' | 'required_shift' | 'max_consecutive_work' | 'forbidden_sequence' | 'not_together' | 'together' | 'fairness' | 'run_length' | 'max_weekends' | 'whole_weekends' | 'hours' | 'rest_between' | null;
    staffIds?: string[] | null;
    groupIds?: string[] | null;
    /** without people and groups a rule is about everybody */
    aboutNobody?: boolean | null;
    /** any = working */
    shiftType?: unknown;
    /** for avoid_shift_with_exceptions */
    allowedShifts?: unknown[] | null;
    /** 0 = Sunday, holiday, before_holiday; none = every day */
    daysOfWeek?: (number | 'holiday' | 'before_holiday')[] | null;
    dates?: DateKey[] | null;
    sequence?: unknown[] | null;
    /** for run_length */
    minCount?: number | null;
    maxCount?: number | null;
    /** of work (hours), of rest (rest_between) */
    minHours?: number | null;
    maxHours?: number | null;
    per?: 'week' | 'period' | null;
    /** 0 = Sunday */
    weekStartsOn?: number | null;
    /** of each shift that is long enough */
    breakMinutes?: number | null;
    breakOverHours?: number | null;
    [key: string]: unknown;
  };
  ruleConfig?: {
    /** 0.1 to 1 */
    preferenceStrength?: number | null;
    [key: string]: unknown;
  };
  penaltyWeight?: number;
  isHardConstraint?: boolean;
  effectiveFrom?: DateKey | null;
  effectiveUntil?: DateKey | null;
  [key: string]: unknown;
}

export interface GivenStaffGroup {
  id?: string;
  name?: string;
  description?: string;
  color?: string;
  groupConfig?: {
    members?: string[] | null;
    coverageRules?: {
      minimumCoverage?: number | null;
      maxOffPerDay?: number | null;
      minEarly?: number | null;
      minLate?: number | null;
      backupRequired?: boolean | null;
      backupMode?: 'each_absence' | 'below_minimum' | null;
      maxBackupsPerDay?: number | null;
      /** unset: only where no early shift is asked for */
      earlyCountsAsOff?: boolean | null;
      isHardConstraint?: boolean | null;
      penaltyWeight?: number | null;
      backupIsHard?: boolean | null;
      [key: string]: unknown;
    } | null;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

export interface GivenWeeklyLimit {
  id?: string;
  /** may be empty */
  name?: string;
  description?: string;
  limitConfig?: {
    /** any = working */
    shiftType?: unknown;
    minCount?: number | null;
    maxCount?: number | null;
    /** only these count; 0 = Sunday, holiday, before_holiday; none = every day */
    daysOfWeek?: (number | 'holiday' | 'before_holiday')[] | null;
    /** 0 = Sunday */
    weekStartsOn?: number | null;
    scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
    /** positions, types, statuses, groups or people, by the scope; of a week or month: no people = each by herself */
    targetIds?: string[] | null;
    /** nobody was chosen yet for the scope; goes once targets are named */
    aboutEverybody?: boolean | null;
    [key: string]: unknown;
  };
  penaltyWeight?: number;
  isHardConstraint?: boolean;
  effectiveFrom?: DateKey | null;
  effectiveUntil?: DateKey | null;
  [key: string]: unknown;
}

export interface GroupTotals {
  needed: number;
  covered: number;
  uncovered: number;
  rate: number;
  groupId: string;
}

export interface Holiday {
  date: DateKey;
  nameJa: string;
  nameEn: string;
}

/** Something in the file that no table holds. */
export interface IgnoredItem {
  from: string;
  reason: string;
}

export interface Job {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  jobId: string;
}

/** A job of the generator, without its result. */
export interface JobListing {
  jobId: string;
  scheduleId: string;
  kind: 'generate' | 'repair';
  status: 'queued' | 'running' | 'optimal' | 'feasible' | 'infeasible' | 'cancelled' | 'failed';
  options: unknown;
  progress: GenerationProgress;
  /** Who dropped its proposal; null: it stands. */
  declinedBy?: string | null;
  /** A name; null: the system. */
  requestedBy: string | null;
  createdAt: Timestamp;
  startedAt: Timestamp | null;
  finishedAt: Timestamp | null;
  attempts: number;
  error: string;
}

/** A publication of a schedule, without its document. */
export interface KeptPublication {
  number: number;
  publishedAt: Timestamp;
  /** A name; null: the system. */
  publishedBy: string | null;
  /** Whether viewers see it now. */
  isShown: boolean;
  seenBy: SeenEntry[];
}

export interface LockedCellsBroadcast {
  scheduleId: string;
  periodIndex: number;
  cells: Cell[];
}

/** A row that the file gives. */
export interface MappedRow {
  from: string;
  table: string;
  index: number;
  rowId: string;
  name: string;
  notes: string[];
}

/** `settings`: what the browser had stored. Its keys may also stand directly in the payload. */
export interface Migrate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  settings?: unknown;
  dryRun?: boolean;
  tables?: string[];
  skipInvalid?: boolean;
}

/** What goes to which table, from where, and what does not; empty where nothing was read. */
export interface MigrationMapping {
  /** By collection. */
  tables?: Record<string, unknown>;
  rows?: MappedRow[];
  unresolved?: SkippedItem[];
  ignored?: IgnoredItem[];
  migrationVersion?: unknown;
  contentHash?: string;
}

export interface MigrationReport {
  message: string;
  newVersion: ConfigVersion | null;
  /** By collection. */
  rowsInserted: Record<string, number>;
  skipped: SkippedItem[];
  mapping: MigrationMapping;
  dryRun?: boolean;
  alreadyMigrated?: boolean;
}

/** One of the solver configurations. */
export interface MlConfig {
  id: string;
  restaurantId: string;
  versionId: string;
  isActive: boolean;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  /** The version of its last change. */
  revision: number;
  /** What a row and its copies in other versions have in common. */
  lineageId: string;
  name: string;
  description: string;
  modelName: string;
  modelType: string;
  parameters: {
    /** others than cp_sat are kept and ignored */
    algorithm?: string | null;
    timeLimitSeconds?: number | null;
    /** none or 0 = chosen by size */
    workers?: number | null;
    seed?: number | null;
    stabilityWeight?: number | null;
    penaltyWeights?: Record<string, number> | null;
    [key: string]: unknown;
  };
  modelConfig: Record<string, unknown>;
  confidenceThreshold: number;
  isDefault: boolean;
}

export interface MlConfigChanges {
  name?: string;
  description?: string;
  modelName?: string;
  modelType?: string;
  parameters?: {
    /** others than cp_sat are kept and ignored */
    algorithm?: string | null;
    timeLimitSeconds?: number | null;
    /** none or 0 = chosen by size */
    workers?: number | null;
    seed?: number | null;
    stabilityWeight?: number | null;
    penaltyWeights?: Record<string, number> | null;
    [key: string]: unknown;
  };
  modelConfig?: Record<string, unknown>;
  confidenceThreshold?: number;
  isDefault?: boolean;
  [key: string]: unknown;
}

export interface MlConfigCreate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  config: GivenMlConfig;
}

export interface MlConfigCreatedConfig {
  configId: string;
  createdConfig: MlConfig;
}

export interface MlConfigDeletedConfig {
  configId: string;
  deletedConfig: MlConfig;
}

export interface MlConfigId {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  configId: string;
}

export interface MlConfigUpdate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  configId?: string;
  changes?: MlConfigChanges;
  config?: GivenMlConfig;
}

export interface MlConfigUpdatedConfig {
  configId: string;
  updatedConfig: MlConfig;
  /** What version 1 clients hear was updated, where that is not the table. */
  updated?: string;
}

/** One of the monthly limits. */
export interface MonthlyLimit {
  id: string;
  restaurantId: string;
  versionId: string;
  isActive: boolean;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  /** The version of its last change. */
  revision: number;
  /** What a row and its copies in other versions have in common. */
  lineageId: string;
  /** may be empty */
  name: string;
  description: string;
  limitConfig: {
    limitType?: 'max_off_days' | 'min_off_days' | 'off_days' | 'max_shifts' | 'min_shifts' | 'max_work_days' | 'max_early_shifts' | 'max_late_shifts' | 'shift_distribution' | null;
    /** any = working */
    shiftType?: unknown;
    minCount?: number | null;
    maxCount?: number | null;
    /** unset: yes for off_days, else no */
    countHalfDays?: boolean | null;
    /** unset: yes for off_days, else no */
    excludeCalendarRules?: boolean | null;
    /** unset: yes for off_days, else no */
    excludeEarlyShiftCalendar?: boolean | null;
    /** unset: yes for off_days, else no */
    overrideWeeklyLimits?: boolean | null;
    scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
    /** positions, types, statuses, groups or people, by the scope; of a week or month: no people = each by herself */
    targetIds?: string[] | null;
    /** nobody was chosen yet for the scope; goes once targets are named */
    aboutEverybody?: boolean | null;
    distributionRules?: {
      maxConsecutive?: number | null;
      minDaysBetween?: number | null;
      preferWeekends?: boolean | null;
      [key: string]: unknown;
    } | null;
    [key: string]: unknown;
  };
  penaltyWeight: number;
  isHardConstraint: boolean;
  effectiveFrom: DateKey | null;
  effectiveUntil: DateKey | null;
}

export interface MonthlyLimitChanges {
  /** may be empty */
  name?: string;
  description?: string;
  limitConfig?: {
    limitType?: 'max_off_days' | 'min_off_days' | 'off_days' | 'max_shifts' | 'min_shifts' | 'max_work_days' | 'max_early_shifts' | 'max_late_shifts' | 'shift_distribution' | null;
    /** any = working */
    shiftType?: unknown;
    minCount?: number | null;
    maxCount?: number | null;
    /** unset: yes for off_days, else no */
    countHalfDays?: boolean | null;
    /** unset: yes for off_days, else no */
    excludeCalendarRules?: boolean | null;
    /** unset: yes for off_days, else no */
    excludeEarlyShiftCalendar?: boolean | null;
    /** unset: yes for off_days, else no */
    overrideWeeklyLimits?: boolean | null;
    scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
    /** positions, types, statuses, groups or people, by the scope; of a week or month: no people = each by herself */
    targetIds?: string[] | null;
    /** nobody was chosen yet for the scope; goes once targets are named */
    aboutEverybody?: boolean | null;
    distributionRules?: {
      maxConsecutive?: number | null;
      minDaysBetween?: number | null;
      preferWeekends?: boolean | null;
      [key: string]: unknown;
    } | null;
    [key: string]: unknown;
  };
  penaltyWeight?: number;
  isHardConstraint?: boolean;
  effectiveFrom?: DateKey | null;
  effectiveUntil?: DateKey | null;
  [key: string]: unknown;
}

export interface MonthlyLimitCreate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  limit: GivenMonthlyLimit;
}

export interface MonthlyLimitCreatedLimit {
  limitId: string;
  createdLimit: MonthlyLimit;
}

export interface MonthlyLimitDeletedLimit {
  limitId: string;
  deletedLimit: MonthlyLimit;
}

export interface MonthlyLimitId {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  limitId: string;
}

export interface MonthlyLimitUpdate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  limitId?: string;
  changes?: MonthlyLimitChanges;
  limit?: GivenMonthlyLimit;
}

export interface MonthlyLimitUpdatedLimit {
  limitId: string;
  updatedLimit: MonthlyLimit;
  /** What version 1 clients hear was updated, where that is not the table. */
  updated?: string;
}

/** A shift symbol that everything names otherwise from this change on. */
export interface MovedSymbol {
  previousSymbol: string;
  symbol: string;
  /** Schedules with such cells. Each cell that held the previous symbol holds the new one; published copies stay. */
  scheduleIds: string[];
  /** The people whose allowed shift types named it, as stored. */
  staff: StaffMember[];
  /** The rows of the settings in use that named it, as stored, by collection. */
  settings: Record<string, unknown[]>;
}

/** An empty payload. */
export type Nothing = Record<string, never>;

export interface Period {
  index: number;
  id: string;
  startDate: DateKey;
  endDate: DateKey;
  scheduleId: string | null;
  state: 'draft' | 'published' | null;
}

export interface PeriodCreate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  id?: string;
  startDate?: DateKey;
  endDate?: DateKey;
}

export interface PeriodCreated {
  index: number;
  id: string;
  startDate: DateKey;
  endDate: DateKey;
  scheduleId: string | null;
  state: 'draft' | 'published' | null;
  /** All periods: indexes may have moved. */
  periods: Period[];
}

export interface PeriodDelete {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  periodId: string;
}

export interface PeriodDeleted {
  periodId: string;
  scheduleId: string | null;
  /** All that are left: indexes may have moved. */
  periods: Period[];
}

/** A month, or a day of it. */
export interface PeriodPoint {
  year: number;
  month: number;
  day?: number;
}

export interface PeriodQuery {
  period?: number;
}

export interface PeriodUpdate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  startDate?: DateKey;
  endDate?: DateKey;
  periodId: string;
}

export interface PersonRow {
  staffId: string;
  name: string;
  working: number;
  early: number;
  late: number;
  off: number;
  /** In off-equivalents. */
  daysOff: number;
  weekendOffs: number;
  longestRun: number;
  covers: number;
}

export interface Ping {
  /** Anything; it comes back. */
  timestamp?: unknown;
  /** The next PING may take so long: that of a page in the background, whose timers are slow. */
  pauseSeconds?: number;
}

export interface Place {
  scheduleId?: string | null;
  cell?: Cell | null;
  state?: 'viewing' | 'editing';
}

export interface Pong {
  /** As it was sent. */
  timestamp?: unknown;
  epoch: string;
  /** What this connection has been sent up to. */
  version: number;
}

export interface PresenceEntry {
  scheduleId: string | null;
  cell: Cell | null;
  state: 'viewing' | 'editing' | 'left';
  clientId: string;
  userId: string;
  name: string;
}

export interface PresenceState {
  roster: PresenceEntry[];
  /** Whether this is the whole roster or only who moved. */
  complete: boolean;
}

/** One of the priority rules. */
export interface PriorityRule {
  id: string;
  restaurantId: string;
  versionId: string;
  isActive: boolean;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  /** The version of its last change. */
  revision: number;
  /** What a row and its copies in other versions have in common. */
  lineageId: string;
  /** may be empty */
  name: string;
  description: string;
  priorityLevel: number;
  ruleDefinition: {
    ruleType?: 'preferred_shift' | 'avoid_shift' | 'avoid_shift_with_exceptions' | 'required_off' | 'required_shift' | 'max_consecutive_work' | 'forbidden_sequence' | 'not_together' | 'together' | 'fairness' | 'run_length' | 'max_weekends' | 'whole_weekends' | 'hours' | 'rest_between' | null;
    staffIds?: string[] | null;
    groupIds?: string[] | null;
    /** without people and groups a rule is about everybody */
    aboutNobody?: boolean | null;
    /** any = working */
    shiftType?: unknown;
    /** for avoid_shift_with_exceptions */
    allowedShifts?: unknown[] | null;
    /** 0 = Sunday, holiday, before_holiday; none = every day */
    daysOfWeek?: (number | 'holiday' | 'before_holiday')[] | null;
    dates?: DateKey[] | null;
    sequence?: unknown[] | null;
    /** for run_length */
    minCount?: number | null;
    maxCount?: number | null;
    /** of work (hours), of rest (rest_between) */
    minHours?: number | null;
    maxHours?: number | null;
    per?: 'week' | 'period' | null;
    /** 0 = Sunday */
    weekStartsOn?: number | null;
    /** of each shift that is long enough */
    breakMinutes?: number | null;
    breakOverHours?: number | null;
    [key: string]: unknown;
  };
  ruleConfig: {
    /** 0.1 to 1 */
    preferenceStrength?: number | null;
    [key: string]: unknown;
  };
  penaltyWeight: number;
  isHardConstraint: boolean;
  effectiveFrom: DateKey | null;
  effectiveUntil: DateKey | null;
}

export interface PriorityRuleChanges {
  /** may be empty */
  name?: string;
  description?: string;
  priorityLevel?: number;
  ruleDefinition?: {
    ruleType?: 'preferred_shift' | 'avoid_shift' | 'avoid_shift_with_exceptions' | 'required_off' | 'required_shift' | 'max_consecutive_work' | 'forbidden_sequence' | 'not_together' | 'together' | 'fairness' | 'run_length' | 'max_weekends' | 'whole_weekends' | 'hours' | 'rest_between' | null;
    staffIds?: string[] | null;
    groupIds?: string[] | null;
    /** without people and groups a rule is about everybody */
    aboutNobody?: boolean | null;
    /** any = working */
    shiftType?: unknown;
    /** for avoid_shift_with_exceptions */
    allowedShifts?: unknown[] | null;
    /** 0 = Sunday, holiday, before_holiday; none = every day */
    daysOfWeek?: (number | 'holiday' | 'before_holiday')[] | null;
    dates?: DateKey[] | null;
    sequence?: unknown[] | null;
    /** for run_length */
    minCount?: number | null;
    maxCount?: number | null;
    /** of work (hours), of rest (rest_between) */
    minHours?: number | null;
    maxHours?: number | null;
    per?: 'week' | 'period' | null;
    /** 0 = Sunday */
    weekStartsOn?: number | null;
    /** of each shift that is long enough */
    breakMinutes?: number | null;
    breakOverHours?: number | null;
    [key: string]: unknown;
  };
  ruleConfig?: {
    /** 0.1 to 1 */
    preferenceStrength?: number | null;
    [key: string]: unknown;
  };
  penaltyWeight?: number;
  isHardConstraint?: boolean;
  effectiveFrom?: DateKey | null;
  effectiveUntil?: DateKey | null;
  [key: string]: unknown;
}

export interface PriorityRuleCreate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  rule: GivenPriorityRule;
}

export interface PriorityRuleCreatedRule {
  ruleId: string;
  createdRule: PriorityRule;
}

export interface PriorityRuleDeletedRule {
  ruleId: string;
  deletedRule: PriorityRule;
}

export interface PriorityRuleId {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  ruleId: string;
}

export interface PriorityRuleUpdate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  ruleId?: string;
  changes?: PriorityRuleChanges;
  rule?: GivenPriorityRule;
}

export interface PriorityRuleUpdatedRule {
  ruleId: string;
  updatedRule: PriorityRule;
  /** What version 1 clients hear was updated, where that is not the table. */
  updated?: string;
}

export interface ProposedCell {
  staffId: string;
  dateKey: string;
  shiftValue: string;
  previousValue: string;
  /** The group that this cell would cover. */
  groupId: string | null;
}

/** What has changed besides the cells. */
export interface PublicationChanges {
  /** Also `place` and, with its days, `blankMeans`. */
  people: EntryChange[];
  shiftTypes: EntryChange[];
  days: EntryChange[];
  /** By the staff member's id; the field is `group`. */
  covers: EntryChange[];
  /** The restaurant's name and time zone, the period's days. */
  heading: FieldChange[];
}

/** A publication without its cells: all that one must know to read them. */
export interface PublicationFacts {
  /** Counts the publications of a schedule from 1. */
  number: number;
  publishedAt: Timestamp;
  /** A name; null: the system. */
  publishedBy: string | null;
  startDate: DateKey;
  endDate: DateKey;
  /** Those who are on it, in their order. */
  people: PublishedPerson[];
  shiftTypes: ShiftType[];
  /** Those that are not ordinary. */
  days: CalendarDay[];
}

/** What publishing now would change, and who has seen what is published. */
export interface PublicationPreview {
  scheduleId: string;
  state: 'draft' | 'published';
  publication: number | null;
  publishedAt: Timestamp | null;
  diff: CellDifference[];
  changes: PublicationChanges;
  seenBy: SeenEntry[];
}

export interface Publications {
  scheduleId: string;
  /** The newest first. */
  publications: KeptPublication[];
}

export interface PublishState {
  scheduleId: string;
  periodIndex: number;
  state: 'draft' | 'published';
  publishedAt: Timestamp | null;
  /** The number of the publication that viewers see. */
  publication?: number | null;
  diff: CellDifference[];
  /** What else is different for them. */
  changes?: PublicationChanges;
  revision: number;
}

export interface PublishedCover {
  staffId: string;
  dateKey: string;
  /** The group that this cell covers. */
  groupId: string;
  /** Of a published month: as it was then. */
  groupName?: string;
}

/** A month as it was published: the whole document. */
export interface PublishedMonth {
  /** Counts the publications of a schedule from 1. */
  number: number;
  publishedAt: Timestamp;
  /** A name; null: the system. */
  publishedBy: string | null;
  startDate: DateKey;
  endDate: DateKey;
  /** Those who are on it, in their order. */
  people: PublishedPerson[];
  shiftTypes: ShiftType[];
  /** Those that are not ordinary. */
  days: CalendarDay[];
  scheduleId: string;
  state: 'draft' | 'published';
  /** The filled cells, by staff id, then by day. */
  scheduleData: ScheduleData;
  covering: PublishedCover[];
}

/** A staff member as of a publication. */
export interface PublishedPerson {
  name: string;
  position: string;
  department: string;
  type: string;
  status: string;
  staffOrder: number;
  startPeriod: PeriodPoint | null;
  endPeriod: PeriodPoint | null;
  blankMeans: 'work' | 'free';
  allowedShiftTypes: string[];
  id: string;
  /** Index of the period asked for or written for. */
  period: number | null;
  isActive: boolean;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  /** The version of its last change. */
  revision: number;
  /** The oldest first; left out where the fields have always been what they are. */
  terms?: StaffTerm[];
  /** The oldest first; left out where there is one. The fields show the present one, else the next, else the last. */
  employments?: Employment[];
  /** What a blank says, a letter for each day: `w` works, `f` is not called, `c` closed, `-` not employed. */
  blanks: string;
}

export interface Reason {
  reason: string;
  staffId: string | null;
  message: string;
  messageJa: string;
}

export interface Repair {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  scheduleId: string;
  /** What of the present grid stays besides locked cells, ★ and text. */
  keep?: 'filled' | 'locked' | 'none';
  /** Default: the solver configuration's. */
  timeLimitSeconds?: number;
  seed?: number;
  /** Days before today (in the restaurant's zone) may change as well. */
  includePast?: boolean;
  /** What was edited and is held. Default: the sender's last change. */
  cells?: Cell[];
}

export interface Replaced {
  message: string;
  newVersion: ConfigVersion | null;
}

export interface RestorePublication {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  scheduleId: string;
  /** Left out: the last one. */
  number?: number;
}

export interface Resume {
  /** `<epoch>:<version>` */
  since: string;
}

export interface Resumed {
  from: number;
  epoch: string;
  version: number;
}

export interface Resync {
  epoch: string;
  version: number;
  reason: string;
}

export interface RoleChanged {
  /** What this connection's user may do from now on. */
  role: 'owner' | 'manager' | 'viewer';
}

/** Hard rules that cannot all be kept. */
export interface RuleConflict {
  rules: ConflictPart[];
  /** Proved: without any one of them the others could be kept. */
  minimal: boolean;
}

/** What a soft rule costs, and what giving it up would gain (null: not tried). */
export interface RuleCost {
  kind: string;
  rule: string;
  ruleId: string | null;
  penalty: number;
  count: number;
  gain: number | null;
  message: string;
  messageJa: string;
}

export interface Schedule {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  scheduleId: string;
}

export type ScheduleData = Record<string, Record<string, string>>;

export interface ScheduleQuery {
  scheduleId: string;
}

export interface Score {
  /** Points of broken hard rules. */
  hard: number;
  soft: number;
  total: number;
}

/** Somebody who has seen a publication. */
export interface SeenEntry {
  name: string;
  /** By their calendar. */
  isFeed: boolean;
  firstSeenAt: Timestamp;
  lastSeenAt: Timestamp;
}

export interface SettingDifference {
  rowId: string;
  fromRowId: string;
  name: string;
  /** A column, or a key of a config: `limitConfig.maxCount`. */
  field: string;
  /** Null: not set. */
  from: unknown;
  /** Null: not set. */
  to: unknown;
}

export interface SettingsChange {
  /** The `changeId` of a restore. */
  id: string;
  tableName: string;
  rowId: string;
  operation: 'INSERT' | 'UPDATE' | 'DELETE';
  oldData: Record<string, unknown> | null;
  newData: Record<string, unknown> | null;
  changedBy: string | null;
  changedById: string | null;
  changedAt: Timestamp;
  reason: string;
  versionId: string;
  revision: number;
}

/** The rows of all tables, newest first, and the version that they belong to. */
export interface SettingsDocument {
  staffGroups: StaffGroup[];
  dailyLimits: DailyLimit[];
  weeklyLimits: WeeklyLimit[];
  monthlyLimits: MonthlyLimit[];
  priorityRules: PriorityRule[];
  mlModelConfigs: MlConfig[];
  backupAssignments: BackupAssignment[];
  version: ConfigVersion;
  /** The restaurant's version at which it was read. */
  revision: number;
}

export interface SettingsQuery {
  versionId?: string;
  /** Version 1: who sends it reads `dailyLimits` as one object. */
  clientId?: unknown;
}

/** The tables inside `settings`, and again beside it for older clients. */
export interface SettingsSync {
  staffGroups: StaffGroup[];
  dailyLimits: DailyLimit[];
  weeklyLimits: WeeklyLimit[];
  monthlyLimits: MonthlyLimit[];
  priorityRules: PriorityRule[];
  mlModelConfigs: MlConfig[];
  backupAssignments: BackupAssignment[];
  version: ConfigVersion;
  /** The restaurant's version at which it was read. */
  revision: number;
  settings: SettingsDocument;
  timestamp: Timestamp;
  reset?: boolean;
  /** To the version 1 client that asked for it. */
  migrated?: boolean;
  /** To version 1 clients: the table that was edited. */
  updated?: string;
}

export interface ShiftBulkUpdate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  scheduleId?: string;
  scheduleData: ScheduleData;
  periodIndex?: number;
  mode?: 'merge' | 'replace';
}

export interface ShiftSync {
  scheduleId: string | null;
  periodIndex: number | null;
  /** By staff id, then by day. */
  scheduleData: ScheduleData;
  timestamp: Timestamp;
  state: 'draft' | 'published' | null;
  lockedCells: Cell[];
  /** The active job of the schedule and its last ones, the newest first. */
  jobs: JobListing[];
  /** Called backups; left out where there are none. */
  covering?: PublishedCover[];
  /** For viewers: the month as it was published. */
  publication?: PublicationFacts;
  /** Version 1: told to all, not asked for. */
  broadcast?: boolean;
}

export interface ShiftSyncRequest {
  scheduleId?: string;
  periodIndex?: number;
}

export interface ShiftType {
  symbol: string;
  kind: 'normal' | 'early' | 'late' | 'off' | 'designated_off' | 'special';
  labelJa: string;
  labelEn: string;
  color: string;
  startTime: string | null;
  endTime: string | null;
  offEquivalent: number;
  aliases: string[];
  isLeave: boolean;
  id: string;
  isActive: boolean;
  revision: number;
}

export interface ShiftTypeCreate {
  symbol: string;
  kind: 'normal' | 'early' | 'late' | 'off' | 'designated_off' | 'special';
  labelJa?: string;
  labelEn?: string;
  color?: string;
  startTime?: string | null;
  endTime?: string | null;
  offEquivalent?: number;
  /** Words that mean it when they are typed, besides its labels. */
  aliases?: string[];
  /** Leave that somebody asked for: not copied to another week or period. */
  isLeave?: boolean;
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  id?: string;
}

export interface ShiftTypeDelete {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Id or symbol of the shift type that takes its place wherever it is used. */
  successor?: string;
  shiftTypeId: string;
}

export interface ShiftTypeDeleted {
  shiftTypeId: string;
  revision: number;
  /** Where it has a successor: what that took over. */
  moved?: MovedSymbol;
}

/** The fields of a shift type that may be written; all optional. */
export interface ShiftTypeFields {
  symbol?: string;
  kind?: 'normal' | 'early' | 'late' | 'off' | 'designated_off' | 'special';
  labelJa?: string;
  labelEn?: string;
  color?: string;
  startTime?: string | null;
  endTime?: string | null;
  offEquivalent?: number;
  /** Words that mean it when they are typed, besides its labels. */
  aliases?: string[];
  /** Leave that somebody asked for: not copied to another week or period. */
  isLeave?: boolean;
}

export interface ShiftTypeUpdate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  shiftTypeId: string;
  changes: ShiftTypeFields;
}

export interface ShiftTypeUpdated {
  symbol: string;
  kind: 'normal' | 'early' | 'late' | 'off' | 'designated_off' | 'special';
  labelJa: string;
  labelEn: string;
  color: string;
  startTime: string | null;
  endTime: string | null;
  offEquivalent: number;
  aliases: string[];
  isLeave: boolean;
  id: string;
  isActive: boolean;
  revision: number;
  /** Where it has another symbol: what follows it. */
  moved?: MovedSymbol;
}

export interface ShiftUpdate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  scheduleId?: string;
  staffId: string;
  dateKey: string;
  shiftValue: string;
  periodIndex?: number;
}

/** Something in the file that cannot be taken over. */
export interface SkippedItem {
  from: string;
  table: string;
  index: number;
  reason: string;
  /** The whole row, not a part of it. */
  rowLeftOut: boolean;
}

/** The fields of a staff member that may be written; all optional. */
export interface StaffChanges {
  name?: string;
  position?: string;
  department?: string;
  type?: string;
  status?: string;
  staffOrder?: number;
  startPeriod?: PeriodPoint | null;
  endPeriod?: PeriodPoint | null;
  blankMeans?: 'work' | 'free';
  /** Symbols; empty allows all. */
  allowedShiftTypes?: string[];
}

export interface StaffCreate {
  name: string;
  position?: string;
  department?: string;
  type?: string;
  status?: string;
  staffOrder?: number;
  startPeriod?: PeriodPoint | null;
  endPeriod?: PeriodPoint | null;
  blankMeans?: 'work' | 'free';
  /** Symbols; empty allows all. */
  allowedShiftTypes?: string[];
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  id?: string;
  period?: number;
}

export interface StaffDeleted {
  staffId: string;
  id: string;
  revision: number;
  /** Of somebody who stays in the months before: as stored, with the employment ended. */
  staff?: StaffMember;
}

/** One of the staff groups. */
export interface StaffGroup {
  id: string;
  restaurantId: string;
  versionId: string;
  isActive: boolean;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  /** The version of its last change. */
  revision: number;
  /** What a row and its copies in other versions have in common. */
  lineageId: string;
  name: string;
  description: string;
  color: string;
  groupConfig: {
    members?: string[] | null;
    coverageRules?: {
      minimumCoverage?: number | null;
      maxOffPerDay?: number | null;
      minEarly?: number | null;
      minLate?: number | null;
      backupRequired?: boolean | null;
      backupMode?: 'each_absence' | 'below_minimum' | null;
      maxBackupsPerDay?: number | null;
      /** unset: only where no early shift is asked for */
      earlyCountsAsOff?: boolean | null;
      isHardConstraint?: boolean | null;
      penaltyWeight?: number | null;
      backupIsHard?: boolean | null;
      [key: string]: unknown;
    } | null;
    [key: string]: unknown;
  };
}

export interface StaffGroupChanges {
  name?: string;
  description?: string;
  color?: string;
  groupConfig?: {
    members?: string[] | null;
    coverageRules?: {
      minimumCoverage?: number | null;
      maxOffPerDay?: number | null;
      minEarly?: number | null;
      minLate?: number | null;
      backupRequired?: boolean | null;
      backupMode?: 'each_absence' | 'below_minimum' | null;
      maxBackupsPerDay?: number | null;
      /** unset: only where no early shift is asked for */
      earlyCountsAsOff?: boolean | null;
      isHardConstraint?: boolean | null;
      penaltyWeight?: number | null;
      backupIsHard?: boolean | null;
      [key: string]: unknown;
    } | null;
    [key: string]: unknown;
  };
  [key: string]: unknown;
}

export interface StaffGroupCreate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  group: GivenStaffGroup;
}

export interface StaffGroupCreatedGroup {
  groupId: string;
  createdGroup: StaffGroup;
}

export interface StaffGroupDeletedGroup {
  groupId: string;
  deletedGroup: StaffGroup;
}

export interface StaffGroupId {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  groupId: string;
}

export interface StaffGroupRemoved {
  groupId: string;
  deletedGroup: StaffGroup;
  /** Ids of what went with it, by collection. */
  removed: Record<string, string[]>;
}

export interface StaffGroupUpdate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  groupId?: string;
  changes?: StaffGroupChanges;
  group?: GivenStaffGroup;
}

export interface StaffGroupUpdatedGroup {
  groupId: string;
  updatedGroup: StaffGroup;
  /** What version 1 clients hear was updated, where that is not the table. */
  updated?: string;
}

export interface StaffId {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  staffId: string;
  period?: number;
  /** The first day of it. A deletion with a day ends the employment before it and leaves days that are over as they were. */
  from?: DateKey;
}

/** A staff member as stored. */
export interface StaffMember {
  name: string;
  position: string;
  department: string;
  type: string;
  status: string;
  staffOrder: number;
  startPeriod: PeriodPoint | null;
  endPeriod: PeriodPoint | null;
  blankMeans: 'work' | 'free';
  allowedShiftTypes: string[];
  id: string;
  /** Index of the period asked for or written for. */
  period: number | null;
  isActive: boolean;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  /** The version of its last change. */
  revision: number;
  /** The oldest first; left out where the fields have always been what they are. */
  terms?: StaffTerm[];
  /** The oldest first; left out where there is one. The fields show the present one, else the next, else the last. */
  employments?: Employment[];
}

export interface StaffReorder {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  staffIds: string[];
}

export interface StaffReordered {
  /** Everybody, in the new order. */
  staffIds: string[];
  revision: number;
}

export interface StaffSync {
  staff: StaffMember[];
  /** The same list. */
  staffMembers: StaffMember[];
  period: number;
  timestamp: Timestamp;
}

/** The terms on which somebody works from a day on. */
export interface StaffTerm {
  /** null: from the beginning. */
  validFrom: DateKey | null;
  type: string;
  status: string;
  blankMeans: 'work' | 'free';
  allowedShiftTypes: string[];
}

export interface StaffUpdate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** From which day type, status, blankMeans and allowedShiftTypes hold. Left out: from today, or from the beginning for somebody new. */
  validFrom?: DateKey;
  staffId: string;
  changes: StaffChanges;
  period?: number;
}

export interface StaffUpdated {
  staffId: string;
  id: string;
  /** The whole staff member as stored. */
  changes: StaffMember;
}

export interface Step {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  scheduleId: string;
  partial?: boolean;
  skip?: boolean;
}

export interface Subscription {
  topics: string[];
  /** Narrows `shifts`. */
  scheduleIds?: string[];
}

/** Making this person a backup of the group would cover so many more needs. */
export interface Suggestion {
  staffId: string;
  groupId: string;
  covers: number;
  dateKeys: DateKey[];
}

export interface Trail {
  /** Newest first. */
  changes: SettingsChange[];
  /** Of the next page. */
  cursor: string | null;
}

export interface TrailQuery {
  versionId?: string;
  tableName?: string;
  rowId?: string;
  userId?: string;
  cursor?: string;
  limit?: number;
}

export interface Validation {
  scheduleId: string;
  score: Score;
  violations: Violation[];
  /** What of the settings was passed over. */
  warnings: string[];
}

export interface Version {
  version: ConfigVersion;
}

export interface VersionActivated {
  version: ConfigVersion;
  settings: SettingsDocument;
}

export interface VersionCreate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  name: string;
  description?: string;
  /** Default: the active version. */
  copyFrom?: string;
  /** Without any rows, instead of a copy. */
  empty?: boolean;
}

export interface VersionDeleted {
  version: ConfigVersion;
  versionId: string;
}

export interface VersionId {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  versionId: string;
}

export interface Versions {
  versions: ConfigVersion[];
}

export interface Violation {
  rule: string;
  ruleId: string | null;
  kind: string;
  isHard: boolean;
  penalty: number;
  message: string;
  messageJa: string;
  staffId?: string;
  dateKey?: DateKey;
  /** Where several days in a row are one violation. */
  lastDateKey?: DateKey;
}

/** One of the weekly limits. */
export interface WeeklyLimit {
  id: string;
  restaurantId: string;
  versionId: string;
  isActive: boolean;
  createdAt: Timestamp;
  updatedAt: Timestamp;
  /** The version of its last change. */
  revision: number;
  /** What a row and its copies in other versions have in common. */
  lineageId: string;
  /** may be empty */
  name: string;
  description: string;
  limitConfig: {
    /** any = working */
    shiftType?: unknown;
    minCount?: number | null;
    maxCount?: number | null;
    /** only these count; 0 = Sunday, holiday, before_holiday; none = every day */
    daysOfWeek?: (number | 'holiday' | 'before_holiday')[] | null;
    /** 0 = Sunday */
    weekStartsOn?: number | null;
    scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
    /** positions, types, statuses, groups or people, by the scope; of a week or month: no people = each by herself */
    targetIds?: string[] | null;
    /** nobody was chosen yet for the scope; goes once targets are named */
    aboutEverybody?: boolean | null;
    [key: string]: unknown;
  };
  penaltyWeight: number;
  isHardConstraint: boolean;
  effectiveFrom: DateKey | null;
  effectiveUntil: DateKey | null;
}

export interface WeeklyLimitChanges {
  /** may be empty */
  name?: string;
  description?: string;
  limitConfig?: {
    /** any = working */
    shiftType?: unknown;
    minCount?: number | null;
    maxCount?: number | null;
    /** only these count; 0 = Sunday, holiday, before_holiday; none = every day */
    daysOfWeek?: (number | 'holiday' | 'before_holiday')[] | null;
    /** 0 = Sunday */
    weekStartsOn?: number | null;
    scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
    /** positions, types, statuses, groups or people, by the scope; of a week or month: no people = each by herself */
    targetIds?: string[] | null;
    /** nobody was chosen yet for the scope; goes once targets are named */
    aboutEverybody?: boolean | null;
    [key: string]: unknown;
  };
  penaltyWeight?: number;
  isHardConstraint?: boolean;
  effectiveFrom?: DateKey | null;
  effectiveUntil?: DateKey | null;
  [key: string]: unknown;
}

export interface WeeklyLimitCreate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  limit: GivenWeeklyLimit;
}

export interface WeeklyLimitCreatedLimit {
  limitId: string;
  createdLimit: WeeklyLimit;
}

export interface WeeklyLimitDeletedLimit {
  limitId: string;
  deletedLimit: WeeklyLimit;
}

export interface WeeklyLimitId {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  limitId: string;
}

export interface WeeklyLimitUpdate {
  /** The version its author had seen. */
  baseVersion?: number;
  /** Overrides the restaurant's. */
  strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
  /** For the audit trail. */
  reason?: string;
  /** Another version than the active one. */
  versionId?: string;
  limitId?: string;
  changes?: WeeklyLimitChanges;
  limit?: GivenWeeklyLimit;
}

export interface WeeklyLimitUpdatedLimit {
  limitId: string;
  updatedLimit: WeeklyLimit;
  /** What version 1 clients hear was updated, where that is not the table. */
  updated?: string;
}

export interface ClientPayloads {
  BACKUP_APPLY: BackupApply;
  BACKUP_COVERAGE: CoverageQuery;
  BACKUP_SUGGESTIONS: ScheduleQuery;
  CALENDAR_SYNC_REQUEST: Nothing;
  CALENDAR_UPDATE: CalendarUpdate;
  CLOSING_RULE_CREATE: ClosingRuleCreate;
  CLOSING_RULE_DELETE: ClosingRuleDelete;
  CLOSING_RULE_UPDATE: ClosingRuleUpdate;
  PERIOD_CREATE: PeriodCreate;
  PERIOD_DELETE: PeriodDelete;
  PERIOD_UPDATE: PeriodUpdate;
  PING: Ping;
  PRESENCE_UPDATE: Place;
  PUBLICATIONS_REQUEST: ScheduleQuery;
  PUBLICATION_PREVIEW_REQUEST: ScheduleQuery;
  PUBLICATION_REQUEST: ScheduleQuery;
  REDO: Step;
  RESUME: Resume;
  SCHEDULE_APPLY_GENERATED: Job;
  SCHEDULE_DECLINE_GENERATED: Job;
  SCHEDULE_GENERATE: Generate;
  SCHEDULE_GENERATE_CANCEL: Job;
  SCHEDULE_PUBLISH: Schedule;
  SCHEDULE_REPAIR: Repair;
  SCHEDULE_RESTORE_PUBLICATION: RestorePublication;
  SCHEDULE_UNPUBLISH: Schedule;
  SCHEDULE_VALIDATE: ScheduleQuery;
  SETTINGS_ACTIVATE_VERSION: VersionId;
  SETTINGS_CHANGES_REQUEST: TrailQuery;
  SETTINGS_COMPARE_REQUEST: CompareQuery;
  SETTINGS_CREATE_BACKUP_ASSIGNMENT: BackupAssignmentCreate;
  SETTINGS_CREATE_DAILY_LIMIT: DailyLimitCreate;
  SETTINGS_CREATE_ML_CONFIG: MlConfigCreate;
  SETTINGS_CREATE_MONTHLY_LIMIT: MonthlyLimitCreate;
  SETTINGS_CREATE_PRIORITY_RULE: PriorityRuleCreate;
  SETTINGS_CREATE_STAFF_GROUP: StaffGroupCreate;
  SETTINGS_CREATE_VERSION: VersionCreate;
  SETTINGS_CREATE_WEEKLY_LIMIT: WeeklyLimitCreate;
  SETTINGS_DELETE_BACKUP_ASSIGNMENT: BackupAssignmentId;
  SETTINGS_DELETE_DAILY_LIMIT: DailyLimitId;
  SETTINGS_DELETE_ML_CONFIG: MlConfigId;
  SETTINGS_DELETE_MONTHLY_LIMIT: MonthlyLimitId;
  SETTINGS_DELETE_PRIORITY_RULE: PriorityRuleId;
  SETTINGS_DELETE_STAFF_GROUP: StaffGroupId;
  SETTINGS_DELETE_VERSION: VersionId;
  SETTINGS_DELETE_WEEKLY_LIMIT: WeeklyLimitId;
  SETTINGS_HARD_DELETE_STAFF_GROUP: StaffGroupId;
  SETTINGS_LOCK_VERSION: VersionId;
  SETTINGS_MIGRATE: Migrate;
  SETTINGS_RESET: ChangeOptions;
  SETTINGS_RESTORE_CHANGE: ChangeId;
  SETTINGS_SYNC_REQUEST: SettingsQuery;
  SETTINGS_UNLOCK_VERSION: VersionId;
  SETTINGS_UPDATE_BACKUP_ASSIGNMENT: BackupAssignmentUpdate;
  SETTINGS_UPDATE_DAILY_LIMITS: DailyLimitUpdate;
  SETTINGS_UPDATE_ML_CONFIG: MlConfigUpdate;
  SETTINGS_UPDATE_MONTHLY_LIMITS: MonthlyLimitUpdate;
  SETTINGS_UPDATE_PRIORITY_RULES: PriorityRuleUpdate;
  SETTINGS_UPDATE_STAFF_GROUPS: StaffGroupUpdate;
  SETTINGS_UPDATE_WEEKLY_LIMITS: WeeklyLimitUpdate;
  SETTINGS_VERSIONS_REQUEST: Nothing;
  SHIFT_BULK_UPDATE: ShiftBulkUpdate;
  SHIFT_LOCK: Cells;
  SHIFT_SYNC_REQUEST: ShiftSyncRequest;
  SHIFT_TYPE_CREATE: ShiftTypeCreate;
  SHIFT_TYPE_DELETE: ShiftTypeDelete;
  SHIFT_TYPE_UPDATE: ShiftTypeUpdate;
  SHIFT_UNLOCK: Cells;
  SHIFT_UPDATE: ShiftUpdate;
  STAFF_CREATE: StaffCreate;
  STAFF_DELETE: StaffId;
  STAFF_REORDER: StaffReorder;
  STAFF_RESTORE: StaffId;
  STAFF_UPDATE: StaffUpdate;
  SUBSCRIBE: Subscription;
  SYNC_ALL_PERIODS_REQUEST: Nothing;
  SYNC_REQUEST: PeriodQuery;
  UNDO: Step;
  UNSUBSCRIBE: Subscription;
}

export interface ServerPayloads {
  ACK: Ack;
  BACKUP_COVERAGE_RESPONSE: BackupCoverage;
  BACKUP_SUGGESTIONS_RESPONSE: BackupSuggestions;
  BATCH: Batch;
  CALENDAR_SYNC_RESPONSE: Calendar;
  CALENDAR_UPDATE: CalendarDay;
  CLOSING_RULE_CREATE: ClosingRule;
  CLOSING_RULE_DELETE: ClosingRuleDeleted;
  CLOSING_RULE_UPDATE: ClosingRule;
  CONFLICT: Conflict;
  CONNECTION_ACK: ConnectionAck;
  ERROR: ErrorPayload;
  GENERATION_PROGRESS: GenerationProgress;
  GENERATION_RESULT: GenerationResult;
  PERIOD_CREATE: PeriodCreated;
  PERIOD_DELETE: PeriodDeleted;
  PERIOD_UPDATE: PeriodCreated;
  PONG: Pong;
  PRESENCE_STATE: PresenceState;
  PUBLICATION: PublishedMonth;
  PUBLICATIONS: Publications;
  PUBLICATION_PREVIEW: PublicationPreview;
  RESUMED: Resumed;
  RESYNC_REQUIRED: Resync;
  ROLE_CHANGED: RoleChanged;
  SCHEDULE_PUBLISH: PublishState;
  SCHEDULE_UNPUBLISH: PublishState;
  SCHEDULE_VALIDATION: Validation;
  SETTINGS_ACTIVATE_VERSION: VersionActivated;
  SETTINGS_CHANGES_RESPONSE: Trail;
  SETTINGS_COMPARE_RESPONSE: Comparison;
  SETTINGS_CREATE_BACKUP_ASSIGNMENT: BackupAssignmentAssignment;
  SETTINGS_CREATE_DAILY_LIMIT: DailyLimitCreatedLimit;
  SETTINGS_CREATE_ML_CONFIG: MlConfigCreatedConfig;
  SETTINGS_CREATE_MONTHLY_LIMIT: MonthlyLimitCreatedLimit;
  SETTINGS_CREATE_PRIORITY_RULE: PriorityRuleCreatedRule;
  SETTINGS_CREATE_STAFF_GROUP: StaffGroupCreatedGroup;
  SETTINGS_CREATE_VERSION: Version;
  SETTINGS_CREATE_WEEKLY_LIMIT: WeeklyLimitCreatedLimit;
  SETTINGS_DELETE_BACKUP_ASSIGNMENT: BackupAssignmentAssignment;
  SETTINGS_DELETE_DAILY_LIMIT: DailyLimitDeletedLimit;
  SETTINGS_DELETE_ML_CONFIG: MlConfigDeletedConfig;
  SETTINGS_DELETE_MONTHLY_LIMIT: MonthlyLimitDeletedLimit;
  SETTINGS_DELETE_PRIORITY_RULE: PriorityRuleDeletedRule;
  SETTINGS_DELETE_STAFF_GROUP: StaffGroupDeletedGroup;
  SETTINGS_DELETE_VERSION: VersionDeleted;
  SETTINGS_DELETE_WEEKLY_LIMIT: WeeklyLimitDeletedLimit;
  SETTINGS_HARD_DELETE_STAFF_GROUP: StaffGroupRemoved;
  SETTINGS_LOCK_VERSION: Version;
  SETTINGS_MIGRATE: MigrationReport;
  SETTINGS_RESET: Replaced;
  SETTINGS_SYNC_RESPONSE: SettingsSync;
  SETTINGS_UNLOCK_VERSION: Version;
  SETTINGS_UPDATE_BACKUP_ASSIGNMENT: BackupAssignmentAssignment;
  SETTINGS_UPDATE_DAILY_LIMITS: DailyLimitUpdatedLimit;
  SETTINGS_UPDATE_ML_CONFIG: MlConfigUpdatedConfig;
  SETTINGS_UPDATE_MONTHLY_LIMITS: MonthlyLimitUpdatedLimit;
  SETTINGS_UPDATE_PRIORITY_RULES: PriorityRuleUpdatedRule;
  SETTINGS_UPDATE_STAFF_GROUPS: StaffGroupUpdatedGroup;
  SETTINGS_UPDATE_WEEKLY_LIMITS: WeeklyLimitUpdatedLimit;
  SETTINGS_VERSIONS_RESPONSE: Versions;
  SHIFT_BROADCAST: CellBroadcast;
  SHIFT_BULK_BROADCAST: CellsBroadcast;
  SHIFT_LOCK: LockedCellsBroadcast;
  SHIFT_SYNC_RESPONSE: ShiftSync;
  SHIFT_TYPE_CREATE: ShiftType;
  SHIFT_TYPE_DELETE: ShiftTypeDeleted;
  SHIFT_TYPE_UPDATE: ShiftTypeUpdated;
  SHIFT_UNLOCK: LockedCellsBroadcast;
  STAFF_CREATE: StaffMember;
  STAFF_DELETE: StaffDeleted;
  STAFF_REORDER: StaffReordered;
  STAFF_RESTORE: StaffMember;
  STAFF_UPDATE: StaffUpdated;
  SYNC_ALL_PERIODS_RESPONSE: AllPeriods;
  SYNC_RESPONSE: StaffSync;
}

export type ClientType = keyof ClientPayloads;
export type ServerType = keyof ServerPayloads;

export const TOPICS = [
  'backups',
  'calendar',
  'generation',
  'presence',
  'settings',
  'shifts',
  'staff',
] as const;

export const CHANGE_TYPES = [
  'CALENDAR_UPDATE',
  'CLOSING_RULE_CREATE',
  'CLOSING_RULE_DELETE',
  'CLOSING_RULE_UPDATE',
  'PERIOD_CREATE',
  'PERIOD_DELETE',
  'PERIOD_UPDATE',
  'SCHEDULE_PUBLISH',
  'SCHEDULE_UNPUBLISH',
  'SETTINGS_ACTIVATE_VERSION',
  'SETTINGS_CREATE_BACKUP_ASSIGNMENT',
  'SETTINGS_CREATE_DAILY_LIMIT',
  'SETTINGS_CREATE_ML_CONFIG',
  'SETTINGS_CREATE_MONTHLY_LIMIT',
  'SETTINGS_CREATE_PRIORITY_RULE',
  'SETTINGS_CREATE_STAFF_GROUP',
  'SETTINGS_CREATE_VERSION',
  'SETTINGS_CREATE_WEEKLY_LIMIT',
  'SETTINGS_DELETE_BACKUP_ASSIGNMENT',
  'SETTINGS_DELETE_DAILY_LIMIT',
  'SETTINGS_DELETE_ML_CONFIG',
  'SETTINGS_DELETE_MONTHLY_LIMIT',
  'SETTINGS_DELETE_PRIORITY_RULE',
  'SETTINGS_DELETE_STAFF_GROUP',
  'SETTINGS_DELETE_VERSION',
  'SETTINGS_DELETE_WEEKLY_LIMIT',
  'SETTINGS_HARD_DELETE_STAFF_GROUP',
  'SETTINGS_LOCK_VERSION',
  'SETTINGS_SYNC_RESPONSE',
  'SETTINGS_UNLOCK_VERSION',
  'SETTINGS_UPDATE_BACKUP_ASSIGNMENT',
  'SETTINGS_UPDATE_DAILY_LIMITS',
  'SETTINGS_UPDATE_ML_CONFIG',
  'SETTINGS_UPDATE_MONTHLY_LIMITS',
  'SETTINGS_UPDATE_PRIORITY_RULES',
  'SETTINGS_UPDATE_STAFF_GROUPS',
  'SETTINGS_UPDATE_WEEKLY_LIMITS',
  'SHIFT_BROADCAST',
  'SHIFT_BULK_BROADCAST',
  'SHIFT_LOCK',
  'SHIFT_TYPE_CREATE',
  'SHIFT_TYPE_DELETE',
  'SHIFT_TYPE_UPDATE',
  'SHIFT_UNLOCK',
  'STAFF_CREATE',
  'STAFF_DELETE',
  'STAFF_REORDER',
  'STAFF_RESTORE',
  'STAFF_UPDATE',
] as const;

export const CHANGE_REQUESTS = [
  'BACKUP_APPLY',
  'CALENDAR_UPDATE',
  'CLOSING_RULE_CREATE',
  'CLOSING_RULE_DELETE',
  'CLOSING_RULE_UPDATE',
  'PERIOD_CREATE',
  'PERIOD_DELETE',
  'PERIOD_UPDATE',
  'REDO',
  'SCHEDULE_APPLY_GENERATED',
  'SCHEDULE_DECLINE_GENERATED',
  'SCHEDULE_GENERATE',
  'SCHEDULE_GENERATE_CANCEL',
  'SCHEDULE_PUBLISH',
  'SCHEDULE_REPAIR',
  'SCHEDULE_RESTORE_PUBLICATION',
  'SCHEDULE_UNPUBLISH',
  'SETTINGS_ACTIVATE_VERSION',
  'SETTINGS_CREATE_BACKUP_ASSIGNMENT',
  'SETTINGS_CREATE_DAILY_LIMIT',
  'SETTINGS_CREATE_ML_CONFIG',
  'SETTINGS_CREATE_MONTHLY_LIMIT',
  'SETTINGS_CREATE_PRIORITY_RULE',
  'SETTINGS_CREATE_STAFF_GROUP',
  'SETTINGS_CREATE_VERSION',
  'SETTINGS_CREATE_WEEKLY_LIMIT',
  'SETTINGS_DELETE_BACKUP_ASSIGNMENT',
  'SETTINGS_DELETE_DAILY_LIMIT',
  'SETTINGS_DELETE_ML_CONFIG',
  'SETTINGS_DELETE_MONTHLY_LIMIT',
  'SETTINGS_DELETE_PRIORITY_RULE',
  'SETTINGS_DELETE_STAFF_GROUP',
  'SETTINGS_DELETE_VERSION',
  'SETTINGS_DELETE_WEEKLY_LIMIT',
  'SETTINGS_HARD_DELETE_STAFF_GROUP',
  'SETTINGS_LOCK_VERSION',
  'SETTINGS_MIGRATE',
  'SETTINGS_RESET',
  'SETTINGS_RESTORE_CHANGE',
  'SETTINGS_UNLOCK_VERSION',
  'SETTINGS_UPDATE_BACKUP_ASSIGNMENT',
  'SETTINGS_UPDATE_DAILY_LIMITS',
  'SETTINGS_UPDATE_ML_CONFIG',
  'SETTINGS_UPDATE_MONTHLY_LIMITS',
  'SETTINGS_UPDATE_PRIORITY_RULES',
  'SETTINGS_UPDATE_STAFF_GROUPS',
  'SETTINGS_UPDATE_WEEKLY_LIMITS',
  'SHIFT_BULK_UPDATE',
  'SHIFT_LOCK',
  'SHIFT_TYPE_CREATE',
  'SHIFT_TYPE_DELETE',
  'SHIFT_TYPE_UPDATE',
  'SHIFT_UNLOCK',
  'SHIFT_UPDATE',
  'STAFF_CREATE',
  'STAFF_DELETE',
  'STAFF_REORDER',
  'STAFF_RESTORE',
  'STAFF_UPDATE',
  'UNDO',
] as const;

export const ANSWERS = {
  BACKUP_COVERAGE: 'BACKUP_COVERAGE_RESPONSE',
  BACKUP_SUGGESTIONS: 'BACKUP_SUGGESTIONS_RESPONSE',
  CALENDAR_SYNC_REQUEST: 'CALENDAR_SYNC_RESPONSE',
  PUBLICATIONS_REQUEST: 'PUBLICATIONS',
  PUBLICATION_PREVIEW_REQUEST: 'PUBLICATION_PREVIEW',
  PUBLICATION_REQUEST: 'PUBLICATION',
  SCHEDULE_VALIDATE: 'SCHEDULE_VALIDATION',
  SETTINGS_CHANGES_REQUEST: 'SETTINGS_CHANGES_RESPONSE',
  SETTINGS_COMPARE_REQUEST: 'SETTINGS_COMPARE_RESPONSE',
  SETTINGS_SYNC_REQUEST: 'SETTINGS_SYNC_RESPONSE',
  SETTINGS_VERSIONS_REQUEST: 'SETTINGS_VERSIONS_RESPONSE',
  SHIFT_SYNC_REQUEST: 'SHIFT_SYNC_RESPONSE',
  SYNC_ALL_PERIODS_REQUEST: 'SYNC_ALL_PERIODS_RESPONSE',
  SYNC_REQUEST: 'SYNC_RESPONSE',
} as const;

export const SETTINGS_TABLES = [
  {
    name: 'staffGroups',
    tableName: 'staff_groups',
    create: 'SETTINGS_CREATE_STAFF_GROUP',
    update: 'SETTINGS_UPDATE_STAFF_GROUPS',
    remove: 'SETTINGS_DELETE_STAFF_GROUP',
    idKey: 'groupId',
    rowKey: 'group',
    createdKey: 'createdGroup',
    updatedKey: 'updatedGroup',
    path: 'staff-groups',
  },
  {
    name: 'dailyLimits',
    tableName: 'daily_limits',
    create: 'SETTINGS_CREATE_DAILY_LIMIT',
    update: 'SETTINGS_UPDATE_DAILY_LIMITS',
    remove: 'SETTINGS_DELETE_DAILY_LIMIT',
    idKey: 'limitId',
    rowKey: 'limit',
    createdKey: 'createdLimit',
    updatedKey: 'updatedLimit',
    path: 'daily-limits',
  },
  {
    name: 'weeklyLimits',
    tableName: 'weekly_limits',
    create: 'SETTINGS_CREATE_WEEKLY_LIMIT',
    update: 'SETTINGS_UPDATE_WEEKLY_LIMITS',
    remove: 'SETTINGS_DELETE_WEEKLY_LIMIT',
    idKey: 'limitId',
    rowKey: 'limit',
    createdKey: 'createdLimit',
    updatedKey: 'updatedLimit',
    path: 'weekly-limits',
  },
  {
    name: 'monthlyLimits',
    tableName: 'monthly_limits',
    create: 'SETTINGS_CREATE_MONTHLY_LIMIT',
    update: 'SETTINGS_UPDATE_MONTHLY_LIMITS',
    remove: 'SETTINGS_DELETE_MONTHLY_LIMIT',
    idKey: 'limitId',
    rowKey: 'limit',
    createdKey: 'createdLimit',
    updatedKey: 'updatedLimit',
    path: 'monthly-limits',
  },
  {
    name: 'priorityRules',
    tableName: 'priority_rules',
    create: 'SETTINGS_CREATE_PRIORITY_RULE',
    update: 'SETTINGS_UPDATE_PRIORITY_RULES',
    remove: 'SETTINGS_DELETE_PRIORITY_RULE',
    idKey: 'ruleId',
    rowKey: 'rule',
    createdKey: 'createdRule',
    updatedKey: 'updatedRule',
    path: 'priority-rules',
  },
  {
    name: 'mlModelConfigs',
    tableName: 'ml_model_configs',
    create: 'SETTINGS_CREATE_ML_CONFIG',
    update: 'SETTINGS_UPDATE_ML_CONFIG',
    remove: 'SETTINGS_DELETE_ML_CONFIG',
    idKey: 'configId',
    rowKey: 'config',
    createdKey: 'createdConfig',
    updatedKey: 'updatedConfig',
    path: 'ml-model-configs',
  },
  {
    name: 'backupAssignments',
    tableName: 'staff_backup_assignments',
    create: 'SETTINGS_CREATE_BACKUP_ASSIGNMENT',
    update: 'SETTINGS_UPDATE_BACKUP_ASSIGNMENT',
    remove: 'SETTINGS_DELETE_BACKUP_ASSIGNMENT',
    idKey: 'assignmentId',
    rowKey: 'assignment',
    createdKey: 'assignment',
    updatedKey: 'assignment',
    path: 'backup-assignments',
  },
] as const;
