import * as z from 'zod/mini';

import type { TableName } from '@/realtime/protocol';
import * as bounds from '@/realtime/protocol/bounds.gen';

import { type Field, valueAt, type Values } from '../fields';
import { count, datesError, datesInOrder, inOrder, limitConfig, listOf, needConfig, name, nameFields, nameOrNone, personalScopeFields, scopeFields, skillConfig, weighed, weightBlank, weightFields, weightFieldsOf } from './shared';

/** What a form shows, what it accepts, and what a new row begins with. */
export interface FormDescription {
  readonly fields: readonly Field[];
  /** What the values must be besides being within `bounds`. */
  readonly schema: z.ZodMiniType;
  readonly bounds: bounds.Bounds;
  readonly blank: Values;
  /** Long forms are saved by a button; short ones as one goes. */
  readonly long: boolean;
}

/** The form of one settings table. */
export interface TableDescription extends FormDescription {
  readonly table: TableName;
}

const ruleType = (values: Values) => valueAt(values, 'ruleDefinition.ruleType');
const isRule =
  (...types: readonly string[]) =>
  (values: Values) =>
    types.includes(String(ruleType(values)));

const isPersonal = isRule('max_consecutive_work', 'run_length', 'hours', 'rest_between', 'max_weekends');
const isAboutSome = (values: Values) => ['staffIds', 'groupIds'].some((key) => listOf(valueAt(values, `ruleDefinition.${key}`)).length > 0);

/** At least two days off in a row means no single day off: it is said where it is asked. */
const noSingleDayOff = (values: Values) => (valueAt(values, 'ruleDefinition.shiftType') === 'off' && valueAt(values, 'ruleDefinition.minCount') === 2 ? ('noSingle' as const) : undefined);

const ofWeeks = (values: Values) => isRule('hours')(values) && valueAt(values, 'ruleDefinition.per') !== 'period';

const staffGroups: TableDescription = {
  table: 'staffGroups',
  bounds: bounds.STAFF_GROUP_CHANGES,
  fields: [
    { path: 'name', kind: 'text', label: 'name' },
    { path: 'color', kind: 'color', label: 'color' },
    { path: 'groupConfig.members', kind: 'rows', of: 'staff', many: true, label: 'members', wide: true },
    { path: 'groupConfig.coverageRules.minimumCoverage', kind: 'number', label: 'minimumCoverage' },
    { path: 'groupConfig.coverageRules.maxOffPerDay', kind: 'number', label: 'maxOffPerDay' },
    { path: 'groupConfig.coverageRules.minEarly', kind: 'number', label: 'minEarly' },
    { path: 'groupConfig.coverageRules.minLate', kind: 'number', label: 'minLate' },
    { path: 'groupConfig.coverageRules.backupRequired', kind: 'switch', label: 'backupRequired' },
    {
      path: 'groupConfig.coverageRules.backupMode',
      kind: 'choice',
      options: 'backupMode',
      label: 'backupMode',
      when: (values) => valueAt(values, 'groupConfig.coverageRules.backupRequired') === true,
    },
    {
      path: 'groupConfig.coverageRules.maxBackupsPerDay',
      kind: 'number',
      usual: 'noMost',
      label: 'maxBackupsPerDay',
      when: (values) => valueAt(values, 'groupConfig.coverageRules.backupRequired') === true,
    },
    { path: 'groupConfig.coverageRules.sharesBackups', kind: 'switch', label: 'sharesBackups' },
    { path: 'groupConfig.coverageRules.unrecordedCovers', kind: 'switch', label: 'unrecordedCovers' },
  ],
  schema: z.looseObject({
    name,
    groupConfig: z.looseObject({
      members: z.nullish(z.array(z.string())),
      coverageRules: z.nullish(z.looseObject({ minimumCoverage: count, maxOffPerDay: count, minEarly: count, minLate: count, maxBackupsPerDay: count })),
    }),
  }),
  blank: { name: '', description: '', color: '#285b8f', groupConfig: { members: [], coverageRules: { maxOffPerDay: 1 } } },
  long: false,
};

