import { Button, Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { useKeptInput } from '@/app/shell/keeping';
import { ask } from '@/app/stores/ask';
import { basedOn, useBackend, useView } from '@/app/stores/backend';
import type { Period } from '@/realtime/protocol';

import { PeriodUntil } from './PeriodUntil';

const NONE: readonly Period[] = [];

/** The drafts: one that is still empty may be given other days, or be removed. */
export default function Periods() {
  const { t } = useTranslation('dialogs');
  const drafts = useView(({ calendar }) => calendar?.periods ?? NONE).filter(({ state }) => state !== 'published');
  return drafts.length === 0 ? null : (
    <>
      <p className="app-tight app-dim">{t('calendar.periodsText')}</p>
      <ul className="app-plain">
        {drafts.map((draft) => (
          <li key={draft.id}>
            <PeriodDays period={draft} />
            {draft.scheduleId !== null && <PeriodUntil period={draft} />}
          </li>
        ))}
      </ul>
    </>
  );
}

type Days = Pick<Period, 'startDate' | 'endDate'>;

/** Shows what a colleague makes of the days, but for what was typed here. */
function PeriodDays({ period: { id, startDate, endDate } }: { period: Period }) {
  const { t } = useTranslation('dialogs');
  const backend = useBackend();
  const { value: days, typed, set, isTyped, base, give, clear, note } = useKeptInput<Days>(`settings/calendar/period/${id}`, t('calendar.periods'), { startDate, endDate });
  const save = async () => {
    // Only what was typed: the other day may be a colleague's by now.
    const { outcome } = backend.change({ type: 'PERIOD_UPDATE', payload: { periodId: id, ...typed, ...basedOn(base()) } });
    give(outcome);
    if ((await outcome).kind === 'applied') clear(typed);
  };
  const remove = async () => {
    const seen = backend.version;
    const answer = await ask({
      title: t('calendar.removePeriodTitle'),
      text: t('calendar.removePeriodText', { start: startDate, end: endDate }),
      answers: [
        { value: 'no', label: t('actions.cancel') },
        { value: 'yes', label: t('actions.remove'), kind: 'danger' },
      ],
    });
    if (answer === 'yes') backend.change({ type: 'PERIOD_DELETE', payload: { periodId: id, ...basedOn(seen) } });
  };
  return (
    <>
    {note}
    <Group align="flex-end" gap="sm" mb="xs">
      <TextInput type="date" label={t('calendar.firstDay')} value={days.startDate} onChange={(event) => set({ startDate: event.currentTarget.value })} />
      <TextInput type="date" label={t('calendar.lastDay')} value={days.endDate} onChange={(event) => set({ endDate: event.currentTarget.value })} />
      <Button variant="default" disabled={!isTyped || days.startDate === '' || days.endDate === ''} onClick={() => void save()}>
        {t('actions.save')}
      </Button>
      <Button variant="subtle" color="red" onClick={() => void remove()}>
        {t('actions.remove')}
      </Button>
    </Group>
    </>
  );
}
