import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/Radio.css';
import '@mantine/core/styles/InlineInput.css';

import { Button, Group, NativeSelect, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useFollow, useView } from '@/app/stores/backend';
import { Dialog } from '@/app/ui/Dialog';
import { toast } from '@/app/stores/toasts';
import { addDays, daysOf, formatDay, formatPeriod } from '@/grid/days';
import { Mark } from '@/grid/model';
import { scheduleKey, valueAt } from '@/realtime/state/state';

import { type Copied, copyCells, type DayMap, mapPeriods, mapWeek, wholeWeeks } from '../copying';
import type { ScheduleDialogProps } from '../ScheduleDialogs';

const MONDAY = 1;

/** Copies the period before, or repeats one week; nothing is replaced unless one says so. */
export default function CopyDialog({ path, ...props }: ScheduleDialogProps) {
  return path[0] === 'template' ? <Template {...props} /> : <Previous {...props} />;
}

type Props = Omit<ScheduleDialogProps, 'path'>;

function Previous(props: Props) {
  const { t, i18n } = useTranslation();
  const { month } = props;
  const [align, setAlign] = useState<'weekday' | 'date'>('weekday');
  const previous = useView(({ calendar }) => calendar?.periods.find(({ index }) => index === month.period.index - 1));
  const scheduleId = previous?.scheduleId ?? null;
  useFollow(scheduleId === null ? null : scheduleKey(scheduleId));
  const from = useView(({ schedules }) => (scheduleId === null ? undefined : schedules.get(scheduleId)));
  if (previous === undefined || scheduleId === null) {
    return (
      <Dialog title={t('copy.previous')} onClose={props.onClose}>
        <p className="app-dim">{t('copy.noPrevious')}</p>
      </Dialog>
    );
  }
  const days = month.days.map(({ dateKey }) => dateKey);
  const map = mapPeriods(daysOf(previous.startDate, previous.endDate), days, align);
  return (
    <CopyForm
      {...props}
      title={t('copy.previous')}
      map={map}
      read={(staffId, dateKey) => (from === undefined ? '' : valueAt(from, staffId, dateKey))}
      ready={from !== undefined}
    >
      <p className="app-tight">{formatPeriod(previous.startDate, previous.endDate, i18n.language)}</p>
      <Radio.Group label={t('copy.align')} value={align} onChange={(value) => setAlign(value)}>
        <Group mt="xs">
          <Radio value="weekday" label={t('copy.weekday')} />
          <Radio value="date" label={t('copy.date')} />
        </Group>
      </Radio.Group>
    </CopyForm>
  );
}

function Template(props: Props) {
  const { t, i18n } = useTranslation();
  const { month, source } = props;
  const days = month.days.map(({ dateKey }) => dateKey);
  const weeks = wholeWeeks(days, MONDAY);
  const [week, setWeek] = useState(weeks[0] ?? '');
  const short = (dateKey: string) => formatDay(dateKey, i18n.language, { month: 'short', day: 'numeric', weekday: 'short' });
  return (
    <CopyForm {...props} title={t('copy.template')} map={week === '' ? new Map() : mapWeek(week, days)} read={readerOf(source, days)} ready>
      <NativeSelect
        label={t('copy.week')}
        description={t('copy.weekHelp')}
        value={week}
        onChange={(event) => setWeek(event.currentTarget.value)}
        data={weeks.map((start) => ({ value: start, label: `${short(start)} – ${short(addDays(start, 6))}` }))}
      />
    </CopyForm>
  );
}

function readerOf(source: Props['source'], days: readonly string[]) {
  const columns = new Map(days.map((day, col) => [day, col]));
  return (staffId: string, dateKey: string) => source.getRow(staffId).values[columns.get(dateKey) ?? -1] ?? '';
}

interface FormProps extends Props {
  readonly title: string;
  readonly map: DayMap;
  readonly read: (staffId: string, dateKey: string) => string;
  readonly ready: boolean;
  readonly children: React.ReactNode;
}

function CopyForm({ title, source, month, map, read, ready, children, onClose }: FormProps) {
  const { t } = useTranslation();
  const [keep, setKeep] = useState(true);
  const copied = useCopied(source, month, map, read, keep);
  const apply = () => {
    source.edit(copied.changes);
    toast('good', t('copy.done', { count: copied.changes.length }), { action: { label: t('edit.undo'), run: () => source.undo() } });
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <Radio.Group mt="md" label={t('copy.existing')} value={keep ? 'keep' : 'overwrite'} onChange={(value) => setKeep(value === 'keep')}>
        <Group mt="xs">
          <Radio value="keep" label={t('overlap.keep')} />
          <Radio value="overwrite" label={t('overlap.overwrite')} />
        </Group>
      </Radio.Group>
      <p className="app-dim" role="status">
        {t('copy.preview', { count: copied.changes.length, replacing: copied.replacing })}
      </p>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('overlap.stop')}
        </Button>
        <Button disabled={!ready || copied.changes.length === 0} onClick={apply}>
          {t('copy.apply')}
        </Button>
      </Group>
    </Dialog>
  );
}

/** Locked cells stay as they are. */
function useCopied(source: Props['source'], month: Props['month'], map: DayMap, read: FormProps['read'], keep: boolean): Copied {
  const days = month.days.map(({ dateKey }) => dateKey);
  const columns = new Map(days.map((day, col) => [day, col]));
  const staff = month.people.map(({ id }) => id);
  const { changes, replacing } = copyCells(staff, map, read, readerOf(source, days), keep);
  const isLocked = (staffId: string, dateKey: string) => ((source.getRow(staffId).marks[columns.get(dateKey) ?? -1] ?? 0) & Mark.locked) !== 0;
  return { changes: changes.filter(({ staffId, dateKey }) => !isLocked(staffId, dateKey)), replacing };
}