const counts: readonly Field[] = [
  { path: 'limitConfig.minCount', kind: 'number', usual: 'noLeast', label: 'minCount' },
  { path: 'limitConfig.maxCount', kind: 'number', usual: 'noMost', label: 'maxCount' },
];
const halfCounts = counts.map((field) => ({ ...field, step: 0.5 }) as Field);
const shift: Field = { path: 'limitConfig.shiftType', kind: 'choice', options: 'shift', label: 'shiftType' };

const dailyLimits: TableDescription = {
  table: 'dailyLimits',
  bounds: bounds.DAILY_LIMIT_CHANGES,
  fields: [
    ...nameFields,
    shift,
    ...counts,
    { path: 'limitConfig.daysOfWeek', kind: 'weekdays', label: 'daysOfWeek', wide: true },
    { path: 'limitConfig.dates', kind: 'dates', label: 'dates', wide: true },
    ...scopeFields('limitConfig'),
    ...weightFields,
  ],
  schema: z.looseObject({ ...weighed, limitConfig: limitConfig() }).check(z.refine(datesInOrder, datesError)),
  blank: { name: '', description: '', limitConfig: { shiftType: 'off', maxCount: 3, scope: 'all' }, ...weightBlank },
  long: false,
};

const skills: TableDescription = {
  table: 'skills',
  bounds: bounds.SKILL_CHANGES,
  fields: [
    ...nameFields,
    ...(['level1', 'level2', 'level3'] as const).map((level) => ({ path: `skillConfig.${level}`, kind: 'rows', of: 'staff', many: true, label: level, wide: true }) as const),
    { path: 'skillConfig.dated', kind: 'levels', label: 'dated', wide: true },
  ],
  schema: z.looseObject({ name, skillConfig: skillConfig() }),
  blank: { name: '', description: '', skillConfig: {} },
  long: false,
};

const hasSkill = (values: Values) => Boolean(valueAt(values, 'needConfig.skillId'));
const isTooManyMinded = (values: Values) => Number(valueAt(values, 'needConfig.tooManyWeight') ?? 0) > 0;

/** Its numbers are in the table above the form. */
const staffingNeeds: TableDescription = {
  table: 'staffingNeeds',
  bounds: bounds.STAFFING_NEED_CHANGES,
  fields: [
    ...nameFields,
    { ...shift, path: 'needConfig.shiftType' },
    ...scopeFields('needConfig'),
    { path: 'needConfig.from', kind: 'time', label: 'from', note: (values) => (valueAt(values, 'needConfig.from') == null ? undefined : 'byTheHour') },
    { path: 'needConfig.until', kind: 'time', label: 'until' },
    { path: 'needConfig.skillId', kind: 'rows', of: 'skills', many: false, label: 'skillId' },
    { path: 'needConfig.minLevel', kind: 'number', usual: 1, label: 'minLevel', when: hasSkill },
    { path: 'needConfig.tooManyWeight', kind: 'number', step: 0.5, usual: 'moreIsFine', label: 'tooManyWeight', when: (values) => !hasSkill(values) || isTooManyMinded(values) },
    { path: 'needConfig.spare', kind: 'number', usual: 0, label: 'spare', when: isTooManyMinded },
    ...weightFieldsOf('tooFewWeight'),
  ],
  schema: z.looseObject({ ...weighed, name: nameOrNone, needConfig: needConfig() }).check(z.refine(datesInOrder, datesError)),
  blank: { name: '', description: '', needConfig: { shiftType: 'any', scope: 'all' }, ...weightBlank },
  long: false,
};

const weeklyLimits: TableDescription = {
  table: 'weeklyLimits',
  bounds: bounds.WEEKLY_LIMIT_CHANGES,
  fields: [
    ...nameFields,
    shift,
    ...counts,
    { path: 'limitConfig.daysOfWeek', kind: 'weekdays', label: 'daysOfWeek', wide: true },
    { path: 'limitConfig.weekStartsOn', kind: 'choice', options: 'weekday', label: 'weekStartsOn' },
    ...personalScopeFields('limitConfig'),
    ...weightFields,
  ],
  schema: z.looseObject({ ...weighed, name: nameOrNone, limitConfig: limitConfig(['individual']) }).check(z.refine(datesInOrder, datesError)),
  blank: { name: '', description: '', limitConfig: { shiftType: 'off', minCount: 1, weekStartsOn: 0, scope: 'all' }, ...weightBlank },
  long: false,
};

