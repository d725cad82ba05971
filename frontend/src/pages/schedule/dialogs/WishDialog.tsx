import '@mantine/core/styles/Input.css';
import '@/i18n/wishes';

import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend, useCanEdit, useView } from '@/app/stores/backend';
import { toast } from '@/app/stores/toasts';
import { Dialog } from '@/app/ui/Dialog';
import { formatDay } from '@/grid/days';
import type { Wish } from '@/realtime/protocol';
import { valueAt } from '@/realtime/state/state';

import { wishOf } from '../wishes';
import { Answering } from './Answering';
import type { ScheduleDialogProps } from './props';

const KINDS = ['off', 'cannot', 'prefer', 'avoid'] as const;
type Kind = Wish['kind'];
const WEIGHTS = [
  ['weak', 1],
  ['normal', 3],
  ['strong', 8],
] as const;

/** What somebody wishes for a day: entered here, or answered. */
export default function WishDialog({ source, month, path, onClose }: ScheduleDialogProps) {
  const { i18n } = useTranslation('wishes');
  const { t: app } = useTranslation();
  const canEdit = useCanEdit();
  const [staffId = '', dateKey = ''] = path;
  const wish = useView(({ schedules }) => wishOf(schedules.get(source.scheduleId), staffId, dateKey));
  const value = useView(({ schedules }) => {
    const schedule = schedules.get(source.scheduleId);
    return schedule === undefined ? '' : valueAt(schedule, staffId, dateKey);
  });
  const person = month.people.find(({ id }) => id === staffId);
  const day = dateKey === '' ? '' : formatDay(dateKey, i18n.language, { month: 'long', day: 'numeric', weekday: 'short' });
  return (
    <Dialog title={`${app('wishes.title')} — ${person?.name ?? ''} ${day}`} onClose={onClose}>
      {wish === undefined ? (
        canEdit && <Adding scheduleId={source.scheduleId} staffId={staffId} dateKey={dateKey} month={month} onDone={onClose} />
      ) : (
        <Answering wish={wish} value={value} scheduleId={source.scheduleId} />
      )}
    </Dialog>
  );
}

interface AddingProps extends Pick<ScheduleDialogProps, 'month'> {
  readonly scheduleId: string;
  readonly staffId: string;
  readonly dateKey: string;
  readonly onDone: () => void;
}

function Adding({ scheduleId, staffId, dateKey, month, onDone }: AddingProps) {
  const { t } = useTranslation('wishes');
  const backend = useBackend();
  const shifts = month.symbols.filter(({ kind }) => kind !== 'off' && kind !== 'designated_off');
  const [kind, setKind] = useState<Kind>('off');
  const [shift, setShift] = useState(shifts.find(({ kind: each }) => each === 'early')?.symbol ?? shifts[0]?.symbol ?? '');
  const [weight, setWeight] = useState<number>(3);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const namesShift = kind === 'prefer' || kind === 'avoid';
  const add = async () => {
    setBusy(true);
    const payload = { scheduleId, staffId, dateKey, kind, weight, note, ...(namesShift ? { shiftValue: shift } : {}) };
    const outcome = await backend.change({ type: 'WISH_CREATE', payload }).outcome;
    setBusy(false);
    if (outcome.kind !== 'applied') return;
    toast('good', t('noted'));
    onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <NativeSelect
        data-autofocus
        label={t('kind')}
        value={kind}
        data={KINDS.map((each) => ({ value: each, label: t(`kinds.${each}`) }))}
        onChange={(event) => setKind(KINDS.find((each) => each === event.currentTarget.value) ?? 'off')}
      />
      {namesShift && (
        <NativeSelect
          mt="sm"
          label={t('shift')}
          value={shift}
          data={shifts.map(({ symbol, label }) => ({ value: symbol, label: `${symbol} ${label}` }))}
          onChange={(event) => setShift(event.currentTarget.value)}
        />
      )}
      {kind !== 'cannot' && (
        <NativeSelect
          mt="sm"
          label={t('weight')}
          value={String(weight)}
          data={WEIGHTS.map(([name, value]) => ({ value: String(value), label: t(`weights.${name}`) }))}
          onChange={(event) => setWeight(Number(event.currentTarget.value))}
        />
      )}
      <TextInput mt="sm" label={t('note')} maxLength={200} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      <Group justify="flex-end" mt="md">
        <Button type="submit" loading={busy}>
          {t('add')}
        </Button>
      </Group>
    </form>
  );
}
