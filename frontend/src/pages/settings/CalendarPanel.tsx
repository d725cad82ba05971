import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend, useCanEdit, useView } from '@/app/backend';
import { formatDay } from '@/grid/days';
import type { CalendarDay, Period } from '@/realtime/protocol';

/** Closed days, days on which everybody works, and the next period. */
export function CalendarPanel({ period }: { period: Period }) {
  const { t, i18n } = useTranslation('dialogs');
  const backend = useBackend();
  const canEdit = useCanEdit();
  const days = useView(({ calendar }) => calendar?.days);
  const special = [...(days?.values() ?? [])].flatMap(({ date, kind, note }) => (kind === null ? [] : [{ date, kind, note }]));
  const sorted = special.sort((a, b) => a.date.localeCompare(b.date));
  return (
    <>
      <h3 className="app-h3">{t('calendar.special')}</h3>
      {sorted.length === 0 && <p className="app-dim">{t('calendar.none')}</p>}
      <ul className="app-plain">
        {sorted.map((day) => (
          <li key={day.date}>
            <b>{formatDay(day.date, i18n.language, { dateStyle: 'full' })}</b> {t(`calendar.${day.kind}`)} <span className="app-dim">{day.note}</span>
            {canEdit && (
              <Button size="compact-xs" variant="subtle" color="red" onClick={() => backend.change({ type: 'CALENDAR_UPDATE', payload: { date: day.date, kind: null } })}>
                {t('actions.remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {canEdit && <AddDay period={period} />}
      {canEdit && (
        <>
          <h3 className="app-h3">{t('calendar.periods')}</h3>
          <Button variant="default" onClick={() => backend.change({ type: 'PERIOD_CREATE', payload: {} })}>
            {t('calendar.addPeriod')}
          </Button>
        </>
      )}
    </>
  );
}

function AddDay({ period }: { period: Period }) {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const [date, setDate] = useState(period.startDate);
  const [kind, setKind] = useState<NonNullable<CalendarDay['kind']>>('closed');
  const [note, setNote] = useState('');
  return (
    <Group align="flex-end" mt="sm" gap="sm">
      <TextInput type="date" label={t('calendar.date')} value={date} onChange={(event) => setDate(event.currentTarget.value)} />
      <NativeSelect
        label={t('calendar.kind')}
        value={kind}
        data={(['closed', 'all_work'] as const).map((value) => ({ value, label: t(`calendar.${value}`) }))}
        onChange={(event) => setKind(event.currentTarget.value === 'closed' ? 'closed' : 'all_work')}
      />
      <TextInput label={t('fields.notes')} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      <Button disabled={date === ''} onClick={() => backend.change({ type: 'CALENDAR_UPDATE', payload: { date, kind, note } })}>
        {t('actions.add')}
      </Button>
    </Group>
  );
}
