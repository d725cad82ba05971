import './needs.css';

import { Button, Group, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend } from '@/app/stores/backend';
import { formatDay } from '@/grid/days';
import { useEscape } from '@/grid/escape';
import type { StaffingNeed } from '@/realtime/protocol';

import { DAYS, type Numbers, numberAt, withNumber } from './numbers';

/** A need, what it is called, and the skill that it asks for. */
type Need = StaffingNeed & { readonly shown: string; readonly skill: string | undefined };

interface Props {
  readonly needs: readonly Need[];
  /** The largest number. */
  readonly most: number;
  readonly weekdayName: (weekday: number, language: string, style: 'short') => string;
  readonly canEdit: boolean;
  /** `base`: the version of the restaurant when the number was begun. */
  readonly save: (needId: string, config: Numbers, base: number) => Promise<void>;
}

/** A line for each need; a column for each day of the week, for holidays, and for each date that somebody has added. */
export default function NeedsTable({ needs, most, weekdayName, canEdit, save }: Props) {
  const { t, i18n } = useTranslation('dialogs');
  const [added, setAdded] = useState<readonly string[]>([]);
  const stored = needs.flatMap(({ needConfig }) => Object.keys((needConfig as Numbers).perDate ?? {}));
  const dates = [...new Set([...stored, ...added])].sort();
  const columns = [
    ...DAYS.map((day, index) => ({ day, label: index < 7 ? weekdayName(index, i18n.language, 'short') : t(`choices.namedDay.${index === 7 ? 'holiday' : 'before_holiday'}`) })),
    ...dates.map((day) => ({ day, label: formatDay(day, i18n.language, { month: 'numeric', day: 'numeric', weekday: 'short' }) })),
  ];
  return (
    <>
      <p className="app-tight app-dim">{t('needs.text')}</p>
      <div className="nd-scroll" hidden={needs.length === 0}>
        <table className="nd-table">
          <thead>
            <tr>
              <th scope="col">{t('needs.need')}</th>
              {columns.map(({ day, label }) => (
                <th key={day} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {needs.map((need) => (
              <tr key={need.id}>
                <th scope="row">
                  {need.shown} <small className="app-dim"><Shift of={need} /><Hours of={need} />{need.skill !== undefined && ` · ${need.skill}`}</small>
                </th>
                {columns.map(({ day, label }) => (
                  <td key={day}>
                    <Entry label={`${need.shown}, ${label}`} value={numberAt(need.needConfig as Numbers, day)} most={most} disabled={!canEdit} onSave={(value, base) => void save(need.id, withNumber(need.needConfig as Numbers, day, value), base)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {canEdit && needs.length > 0 && <AddDate onAdd={(day) => setAdded([...added, day])} />}
    </>
  );
}

/** Which shift is needed: a kind by its word, a symbol of the restaurant as it is. */
function Shift({ of: { needConfig } }: { of: Need }) {
  const { t, i18n } = useTranslation('dialogs');
  const shift = typeof needConfig.shiftType === 'string' ? needConfig.shiftType : 'any';
  const key = `choices.shift.${shift}`;
  return i18n.exists(key, { ns: 'dialogs' }) ? t(key as 'choices.shift.any') : shift;
}

/** From when to when, of a need by the hour. */
function Hours({ of: { needConfig } }: { of: Need }) {
  const { from, until } = needConfig;
  return typeof from === 'string' && typeof until === 'string' ? ` ${from}–${until}` : null;
}

interface EntryProps {
  readonly label: string;
  readonly value: number | null;
  readonly most: number;
  readonly disabled: boolean;
  readonly onSave: (value: number | null, base: number) => void;
}

/** One number. It is saved when one leaves it, by Enter, or with the page; Escape takes back what was typed. */
function Entry({ label, value, most, disabled, onSave }: EntryProps) {
  const backend = useBackend();
  const [typed, setTyped] = useState<string | null>(null);
  const began = useRef(0);
  const shown = typed ?? (value === null ? '' : String(value));
  const isValid = shown === '' || (/^\d+$/.test(shown) && Number(shown) <= most);
  const finish = () => {
    if (typed === null) return;
    const next = typed === '' ? null : Number(typed);
    if (!isValid) return;
    setTyped(null);
    if (next !== value) onSave(next, began.current);
  };
  // Before the dialog, what was typed.
  useEscape(() => setTyped(null), typed !== null);
  const last = useRef(finish);
  useEffect(() => {
    last.current = finish;
  });
  useEffect(() => () => last.current(), []);
  return (
    <input
      type="text"
      inputMode="numeric"
      className="nd-entry"
      aria-label={label}
      aria-invalid={!isValid}
      disabled={disabled}
      value={shown}
      onChange={(event) => {
        if (typed === null) began.current = backend.version;
        setTyped(event.currentTarget.value.normalize('NFKC').trim());
      }}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
      }}
    />
  );
}

/** A column for a single date, which counts before days of the week and holidays. */
function AddDate({ onAdd }: { onAdd: (day: string) => void }) {
  const { t } = useTranslation('dialogs');
  const [day, setDay] = useState('');
  return (
    <Group gap="xs" mt="xs" mb="lg" align="flex-end">
      <TextInput type="date" label={t('needs.date')} value={day} onChange={(event) => setDay(event.currentTarget.value)} />
      <Button
        variant="default"
        disabled={day === ''}
        onClick={() => {
          onAdd(day);
          setDay('');
        }}
      >
        {t('needs.addDate')}
      </Button>
    </Group>
  );
}
