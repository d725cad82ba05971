import * as z from 'zod/mini';

import type { TableName } from '@/realtime/protocol';

import { type Field, valueAt, type Values } from '../fields';
import { amount, count, datesError, datesInOrder, inOrder, limitConfig, listOf, name, nameFields, nameOrNone, personalScopeFields, scopeFields, weighed, weightBlank, weightFields } from './shared';

/** What a form shows, what it accepts, and what a new row begins with. */
export interface FormDescription {
  readonly fields: readonly Field[];
  readonly schema: z.ZodMiniType;
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

const ofWeeks = (values: Values) => isRule('hours')(values) && valueAt(values, 'ruleDefinition.per') !== 'period';

const staffGroups: TableDescription = {
  table: 'staffGroups',
  fields: [
    { path: 'name', kind: 'text', label: 'name' },
    { path: 'color', kind: 'color', label: 'color' },
    { path: 'groupConfig.members', kind: 'rows', of: 'staff', many: true, label: 'members', wide: true },
    { path: 'groupConfig.coverageRules.minimumCoverage', kind: 'number', min: 0, label: 'minimumCoverage' },
    { path: 'groupConfig.coverageRules.maxOffPerDay', kind: 'number', min: 0, label: 'maxOffPerDay' },
    { path: 'groupConfig.coverageRules.minEarly', kind: 'number', min: 0, label: 'minEarly' },
    { path: 'groupConfig.coverageRules.minLate', kind: 'number', min: 0, label: 'minLate' },
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
      min: 0,
      label: 'maxBackupsPerDay',
      when: (values) => valueAt(values, 'groupConfig.coverageRules.backupRequired') === true,
    },
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

const bounds: readonly Field[] = [
  { path: 'limitConfig.minCount', kind: 'number', min: 0, label: 'minCount' },
  { path: 'limitConfig.maxCount', kind: 'number', min: 0, label: 'maxCount' },
];
const halfBounds = bounds.map((field) => ({ ...field, step: 0.5 }) as Field);
const shift: Field = { path: 'limitConfig.shiftType', kind: 'choice', options: 'shift', label: 'shiftType' };

const dailyLimits: TableDescription = {
  table: 'dailyLimits',
  fields: [
    ...nameFields,
    shift,
    ...bounds,
    { path: 'limitConfig.daysOfWeek', kind: 'weekdays', label: 'daysOfWeek', wide: true },
    { path: 'limitConfig.dates', kind: 'dates', label: 'dates', wide: true },
    ...scopeFields('limitConfig'),
    ...weightFields,
  ],
  schema: z.looseObject({ ...weighed, limitConfig: limitConfig(count) }).check(z.refine(datesInOrder, datesError)),
  blank: { name: '', description: '', limitConfig: { shiftType: 'off', maxCount: 3, scope: 'all' }, ...weightBlank },
  long: false,
};

const weeklyLimits: TableDescription = {
  table: 'weeklyLimits',
  fields: [
    ...nameFields,
    shift,
    ...bounds,
    { path: 'limitConfig.daysOfWeek', kind: 'weekdays', label: 'daysOfWeek', wide: true },
    { path: 'limitConfig.weekStartsOn', kind: 'choice', options: 'weekday', label: 'weekStartsOn' },
    ...personalScopeFields('limitConfig'),
    ...weightFields,
  ],
  schema: z.looseObject({ ...weighed, name: nameOrNone, limitConfig: limitConfig(count, ['individual']) }).check(z.refine(datesInOrder, datesError)),
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
  fields: [
    ...nameFields,
    { path: 'limitConfig.limitType', kind: 'choice', options: 'monthly', label: 'limitType' },
    { ...shift, when: (values) => ['max_shifts', 'min_shifts', 'shift_distribution'].includes(limitType(values)) },
    ...halfBounds,
    { path: 'limitConfig.distributionRules.maxConsecutive', kind: 'number', min: 1, label: 'maxConsecutive', when: isSpread },
    { path: 'limitConfig.distributionRules.minDaysBetween', kind: 'number', min: 0, label: 'minDaysBetween', when: isSpread },
    { path: 'limitConfig.distributionRules.preferWeekends', kind: 'switch', label: 'preferWeekends', when: isSpread },
    { path: 'limitConfig.countHalfDays', kind: 'switch', usual: ofDaysOff, label: 'countHalfDays', when: aboutDaysOff },
    { path: 'limitConfig.excludeCalendarRules', kind: 'switch', usual: ofDaysOff, label: 'excludeCalendarRules', when: aboutDaysOff },
    { path: 'limitConfig.excludeEarlyShiftCalendar', kind: 'switch', usual: ofDaysOff, label: 'excludeEarlyShiftCalendar', when: (values) => !isSpread(values) },
    { path: 'limitConfig.overrideWeeklyLimits', kind: 'switch', usual: ofDaysOff, label: 'overrideWeeklyLimits', when: (values) => !isSpread(values) },
    ...personalScopeFields('limitConfig'),
    ...weightFields,
  ],
  schema: z.looseObject({ ...weighed, name: nameOrNone, limitConfig: limitConfig(amount, ['individual']) }).check(z.refine(datesInOrder, datesError)),
  blank: { name: '', description: '', limitConfig: { limitType: 'max_off_days', maxCount: 8, scope: 'all' }, ...weightBlank },
  long: false,
};

const definition = z.looseObject({ ruleType: z.string('required').check(z.minLength(1, 'required')) }).check(
  z.refine((rule) => rule.ruleType !== 'forbidden_sequence' || listOf(rule['sequence']).length >= 2, { path: ['sequence'], error: 'sequence' }),
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

const priorityRules: TableDescription = {
  table: 'priorityRules',
  fields: [
    ...nameFields,
    { path: 'ruleDefinition.ruleType', kind: 'choice', options: 'rule', label: 'ruleType' },
    { path: 'priorityLevel', kind: 'number', min: 1, label: 'priorityLevel' },
    { path: 'ruleDefinition.staffIds', kind: 'rows', of: 'staff', many: true, label: 'staffIds', wide: true },
    { path: 'ruleDefinition.groupIds', kind: 'rows', of: 'groups', many: true, label: 'groupIds', wide: true, note: (values) => (isPersonal(values) && isAboutSome(values) ? 'instead' : undefined) },
    { path: 'ruleDefinition.aboutNobody', kind: 'switch', label: 'aboutNobody', when: (values) => valueAt(values, 'ruleDefinition.aboutNobody') === true, wide: true },
    {
      path: 'ruleDefinition.shiftType',
      kind: 'choice',
      options: 'shift',
      label: 'shiftType',
      when: isRule('preferred_shift', 'avoid_shift', 'avoid_shift_with_exceptions', 'required_shift', 'fairness', 'run_length'),
    },
    { path: 'ruleDefinition.allowedShifts', kind: 'sequence', label: 'allowedShifts', when: isRule('avoid_shift_with_exceptions'), wide: true },
    { path: 'ruleDefinition.minCount', kind: 'number', min: 1, label: 'minCount', when: isRule('run_length') },
    { path: 'ruleDefinition.maxCount', kind: 'number', min: 1, label: 'maxCount', when: isRule('max_consecutive_work', 'run_length') },
    { path: 'ruleDefinition.maxCount', kind: 'number', min: 0, label: 'maxWeekends', when: isRule('max_weekends') },
    { path: 'ruleDefinition.per', kind: 'choice', options: 'hoursOf', label: 'hoursOf', when: isRule('hours') },
    { path: 'ruleDefinition.minHours', kind: 'number', min: 0, step: 0.5, label: 'minHours', when: isRule('hours') },
    { path: 'ruleDefinition.maxHours', kind: 'number', min: 0, step: 0.5, label: 'maxHours', when: isRule('hours') },
    { path: 'ruleDefinition.weekStartsOn', kind: 'choice', options: 'weekday', label: 'weekStartsOn', when: ofWeeks },
    { path: 'ruleDefinition.breakMinutes', kind: 'number', min: 0, step: 5, label: 'breakMinutes', when: isRule('hours') },
    { path: 'ruleDefinition.breakOverHours', kind: 'number', min: 0, max: 24, step: 0.5, label: 'breakOverHours', when: isRule('hours') },
    { path: 'ruleDefinition.minHours', kind: 'number', min: 0, step: 0.5, label: 'restHours', when: isRule('rest_between') },
    { path: 'ruleDefinition.sequence', kind: 'sequence', label: 'sequence', when: isRule('forbidden_sequence'), wide: true },
    {
      path: 'ruleDefinition.daysOfWeek',
      kind: 'weekdays',
      label: 'daysOfWeek',
      when: isRule('preferred_shift', 'avoid_shift', 'avoid_shift_with_exceptions', 'required_off', 'required_shift'),
      wide: true,
    },
    { path: 'ruleDefinition.daysOfWeek', kind: 'weekdays', label: 'weekendDays', when: isRule('max_weekends', 'whole_weekends'), wide: true },
    {
      path: 'ruleDefinition.dates',
      kind: 'dates',
      label: 'dates',
      when: isRule('preferred_shift', 'avoid_shift', 'avoid_shift_with_exceptions', 'required_off', 'required_shift'),
      wide: true,
    },
    { path: 'ruleConfig.preferenceStrength', kind: 'number', min: 0.1, max: 1, step: 0.1, label: 'preferenceStrength', when: isRule('preferred_shift', 'avoid_shift', 'avoid_shift_with_exceptions') },
    ...weightFields,
  ],
  schema: z.looseObject({ ...weighed, name: nameOrNone, priorityLevel: z.number('number').check(z.multipleOf(1, 'whole')), ruleDefinition: definition }).check(z.refine(datesInOrder, datesError)),
  blank: { name: '', description: '', priorityLevel: 1, ruleDefinition: { ruleType: 'preferred_shift', shiftType: 'early' }, ruleConfig: { preferenceStrength: 0.5 }, ...weightBlank },
  long: true,
};

const mlModelConfigs: TableDescription = {
  table: 'mlModelConfigs',
  fields: [
    { path: 'name', kind: 'text', label: 'name' },
    { path: 'parameters.algorithm', kind: 'choice', options: 'algorithm', label: 'algorithm' },
    { path: 'parameters.timeLimitSeconds', kind: 'number', min: 1, max: 3600, label: 'timeLimitSeconds' },
    { path: 'parameters.workers', kind: 'number', min: 1, max: 64, label: 'workers' },
    { path: 'parameters.seed', kind: 'number', min: 0, label: 'seed' },
    { path: 'parameters.stabilityWeight', kind: 'number', min: 0, step: 0.5, label: 'stabilityWeight' },
    { path: 'isDefault', kind: 'switch', label: 'isDefault' },
  ],
  schema: z.looseObject({ parameters: z.looseObject({ timeLimitSeconds: amount, workers: count, seed: count, stabilityWeight: amount }) }),
  blank: { name: '', modelName: 'cp_sat', modelType: 'cp_sat', parameters: { algorithm: 'cp_sat', timeLimitSeconds: 30, stabilityWeight: 1 }, modelConfig: {}, isDefault: false },
  long: true,
};

const backupAssignments: TableDescription = {
  table: 'backupAssignments',
  fields: [
    { path: 'staffId', kind: 'rows', of: 'staff', many: false, label: 'staffId' },
    { path: 'groupId', kind: 'rows', of: 'groups', many: false, label: 'groupId' },
    { path: 'priorityOrder', kind: 'number', min: 1, label: 'priorityOrder' },
    { path: 'effectiveFrom', kind: 'date', label: 'effectiveFrom' },
    { path: 'effectiveUntil', kind: 'date', label: 'effectiveUntil' },
    { path: 'notes', kind: 'text', label: 'notes', wide: true },
  ],
  schema: z
    .looseObject({
      staffId: z.string('required').check(z.minLength(1, 'required')),
      groupId: z.string('required').check(z.minLength(1, 'required')),
      priorityOrder: z.number('number').check(z.multipleOf(1, 'whole'), z.gte(1, 'negative')),
      effectiveFrom: weighed.effectiveFrom,
      effectiveUntil: weighed.effectiveUntil,
    })
    .check(z.refine(datesInOrder, datesError)),
  blank: { staffId: '', groupId: '', assignmentType: 'regular', priorityOrder: 1, effectiveFrom: null, effectiveUntil: null, notes: '' },
  long: false,
};

/** In the order of the tabs. */
export const TABLES: readonly TableDescription[] = [
  staffGroups,
  dailyLimits,
  weeklyLimits,
  monthlyLimits,
  priorityRules,
  mlModelConfigs,
  backupAssignments,
];
