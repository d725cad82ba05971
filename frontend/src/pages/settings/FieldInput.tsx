import { Chip, Group, NativeSelect, Switch, TextInput } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useView } from '@/app/stores/backend';
import { NumberField } from '@/app/ui/NumberField';
import { type Bound, SKILL_CHANGES } from '@/realtime/protocol/bounds.gen';

import { formatPartial, parsePartial } from './partialDate';
import { CHOICES, type Field, USUAL, valueAt, type Values } from './fields';
import { DatesInput, SequenceInput } from './ListInputs';
import { type Option, PickMany } from './PickMany';
import { weekdayName } from './weekdays';

interface Props {
  readonly field: Field;
  /** What the server accepts; a field may ask for less. */
  readonly bound: Bound;
  readonly value: unknown;
  /** The whole row, for fields that depend on others. */
  readonly values: Values;
  readonly error: string | undefined;
  readonly disabled: boolean;
  readonly onChange: (value: unknown) => void;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(text) : []);

const INPUT_TYPES: Readonly<Record<string, string>> = { date: 'date', color: 'color', time: 'time' };

/** The input of one described field. */
export function FieldInput(props: Props) {
  const { field } = props;
  switch (field.kind) {
    case 'switch':
      return <SwitchInput {...props} field={field} />;
    case 'number':
      return <Numeric {...props} field={field} />;
    case 'choice':
      return <Choice {...props} field={field} />;
    case 'rows':
      return <Rows {...props} field={field} />;
    case 'targets':
      return <Targets {...props} />;
    case 'month':
      return <Month {...props} />;
    case 'shifts':
      return <Shifts {...props} />;
    case 'weekdays':
      return <Weekdays {...props} />;
    case 'dates':
      return <Dates {...props} />;
    case 'sequence':
      return <Sequence {...props} />;
    case 'levels':
      return <Levels {...props} />;
    case 'words':
      return <Words {...props} />;
    default:
      return <Text {...props} type={INPUT_TYPES[field.kind] ?? 'text'} />;
  }
}

function useCommon({ field, error, disabled }: Props) {
  const { t } = useTranslation('dialogs');
  return { label: t(`fields.${field.label}`), error, disabled };
}

function Text({ type, ...props }: Props & { type: string }) {
  const common = useCommon(props);
  const { field, value, onChange } = props;
  return (
    <TextInput
      {...common}
      type={type}
      value={text(value)}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        onChange((field.kind === 'date' || field.kind === 'time') && typed === '' ? null : typed);
      }}
    />
  );
}

const SEPARATORS = /[、，,]+/;

/** Words between commas. What is being typed stands as it is; the words are what it says. */
function Words(props: Props) {
  const common = useCommon(props);
  const words = texts(props.value);
  const [typed, setTyped] = useState<string | null>(null);
  const wordsOf = (line: string) => line.split(SEPARATORS).map((word) => word.trim()).filter((word) => word !== '');
  const isSame = typed !== null && JSON.stringify(wordsOf(typed)) === JSON.stringify(words);
  return (
    <TextInput
      {...common}
      value={isSame ? typed : words.join('、')}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        props.onChange(wordsOf(event.currentTarget.value));
      }}
    />
  );
}

function Numeric({ field, ...props }: Props & { field: Extract<Field, { kind: 'number' }> }) {
  const common = useCommon({ ...props, field });
  const { t } = useTranslation('dialogs');
  const { step = 1, usual } = field;
  const { min = props.bound.minimum, max = props.bound.maximum } = field;
  return (
    <NumberField
      {...common}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      {...(usual === undefined ? {} : { placeholder: typeof usual === 'number' ? t('blanks.usual', { value: usual }) : t(`blanks.${usual}`) })}
      step={step}
      value={typeof props.value === 'number' ? props.value : null}
      onChange={props.onChange}
    />
  );
}

