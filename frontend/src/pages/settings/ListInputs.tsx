import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { Icon } from '@/app/ui/Icon';
import { formatDay } from '@/grid/days';

import { isNotAdded, NOT_ADDED } from './fields';
import type { Option } from './PickMany';

interface Props {
  readonly label: string;
  readonly value: readonly string[];
  readonly disabled: boolean;
  readonly error: string | undefined;
  readonly onChange: (value: string[]) => void;
}

interface ChosenProps {
  readonly items: readonly string[];
  readonly show: (item: string) => string;
  readonly disabled: boolean;
  readonly onRemove: (index: number) => void;
}

function Chosen({ items, show, disabled, onRemove }: ChosenProps) {
  const { t } = useTranslation('dialogs');
  return (
    <ul className="st-chosen">
      {items.map((item, index) => (
        <li key={`${item} ${index}`}>
          {show(item)}
          {!disabled && (
            <button type="button" className="app-bare" aria-label={t('pick.remove', { name: show(item) })} onClick={() => onRemove(index)}>
              <Icon name="close" size={12} />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

const without = (items: readonly string[], index: number) => items.filter((_, at) => at !== index);

/** Single days, in order, and the one that is chosen and not added yet. */
export function DatesInput({ label, value: all, disabled, error, onChange }: Props) {
  const { t, i18n } = useTranslation('dialogs');
  const value = all.filter((day) => !isNotAdded(day));
  const date = all.find(isNotAdded)?.slice(NOT_ADDED.length) ?? '';
  const setDate = (day: string) => onChange(day === '' ? value : [...value, NOT_ADDED + day]);
  const show = (day: string) => (/^\d{4}-\d{2}-\d{2}$/.test(day) ? formatDay(day, i18n.language, { dateStyle: 'medium' }) : day);
  return (
    <fieldset className="st-fieldset" disabled={disabled}>
      <legend>{label}</legend>
      <Chosen items={value} show={show} disabled={disabled} onRemove={(index) => onChange([...without(value, index), ...all.filter(isNotAdded)])} />
      {!disabled && (
        <Group gap="xs">
          <input type="date" className="st-input" aria-label={label} value={date} onChange={(event) => setDate(event.currentTarget.value)} />
          <Button
            size="compact-sm"
            variant="default"
            disabled={date === '' || value.includes(date)}
            onClick={() => {
              onChange([...value, date].sort());
            }}
          >
            {t('actions.add')}
          </Button>
        </Group>
      )}
      {error !== undefined && <p className="st-error">{error}</p>}
    </fieldset>
  );
}

/** Shifts one after the other; the same one may come twice. */
export function SequenceInput({ label, value, disabled, error, onChange, options }: Props & { options: readonly Option[] }) {
  const { t } = useTranslation('dialogs');
  const show = (item: string) => options.find((option) => option.value === item)?.label ?? item;
  return (
    <fieldset className="st-fieldset" disabled={disabled}>
      <legend>{label}</legend>
      <Chosen items={value} show={show} disabled={disabled} onRemove={(index) => onChange(without(value, index))} />
      {!disabled && (
        <select className="st-input" aria-label={t('pick.next')} value="" onChange={(event) => onChange([...value, event.currentTarget.value])}>
          <option value="">{t('pick.next')}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
      {error !== undefined && <p className="st-error">{error}</p>}
    </fieldset>
  );
}
