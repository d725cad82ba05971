import '@mantine/core/styles/Input.css';

import { Button, Group, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { basedOn, useBackend } from '@/app/stores/backend';
import { Dialog } from '@/app/ui/Dialog';
import type { DateKey } from '@/realtime/protocol';
import { uuid } from '@/realtime/protocol/ids';

import type { Entry } from './entries';
import { useAvailabilityWords, WEEK } from './words';

interface Props {
  readonly staffId: string;
  /** `null`: a new one. */
  readonly entry: Entry | null;
  readonly today: DateKey;
  readonly isOwn: boolean;
  readonly onClose: () => void;
}

const orNull = (text: string): string | null => (text === '' ? null : text);

/** Weekdays, whether one can work on them and when, and for how long this is so. What is done is kept here at once, and sent when there is a network. */
export function AvailabilityForm({ staffId, entry, today, isOwn, onClose }: Props) {
  const { t } = useTranslation('availability');
  const backend = useBackend();
  const [base] = useState(backend.version);
  const [weekdays, setWeekdays] = useState<readonly number[]>(entry?.weekdays ?? []);
  const [hasHours, setHasHours] = useState(entry !== null && (entry.availableFrom ?? entry.availableUntil) !== null);
  const [from, setFrom] = useState(entry?.availableFrom ?? '');
  const [until, setUntil] = useState(entry?.availableUntil ?? '');
  const [validFrom, setValidFrom] = useState(entry?.validFrom ?? today);
  const [validUntil, setValidUntil] = useState(entry?.validUntil ?? '');
  const [note, setNote] = useState(entry?.note ?? '');
  const [wasTried, setTried] = useState(false);
  const lacking = weekdays.length === 0 ? 'needsDay' : hasHours && from === '' && until === '' ? 'needsTime' : null;
  const hasBegun = entry !== null && entry.validFrom < today;
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (lacking !== null) return;
    const fields = {
      weekdays: [...weekdays].sort(),
      availableFrom: hasHours ? orNull(from) : null,
      availableUntil: hasHours ? orNull(until) : null,
      validUntil: orNull(validUntil),
      note,
      ...(hasBegun || validFrom === '' ? {} : { validFrom }),
    };
    if (entry === null) backend.change({ type: 'AVAILABILITY_CREATE', payload: { id: uuid(), staffId, ...fields } });
    else backend.change({ type: 'AVAILABILITY_UPDATE', payload: { availabilityId: entry.id, changes: changed(entry, fields), ...basedOn(base) } });
    onClose();
  };
  const withdraw = (id: string) => {
    backend.change({ type: 'AVAILABILITY_DELETE', payload: { availabilityId: id, ...basedOn(base) } });
    onClose();
  };
  return (
    <Dialog title={t(entry === null ? 'add' : 'edit')} onClose={onClose}>
      <form className="app-stack" onSubmit={save}>
        <Weekdays chosen={weekdays} onChange={setWeekdays} />
        <div className="av-choices" role="group" aria-label={t('what')}>
          {[false, true].map((each) => (
            <button key={String(each)} type="button" aria-pressed={hasHours === each} onClick={() => setHasHours(each)}>
              {t(each ? 'hours' : 'cannot')}
            </button>
          ))}
        </div>
        {hasHours && (
          <div className="av-two">
            <TextInput type="time" size="md" label={t('from')} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
            <TextInput
              type="time"
              size="md"
              label={t('until')}
              value={until}
              description={from !== '' && until !== '' && until <= from ? t('next', { time: until }) : undefined}
              onChange={(event) => setUntil(event.currentTarget.value)}
            />
          </div>
        )}
        <div className="av-two">
          {!hasBegun && <TextInput type="date" size="md" label={t('validFrom')} value={validFrom} {...(isOwn ? { min: today } : {})} onChange={(event) => setValidFrom(event.currentTarget.value)} />}
          <TextInput type="date" size="md" label={t('validUntil')} description={t('forGood')} value={validUntil} min={hasBegun ? today : validFrom} onChange={(event) => setValidUntil(event.currentTarget.value)} />
        </div>
        <TextInput size="md" label={t('note')} maxLength={200} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
        {hasBegun && <p className="app-tight app-dim">{t('past')}</p>}
        {wasTried && lacking !== null && (
          <p role="alert" className="app-failed">
            {t(lacking)}
          </p>
        )}
        <Group justify="space-between">
          <Button size="md" type="submit">
            {t('save')}
          </Button>
          {entry !== null && (
            <Button size="md" variant="subtle" color="red" onClick={() => withdraw(entry.id)}>
              {t('withdraw')}
            </Button>
          )}
        </Group>
      </form>
    </Dialog>
  );
}

type Fields = Partial<Pick<Entry, 'weekdays' | 'availableFrom' | 'availableUntil' | 'validFrom' | 'validUntil' | 'note'>>;

/** What differs: a field that was not touched is not written over what somebody else has made of it. */
const changed = (entry: Entry, fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name, value]) => String(value) !== String(entry[name as keyof Entry])));

function Weekdays({ chosen, onChange }: { chosen: readonly number[]; onChange: (weekdays: readonly number[]) => void }) {
  const { t } = useTranslation('availability');
  const { name } = useAvailabilityWords();
  return (
    <div className="av-week" role="group" aria-label={t('days')}>
      {WEEK.map((weekday) => {
        const isChosen = chosen.includes(weekday);
        return (
          <button
            key={weekday}
            type="button"
            aria-label={name(weekday, 'long')}
            aria-pressed={isChosen}
            onClick={() => onChange(isChosen ? chosen.filter((each) => each !== weekday) : [...chosen, weekday])}
          >
            {name(weekday)}
          </button>
        );
      })}
    </div>
  );
}
