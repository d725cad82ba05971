// Made by `manage.py export_protocol` from the server's own message registry. Not edited by hand.

export interface ClientPayloads {
  BACKUP_APPLY: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    scheduleId: string;
    dateKeys?: string[];
  };
  BACKUP_COVERAGE: {
    scheduleId: string;
    from?: string;
    to?: string;
  };
  BACKUP_SUGGESTIONS: {
    scheduleId: string;
  };
  CALENDAR_SYNC_REQUEST: Record<string, never>;
  CALENDAR_UPDATE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    date: string;
    kind?: 'closed' | 'all_work' | 'open' | '' | null;
    note?: string;
  };
  CLOSING_RULE_CREATE: {
    repeats: 'weekly' | 'monthly' | 'yearly';
    daysOfWeek?: number[];
    weeks?: number[];
    fromDay?: string;
    toDay?: string;
    onHoliday?: 'closed' | 'open' | 'next_day';
    validFrom?: string | null;
    validUntil?: string | null;
    note?: string;
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    id?: string;
  };
  CLOSING_RULE_DELETE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    ruleId: string;
  };
  CLOSING_RULE_UPDATE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    ruleId: string;
    changes: {
      repeats?: 'weekly' | 'monthly' | 'yearly';
      daysOfWeek?: number[];
      weeks?: number[];
      fromDay?: string;
      toDay?: string;
      onHoliday?: 'closed' | 'open' | 'next_day';
      validFrom?: string | null;
      validUntil?: string | null;
      note?: string;
    };
  };
  PERIOD_CREATE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    id?: string;
    startDate?: string;
    endDate?: string;
  };
  PERIOD_DELETE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    periodId: string;
  };
  PERIOD_UPDATE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    startDate?: string;
    endDate?: string;
    periodId: string;
  };
  PING: {
    timestamp?: unknown;
    pauseSeconds?: number;
  };
  PRESENCE_UPDATE: {
    scheduleId?: string | null;
    cell?: {
      staffId: string;
      dateKey: string;
    } | null;
    state?: 'viewing' | 'editing';
  };
  PUBLICATIONS_REQUEST: {
    scheduleId: string;
  };
  PUBLICATION_PREVIEW_REQUEST: {
    scheduleId: string;
  };
  PUBLICATION_REQUEST: {
    scheduleId: string;
  };
  REDO: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    scheduleId: string;
    partial?: boolean;
    skip?: boolean;
  };
  RESUME: {
    since: string;
  };
  SCHEDULE_APPLY_GENERATED: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    jobId: string;
  };
  SCHEDULE_DECLINE_GENERATED: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    jobId: string;
  };
  SCHEDULE_GENERATE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    scheduleId: string;
    keep?: 'filled' | 'locked' | 'none';
    timeLimitSeconds?: number;
    seed?: number;
    includePast?: boolean;
  };
  SCHEDULE_GENERATE_CANCEL: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    jobId: string;
  };
  SCHEDULE_PUBLISH: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    scheduleId: string;
  };
  SCHEDULE_REPAIR: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    scheduleId: string;
    keep?: 'filled' | 'locked' | 'none';
    timeLimitSeconds?: number;
    seed?: number;
    includePast?: boolean;
    cells?: {
      staffId: string;
      dateKey: string;
    }[];
  };
  SCHEDULE_RESTORE_PUBLICATION: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    scheduleId: string;
    number?: number;
  };
  SCHEDULE_UNPUBLISH: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    scheduleId: string;
  };
  SCHEDULE_VALIDATE: {
    scheduleId: string;
  };
  SETTINGS_ACTIVATE_VERSION: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId: string;
  };
  SETTINGS_CHANGES_REQUEST: {
    versionId?: string;
    tableName?: string;
    rowId?: string;
    userId?: string;
    cursor?: string;
    limit?: number;
  };
  SETTINGS_COMPARE_REQUEST: {
    from: string;
    to: string;
  };
  SETTINGS_CREATE_BACKUP_ASSIGNMENT: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    assignment: {
      id?: string;
      name?: string;
      description?: string;
      staffId?: string;
      groupId?: string;
      assignmentType?: string;
      priorityOrder?: number;
      effectiveFrom?: string | null;
      effectiveUntil?: string | null;
      notes?: string;
    };
  };
  SETTINGS_CREATE_DAILY_LIMIT: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    limit: {
      id?: string;
      name?: string;
      description?: string;
      limitConfig?: {
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        daysOfWeek?: unknown | null;
        dates?: unknown | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
      };
      penaltyWeight?: number;
      isHardConstraint?: boolean;
      effectiveFrom?: string | null;
      effectiveUntil?: string | null;
    };
  };
  SETTINGS_CREATE_ML_CONFIG: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    config: {
      id?: string;
      name?: string;
      description?: string;
      modelName?: string;
      modelType?: string;
      parameters?: {
        algorithm?: string | null;
        timeLimitSeconds?: number | null;
        workers?: number | null;
        seed?: number | null;
        stabilityWeight?: number | null;
        penaltyWeights?: unknown | null;
      };
      modelConfig?: Record<string, unknown>;
      confidenceThreshold?: number;
      isDefault?: boolean;
    };
  };
  SETTINGS_CREATE_MONTHLY_LIMIT: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    limit: {
      id?: string;
      name?: string;
      description?: string;
      limitConfig?: {
        limitType?: 'max_off_days' | 'min_off_days' | 'off_days' | 'max_shifts' | 'min_shifts' | 'max_work_days' | 'max_early_shifts' | 'max_late_shifts' | 'shift_distribution' | null;
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        countHalfDays?: boolean | null;
        excludeCalendarRules?: boolean | null;
        excludeEarlyShiftCalendar?: boolean | null;
        overrideWeeklyLimits?: boolean | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
        distributionRules?: unknown | null;
      };
      penaltyWeight?: number;
      isHardConstraint?: boolean;
      effectiveFrom?: string | null;
      effectiveUntil?: string | null;
    };
  };
  SETTINGS_CREATE_PRIORITY_RULE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    rule: {
      id?: string;
      name?: string;
      description?: string;
      priorityLevel?: number;
      ruleDefinition?: {
        ruleType?: 'preferred_shift' | 'avoid_shift' | 'avoid_shift_with_exceptions' | 'required_off' | 'required_shift' | 'max_consecutive_work' | 'forbidden_sequence' | 'not_together' | 'together' | 'fairness' | null;
        staffIds?: unknown | null;
        groupIds?: unknown | null;
        aboutNobody?: boolean | null;
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        allowedShifts?: unknown | null;
        daysOfWeek?: unknown | null;
        dates?: unknown | null;
        sequence?: unknown | null;
        maxCount?: number | null;
      };
      ruleConfig?: {
        preferenceStrength?: number | null;
      };
      penaltyWeight?: number;
      isHardConstraint?: boolean;
      effectiveFrom?: string | null;
      effectiveUntil?: string | null;
    };
  };
  SETTINGS_CREATE_STAFF_GROUP: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    group: {
      id?: string;
      name?: string;
      description?: string;
      color?: string;
      groupConfig?: {
        members?: unknown | null;
        coverageRules?: unknown | null;
      };
    };
  };
  SETTINGS_CREATE_VERSION: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    name: string;
    description?: string;
    copyFrom?: string;
    empty?: boolean;
  };
  SETTINGS_CREATE_WEEKLY_LIMIT: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    limit: {
      id?: string;
      name?: string;
      description?: string;
      limitConfig?: {
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        daysOfWeek?: unknown | null;
        weekStartsOn?: number | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
      };
      penaltyWeight?: number;
      isHardConstraint?: boolean;
      effectiveFrom?: string | null;
      effectiveUntil?: string | null;
    };
  };
  SETTINGS_DELETE_BACKUP_ASSIGNMENT: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    assignmentId: string;
  };
  SETTINGS_DELETE_DAILY_LIMIT: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    limitId: string;
  };
  SETTINGS_DELETE_ML_CONFIG: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    configId: string;
  };
  SETTINGS_DELETE_MONTHLY_LIMIT: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    limitId: string;
  };
  SETTINGS_DELETE_PRIORITY_RULE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    ruleId: string;
  };
  SETTINGS_DELETE_STAFF_GROUP: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    groupId: string;
  };
  SETTINGS_DELETE_VERSION: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId: string;
  };
  SETTINGS_DELETE_WEEKLY_LIMIT: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    limitId: string;
  };
  SETTINGS_HARD_DELETE_STAFF_GROUP: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    groupId: string;
  };
  SETTINGS_LOCK_VERSION: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId: string;
  };
  SETTINGS_MIGRATE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    settings?: unknown;
    dryRun?: boolean;
    tables?: string[];
    skipInvalid?: boolean;
  };
  SETTINGS_RESET: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
  };
  SETTINGS_RESTORE_CHANGE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    changeId: string;
  };
  SETTINGS_SYNC_REQUEST: {
    versionId?: string;
    clientId?: unknown;
  };
  SETTINGS_UNLOCK_VERSION: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId: string;
  };
  SETTINGS_UPDATE_BACKUP_ASSIGNMENT: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    assignmentId?: string;
    changes?: {
      name?: string;
      description?: string;
      staffId?: string;
      groupId?: string;
      assignmentType?: string;
      priorityOrder?: number;
      effectiveFrom?: string | null;
      effectiveUntil?: string | null;
      notes?: string;
    };
    assignment?: {
      id?: string;
      name?: string;
      description?: string;
      staffId?: string;
      groupId?: string;
      assignmentType?: string;
      priorityOrder?: number;
      effectiveFrom?: string | null;
      effectiveUntil?: string | null;
      notes?: string;
    };
  };
  SETTINGS_UPDATE_DAILY_LIMITS: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    limitId?: string;
    changes?: {
      name?: string;
      description?: string;
      limitConfig?: {
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        daysOfWeek?: unknown | null;
        dates?: unknown | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
      };
      penaltyWeight?: number;
      isHardConstraint?: boolean;
      effectiveFrom?: string | null;
      effectiveUntil?: string | null;
    };
    limit?: {
      id?: string;
      name?: string;
      description?: string;
      limitConfig?: {
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        daysOfWeek?: unknown | null;
        dates?: unknown | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
      };
      penaltyWeight?: number;
      isHardConstraint?: boolean;
      effectiveFrom?: string | null;
      effectiveUntil?: string | null;
    };
  };
  SETTINGS_UPDATE_ML_CONFIG: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    configId?: string;
    changes?: {
      name?: string;
      description?: string;
      modelName?: string;
      modelType?: string;
      parameters?: {
        algorithm?: string | null;
        timeLimitSeconds?: number | null;
        workers?: number | null;
        seed?: number | null;
        stabilityWeight?: number | null;
        penaltyWeights?: unknown | null;
      };
      modelConfig?: Record<string, unknown>;
      confidenceThreshold?: number;
      isDefault?: boolean;
    };
    config?: {
      id?: string;
      name?: string;
      description?: string;
      modelName?: string;
      modelType?: string;
      parameters?: {
        algorithm?: string | null;
        timeLimitSeconds?: number | null;
        workers?: number | null;
        seed?: number | null;
        stabilityWeight?: number | null;
        penaltyWeights?: unknown | null;
      };
      modelConfig?: Record<string, unknown>;
      confidenceThreshold?: number;
      isDefault?: boolean;
    };
  };
  SETTINGS_UPDATE_MONTHLY_LIMITS: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    limitId?: string;
    changes?: {
      name?: string;
      description?: string;
      limitConfig?: {
        limitType?: 'max_off_days' | 'min_off_days' | 'off_days' | 'max_shifts' | 'min_shifts' | 'max_work_days' | 'max_early_shifts' | 'max_late_shifts' | 'shift_distribution' | null;
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        countHalfDays?: boolean | null;
        excludeCalendarRules?: boolean | null;
        excludeEarlyShiftCalendar?: boolean | null;
        overrideWeeklyLimits?: boolean | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
        distributionRules?: unknown | null;
      };
      penaltyWeight?: number;
      isHardConstraint?: boolean;
      effectiveFrom?: string | null;
      effectiveUntil?: string | null;
    };
    limit?: {
      id?: string;
      name?: string;
      description?: string;
      limitConfig?: {
        limitType?: 'max_off_days' | 'min_off_days' | 'off_days' | 'max_shifts' | 'min_shifts' | 'max_work_days' | 'max_early_shifts' | 'max_late_shifts' | 'shift_distribution' | null;
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        countHalfDays?: boolean | null;
        excludeCalendarRules?: boolean | null;
        excludeEarlyShiftCalendar?: boolean | null;
        overrideWeeklyLimits?: boolean | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
        distributionRules?: unknown | null;
      };
      penaltyWeight?: number;
      isHardConstraint?: boolean;
      effectiveFrom?: string | null;
      effectiveUntil?: string | null;
    };
  };
  SETTINGS_UPDATE_PRIORITY_RULES: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    ruleId?: string;
    changes?: {
      name?: string;
      description?: string;
      priorityLevel?: number;
      ruleDefinition?: {
        ruleType?: 'preferred_shift' | 'avoid_shift' | 'avoid_shift_with_exceptions' | 'required_off' | 'required_shift' | 'max_consecutive_work' | 'forbidden_sequence' | 'not_together' | 'together' | 'fairness' | null;
        staffIds?: unknown | null;
        groupIds?: unknown | null;
        aboutNobody?: boolean | null;
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        allowedShifts?: unknown | null;
        daysOfWeek?: unknown | null;
        dates?: unknown | null;
        sequence?: unknown | null;
        maxCount?: number | null;
      };
      ruleConfig?: {
        preferenceStrength?: number | null;
      };
      penaltyWeight?: number;
      isHardConstraint?: boolean;
      effectiveFrom?: string | null;
      effectiveUntil?: string | null;
    };
    rule?: {
      id?: string;
      name?: string;
      description?: string;
      priorityLevel?: number;
      ruleDefinition?: {
        ruleType?: 'preferred_shift' | 'avoid_shift' | 'avoid_shift_with_exceptions' | 'required_off' | 'required_shift' | 'max_consecutive_work' | 'forbidden_sequence' | 'not_together' | 'together' | 'fairness' | null;
        staffIds?: unknown | null;
        groupIds?: unknown | null;
        aboutNobody?: boolean | null;
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        allowedShifts?: unknown | null;
        daysOfWeek?: unknown | null;
        dates?: unknown | null;
        sequence?: unknown | null;
        maxCount?: number | null;
      };
      ruleConfig?: {
        preferenceStrength?: number | null;
      };
      penaltyWeight?: number;
      isHardConstraint?: boolean;
      effectiveFrom?: string | null;
      effectiveUntil?: string | null;
    };
  };
  SETTINGS_UPDATE_STAFF_GROUPS: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    groupId?: string;
    changes?: {
      name?: string;
      description?: string;
      color?: string;
      groupConfig?: {
        members?: unknown | null;
        coverageRules?: unknown | null;
      };
    };
    group?: {
      id?: string;
      name?: string;
      description?: string;
      color?: string;
      groupConfig?: {
        members?: unknown | null;
        coverageRules?: unknown | null;
      };
    };
  };
  SETTINGS_UPDATE_WEEKLY_LIMITS: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    versionId?: string;
    limitId?: string;
    changes?: {
      name?: string;
      description?: string;
      limitConfig?: {
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        daysOfWeek?: unknown | null;
        weekStartsOn?: number | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
      };
      penaltyWeight?: number;
      isHardConstraint?: boolean;
      effectiveFrom?: string | null;
      effectiveUntil?: string | null;
    };
    limit?: {
      id?: string;
      name?: string;
      description?: string;
      limitConfig?: {
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        daysOfWeek?: unknown | null;
        weekStartsOn?: number | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
      };
      penaltyWeight?: number;
      isHardConstraint?: boolean;
      effectiveFrom?: string | null;
      effectiveUntil?: string | null;
    };
  };
  SETTINGS_VERSIONS_REQUEST: Record<string, never>;
  SHIFT_BULK_UPDATE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    scheduleId?: string;
    scheduleData: Record<string, Record<string, string>>;
    periodIndex?: number;
    mode?: 'merge' | 'replace';
  };
  SHIFT_LOCK: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    scheduleId: string;
    cells: {
      staffId: string;
      dateKey: string;
    }[];
  };
  SHIFT_SYNC_REQUEST: {
    scheduleId?: string;
    periodIndex?: number;
  };
  SHIFT_TYPE_CREATE: {
    symbol: string;
    kind: 'normal' | 'early' | 'late' | 'off' | 'designated_off' | 'special';
    labelJa?: string;
    labelEn?: string;
    color?: string;
    startTime?: string | null;
    endTime?: string | null;
    offEquivalent?: number;
    aliases?: string[];
    isLeave?: boolean;
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    id?: string;
  };
  SHIFT_TYPE_DELETE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    successor?: string;
    shiftTypeId: string;
  };
  SHIFT_TYPE_UPDATE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    shiftTypeId: string;
    changes: {
      symbol?: string;
      kind?: 'normal' | 'early' | 'late' | 'off' | 'designated_off' | 'special';
      labelJa?: string;
      labelEn?: string;
      color?: string;
      startTime?: string | null;
      endTime?: string | null;
      offEquivalent?: number;
      aliases?: string[];
      isLeave?: boolean;
    };
  };
  SHIFT_UNLOCK: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    scheduleId: string;
    cells: {
      staffId: string;
      dateKey: string;
    }[];
  };
  SHIFT_UPDATE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    scheduleId?: string;
    staffId: string;
    dateKey: string;
    shiftValue: string;
    periodIndex?: number;
  };
  STAFF_CREATE: {
    name: string;
    position?: string;
    department?: string;
    type?: string;
    status?: string;
    staffOrder?: number;
    startPeriod?: {
      year: number;
      month: number;
      day?: number;
    } | null;
    endPeriod?: {
      year: number;
      month: number;
      day?: number;
    } | null;
    blankMeans?: 'work' | 'free';
    allowedShiftTypes?: string[];
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    id?: string;
    period?: number;
  };
  STAFF_DELETE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    staffId: string;
    period?: number;
    from?: string;
  };
  STAFF_REORDER: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    staffIds: string[];
  };
  STAFF_RESTORE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    staffId: string;
    period?: number;
    from?: string;
  };
  STAFF_UPDATE: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    validFrom?: string;
    staffId: string;
    changes: {
      name?: string;
      position?: string;
      department?: string;
      type?: string;
      status?: string;
      staffOrder?: number;
      startPeriod?: {
        year: number;
        month: number;
        day?: number;
      } | null;
      endPeriod?: {
        year: number;
        month: number;
        day?: number;
      } | null;
      blankMeans?: 'work' | 'free';
      allowedShiftTypes?: string[];
    };
    period?: number;
  };
  SUBSCRIBE: {
    topics: string[];
    scheduleIds?: string[];
  };
  SYNC_ALL_PERIODS_REQUEST: Record<string, never>;
  SYNC_REQUEST: {
    period?: number;
  };
  UNDO: {
    baseVersion?: number;
    strategy?: 'last_writer_wins' | 'first_writer_wins' | 'merge_changes' | 'user_choice';
    reason?: string;
    scheduleId: string;
    partial?: boolean;
    skip?: boolean;
  };
  UNSUBSCRIBE: {
    topics: string[];
    scheduleIds?: string[];
  };
}

