import './availability.css';
import '@/i18n/availability';

import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackendStore, useFollow, useView } from '@/app/stores/backend';
import { useToday } from '@/app/stores/today';
import { Icon } from '@/app/ui/Icon';
import { formatDay } from '@/grid/days';

import { AvailabilityForm } from './AvailabilityForm';
import { entriesOf, type Entry, isOver } from './entries';
import { useAvailabilityWords } from './words';

interface Props {
  readonly staffId: string;
  /** Whether one enters it for oneself. */
  readonly isOwn?: boolean;
}

/** On which weekdays somebody cannot work, or only at some hours: a line for each entry, which a tap opens. */
export function AvailabilityList({ staffId, isOwn = false }: Props) {
  const { t } = useTranslation('availability');
  useFollow('staff');
  const staff = useView((state) => state.staff);
  const outbox = useBackendStore('outbox', (state) => state);
  const today = useToday();
  const entries = useMemo(() => entriesOf(staff, staffId, outbox, today), [staff, staffId, outbox, today]);
  const [open, setOpen] = useState<Entry | 'new' | null>(null);
  const [holding, over] = [entries.filter((entry) => !isOver(entry, today)), entries.filter((entry) => isOver(entry, today))];
  return (
    <section className="av-list" aria-label={t('title')}>
      <h3 className="app-h3">{t('title')}</h3>
      {isOwn && <p className="app-tight app-dim">{t('own')}</p>}
      {holding.length === 0 ? <p className="app-tight">{t('none')}</p> : <Lines entries={holding} onOpen={setOpen} isOwn={isOwn} />}
      <Button variant="default" size="md" leftSection={<Icon name="plus" size={16} />} onClick={() => setOpen('new')}>
        {t('add')}
      </Button>
      {over.length > 0 && (
        <details>
          <summary>{t('over')}</summary>
          <Lines entries={over} onOpen={null} isOwn={isOwn} />
        </details>
      )}
      {open !== null && <AvailabilityForm staffId={staffId} entry={open === 'new' ? null : open} today={today} isOwn={isOwn} onClose={() => setOpen(null)} />}
    </section>
  );
}

interface LinesProps {
  readonly entries: readonly Entry[];
  readonly onOpen: ((entry: Entry) => void) | null;
  readonly isOwn: boolean;
}

function Lines({ entries, onOpen, isOwn }: LinesProps) {
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.id}>
          {onOpen === null ? (
            <div className="av-line">
              <Line entry={entry} isOwn={isOwn} />
            </div>
          ) : (
            <button type="button" className="av-line" onClick={() => onOpen(entry)}>
              <Line entry={entry} isOwn={isOwn} />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Line({ entry, isOwn }: { entry: Entry; isOwn: boolean }) {
  const { t, i18n } = useTranslation('availability');
  const { days, said } = useAvailabilityWords();
  const today = useToday();
  const day = (dateKey: string) => formatDay(dateKey, i18n.language, { year: 'numeric', month: 'short', day: 'numeric' });
  const { validFrom, validUntil } = entry;
  const span = [validFrom > today ? t('since', { day: day(validFrom) }) : '', validUntil === null ? '' : t('to', { day: day(validUntil) })].filter(Boolean).join(' ');
  const more = [span, isOwn && !entry.isOwn ? t('byManager') : '', entry.note, entry.isWaiting ? t('waiting') : ''].filter(Boolean).join(' · ');
  return (
    <>
      <b>{days(entry.weekdays)}</b>
      <span>{said(entry)}</span>
      {more !== '' && <small className="app-dim">{more}</small>}
    </>
  );
}
