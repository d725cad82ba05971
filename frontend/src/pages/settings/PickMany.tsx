import { useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Icon } from '@/app/ui/Icon';
import { useEscape } from '@/grid/escape';

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface Props {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: readonly string[];
  readonly disabled: boolean;
  readonly error: string | undefined;
  readonly onChange: (value: string[]) => void;
}

/** With fewer than these one sees them all at a glance. */
const SEARCHED = 12;

/** The list, where one is in it; else Escape is about the form. */
function closeList(list: HTMLDetailsElement | null): boolean {
  if (list?.contains(document.activeElement) !== true) return false;
  list.open = false;
  list.querySelector('summary')?.focus();
  return true;
}

/** Several of many: the chosen ones on top, the rest below to search and tick. */
export function PickMany({ label, options, value, disabled, error, onChange }: Props) {
  const { t } = useTranslation('dialogs');
  const [query, setQuery] = useState('');
  const errorId = useId();
  const list = useRef<HTMLDetailsElement>(null);
  const [isOpen, setOpen] = useState(false);
  useEscape(() => closeList(list.current), isOpen);
  const chosen = value.map((id) => options.find((option) => option.value === id) ?? { value: id, label: id });
  const shown = options.filter(({ label: text }) => text.includes(query.trim()));
  const toggle = (id: string, on: boolean) => onChange(on ? [...value, id] : value.filter((each) => each !== id));
  return (
    <fieldset className="st-fieldset" disabled={disabled} aria-describedby={error === undefined ? undefined : errorId}>
      <legend>{label}</legend>
      <ul className="st-chosen">
        {chosen.map((option) => (
          <li key={option.value}>
            {option.label}
            <button type="button" className="app-bare" aria-label={t('pick.remove', { name: option.label })} onClick={() => toggle(option.value, false)}>
              <Icon name="close" size={12} />
            </button>
          </li>
        ))}
        {chosen.length === 0 && <li className="st-none">{t('pick.none')}</li>}
      </ul>
      {!disabled && (
        <details ref={list} className="st-pick" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{t('pick.choose')}</summary>
          {options.length > SEARCHED && (
            <input type="search" className="st-input" aria-label={t('pick.search')} placeholder={t('pick.search')} value={query} onChange={(event) => setQuery(event.currentTarget.value)} />
          )}
          <ul className="st-options">
            {shown.map((option) => (
              <li key={option.value}>
                <label>
                  <input type="checkbox" checked={value.includes(option.value)} onChange={(event) => toggle(option.value, event.currentTarget.checked)} /> {option.label}
                </label>
              </li>
            ))}
          </ul>
        </details>
      )}
      {error !== undefined && (
        <p id={errorId} className="st-error">
          {error}
        </p>
      )}
    </fieldset>
  );
}