function SwitchInput({ field, ...props }: Props & { field: Extract<Field, { kind: 'switch' }> }) {
  const { label, disabled } = useCommon({ ...props, field });
  const checked = typeof props.value === 'boolean' ? props.value : (field.usual?.(props.values) ?? false);
  return (
    <Switch className="st-switch" label={label} disabled={disabled} checked={checked} onChange={(event) => props.onChange(event.currentTarget.checked)} />
  );
}

function Choice({ field, ...props }: Props & { field: Extract<Field, { kind: 'choice' }> }) {
  const common = useCommon({ ...props, field });
  const words = useChoiceWords(field.options);
  const isNumber = field.options === 'weekday';
  const current = text(props.value) || (USUAL[field.options] ?? '');
  const own = useOwnShifts(field.options === 'shift');
  const known: readonly string[] = [...CHOICES[field.options], ...own.map(({ value }) => value)];
  // A restaurant's own symbol, or a word of an older version: shown as it is, and kept.
  const data = known.includes(current) || current === '' ? known : [...known, current];
  return (
    <NativeSelect
      {...common}
      value={current}
      data={[...(current === '' ? [{ value: '', label: '—' }] : []), ...data.map((value) => own.find((each) => each.value === value) ?? { value, label: words(value) })]}
      onChange={(event) => props.onChange(isNumber ? Number(event.currentTarget.value) : event.currentTarget.value)}
    />
  );
}

/** The restaurant's own symbols that the words for kinds of shift do not tell apart. */
function useOwnShifts(isAsked: boolean): readonly Option[] {
  const types = useView(({ calendar }) => calendar?.shiftTypes) ?? [];
  const { i18n } = useTranslation('dialogs');
  const isAlone = (kind: string) => types.filter((type) => type.kind === kind).length === 1;
  return !isAsked ? [] : types.filter(({ kind }) => !isAlone(kind)).map((type) => ({ value: type.symbol, label: `${type.symbol} ${i18n.language === 'ja' ? type.labelJa : type.labelEn}` }));
}

function useChoiceWords(list: Extract<Field, { kind: 'choice' }>['options']): (value: string) => string {
  const { t, i18n } = useTranslation('dialogs');
  if (list === 'weekday') return (value) => weekdayName(Number(value), i18n.language);
  return (value) => {
    const key = `choices.${list}.${value}`;
    return i18n.exists(key, { ns: 'dialogs' }) ? t(key as 'choices.scope.all') : value;
  };
}

