/** What a form consists of, described and not programmed: one entry for each field. */

import type { formsJa } from '@/i18n/dialogs/forms.ja';

export type Values = Readonly<Record<string, unknown>>;

interface Base {
  /** Its path in the row: `limitConfig.minCount`. */
  readonly path: string;
  /** Key of its label, below `fields`. */
  readonly label: FieldLabel;
  /** Shown only while this holds. */
  readonly when?: (values: Values) => boolean;
  /** Takes the whole width. */
  readonly wide?: boolean;
  /** Key of a sentence under it, below `notes`; none where it says nothing. */
  readonly note?: (values: Values) => NoteWord | undefined;
}

export type NoteWord = keyof typeof formsJa.notes;

/** What a number counts as that nobody has set: said in these words (below `blanks`), or the number itself. */
export type BlankWord = Exclude<keyof typeof formsJa.blanks, 'usual'>;

export type Field =
  | (Base & { readonly kind: 'text' | 'long' | 'color' | 'date' | 'dates' | 'weekdays' | 'sequence' | 'targets' | 'month' | 'shifts' | 'time' | 'words' | 'levels' })
  /** `usual`: what a switch that nobody has set counts as; off where it is left out. */
  | (Base & { readonly kind: 'switch'; readonly usual?: (values: Values) => boolean })
  | (Base & { readonly kind: 'number'; readonly min?: number; readonly max?: number; readonly step?: number; readonly usual?: BlankWord | number })
  | (Base & { readonly kind: 'choice'; readonly options: ChoiceList })
  | (Base & { readonly kind: 'rows'; readonly of: 'staff' | 'groups' | 'skills'; readonly many: boolean });

export type ChoiceList = 'blank' | 'newBlank' | 'shift' | 'scope' | 'monthly' | 'rule' | 'hoursOf' | 'backupMode' | 'algorithm' | 'weekday' | 'hardness' | 'kind' | 'conflict' | 'textMeaning';

/** What counts where nothing was chosen. */
export const USUAL: Partial<Record<ChoiceList, string>> = {
  shift: 'any',
  scope: 'all',
  hoursOf: 'week',
  backupMode: 'each_absence',
  weekday: '0',
  algorithm: 'cp_sat',
};

/** The choices in order; their words are below `choices`. */
export const CHOICES = {
  newBlank: ['byStatus', 'work', 'free'],
  blank: ['work', 'free'],
  shift: ['any', 'normal', 'early', 'late', 'off', 'designated_off', 'special'],
  scope: ['all', 'position', 'type', 'staff_status', 'group', 'individual'],
  monthly: [
    'max_off_days',
    'min_off_days',
    'off_days',
    'max_shifts',
    'min_shifts',
    'max_work_days',
    'max_early_shifts',
    'max_late_shifts',
    'shift_distribution',
  ],
  rule: [
    'preferred_shift',
    'avoid_shift',
    'avoid_shift_with_exceptions',
    'required_off',
    'required_shift',
    'max_consecutive_work',
    'forbidden_sequence',
    'required_sequence',
    'not_together',
    'together',
    'fairness',
    'run_length',
    'max_weekends',
    'whole_weekends',
    'hours',
    'rest_between',
  ],
  hoursOf: ['week', 'period'],
  backupMode: ['each_absence', 'below_minimum'],
  algorithm: ['cp_sat'],
  weekday: ['0', '1', '2', '3', '4', '5', '6'],
  hardness: ['soft', 'hard'],
  conflict: ['last_writer_wins', 'first_writer_wins', 'merge_changes', 'user_choice'],
  textMeaning: ['nothing', 'work', 'off'],
  kind: ['normal', 'early', 'late', 'off', 'designated_off', 'special'],
} as const satisfies Record<ChoiceList, readonly string[]>;

/** Whatever has words: a new label is entered there alone. */
export type FieldLabel = keyof typeof formsJa.fields;

/** The value at a dotted path. */
export function valueAt(values: Values, path: string): unknown {
  return path.split('.').reduce<unknown>((found, key) => (isObject(found) ? found[key] : undefined), values);
}

/** A copy with the value at a dotted path set; what else there is, known or not, stays. */
export function withValue(values: Values, path: string, value: unknown): Values {
  const [key = '', ...rest] = path.split('.');
  const inner = values[key];
  return { ...values, [key]: rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest.join('.'), value) };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two values say the same. */
export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The columns of `values` that differ from those of the stored row. */
export function changedColumns(stored: Values, values: Values): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([key, value]) => !isSame(stored[key], value)));
}

/** Before a day that is chosen beside a list of days and not added to it: it is kept with the form, which cannot be saved with it. */
export const NOT_ADDED = '?';
export const isNotAdded = (item: unknown): boolean => typeof item === 'string' && item.startsWith(NOT_ADDED);
