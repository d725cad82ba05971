import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

import { useKeptInput } from '@/app/shell/keeping';
import { basedOn, useBackend, useCanEdit, useView } from '@/app/stores/backend';
import { formatDay } from '@/grid/days';
import type { CalendarDay, Period } from '@/realtime/protocol';

import { ClosingRules } from './ClosingRules';

const Periods = lazy(() => import('../periods/Periods'));

/** Closed days, days on which everybody works, and the next period. Before the first there are closed days already. */
export function CalendarPanel({ period }: { period: Period | undefined }) {
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
      <ClosingRules />
      {canEdit && (
        <>
          <h3 className="app-h3">{t('calendar.periods')}</h3>
          <Suspense fallback={null}>
            <Periods />
          </Suspense>
          <Button variant="default" onClick={() => backend.change({ type: 'PERIOD_CREATE', payload: {} })}>
            {t('calendar.addPeriod')}
          </Button>
        </>
      )}
    </>
  );
}

/** `open` is for the days that a repeated closing would close. */
const DAY_KINDS = ['closed', 'all_work', 'open'] as const;

type SpecialDay = Pick<CalendarDay, 'date' | 'note'> & { readonly kind: NonNullable<CalendarDay['kind']> };

function AddDay({ period }: { period: Period | undefined }) {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const blank: SpecialDay = { date: period?.startDate ?? '', kind: 'closed', note: '' };
  const { value, set, base, give, note } = useKeptInput<SpecialDay>('settings/calendar/day', t('calendar.special'), blank);
  const add = () => give(backend.change({ type: 'CALENDAR_UPDATE', payload: { ...value, ...basedOn(base()) } }).outcome);
  return (
    <>
      {note}
      <Group align="flex-end" mt="sm" gap="sm">
        <TextInput type="date" label={t('calendar.date')} value={value.date} onChange={(event) => set({ date: event.currentTarget.value })} />
        <NativeSelect
          label={t('calendar.kind')}
          value={value.kind}
          data={DAY_KINDS.map((kind) => ({ value: kind, label: t(`calendar.${kind}`) }))}
          onChange={(event) => set({ kind: DAY_KINDS.find((each) => each === event.currentTarget.value) ?? 'closed' })}
        />
        <TextInput label={t('fields.notes')} value={value.note} onChange={(event) => set({ note: event.currentTarget.value })} />
        <Button disabled={value.date === ''} onClick={add}>
          {t('actions.add')}
        </Button>
      </Group>
    </>
  );
}