const isSpread = (values: Values) => valueAt(values, 'limitConfig.limitType') === 'shift_distribution';

const limitType = (values: Values) => String(valueAt(values, 'limitConfig.limitType'));
/** Of a limit called `off_days` the switches are on unless they are set. */
const ofDaysOff = (values: Values) => limitType(values) === 'off_days';
const aboutDaysOff = (values: Values) => limitType(values).endsWith('off_days');

const monthlyLimits: TableDescription = {
  table: 'monthlyLimits',
  bounds: bounds.MONTHLY_LIMIT_CHANGES,
  fields: [
    ...nameFields,
    { path: 'limitConfig.limitType', kind: 'choice', options: 'monthly', label: 'limitType' },
    { ...shift, when: (values) => ['max_shifts', 'min_shifts', 'shift_distribution'].includes(limitType(values)) },
    ...halfCounts,
    { path: 'limitConfig.distributionRules.maxConsecutive', kind: 'number', label: 'maxConsecutive', when: isSpread },
    { path: 'limitConfig.distributionRules.minDaysBetween', kind: 'number', label: 'minDaysBetween', when: isSpread },
    { path: 'limitConfig.distributionRules.preferWeekends', kind: 'switch', label: 'preferWeekends', when: isSpread },
    { path: 'limitConfig.countHalfDays', kind: 'switch', usual: ofDaysOff, label: 'countHalfDays', when: aboutDaysOff },
    { path: 'limitConfig.excludeCalendarRules', kind: 'switch', usual: ofDaysOff, label: 'excludeCalendarRules', when: aboutDaysOff },
    { path: 'limitConfig.excludeEarlyShiftCalendar', kind: 'switch', usual: ofDaysOff, label: 'excludeEarlyShiftCalendar', when: (values) => !isSpread(values) },
    { path: 'limitConfig.overrideWeeklyLimits', kind: 'switch', usual: ofDaysOff, label: 'overrideWeeklyLimits', when: (values) => !isSpread(values) },
    ...personalScopeFields('limitConfig'),
    ...weightFields,
  ],
  schema: z.looseObject({ ...weighed, name: nameOrNone, limitConfig: limitConfig(['individual']) }).check(z.refine(datesInOrder, datesError)),
  blank: { name: '', description: '', limitConfig: { limitType: 'max_off_days', maxCount: 8, scope: 'all' }, ...weightBlank },
  long: false,
};

const definition = z.looseObject({ ruleType: z.string('required').check(z.minLength(1, 'required')) }).check(
  z.refine((rule) => !['forbidden_sequence', 'required_sequence'].includes(rule.ruleType) || listOf(rule['sequence']).length >= 2, { path: ['sequence'], error: 'sequence' }),
  z.refine((rule) => !['max_consecutive_work', 'max_weekends'].includes(rule.ruleType) || typeof rule['maxCount'] === 'number', { path: ['maxCount'], error: 'required' }),
  z.refine((rule) => rule.ruleType !== 'run_length' || typeof rule['minCount'] === 'number' || typeof rule['maxCount'] === 'number', { path: ['maxCount'], error: 'bound' }),
  z.refine((rule) => rule.ruleType !== 'hours' || typeof rule['minHours'] === 'number' || typeof rule['maxHours'] === 'number', { path: ['maxHours'], error: 'bound' }),
  z.refine((rule) => rule.ruleType !== 'hours' || inOrder(rule['minHours'], rule['maxHours']), { path: ['maxHours'], error: 'order' }),
  z.refine((rule) => rule.ruleType !== 'rest_between' || typeof rule['minHours'] === 'number', { path: ['minHours'], error: 'required' }),
  z.refine((rule) => rule.ruleType !== 'run_length' || inOrder(rule['minCount'], rule['maxCount']), { path: ['maxCount'], error: 'order' }),
  z.refine(
    (rule) => !['together', 'not_together'].includes(rule.ruleType) || rule['aboutNobody'] === true || listOf(rule['staffIds']).length > 1 || listOf(rule['groupIds']).length > 0,
    { path: ['staffIds'], error: 'together' },
  ),
);

