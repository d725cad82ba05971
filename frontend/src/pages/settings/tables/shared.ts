import * as z from 'zod/mini';

import type { Field, Values } from '../fields';
import { valueAt } from '../fields';

/** What several tables have alike. Messages are keys below `errors`. */

export const name = z.string().check(z.trim(), z.minLength(1, 'required'));
export const count = z.nullish(z.number('number'));
const date = z.nullish(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'date')));

/** A name that may come later: rows of older clients are made before they are named. */
export const nameOrNone = z.string().check(z.trim());

const hasTargets = (config: Values, butFor: readonly unknown[]) =>
  ['all', ...butFor].includes(config['scope'] ?? 'all') ||
  listOf(config['targetIds']).length > 0 ||
  config['aboutEverybody'] === true;
export const inOrder = (low: unknown, high: unknown) => low == null || high == null || (low as number) <= (high as number);
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The JSON of a limit: a lower and an upper bound about somebody, for scopes `butFor` about everybody unless some are chosen. Keys that are not known here stay. */
export const limitConfig = (butFor: readonly unknown[] = []) =>
  z.looseObject({ minCount: count, maxCount: count }).check(
    z.refine((config) => inOrder(config.minCount, config.maxCount), { path: ['maxCount'], error: 'order' }),
    z.refine((config) => config['limitType'] === 'shift_distribution' || config.minCount != null || config.maxCount != null, {
      path: ['maxCount'],
      error: 'bound',
    }),
    z.refine((config) => hasTargets(config, butFor), { path: ['targetIds'], error: 'targets' }),
  );

/** The JSON of a need: whom it is about, and which hours. */
export const needConfig = () =>
  z.looseObject({ spare: count, tooManyWeight: count }).check(
    z.refine((config) => hasTargets(config, []), { path: ['targetIds'], error: 'targets' }),
    z.refine(({ from, until }) => from == null || until != null, { path: ['until'], error: 'required' }),
    z.refine(({ from, until }) => until == null || from != null, { path: ['from'], error: 'required' }),
  );

/** The JSON of a skill: each level for a time is somebody's, and its days are in order. */
export const skillConfig = () =>
  z.looseObject({ dated: z.nullish(z.array(z.looseObject({ staffId: z.string(), from: date, until: date }))) }).check(
    z.refine(({ dated }) => listOf(dated).every((each) => (each as Values)['staffId'] !== ''), { path: ['dated'], error: 'person' }),
    z.refine(({ dated }) => listOf(dated).every((each) => inOrder((each as Values)['from'], (each as Values)['until'])), { path: ['dated'], error: 'order' }),
  );

export const weighed = {
  name,
  isHardConstraint: z.boolean(),
  penaltyWeight: z.number('number'),
  effectiveFrom: date,
  effectiveUntil: date,
};

export const datesInOrder = (row: { effectiveFrom?: string | null | undefined; effectiveUntil?: string | null | undefined }) =>
  inOrder(row.effectiveFrom, row.effectiveUntil);
export const datesError = { path: ['effectiveUntil'], error: 'order' };

export const nameFields: readonly Field[] = [
  { path: 'name', kind: 'text', label: 'name', wide: true },
  { path: 'description', kind: 'text', label: 'description', wide: true },
];

/** Limits of single people count instead of more general ones, as the server does it. */
const insteadOf = (config: string) => (values: Values) =>
  (valueAt(values, `${config}.scope`) ?? 'all') !== 'all' && listOf(valueAt(values, `${config}.targetIds`)).length > 0 ? ('instead' as const) : undefined;

/** Whom a limit is about that each person has by herself. */
export const personalScopeFields = (config: string): readonly Field[] =>
  scopeFields(config).map((field) => (field.kind === 'targets' ? { ...field, note: insteadOf(config) } : field));

/** Whom it is about. */
export const scopeFields = (config: string): readonly Field[] => [
  { path: `${config}.scope`, kind: 'choice', options: 'scope', label: 'scope' },
  {
    path: `${config}.targetIds`,
    kind: 'targets',
    label: 'targetIds',
    when: (values) => (valueAt(values, `${config}.scope`) ?? 'all') !== 'all',
    wide: true,
  },
];

/** How much it weighs, by the name that the weight has there, and when it is in force. */
export const weightFieldsOf = (label: 'penaltyWeight' | 'tooFewWeight'): readonly Field[] => [
  { path: 'isHardConstraint', kind: 'switch', label: 'isHardConstraint' },
  { path: 'penaltyWeight', kind: 'number', step: 0.5, label },
  { path: 'effectiveFrom', kind: 'date', label: 'effectiveFrom' },
  { path: 'effectiveUntil', kind: 'date', label: 'effectiveUntil' },
];
export const weightFields = weightFieldsOf('penaltyWeight');

export const weightBlank = { isHardConstraint: false, penaltyWeight: 1, effectiveFrom: null, effectiveUntil: null };
