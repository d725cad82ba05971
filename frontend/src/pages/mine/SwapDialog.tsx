import '@mantine/core/styles/Input.css';
import '@/i18n/swaps';

import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend, useView } from '@/app/stores/backend';
import { toast } from '@/app/stores/toasts';
import { useUnsaid } from '@/app/stores/unsaid';
import { Dialog } from '@/app/ui/Dialog';
import type { Period } from '@/realtime/protocol';
import { uuid } from '@/realtime/protocol/ids';

import { useMonth } from '../schedule/useSchedule';
import { useDayWords, useShiftWords } from './DayDetails';
import { daysOfPerson, type MyDay } from './shifts';
import { possibleDays, unseenDays } from './swapDays';

interface Props {
  readonly period: Period;
  readonly today: string;
  readonly staffId: string;
  readonly day: MyDay;
  readonly onClose: () => void;
}

/** Gives a shift of one's own away: to whoever takes it, or to a colleague, for a day of theirs or for nothing. */
export default function SwapDialog({ period, today, staffId, day: given, onClose }: Props) {
  const { t } = useTranslation('swaps');
  const backend = useBackend();
  const dayWords = useDayWords();
  const shiftWords = useShiftWords();
  const month = useMonth(period, today);
  const schedule = useView(({ schedules }) => schedules.get(period.scheduleId ?? ''));
  const [otherId, setOther] = useState('');
  const [otherDateKey, setOtherDay] = useState('');
  const { text: note, set: setNote, forget } = useUnsaid(`swap ${staffId} ${given.day.dateKey}`);
  const [busy, setBusy] = useState(false);
  if (month === null || schedule === undefined) return null;
  const { dateKey } = given.day;
  const mine = daysOfPerson(month, schedule, staffId) ?? [];
  const unseen = schedule.publication?.colleagues;
  const theirs = otherId === '' ? [] : (daysOfPerson(month, schedule, otherId) ?? []);
  const choices = unseen === undefined ? possibleDays(mine, theirs, dateKey) : unseenDays(mine);
  const others = unseen ?? month.people.filter(({ id }) => id !== staffId);
  const send = async () => {
    setBusy(true);
    const asking = otherId === '' ? {} : { otherId, ...(otherDateKey === '' ? {} : { otherDateKey }) };
    const payload = { id: uuid(), scheduleId: schedule.scheduleId, staffId, dateKey, note, ...asking };
    const outcome = await backend.change({ type: 'SWAP_CREATE', payload }).outcome;
    setBusy(false);
    if (outcome.kind !== 'applied') return;
    forget();
    toast('good', t('sent'));
    onClose();
  };
  return (
    <Dialog title={t('give_day', { day: dayWords(dateKey) })} onClose={onClose}>
      <p className="app-tight">
        <b>{shiftWords(given)}</b>
      </p>
      <NativeSelect
        size="md"
        label={t('to')}
        value={otherId}
        onChange={(event) => {
          setOther(event.currentTarget.value);
          setOtherDay('');
        }}
        data={[{ value: '', label: t('everybody') }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      {otherId !== '' && (
        <NativeSelect
          mt="md"
          size="md"
          label={t('inReturn')}
          value={otherDateKey}
          onChange={(event) => setOtherDay(event.currentTarget.value)}
          data={[{ value: '', label: t('nothing') }, ...choices.map(({ day, shift }) => ({ value: day.dateKey, label: [dayWords(day.dateKey), shift === null ? '' : shiftWords(shift)].join(' ').trim() }))]}
        />
      )}
      <TextInput mt="md" size="md" label={t('note')} maxLength={200} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      <Group justify="end" mt="md">
        <Button size="md" loading={busy} onClick={() => void send()}>
          {t('send')}
        </Button>
      </Group>
    </Dialog>
  );
}