export interface ServerPayloads {
  ACK: {
    version: number;
    result: unknown;
  };
  BACKUP_COVERAGE_RESPONSE: {
    scheduleId: string;
    days: ({
      groupId: string;
      dateKey: string;
      membersOff: string[];
      needed: number;
      coveredBy: {
        staffId: string;
        assignmentId: string;
        already: boolean;
      }[];
      uncovered: number;
      reasons: ({
        reason: string;
        staffId: string | null;
        message: string;
        messageJa: string;
      })[];
    })[];
    groups: {
      needed: number;
      covered: number;
      uncovered: number;
      rate: number;
      groupId: string;
    }[];
    backups: {
      staffId: string;
      days: number;
      rate: number;
      byGroup: Record<string, number>;
    }[];
    totals: {
      needed: number;
      covered: number;
      uncovered: number;
      rate: number;
    };
  };
  BACKUP_SUGGESTIONS_RESPONSE: {
    scheduleId: string;
    suggestions: {
      staffId: string;
      groupId: string;
      covers: number;
      dateKeys: string[];
    }[];
    warnings: ({
      reason: string;
      assignmentId: string;
      staffId: string;
      groupIds: string[];
      dateKey: string | null;
      message: string;
      messageJa: string;
    })[];
  };
  BATCH: {
    messages: unknown[];
  };
  CALENDAR_SYNC_RESPONSE: {
    periods: ({
      index: number;
      id: string;
      startDate: string;
      endDate: string;
      scheduleId: string | null;
      state: string | null;
    })[];
    holidays: {
      date: string;
      nameJa: string;
      nameEn: string;
    }[];
    days: ({
      id: string;
      date: string;
      kind: 'closed' | 'all_work' | 'open' | null;
      note: string;
      revision: number;
    })[];
    closingRules: ({
      repeats: 'weekly' | 'monthly' | 'yearly';
      daysOfWeek: number[];
      weeks: number[];
      fromDay: string;
      toDay: string;
      onHoliday: 'closed' | 'open' | 'next_day';
      validFrom: string | null;
      validUntil: string | null;
      note: string;
      id: string;
      isActive: boolean;
      revision: number;
    })[];
    shiftTypes: ({
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
    })[];
    timestamp: string;
  };
  CALENDAR_UPDATE: {
    id: string;
    date: string;
    kind: 'closed' | 'all_work' | 'open' | null;
    note: string;
    revision: number;
  };
  CLOSING_RULE_CREATE: {
    repeats: 'weekly' | 'monthly' | 'yearly';
    daysOfWeek: number[];
    weeks: number[];
    fromDay: string;
    toDay: string;
    onHoliday: 'closed' | 'open' | 'next_day';
    validFrom: string | null;
    validUntil: string | null;
    note: string;
    id: string;
    isActive: boolean;
    revision: number;
  };
  CLOSING_RULE_DELETE: {
    ruleId: string;
    revision: number;
  };
  CLOSING_RULE_UPDATE: {
    repeats: 'weekly' | 'monthly' | 'yearly';
    daysOfWeek: number[];
    weeks: number[];
    fromDay: string;
    toDay: string;
    onHoliday: 'closed' | 'open' | 'next_day';
    validFrom: string | null;
    validUntil: string | null;
    note: string;
    id: string;
    isActive: boolean;
    revision: number;
  };
  CONFLICT: {
    items: ({
      entity: string;
      entityId: string;
      field: string;
      base: unknown | null;
      yours: unknown | null;
      theirs: unknown | null;
      theirAuthor: string;
      changedAt: string | null;
    })[];
    currentVersion: number;
  };
  CONNECTION_ACK: {
    status: string;
    clientId: string;
    restaurantId: string;
    role: string;
    userId: string | null;
    userName: string;
    epoch: string;
    version: number;
    protocol: number;
    heartbeatSeconds: number;
    maxFrameBytes: number;
    serverTime: string;
    periods: ({
      index: number;
      id: string;
      startDate: string;
      endDate: string;
      scheduleId: string | null;
      state: string | null;
    })[];
  };
  ERROR: {
    code: string;
    message: string;
    error: string;
    details: Record<string, unknown | null>;
    retryAfterSeconds?: number;
    frame?: number;
  };
  GENERATION_PROGRESS: {
    jobId: string;
    scheduleId: string;
    phase: string;
    objective: number | null;
    bound: number | null;
    elapsedSeconds: number;
    solutions: number;
  };
  GENERATION_RESULT: {
    jobId: string;
    scheduleId: string;
    kind: 'generate' | 'repair';
    status: 'queued' | 'running' | 'optimal' | 'feasible' | 'infeasible' | 'cancelled' | 'failed';
    error: string;
    declinedBy?: string | null;
    score: {
      hard: number;
      soft: number;
      total: number;
    } | null;
    scoreBefore: {
      hard: number;
      soft: number;
      total: number;
    } | null;
    objective?: number;
    bound?: number;
    gap?: number;
    elapsedSeconds?: number;
    violations: ({
      rule: string;
      ruleId: string | null;
      kind: string;
      isHard: boolean;
      penalty: number;
      message: string;
      messageJa: string;
      staffId?: string;
      dateKey?: string;
      lastDateKey?: string;
    })[];
    explanation: {
      conflict: {
        rules: ({
          kind: string;
          rule: string;
          ruleId: string | null;
          staffId: string | null;
          scope: string;
          dateKeys: string[];
          message: string;
          messageJa: string;
        })[];
        minimal: boolean;
      } | null;
      wayOut: ({
        rule: string;
        ruleId: string | null;
        kind: string;
        isHard: boolean;
        penalty: number;
        message: string;
        messageJa: string;
        staffId?: string;
        dateKey?: string;
        lastDateKey?: string;
      })[];
      costs: ({
        kind: string;
        rule: string;
        ruleId: string | null;
        penalty: number;
        count: number;
        gain: number | null;
        message: string;
        messageJa: string;
      })[];
    } | null;
    fairness: {
      what: string;
      blankMeans: string;
      least: number;
      most: number;
      mean: number;
    }[];
    fairnessBefore?: {
      what: string;
      blankMeans: string;
      least: number;
      most: number;
      mean: number;
    }[];
    people?: {
      staffId: string;
      name: string;
      working: number;
      early: number;
      late: number;
      off: number;
      daysOff: number;
      weekendOffs: number;
      longestRun: number;
      covers: number;
    }[];
    days?: {
      dateKey: string;
      working: number;
      early: number;
      late: number;
      off: number;
    }[];
    warnings: string[];
    scheduleData?: Record<string, Record<string, string>>;
    covering?: {
      staffId: string;
      dateKey: string;
      groupId: string;
    }[];
    diff?: ({
      staffId: string;
      dateKey: string;
      shiftValue: string;
      previousValue: string;
      groupId: string | null;
    })[];
  };
  PERIOD_CREATE: {
    index: number;
    id: string;
    startDate: string;
    endDate: string;
    scheduleId: string | null;
    state: string | null;
    periods: ({
      index: number;
      id: string;
      startDate: string;
      endDate: string;
      scheduleId: string | null;
      state: string | null;
    })[];
  };
  PERIOD_DELETE: {
    periodId: string;
    scheduleId: string | null;
    periods: ({
      index: number;
      id: string;
      startDate: string;
      endDate: string;
      scheduleId: string | null;
      state: string | null;
    })[];
  };
  PERIOD_UPDATE: {
    index: number;
    id: string;
    startDate: string;
    endDate: string;
    scheduleId: string | null;
    state: string | null;
    periods: ({
      index: number;
      id: string;
      startDate: string;
      endDate: string;
      scheduleId: string | null;
      state: string | null;
    })[];
  };
  PONG: {
    timestamp?: unknown;
    epoch: string;
    version: number;
  };
  PRESENCE_STATE: {
    roster: ({
      scheduleId?: string | null;
      cell?: {
        staffId: string;
        dateKey: string;
      } | null;
      state: 'viewing' | 'editing' | 'left';
      clientId: string;
      userId: string;
      name: string;
    })[];
    complete: boolean;
  };
  PUBLICATION: {
    number: number;
    publishedAt: string;
    publishedBy: string | null;
    startDate: string;
    endDate: string;
    people: ({
      name: string;
      position: string;
      department: string;
      type: string;
      status: string;
      staffOrder: number;
      startPeriod: {
        year: number;
        month: number;
        day?: number;
      } | null;
      endPeriod: {
        year: number;
        month: number;
        day?: number;
      } | null;
      blankMeans: 'work' | 'free';
      allowedShiftTypes: string[];
      id: string;
      period: number | null;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      terms?: ({
        validFrom: string | null;
        type: string;
        status: string;
        blankMeans: 'work' | 'free';
        allowedShiftTypes: string[];
      })[];
      employments?: ({
        startPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
        endPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
      })[];
      blanks: string;
    })[];
    shiftTypes: ({
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
    })[];
    days: ({
      id: string;
      date: string;
      kind: 'closed' | 'all_work' | 'open' | null;
      note: string;
      revision: number;
    })[];
    scheduleId: string;
    state: 'draft' | 'published';
    scheduleData: Record<string, Record<string, string>>;
    covering: {
      staffId: string;
      dateKey: string;
      groupId: string;
      groupName?: string;
    }[];
  };
  PUBLICATIONS: {
    scheduleId: string;
    publications: ({
      number: number;
      publishedAt: string;
      publishedBy: string | null;
      isShown: boolean;
      seenBy: {
        name: string;
        isFeed: boolean;
        firstSeenAt: string;
        lastSeenAt: string;
      }[];
    })[];
  };
  PUBLICATION_PREVIEW: {
    scheduleId: string;
    state: 'draft' | 'published';
    publication: number | null;
    publishedAt: string | null;
    diff: {
      staffId: string;
      dateKey: string;
      shiftValue: string;
      previousValue: string;
    }[];
    changes: {
      people: ({
        id: string;
        name: string;
        change: 'added' | 'removed' | 'changed';
        fields: ({
          field: string;
          before: unknown | null;
          after: unknown | null;
          dateKeys: string[];
        })[];
      })[];
      shiftTypes: ({
        id: string;
        name: string;
        change: 'added' | 'removed' | 'changed';
        fields: ({
          field: string;
          before: unknown | null;
          after: unknown | null;
          dateKeys: string[];
        })[];
      })[];
      days: ({
        id: string;
        name: string;
        change: 'added' | 'removed' | 'changed';
        fields: ({
          field: string;
          before: unknown | null;
          after: unknown | null;
          dateKeys: string[];
        })[];
      })[];
      covers: ({
        id: string;
        name: string;
        change: 'added' | 'removed' | 'changed';
        fields: ({
          field: string;
          before: unknown | null;
          after: unknown | null;
          dateKeys: string[];
        })[];
      })[];
      heading: ({
        field: string;
        before: unknown | null;
        after: unknown | null;
        dateKeys: string[];
      })[];
    };
    seenBy: {
      name: string;
      isFeed: boolean;
      firstSeenAt: string;
      lastSeenAt: string;
    }[];
  };
  RESUMED: {
    from: number;
    epoch: string;
    version: number;
  };
  RESYNC_REQUIRED: {
    epoch: string;
    version: number;
    reason: string;
  };
  ROLE_CHANGED: {
    role: string;
  };
  SCHEDULE_PUBLISH: {
    scheduleId: string;
    periodIndex: number;
    state: 'draft' | 'published';
    publishedAt: string | null;
    publication?: number | null;
    diff: {
      staffId: string;
      dateKey: string;
      shiftValue: string;
      previousValue: string;
    }[];
    changes?: {
      people: ({
        id: string;
        name: string;
        change: 'added' | 'removed' | 'changed';
        fields: ({
          field: string;
          before: unknown | null;
          after: unknown | null;
          dateKeys: string[];
        })[];
      })[];
      shiftTypes: ({
        id: string;
        name: string;
        change: 'added' | 'removed' | 'changed';
        fields: ({
          field: string;
          before: unknown | null;
          after: unknown | null;
          dateKeys: string[];
        })[];
      })[];
      days: ({
        id: string;
        name: string;
        change: 'added' | 'removed' | 'changed';
        fields: ({
          field: string;
          before: unknown | null;
          after: unknown | null;
          dateKeys: string[];
        })[];
      })[];
      covers: ({
        id: string;
        name: string;
        change: 'added' | 'removed' | 'changed';
        fields: ({
          field: string;
          before: unknown | null;
          after: unknown | null;
          dateKeys: string[];
        })[];
      })[];
      heading: ({
        field: string;
        before: unknown | null;
        after: unknown | null;
        dateKeys: string[];
      })[];
    };
    revision: number;
  };
  SCHEDULE_UNPUBLISH: {
    scheduleId: string;
    periodIndex: number;
    state: 'draft' | 'published';
    publishedAt: string | null;
    publication?: number | null;
    diff: {
      staffId: string;
      dateKey: string;
      shiftValue: string;
      previousValue: string;
    }[];
    changes?: {
      people: ({
        id: string;
        name: string;
        change: 'added' | 'removed' | 'changed';
        fields: ({
          field: string;
          before: unknown | null;
          after: unknown | null;
          dateKeys: string[];
        })[];
      })[];
      shiftTypes: ({
        id: string;
        name: string;
        change: 'added' | 'removed' | 'changed';
        fields: ({
          field: string;
          before: unknown | null;
          after: unknown | null;
          dateKeys: string[];
        })[];
      })[];
      days: ({
        id: string;
        name: string;
        change: 'added' | 'removed' | 'changed';
        fields: ({
          field: string;
          before: unknown | null;
          after: unknown | null;
          dateKeys: string[];
        })[];
      })[];
      covers: ({
        id: string;
        name: string;
        change: 'added' | 'removed' | 'changed';
        fields: ({
          field: string;
          before: unknown | null;
          after: unknown | null;
          dateKeys: string[];
        })[];
      })[];
      heading: ({
        field: string;
        before: unknown | null;
        after: unknown | null;
        dateKeys: string[];
      })[];
    };
    revision: number;
  };
  SCHEDULE_VALIDATION: {
    scheduleId: string;
    score: {
      hard: number;
      soft: number;
      total: number;
    };
    violations: ({
      rule: string;
      ruleId: string | null;
      kind: string;
      isHard: boolean;
      penalty: number;
      message: string;
      messageJa: string;
      staffId?: string;
      dateKey?: string;
      lastDateKey?: string;
    })[];
    warnings: string[];
  };
  SETTINGS_ACTIVATE_VERSION: {
    version: {
      id: string;
      restaurantId: string;
      versionNumber: number;
      name: string;
      description: string;
      createdBy: string | null;
      createdByName?: string | null;
      createdAt: string;
      isActive: boolean;
      isLocked: boolean;
      revision: number;
    };
    settings: {
      staffGroups: ({
        id: string;
        restaurantId: string;
        versionId: string;
        isActive: boolean;
        createdAt: string;
        updatedAt: string;
        revision: number;
        lineageId: string;
        name: string;
        description: string;
        color: string;
        groupConfig: {
          members?: unknown | null;
          coverageRules?: unknown | null;
        };
      })[];
      dailyLimits: ({
        id: string;
        restaurantId: string;
        versionId: string;
        isActive: boolean;
        createdAt: string;
        updatedAt: string;
        revision: number;
        lineageId: string;
        name: string;
        description: string;
        limitConfig: {
          shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
          minCount?: number | null;
          maxCount?: number | null;
          daysOfWeek?: unknown | null;
          dates?: unknown | null;
          scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
          targetIds?: unknown | null;
          aboutEverybody?: boolean | null;
        };
        penaltyWeight: number;
        isHardConstraint: boolean;
        effectiveFrom: string | null;
        effectiveUntil: string | null;
      })[];
      weeklyLimits: ({
        id: string;
        restaurantId: string;
        versionId: string;
        isActive: boolean;
        createdAt: string;
        updatedAt: string;
        revision: number;
        lineageId: string;
        name: string;
        description: string;
        limitConfig: {
          shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
          minCount?: number | null;
          maxCount?: number | null;
          daysOfWeek?: unknown | null;
          weekStartsOn?: number | null;
          scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
          targetIds?: unknown | null;
          aboutEverybody?: boolean | null;
        };
        penaltyWeight: number;
        isHardConstraint: boolean;
        effectiveFrom: string | null;
        effectiveUntil: string | null;
      })[];
      monthlyLimits: ({
        id: string;
        restaurantId: string;
        versionId: string;
        isActive: boolean;
        createdAt: string;
        updatedAt: string;
        revision: number;
        lineageId: string;
        name: string;
        description: string;
        limitConfig: {
          limitType?: 'max_off_days' | 'min_off_days' | 'off_days' | 'max_shifts' | 'min_shifts' | 'max_work_days' | 'max_early_shifts' | 'max_late_shifts' | 'shift_distribution' | null;
          shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
          minCount?: number | null;
          maxCount?: number | null;
          countHalfDays?: boolean | null;
          excludeCalendarRules?: boolean | null;
          excludeEarlyShiftCalendar?: boolean | null;
          overrideWeeklyLimits?: boolean | null;
          scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
          targetIds?: unknown | null;
          aboutEverybody?: boolean | null;
          distributionRules?: unknown | null;
        };
        penaltyWeight: number;
        isHardConstraint: boolean;
        effectiveFrom: string | null;
        effectiveUntil: string | null;
      })[];
      priorityRules: ({
        id: string;
        restaurantId: string;
        versionId: string;
        isActive: boolean;
        createdAt: string;
        updatedAt: string;
        revision: number;
        lineageId: string;
        name: string;
        description: string;
        priorityLevel: number;
        ruleDefinition: {
          ruleType?: 'preferred_shift' | 'avoid_shift' | 'avoid_shift_with_exceptions' | 'required_off' | 'required_shift' | 'max_consecutive_work' | 'forbidden_sequence' | 'not_together' | 'together' | 'fairness' | null;
          staffIds?: unknown | null;
          groupIds?: unknown | null;
          aboutNobody?: boolean | null;
          shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
          allowedShifts?: unknown | null;
          daysOfWeek?: unknown | null;
          dates?: unknown | null;
          sequence?: unknown | null;
          maxCount?: number | null;
        };
        ruleConfig: {
          preferenceStrength?: number | null;
        };
        penaltyWeight: number;
        isHardConstraint: boolean;
        effectiveFrom: string | null;
        effectiveUntil: string | null;
      })[];
      mlModelConfigs: ({
        id: string;
        restaurantId: string;
        versionId: string;
        isActive: boolean;
        createdAt: string;
        updatedAt: string;
        revision: number;
        lineageId: string;
        name: string;
        description: string;
        modelName: string;
        modelType: string;
        parameters: {
          algorithm?: string | null;
          timeLimitSeconds?: number | null;
          workers?: number | null;
          seed?: number | null;
          stabilityWeight?: number | null;
          penaltyWeights?: unknown | null;
        };
        modelConfig: Record<string, unknown>;
        confidenceThreshold: number;
        isDefault: boolean;
      })[];
      backupAssignments: ({
        id: string;
        restaurantId: string;
        versionId: string;
        isActive: boolean;
        createdAt: string;
        updatedAt: string;
        revision: number;
        lineageId: string;
        name: string;
        description: string;
        staffId: string;
        groupId: string;
        assignmentType: string;
        priorityOrder: number;
        effectiveFrom: string | null;
        effectiveUntil: string | null;
        notes: string;
      })[];
      version: {
        id: string;
        restaurantId: string;
        versionNumber: number;
        name: string;
        description: string;
        createdBy: string | null;
        createdByName?: string | null;
        createdAt: string;
        isActive: boolean;
        isLocked: boolean;
        revision: number;
      };
      revision: number;
    };
  };
  SETTINGS_CHANGES_RESPONSE: {
    changes: ({
      id: string;
      tableName: string;
      rowId: string;
      operation: 'INSERT' | 'UPDATE' | 'DELETE';
      oldData: Record<string, unknown | null> | null;
      newData: Record<string, unknown | null> | null;
      changedBy: string | null;
      changedById: string | null;
      changedAt: string;
      reason: string;
      versionId: string;
      revision: number;
    })[];
    cursor: string | null;
  };
  SETTINGS_COMPARE_RESPONSE: {
    from: {
      id: string;
      restaurantId: string;
      versionNumber: number;
      name: string;
      description: string;
      createdBy: string | null;
      createdByName?: string | null;
      createdAt: string;
      isActive: boolean;
      isLocked: boolean;
      revision: number;
    };
    to: {
      id: string;
      restaurantId: string;
      versionNumber: number;
      name: string;
      description: string;
      createdBy: string | null;
      createdByName?: string | null;
      createdAt: string;
      isActive: boolean;
      isLocked: boolean;
      revision: number;
    };
    tables: Record<string, {
      added: unknown[];
      removed: unknown[];
      changed: {
        rowId: string;
        fromRowId: string;
        name: string;
        field: string;
        from: unknown;
        to: unknown;
      }[];
    }>;
  };
  SETTINGS_CREATE_BACKUP_ASSIGNMENT: {
    assignmentId: string;
    assignment: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      staffId: string;
      groupId: string;
      assignmentType: string;
      priorityOrder: number;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
      notes: string;
    };
  };
  SETTINGS_CREATE_DAILY_LIMIT: {
    limitId: string;
    createdLimit: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      limitConfig: {
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        daysOfWeek?: unknown | null;
        dates?: unknown | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
      };
      penaltyWeight: number;
      isHardConstraint: boolean;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
    };
  };
  SETTINGS_CREATE_ML_CONFIG: {
    configId: string;
    createdConfig: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      modelName: string;
      modelType: string;
      parameters: {
        algorithm?: string | null;
        timeLimitSeconds?: number | null;
        workers?: number | null;
        seed?: number | null;
        stabilityWeight?: number | null;
        penaltyWeights?: unknown | null;
      };
      modelConfig: Record<string, unknown>;
      confidenceThreshold: number;
      isDefault: boolean;
    };
  };
  SETTINGS_CREATE_MONTHLY_LIMIT: {
    limitId: string;
    createdLimit: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      limitConfig: {
        limitType?: 'max_off_days' | 'min_off_days' | 'off_days' | 'max_shifts' | 'min_shifts' | 'max_work_days' | 'max_early_shifts' | 'max_late_shifts' | 'shift_distribution' | null;
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        countHalfDays?: boolean | null;
        excludeCalendarRules?: boolean | null;
        excludeEarlyShiftCalendar?: boolean | null;
        overrideWeeklyLimits?: boolean | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
        distributionRules?: unknown | null;
      };
      penaltyWeight: number;
      isHardConstraint: boolean;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
    };
  };
  SETTINGS_CREATE_PRIORITY_RULE: {
    ruleId: string;
    createdRule: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      priorityLevel: number;
      ruleDefinition: {
        ruleType?: 'preferred_shift' | 'avoid_shift' | 'avoid_shift_with_exceptions' | 'required_off' | 'required_shift' | 'max_consecutive_work' | 'forbidden_sequence' | 'not_together' | 'together' | 'fairness' | null;
        staffIds?: unknown | null;
        groupIds?: unknown | null;
        aboutNobody?: boolean | null;
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        allowedShifts?: unknown | null;
        daysOfWeek?: unknown | null;
        dates?: unknown | null;
        sequence?: unknown | null;
        maxCount?: number | null;
      };
      ruleConfig: {
        preferenceStrength?: number | null;
      };
      penaltyWeight: number;
      isHardConstraint: boolean;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
    };
  };
  SETTINGS_CREATE_STAFF_GROUP: {
    groupId: string;
    createdGroup: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      color: string;
      groupConfig: {
        members?: unknown | null;
        coverageRules?: unknown | null;
      };
    };
  };
  SETTINGS_CREATE_VERSION: {
    version: {
      id: string;
      restaurantId: string;
      versionNumber: number;
      name: string;
      description: string;
      createdBy: string | null;
      createdByName?: string | null;
      createdAt: string;
      isActive: boolean;
      isLocked: boolean;
      revision: number;
    };
  };
  SETTINGS_CREATE_WEEKLY_LIMIT: {
    limitId: string;
    createdLimit: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      limitConfig: {
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        daysOfWeek?: unknown | null;
        weekStartsOn?: number | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
      };
      penaltyWeight: number;
      isHardConstraint: boolean;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
    };
  };
  SETTINGS_DELETE_BACKUP_ASSIGNMENT: {
    assignmentId: string;
    assignment: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      staffId: string;
      groupId: string;
      assignmentType: string;
      priorityOrder: number;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
      notes: string;
    };
  };
  SETTINGS_DELETE_DAILY_LIMIT: {
    limitId: string;
    deletedLimit: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      limitConfig: {
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        daysOfWeek?: unknown | null;
        dates?: unknown | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
      };
      penaltyWeight: number;
      isHardConstraint: boolean;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
    };
  };
  SETTINGS_DELETE_ML_CONFIG: {
    configId: string;
    deletedConfig: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      modelName: string;
      modelType: string;
      parameters: {
        algorithm?: string | null;
        timeLimitSeconds?: number | null;
        workers?: number | null;
        seed?: number | null;
        stabilityWeight?: number | null;
        penaltyWeights?: unknown | null;
      };
      modelConfig: Record<string, unknown>;
      confidenceThreshold: number;
      isDefault: boolean;
    };
  };
  SETTINGS_DELETE_MONTHLY_LIMIT: {
    limitId: string;
    deletedLimit: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      limitConfig: {
        limitType?: 'max_off_days' | 'min_off_days' | 'off_days' | 'max_shifts' | 'min_shifts' | 'max_work_days' | 'max_early_shifts' | 'max_late_shifts' | 'shift_distribution' | null;
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        countHalfDays?: boolean | null;
        excludeCalendarRules?: boolean | null;
        excludeEarlyShiftCalendar?: boolean | null;
        overrideWeeklyLimits?: boolean | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
        distributionRules?: unknown | null;
      };
      penaltyWeight: number;
      isHardConstraint: boolean;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
    };
  };
  SETTINGS_DELETE_PRIORITY_RULE: {
    ruleId: string;
    deletedRule: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      priorityLevel: number;
      ruleDefinition: {
        ruleType?: 'preferred_shift' | 'avoid_shift' | 'avoid_shift_with_exceptions' | 'required_off' | 'required_shift' | 'max_consecutive_work' | 'forbidden_sequence' | 'not_together' | 'together' | 'fairness' | null;
        staffIds?: unknown | null;
        groupIds?: unknown | null;
        aboutNobody?: boolean | null;
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        allowedShifts?: unknown | null;
        daysOfWeek?: unknown | null;
        dates?: unknown | null;
        sequence?: unknown | null;
        maxCount?: number | null;
      };
      ruleConfig: {
        preferenceStrength?: number | null;
      };
      penaltyWeight: number;
      isHardConstraint: boolean;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
    };
  };
  SETTINGS_DELETE_STAFF_GROUP: {
    groupId: string;
    deletedGroup: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      color: string;
      groupConfig: {
        members?: unknown | null;
        coverageRules?: unknown | null;
      };
    };
  };
  SETTINGS_DELETE_VERSION: {
    version: {
      id: string;
      restaurantId: string;
      versionNumber: number;
      name: string;
      description: string;
      createdBy: string | null;
      createdByName?: string | null;
      createdAt: string;
      isActive: boolean;
      isLocked: boolean;
      revision: number;
    };
    versionId: string;
  };
  SETTINGS_DELETE_WEEKLY_LIMIT: {
    limitId: string;
    deletedLimit: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      limitConfig: {
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        daysOfWeek?: unknown | null;
        weekStartsOn?: number | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
      };
      penaltyWeight: number;
      isHardConstraint: boolean;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
    };
  };
  SETTINGS_HARD_DELETE_STAFF_GROUP: {
    groupId: string;
    deletedGroup: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      color: string;
      groupConfig: {
        members?: unknown | null;
        coverageRules?: unknown | null;
      };
    };
    removed: Record<string, string[]>;
  };
  SETTINGS_LOCK_VERSION: {
    version: {
      id: string;
      restaurantId: string;
      versionNumber: number;
      name: string;
      description: string;
      createdBy: string | null;
      createdByName?: string | null;
      createdAt: string;
      isActive: boolean;
      isLocked: boolean;
      revision: number;
    };
  };
  SETTINGS_MIGRATE: {
    message: string;
    newVersion: {
      id: string;
      restaurantId: string;
      versionNumber: number;
      name: string;
      description: string;
      createdBy: string | null;
      createdByName?: string | null;
      createdAt: string;
      isActive: boolean;
      isLocked: boolean;
      revision: number;
    } | null;
    rowsInserted: Record<string, number>;
    skipped: unknown[];
    mapping: unknown;
    dryRun?: boolean;
    alreadyMigrated?: boolean;
  };
  SETTINGS_RESET: {
    message: string;
    newVersion: {
      id: string;
      restaurantId: string;
      versionNumber: number;
      name: string;
      description: string;
      createdBy: string | null;
      createdByName?: string | null;
      createdAt: string;
      isActive: boolean;
      isLocked: boolean;
      revision: number;
    } | null;
  };
  SETTINGS_SYNC_RESPONSE: {
    staffGroups: ({
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      color: string;
      groupConfig: {
        members?: unknown | null;
        coverageRules?: unknown | null;
      };
    })[];
    dailyLimits: ({
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      limitConfig: {
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        daysOfWeek?: unknown | null;
        dates?: unknown | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
      };
      penaltyWeight: number;
      isHardConstraint: boolean;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
    })[];
    weeklyLimits: ({
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      limitConfig: {
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        daysOfWeek?: unknown | null;
        weekStartsOn?: number | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
      };
      penaltyWeight: number;
      isHardConstraint: boolean;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
    })[];
    monthlyLimits: ({
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      limitConfig: {
        limitType?: 'max_off_days' | 'min_off_days' | 'off_days' | 'max_shifts' | 'min_shifts' | 'max_work_days' | 'max_early_shifts' | 'max_late_shifts' | 'shift_distribution' | null;
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        countHalfDays?: boolean | null;
        excludeCalendarRules?: boolean | null;
        excludeEarlyShiftCalendar?: boolean | null;
        overrideWeeklyLimits?: boolean | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
        distributionRules?: unknown | null;
      };
      penaltyWeight: number;
      isHardConstraint: boolean;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
    })[];
    priorityRules: ({
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      priorityLevel: number;
      ruleDefinition: {
        ruleType?: 'preferred_shift' | 'avoid_shift' | 'avoid_shift_with_exceptions' | 'required_off' | 'required_shift' | 'max_consecutive_work' | 'forbidden_sequence' | 'not_together' | 'together' | 'fairness' | null;
        staffIds?: unknown | null;
        groupIds?: unknown | null;
        aboutNobody?: boolean | null;
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        allowedShifts?: unknown | null;
        daysOfWeek?: unknown | null;
        dates?: unknown | null;
        sequence?: unknown | null;
        maxCount?: number | null;
      };
      ruleConfig: {
        preferenceStrength?: number | null;
      };
      penaltyWeight: number;
      isHardConstraint: boolean;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
    })[];
    mlModelConfigs: ({
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      modelName: string;
      modelType: string;
      parameters: {
        algorithm?: string | null;
        timeLimitSeconds?: number | null;
        workers?: number | null;
        seed?: number | null;
        stabilityWeight?: number | null;
        penaltyWeights?: unknown | null;
      };
      modelConfig: Record<string, unknown>;
      confidenceThreshold: number;
      isDefault: boolean;
    })[];
    backupAssignments: ({
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      staffId: string;
      groupId: string;
      assignmentType: string;
      priorityOrder: number;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
      notes: string;
    })[];
    version: {
      id: string;
      restaurantId: string;
      versionNumber: number;
      name: string;
      description: string;
      createdBy: string | null;
      createdByName?: string | null;
      createdAt: string;
      isActive: boolean;
      isLocked: boolean;
      revision: number;
    };
    revision: number;
    settings: {
      staffGroups: ({
        id: string;
        restaurantId: string;
        versionId: string;
        isActive: boolean;
        createdAt: string;
        updatedAt: string;
        revision: number;
        lineageId: string;
        name: string;
        description: string;
        color: string;
        groupConfig: {
          members?: unknown | null;
          coverageRules?: unknown | null;
        };
      })[];
      dailyLimits: ({
        id: string;
        restaurantId: string;
        versionId: string;
        isActive: boolean;
        createdAt: string;
        updatedAt: string;
        revision: number;
        lineageId: string;
        name: string;
        description: string;
        limitConfig: {
          shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
          minCount?: number | null;
          maxCount?: number | null;
          daysOfWeek?: unknown | null;
          dates?: unknown | null;
          scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
          targetIds?: unknown | null;
          aboutEverybody?: boolean | null;
        };
        penaltyWeight: number;
        isHardConstraint: boolean;
        effectiveFrom: string | null;
        effectiveUntil: string | null;
      })[];
      weeklyLimits: ({
        id: string;
        restaurantId: string;
        versionId: string;
        isActive: boolean;
        createdAt: string;
        updatedAt: string;
        revision: number;
        lineageId: string;
        name: string;
        description: string;
        limitConfig: {
          shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
          minCount?: number | null;
          maxCount?: number | null;
          daysOfWeek?: unknown | null;
          weekStartsOn?: number | null;
          scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
          targetIds?: unknown | null;
          aboutEverybody?: boolean | null;
        };
        penaltyWeight: number;
        isHardConstraint: boolean;
        effectiveFrom: string | null;
        effectiveUntil: string | null;
      })[];
      monthlyLimits: ({
        id: string;
        restaurantId: string;
        versionId: string;
        isActive: boolean;
        createdAt: string;
        updatedAt: string;
        revision: number;
        lineageId: string;
        name: string;
        description: string;
        limitConfig: {
          limitType?: 'max_off_days' | 'min_off_days' | 'off_days' | 'max_shifts' | 'min_shifts' | 'max_work_days' | 'max_early_shifts' | 'max_late_shifts' | 'shift_distribution' | null;
          shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
          minCount?: number | null;
          maxCount?: number | null;
          countHalfDays?: boolean | null;
          excludeCalendarRules?: boolean | null;
          excludeEarlyShiftCalendar?: boolean | null;
          overrideWeeklyLimits?: boolean | null;
          scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
          targetIds?: unknown | null;
          aboutEverybody?: boolean | null;
          distributionRules?: unknown | null;
        };
        penaltyWeight: number;
        isHardConstraint: boolean;
        effectiveFrom: string | null;
        effectiveUntil: string | null;
      })[];
      priorityRules: ({
        id: string;
        restaurantId: string;
        versionId: string;
        isActive: boolean;
        createdAt: string;
        updatedAt: string;
        revision: number;
        lineageId: string;
        name: string;
        description: string;
        priorityLevel: number;
        ruleDefinition: {
          ruleType?: 'preferred_shift' | 'avoid_shift' | 'avoid_shift_with_exceptions' | 'required_off' | 'required_shift' | 'max_consecutive_work' | 'forbidden_sequence' | 'not_together' | 'together' | 'fairness' | null;
          staffIds?: unknown | null;
          groupIds?: unknown | null;
          aboutNobody?: boolean | null;
          shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
          allowedShifts?: unknown | null;
          daysOfWeek?: unknown | null;
          dates?: unknown | null;
          sequence?: unknown | null;
          maxCount?: number | null;
        };
        ruleConfig: {
          preferenceStrength?: number | null;
        };
        penaltyWeight: number;
        isHardConstraint: boolean;
        effectiveFrom: string | null;
        effectiveUntil: string | null;
      })[];
      mlModelConfigs: ({
        id: string;
        restaurantId: string;
        versionId: string;
        isActive: boolean;
        createdAt: string;
        updatedAt: string;
        revision: number;
        lineageId: string;
        name: string;
        description: string;
        modelName: string;
        modelType: string;
        parameters: {
          algorithm?: string | null;
          timeLimitSeconds?: number | null;
          workers?: number | null;
          seed?: number | null;
          stabilityWeight?: number | null;
          penaltyWeights?: unknown | null;
        };
        modelConfig: Record<string, unknown>;
        confidenceThreshold: number;
        isDefault: boolean;
      })[];
      backupAssignments: ({
        id: string;
        restaurantId: string;
        versionId: string;
        isActive: boolean;
        createdAt: string;
        updatedAt: string;
        revision: number;
        lineageId: string;
        name: string;
        description: string;
        staffId: string;
        groupId: string;
        assignmentType: string;
        priorityOrder: number;
        effectiveFrom: string | null;
        effectiveUntil: string | null;
        notes: string;
      })[];
      version: {
        id: string;
        restaurantId: string;
        versionNumber: number;
        name: string;
        description: string;
        createdBy: string | null;
        createdByName?: string | null;
        createdAt: string;
        isActive: boolean;
        isLocked: boolean;
        revision: number;
      };
      revision: number;
    };
    timestamp: string;
    reset?: boolean;
    migrated?: boolean;
    updated?: string;
  };
  SETTINGS_UNLOCK_VERSION: {
    version: {
      id: string;
      restaurantId: string;
      versionNumber: number;
      name: string;
      description: string;
      createdBy: string | null;
      createdByName?: string | null;
      createdAt: string;
      isActive: boolean;
      isLocked: boolean;
      revision: number;
    };
  };
  SETTINGS_UPDATE_BACKUP_ASSIGNMENT: {
    assignmentId: string;
    assignment: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      staffId: string;
      groupId: string;
      assignmentType: string;
      priorityOrder: number;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
      notes: string;
    };
  };
  SETTINGS_UPDATE_DAILY_LIMITS: {
    limitId: string;
    updatedLimit: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      limitConfig: {
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        daysOfWeek?: unknown | null;
        dates?: unknown | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
      };
      penaltyWeight: number;
      isHardConstraint: boolean;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
    };
    updated?: string;
  };
  SETTINGS_UPDATE_ML_CONFIG: {
    configId: string;
    updatedConfig: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      modelName: string;
      modelType: string;
      parameters: {
        algorithm?: string | null;
        timeLimitSeconds?: number | null;
        workers?: number | null;
        seed?: number | null;
        stabilityWeight?: number | null;
        penaltyWeights?: unknown | null;
      };
      modelConfig: Record<string, unknown>;
      confidenceThreshold: number;
      isDefault: boolean;
    };
    updated?: string;
  };
  SETTINGS_UPDATE_MONTHLY_LIMITS: {
    limitId: string;
    updatedLimit: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      limitConfig: {
        limitType?: 'max_off_days' | 'min_off_days' | 'off_days' | 'max_shifts' | 'min_shifts' | 'max_work_days' | 'max_early_shifts' | 'max_late_shifts' | 'shift_distribution' | null;
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        countHalfDays?: boolean | null;
        excludeCalendarRules?: boolean | null;
        excludeEarlyShiftCalendar?: boolean | null;
        overrideWeeklyLimits?: boolean | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
        distributionRules?: unknown | null;
      };
      penaltyWeight: number;
      isHardConstraint: boolean;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
    };
    updated?: string;
  };
  SETTINGS_UPDATE_PRIORITY_RULES: {
    ruleId: string;
    updatedRule: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      priorityLevel: number;
      ruleDefinition: {
        ruleType?: 'preferred_shift' | 'avoid_shift' | 'avoid_shift_with_exceptions' | 'required_off' | 'required_shift' | 'max_consecutive_work' | 'forbidden_sequence' | 'not_together' | 'together' | 'fairness' | null;
        staffIds?: unknown | null;
        groupIds?: unknown | null;
        aboutNobody?: boolean | null;
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        allowedShifts?: unknown | null;
        daysOfWeek?: unknown | null;
        dates?: unknown | null;
        sequence?: unknown | null;
        maxCount?: number | null;
      };
      ruleConfig: {
        preferenceStrength?: number | null;
      };
      penaltyWeight: number;
      isHardConstraint: boolean;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
    };
    updated?: string;
  };
  SETTINGS_UPDATE_STAFF_GROUPS: {
    groupId: string;
    updatedGroup: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      color: string;
      groupConfig: {
        members?: unknown | null;
        coverageRules?: unknown | null;
      };
    };
    updated?: string;
  };
  SETTINGS_UPDATE_WEEKLY_LIMITS: {
    limitId: string;
    updatedLimit: {
      id: string;
      restaurantId: string;
      versionId: string;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      lineageId: string;
      name: string;
      description: string;
      limitConfig: {
        shiftType?: 'early' | 'late' | 'off' | 'normal' | 'any' | 'designated_off' | 'special' | unknown;
        minCount?: number | null;
        maxCount?: number | null;
        daysOfWeek?: unknown | null;
        weekStartsOn?: number | null;
        scope?: 'all' | 'position' | 'type' | 'staff_status' | 'group' | 'individual' | null;
        targetIds?: unknown | null;
        aboutEverybody?: boolean | null;
      };
      penaltyWeight: number;
      isHardConstraint: boolean;
      effectiveFrom: string | null;
      effectiveUntil: string | null;
    };
    updated?: string;
  };
  SETTINGS_VERSIONS_RESPONSE: {
    versions: ({
      id: string;
      restaurantId: string;
      versionNumber: number;
      name: string;
      description: string;
      createdBy: string | null;
      createdByName?: string | null;
      createdAt: string;
      isActive: boolean;
      isLocked: boolean;
      revision: number;
    })[];
  };
  SHIFT_BROADCAST: {
    staffId: string;
    dateKey: string;
    shiftValue: string;
    scheduleId: string;
    periodIndex: number;
    timestamp: string;
  };
  SHIFT_BULK_BROADCAST: {
    scheduleId: string;
    periodIndex: number;
    changes: {
      staffId: string;
      dateKey: string;
      shiftValue: string;
    }[];
    timestamp: string;
    jobId?: string;
    covering?: {
      staffId: string;
      dateKey: string;
      groupId: string;
    }[];
  };
  SHIFT_LOCK: {
    scheduleId: string;
    periodIndex: number;
    cells: {
      staffId: string;
      dateKey: string;
    }[];
  };
  SHIFT_SYNC_RESPONSE: {
    scheduleId: string | null;
    periodIndex: number | null;
    scheduleData: Record<string, Record<string, string>>;
    timestamp: string;
    state: 'draft' | 'published' | null;
    lockedCells: {
      staffId: string;
      dateKey: string;
    }[];
    jobs: ({
      jobId: string;
      scheduleId: string;
      kind: 'generate' | 'repair';
      status: 'queued' | 'running' | 'optimal' | 'feasible' | 'infeasible' | 'cancelled' | 'failed';
      options: unknown;
      progress: {
        jobId: string;
        scheduleId: string;
        phase: string;
        objective: number | null;
        bound: number | null;
        elapsedSeconds: number;
        solutions: number;
      };
      declinedBy?: string | null;
      requestedBy: string | null;
      createdAt: string;
      startedAt: string | null;
      finishedAt: string | null;
      attempts: number;
      error: string;
    })[];
    covering?: {
      staffId: string;
      dateKey: string;
      groupId: string;
      groupName?: string;
    }[];
    publication?: {
      number: number;
      publishedAt: string;
      publishedBy: string | null;
      startDate: string;
      endDate: string;
      people: ({
        name: string;
        position: string;
        department: string;
        type: string;
        status: string;
        staffOrder: number;
        startPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
        endPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
        blankMeans: 'work' | 'free';
        allowedShiftTypes: string[];
        id: string;
        period: number | null;
        isActive: boolean;
        createdAt: string;
        updatedAt: string;
        revision: number;
        terms?: ({
          validFrom: string | null;
          type: string;
          status: string;
          blankMeans: 'work' | 'free';
          allowedShiftTypes: string[];
        })[];
        employments?: ({
          startPeriod: {
            year: number;
            month: number;
            day?: number;
          } | null;
          endPeriod: {
            year: number;
            month: number;
            day?: number;
          } | null;
        })[];
        blanks: string;
      })[];
      shiftTypes: ({
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
      })[];
      days: ({
        id: string;
        date: string;
        kind: 'closed' | 'all_work' | 'open' | null;
        note: string;
        revision: number;
      })[];
    };
    broadcast?: boolean;
  };
  SHIFT_TYPE_CREATE: {
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
  };
  SHIFT_TYPE_DELETE: {
    shiftTypeId: string;
    revision: number;
    moved?: {
      previousSymbol: string;
      symbol: string;
      scheduleIds: string[];
      staff: ({
        name: string;
        position: string;
        department: string;
        type: string;
        status: string;
        staffOrder: number;
        startPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
        endPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
        blankMeans: 'work' | 'free';
        allowedShiftTypes: string[];
        id: string;
        period: number | null;
        isActive: boolean;
        createdAt: string;
        updatedAt: string;
        revision: number;
        terms?: ({
          validFrom: string | null;
          type: string;
          status: string;
          blankMeans: 'work' | 'free';
          allowedShiftTypes: string[];
        })[];
        employments?: ({
          startPeriod: {
            year: number;
            month: number;
            day?: number;
          } | null;
          endPeriod: {
            year: number;
            month: number;
            day?: number;
          } | null;
        })[];
      })[];
      settings: Record<string, unknown[]>;
    };
  };
  SHIFT_TYPE_UPDATE: {
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
    moved?: {
      previousSymbol: string;
      symbol: string;
      scheduleIds: string[];
      staff: ({
        name: string;
        position: string;
        department: string;
        type: string;
        status: string;
        staffOrder: number;
        startPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
        endPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
        blankMeans: 'work' | 'free';
        allowedShiftTypes: string[];
        id: string;
        period: number | null;
        isActive: boolean;
        createdAt: string;
        updatedAt: string;
        revision: number;
        terms?: ({
          validFrom: string | null;
          type: string;
          status: string;
          blankMeans: 'work' | 'free';
          allowedShiftTypes: string[];
        })[];
        employments?: ({
          startPeriod: {
            year: number;
            month: number;
            day?: number;
          } | null;
          endPeriod: {
            year: number;
            month: number;
            day?: number;
          } | null;
        })[];
      })[];
      settings: Record<string, unknown[]>;
    };
  };
  SHIFT_UNLOCK: {
    scheduleId: string;
    periodIndex: number;
    cells: {
      staffId: string;
      dateKey: string;
    }[];
  };
  STAFF_CREATE: {
    name: string;
    position: string;
    department: string;
    type: string;
    status: string;
    staffOrder: number;
    startPeriod: {
      year: number;
      month: number;
      day?: number;
    } | null;
    endPeriod: {
      year: number;
      month: number;
      day?: number;
    } | null;
    blankMeans: 'work' | 'free';
    allowedShiftTypes: string[];
    id: string;
    period: number | null;
    isActive: boolean;
    createdAt: string;
    updatedAt: string;
    revision: number;
    terms?: ({
      validFrom: string | null;
      type: string;
      status: string;
      blankMeans: 'work' | 'free';
      allowedShiftTypes: string[];
    })[];
    employments?: ({
      startPeriod: {
        year: number;
        month: number;
        day?: number;
      } | null;
      endPeriod: {
        year: number;
        month: number;
        day?: number;
      } | null;
    })[];
  };
  STAFF_DELETE: {
    staffId: string;
    id: string;
    revision: number;
    staff?: {
      name: string;
      position: string;
      department: string;
      type: string;
      status: string;
      staffOrder: number;
      startPeriod: {
        year: number;
        month: number;
        day?: number;
      } | null;
      endPeriod: {
        year: number;
        month: number;
        day?: number;
      } | null;
      blankMeans: 'work' | 'free';
      allowedShiftTypes: string[];
      id: string;
      period: number | null;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      terms?: ({
        validFrom: string | null;
        type: string;
        status: string;
        blankMeans: 'work' | 'free';
        allowedShiftTypes: string[];
      })[];
      employments?: ({
        startPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
        endPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
      })[];
    };
  };
  STAFF_REORDER: {
    staffIds: string[];
    revision: number;
  };
  STAFF_RESTORE: {
    name: string;
    position: string;
    department: string;
    type: string;
    status: string;
    staffOrder: number;
    startPeriod: {
      year: number;
      month: number;
      day?: number;
    } | null;
    endPeriod: {
      year: number;
      month: number;
      day?: number;
    } | null;
    blankMeans: 'work' | 'free';
    allowedShiftTypes: string[];
    id: string;
    period: number | null;
    isActive: boolean;
    createdAt: string;
    updatedAt: string;
    revision: number;
    terms?: ({
      validFrom: string | null;
      type: string;
      status: string;
      blankMeans: 'work' | 'free';
      allowedShiftTypes: string[];
    })[];
    employments?: ({
      startPeriod: {
        year: number;
        month: number;
        day?: number;
      } | null;
      endPeriod: {
        year: number;
        month: number;
        day?: number;
      } | null;
    })[];
  };
  STAFF_UPDATE: {
    staffId: string;
    id: string;
    changes: {
      name: string;
      position: string;
      department: string;
      type: string;
      status: string;
      staffOrder: number;
      startPeriod: {
        year: number;
        month: number;
        day?: number;
      } | null;
      endPeriod: {
        year: number;
        month: number;
        day?: number;
      } | null;
      blankMeans: 'work' | 'free';
      allowedShiftTypes: string[];
      id: string;
      period: number | null;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      terms?: ({
        validFrom: string | null;
        type: string;
        status: string;
        blankMeans: 'work' | 'free';
        allowedShiftTypes: string[];
      })[];
      employments?: ({
        startPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
        endPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
      })[];
    };
  };
  SYNC_ALL_PERIODS_RESPONSE: {
    periods: Record<string, ({
      name: string;
      position: string;
      department: string;
      type: string;
      status: string;
      staffOrder: number;
      startPeriod: {
        year: number;
        month: number;
        day?: number;
      } | null;
      endPeriod: {
        year: number;
        month: number;
        day?: number;
      } | null;
      blankMeans: 'work' | 'free';
      allowedShiftTypes: string[];
      id: string;
      period: number | null;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      terms?: ({
        validFrom: string | null;
        type: string;
        status: string;
        blankMeans: 'work' | 'free';
        allowedShiftTypes: string[];
      })[];
      employments?: ({
        startPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
        endPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
      })[];
    })[]>;
    totalPeriods: number;
    timestamp: string;
  };
  SYNC_RESPONSE: {
    staff: ({
      name: string;
      position: string;
      department: string;
      type: string;
      status: string;
      staffOrder: number;
      startPeriod: {
        year: number;
        month: number;
        day?: number;
      } | null;
      endPeriod: {
        year: number;
        month: number;
        day?: number;
      } | null;
      blankMeans: 'work' | 'free';
      allowedShiftTypes: string[];
      id: string;
      period: number | null;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      terms?: ({
        validFrom: string | null;
        type: string;
        status: string;
        blankMeans: 'work' | 'free';
        allowedShiftTypes: string[];
      })[];
      employments?: ({
        startPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
        endPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
      })[];
    })[];
    staffMembers: ({
      name: string;
      position: string;
      department: string;
      type: string;
      status: string;
      staffOrder: number;
      startPeriod: {
        year: number;
        month: number;
        day?: number;
      } | null;
      endPeriod: {
        year: number;
        month: number;
        day?: number;
      } | null;
      blankMeans: 'work' | 'free';
      allowedShiftTypes: string[];
      id: string;
      period: number | null;
      isActive: boolean;
      createdAt: string;
      updatedAt: string;
      revision: number;
      terms?: ({
        validFrom: string | null;
        type: string;
        status: string;
        blankMeans: 'work' | 'free';
        allowedShiftTypes: string[];
      })[];
      employments?: ({
        startPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
        endPeriod: {
          year: number;
          month: number;
          day?: number;
        } | null;
      })[];
    })[];
    period: number;
    timestamp: string;
  };
}

export type ClientType = keyof ClientPayloads;
export type ServerType = keyof ServerPayloads;