/** Their days are those on which they begin. */
const SEQUENCES = ['forbidden_sequence', 'required_sequence'] as const;

const priorityRules: TableDescription = {
  table: 'priorityRules',
  bounds: bounds.PRIORITY_RULE_CHANGES,
  fields: [
    ...nameFields,
    { path: 'ruleDefinition.ruleType', kind: 'choice', options: 'rule', label: 'ruleType' },
    { path: 'priorityLevel', kind: 'number', label: 'priorityLevel' },
    { path: 'ruleDefinition.staffIds', kind: 'rows', of: 'staff', many: true, label: 'staffIds', wide: true },
    { path: 'ruleDefinition.groupIds', kind: 'rows', of: 'groups', many: true, label: 'groupIds', wide: true, note: (values) => (isPersonal(values) && isAboutSome(values) ? 'instead' : undefined) },
    { path: 'ruleDefinition.aboutNobody', kind: 'switch', label: 'aboutNobody', when: (values) => valueAt(values, 'ruleDefinition.aboutNobody') === true, wide: true },
    {
      path: 'ruleDefinition.shiftType',
      kind: 'choice',
      options: 'shift',
      label: 'shiftType',
      when: isRule('preferred_shift', 'avoid_shift', 'avoid_shift_with_exceptions', 'required_shift', 'fairness', 'run_length', 'not_together', 'together'),
    },
    { path: 'ruleDefinition.allowedShifts', kind: 'sequence', label: 'allowedShifts', when: isRule('avoid_shift_with_exceptions'), wide: true },
    { path: 'ruleDefinition.minCount', kind: 'number', min: 1, label: 'minCount', usual: 'noLeast', note: noSingleDayOff, when: isRule('run_length') },
    { path: 'ruleDefinition.maxCount', kind: 'number', min: 1, label: 'maxCount', usual: 'noMost', when: isRule('max_consecutive_work', 'run_length') },
    { path: 'ruleDefinition.maxCount', kind: 'number', usual: 1, label: 'tolerance', when: isRule('fairness') },
    { path: 'ruleDefinition.pastPeriods', kind: 'number', usual: 'thisPeriod', note: (values) => (isRule('fairness')(values) ? 'shares' : undefined), label: 'pastPeriods', when: isRule('fairness') },
    { path: 'ruleDefinition.maxCount', kind: 'number', usual: 1, label: 'mostTogether', when: isRule('not_together') },
    { path: 'ruleDefinition.maxCount', kind: 'number', label: 'maxWeekends', when: isRule('max_weekends') },
    { path: 'ruleDefinition.per', kind: 'choice', options: 'hoursOf', label: 'hoursOf', when: isRule('hours') },
    { path: 'ruleDefinition.minHours', kind: 'number', step: 0.5, usual: 'noLeast', label: 'minHours', when: isRule('hours') },
    { path: 'ruleDefinition.maxHours', kind: 'number', step: 0.5, usual: 'noMost', label: 'maxHours', when: isRule('hours') },
    { path: 'ruleDefinition.weekStartsOn', kind: 'choice', options: 'weekday', label: 'weekStartsOn', when: ofWeeks },
    { path: 'ruleDefinition.breakMinutes', kind: 'number', step: 5, usual: 'noBreak', label: 'breakMinutes', when: isRule('hours') },
    { path: 'ruleDefinition.breakOverHours', kind: 'number', step: 0.5, usual: 6, label: 'breakOverHours', when: isRule('hours') },
    { path: 'ruleDefinition.minHours', kind: 'number', step: 0.5, label: 'restHours', when: isRule('rest_between') },
    { path: 'ruleDefinition.sequence', kind: 'sequence', label: 'sequence', when: isRule('forbidden_sequence'), wide: true },
    { path: 'ruleDefinition.sequence', kind: 'sequence', label: 'sequenceToFollow', when: isRule('required_sequence'), wide: true },
    {
      path: 'ruleDefinition.daysOfWeek',
      kind: 'weekdays',
      label: 'daysOfWeek',
      when: isRule('preferred_shift', 'avoid_shift', 'avoid_shift_with_exceptions', 'required_off', 'required_shift', 'fairness', ...SEQUENCES),
      wide: true,
    },
    { path: 'ruleDefinition.daysOfWeek', kind: 'weekdays', label: 'weekendDays', when: isRule('max_weekends', 'whole_weekends'), wide: true },
    {
      path: 'ruleDefinition.dates',
      kind: 'dates',
      label: 'dates',
      when: isRule('preferred_shift', 'avoid_shift', 'avoid_shift_with_exceptions', 'required_off', 'required_shift', ...SEQUENCES),
      wide: true,
    },
    { path: 'ruleConfig.preferenceStrength', kind: 'number', step: 0.1, label: 'preferenceStrength', when: isRule('preferred_shift', 'avoid_shift', 'avoid_shift_with_exceptions') },
    ...weightFields,
  ],
  schema: z.looseObject({ ...weighed, name: nameOrNone, priorityLevel: z.number('number'), ruleDefinition: definition }).check(z.refine(datesInOrder, datesError)),
  blank: { name: '', description: '', priorityLevel: 1, ruleDefinition: { ruleType: 'preferred_shift', shiftType: 'early' }, ruleConfig: { preferenceStrength: 0.5 }, ...weightBlank },
  long: true,
};