/** Staff, groups or skills to choose from; people who have left at the end. */
function useRows(of: 'staff' | 'groups' | 'skills'): readonly Option[] {
  const members = useView(({ staff }) => staff?.members);
  const rows = useView(({ settings }) => (of === 'skills' ? settings?.skills : settings?.staffGroups));
  if (of !== 'staff') return (rows ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return [...(members?.values() ?? [])]
    .sort((a, b) => Number(b.isActive) - Number(a.isActive) || a.staffOrder - b.staffOrder)
    .map(({ id, name }) => ({ value: id, label: name }));
}

/** Ids of people who no longer exist stay in the list. */
const withUnknown = (options: readonly Option[], chosen: readonly string[]): Option[] => [
  ...options,
  ...chosen.filter((id) => id !== '' && !options.some(({ value }) => value === id)).map((id) => ({ value: id, label: id })),
];

function Rows({ field, ...props }: Props & { field: Extract<Field, { kind: 'rows' }> }) {
  const options = useRows(field.of);
  return field.many ? <Many {...props} field={field} options={options} /> : <One {...props} field={field} options={options} isOptional={field.of === 'skills'} />;
}

function Many({ options, ...props }: Props & { options: readonly Option[] }) {
  const common = useCommon(props);
  return <PickMany {...common} options={options} value={texts(props.value)} onChange={props.onChange} />;
}

function One({ options, isOptional, ...props }: Props & { options: readonly Option[]; isOptional: boolean }) {
  const common = useCommon(props);
  const chosen = text(props.value);
  return (
    <NativeSelect
      {...common}
      value={chosen}
      data={[{ value: '', label: '—' }, ...withUnknown(options, [chosen])]}
      onChange={(event) => props.onChange(event.currentTarget.value || (isOptional ? null : ''))}
    />
  );
}

// Only the form of a skill needs it.
const LevelsInput = lazy(() => import('../needs/LevelsInput'));

function Levels(props: Props) {
  const common = useCommon(props);
  const people = useRows('staff');
  return (
    <Suspense>
      <LevelsInput {...common} people={people} value={Array.isArray(props.value) ? props.value : []} most={SKILL_CHANGES['skillConfig.dated[].level'].maximum} onChange={props.onChange} />
    </Suspense>
  );
}

/** Whom a limit is about: what can be chosen follows from its scope. */
function Targets(props: Props) {
  const scope = valueAt(props.values, props.field.path.replace(/targetIds$/, 'scope'));
  const staff = useRows('staff');
  const groups = useRows('groups');
  const members = useView((state) => state.staff?.members);
  if (scope === 'group') return <Many {...props} options={groups} />;
  if (scope === 'individual') return <Many {...props} options={staff} />;
  const column = scope === 'position' ? 'position' : 'status';
  const words = new Set([...(members?.values() ?? [])].map((member) => member[column]).filter((word) => word !== ''));
  return <Many {...props} options={[...words].map((word) => ({ value: word, label: word }))} />;
}

/** A month, or a day in it: the text itself until it is one. What is being typed stands as it is. */
function Month(props: Props) {
  const common = useCommon(props);
  const { t } = useTranslation('dialogs');
  const [typed, setTyped] = useState('');
  const said = typeof props.value === 'string' ? props.value : formatPartial(props.value);
  return (
    <TextInput
      {...common}
      placeholder={t('hints.month')}
      value={formatPartial(parsePartial(typed)) === said ? typed : said}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setTyped(next);
        props.onChange(next === '' ? null : (parsePartial(next) ?? next));
      }}
    />
  );
}

/** The restaurant's own symbols. */
function Shifts(props: Props) {
  const types = useView(({ calendar }) => calendar?.shiftTypes);
  const { i18n } = useTranslation('dialogs');
  const options = (types ?? []).map(({ symbol, labelJa, labelEn }) => ({ value: symbol, label: `${symbol} ${i18n.language === 'ja' ? labelJa : labelEn}` }));
  return <Many {...props} options={options} />;
}

/** Nothing chosen means every day. */
/** Named days besides the days of the week. */
const NAMED_DAYS = ['holiday', 'before_holiday'] as const;

function Weekdays(props: Props) {
  const { t, i18n } = useTranslation('dialogs');
  const { label, disabled } = useCommon(props);
  const chosen = texts(props.value);
  const isNumber = (value: string) => /^\d$/.test(value);
  return (
    <fieldset className="st-fieldset">
      <legend>{label}</legend>
      <Chip.Group multiple value={chosen} onChange={(value) => props.onChange([...value.filter(isNumber).map(Number).sort(), ...NAMED_DAYS.filter((each) => value.includes(each))])}>
        <Group gap={6}>
          {CHOICES.weekday.map((value) => (
            <Chip key={value} value={value} size="sm" disabled={disabled}>
              {weekdayName(Number(value), i18n.language, 'short')}
            </Chip>
          ))}
          {NAMED_DAYS.map((value) => (
            <Chip key={value} value={value} size="sm" disabled={disabled}>
              {t(`choices.namedDay.${value}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </fieldset>
  );
}

function Dates(props: Props) {
  const common = useCommon(props);
  return <DatesInput {...common} value={texts(props.value)} onChange={props.onChange} />;
}

function Sequence(props: Props) {
  const common = useCommon(props);
  const words = useChoiceWords('shift');
  const options = [...CHOICES.shift.map((value) => ({ value, label: words(value) })), ...useOwnShifts(true)];
  return <SequenceInput {...common} options={options} value={texts(props.value)} onChange={props.onChange} />;
}
