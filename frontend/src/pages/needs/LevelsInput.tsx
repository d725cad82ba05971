import './needs.css';

import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { Icon } from '@/app/ui/Icon';

interface Level {
  readonly staffId?: string;
  readonly level?: number;
  readonly from?: string | null;
  readonly until?: string | null;
}

interface Props {
  readonly label: string;
  readonly people: readonly { readonly value: string; readonly label: string }[];
  readonly value: readonly Level[];
  readonly most: number;
  readonly disabled: boolean;
  readonly error: string | undefined;
  readonly onChange: (value: readonly Level[]) => void;
}

/** Levels that hold for a time: who, how well, from when to when. */
export default function LevelsInput({ label, people, value, most, disabled, error, onChange }: Props) {
  const { t } = useTranslation('dialogs');
  const levels = Array.from({ length: most }, (_, index) => index + 1);
  const set = (at: number, changes: Level) => onChange(value.map((each, index) => (index === at ? { ...each, ...changes } : each)));
  const nameOf = (id: string) => people.find((person) => person.value === id)?.label ?? id;
  return (
    <fieldset className="st-fieldset" disabled={disabled}>
      <legend>{label}</legend>
      <div className="nd-levels">
        {value.map((each, at) => {
          const id = each.staffId ?? '';
          const who = id === '' ? String(at + 1) : nameOf(id);
          return (
            // Lines have no name of their own: what was typed stays in its place.
            <div key={at} role="group" aria-label={`${label}: ${who}`}>
              <select className="nd-input" aria-label={t('fields.staffId')} value={id} onChange={(event) => set(at, { staffId: event.currentTarget.value })}>
                <option value="">—</option>
                {(people.some((person) => person.value === id) || id === '' ? people : [...people, { value: id, label: id }]).map((person) => (
                  <option key={person.value} value={person.value}>
                    {person.label}
                  </option>
                ))}
              </select>
              <select className="nd-input" aria-label={t('levels.level')} value={each.level ?? 1} onChange={(event) => set(at, { level: Number(event.currentTarget.value) })}>
                {levels.map((level) => (
                  <option key={level} value={level}>
                    {t(`fields.level${level}` as 'fields.level1')}
                  </option>
                ))}
              </select>
              {(['from', 'until'] as const).map((end) => (
                <label key={end}>
                  <span>{t(`levels.${end}`)}</span>
                  <input type="date" className="nd-input" value={each[end] ?? ''} onChange={(event) => set(at, { [end]: event.currentTarget.value === '' ? null : event.currentTarget.value })} />
                </label>
              ))}
              {!disabled && (
                <button type="button" className="app-bare nd-remove" aria-label={t('pick.remove', { name: who })} onClick={() => onChange(value.filter((_, index) => index !== at))}>
                  <Icon name="close" size={12} />
                </button>
              )}
            </div>
          );
        })}
      </div>
      {error !== undefined && (
        <p className="app-failed" role="alert">
          {error}
        </p>
      )}
      {!disabled && (
        <Button variant="default" size="compact-sm" onClick={() => onChange([...value, { staffId: '', level: 1, from: null, until: null }])}>
          {t('levels.add')}
        </Button>
      )}
    </fieldset>
  );
}