const mlModelConfigs: TableDescription = {
  table: 'mlModelConfigs',
  bounds: bounds.ML_CONFIG_CHANGES,
  fields: [
    { path: 'name', kind: 'text', label: 'name' },
    { path: 'parameters.algorithm', kind: 'choice', options: 'algorithm', label: 'algorithm' },
    { path: 'parameters.timeLimitSeconds', kind: 'number', min: 1, usual: 30, label: 'timeLimitSeconds' },
    { path: 'parameters.workers', kind: 'number', usual: 'automatic', label: 'workers' },
    { path: 'parameters.seed', kind: 'number', usual: 1, label: 'seed' },
    { path: 'parameters.stabilityWeight', kind: 'number', step: 0.5, usual: 0, label: 'stabilityWeight' },
    { path: 'isDefault', kind: 'switch', label: 'isDefault' },
  ],
  schema: z.looseObject({ parameters: z.looseObject({ timeLimitSeconds: count, workers: count, seed: count, stabilityWeight: count }) }),
  blank: { name: '', modelName: 'cp_sat', modelType: 'cp_sat', parameters: { algorithm: 'cp_sat', timeLimitSeconds: 30, stabilityWeight: 1 }, modelConfig: {}, isDefault: false },
  long: true,
};

const backupAssignments: TableDescription = {
  table: 'backupAssignments',
  bounds: bounds.BACKUP_ASSIGNMENT_CHANGES,
  fields: [
    { path: 'staffId', kind: 'rows', of: 'staff', many: false, label: 'staffId' },
    { path: 'groupId', kind: 'rows', of: 'groups', many: false, label: 'groupId' },
    { path: 'priorityOrder', kind: 'number', label: 'priorityOrder' },
    { path: 'effectiveFrom', kind: 'date', label: 'effectiveFrom' },
    { path: 'effectiveUntil', kind: 'date', label: 'effectiveUntil' },
    { path: 'notes', kind: 'text', label: 'notes', wide: true },
  ],
  schema: z
    .looseObject({
      staffId: z.string('required').check(z.minLength(1, 'required')),
      groupId: z.string('required').check(z.minLength(1, 'required')),
      priorityOrder: z.number('number'),
      effectiveFrom: weighed.effectiveFrom,
      effectiveUntil: weighed.effectiveUntil,
    })
    .check(z.refine(datesInOrder, datesError)),
  blank: { staffId: '', groupId: '', assignmentType: 'regular', priorityOrder: 1, effectiveFrom: null, effectiveUntil: null, notes: '' },
  long: false,
};

/** In the order of the tabs; the compiler tells of a table that has none. */
const FORMS: { readonly [T in TableName]: TableDescription } = {
  staffGroups,
  skills,
  staffingNeeds,
  dailyLimits,
  weeklyLimits,
  monthlyLimits,
  priorityRules,
  mlModelConfigs,
  backupAssignments,
};
export const TABLES: readonly TableDescription[] = Object.values(FORMS);
