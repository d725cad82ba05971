import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/Radio.css';
import '@mantine/core/styles/InlineInput.css';

import { Button, Group, NativeSelect, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { AnswerOf } from '@/api/typed';
import { useBackend, useBackendStore, useView } from '@/app/stores/backend';
import { useRead } from '@/app/stores/rest';
import { toast } from '@/app/stores/toasts';
import { Dialog } from '@/app/ui/Dialog';
import { useErrorWords } from '@/app/ui/errorWords';
import { type Answered, useAnswer } from '@/app/ui/useAnswer';
import { addDays, formatDay, formatPeriod } from '@/grid/days';

import { changesOf, spansOf, wholeWeeks } from '../copying';
import type { ScheduleDialogProps } from './props';

const MONDAY = 1;

/** Copies the period before, or repeats one week; nothing is replaced unless one says so. */
export default function CopyDialog({ path, ...props }: ScheduleDialogProps) {
  return path[0] === 'template' ? <Template {...props} /> : <Previous {...props} />;
}

type Props = Omit<ScheduleDialogProps, 'path'>;

type Copy = AnswerOf<'/api/schedules/{id}/repeat-week/'>;

/** With the version that it was made of, as far as its author had seen. */
interface Preview extends Copy {
  readonly base: number;
}

function Previous(props: Props) {
  const { t, i18n } = useTranslation();
  const { month } = props;
  const ask = useRead();
  const backend = useBackend();
  const [by, setBy] = useState<'weekday' | 'date'>('weekday');
  const [keep, setKeep] = useState(true);
  const id = month.period.scheduleId ?? '';
  const previous = useView(({ calendar }) => calendar?.periods.find(({ index }) => index === month.period.index - 1));
  const known = useKnown();
  const answer = useAnswer(previous === undefined ? null : `${id} ${by} ${keep} ${known}`, async () => {
    const base = backend.version;
    return { ...(await ask('/api/schedules/{id}/copy-previous/', { path: { id }, query: { by, overwrite: !keep } })), base };
  }, true);
  if (previous === undefined) {
    return (
      <Dialog title={t('copy.previous')} onClose={props.onClose}>
        <p className="app-dim">{t('copy.noPrevious')}</p>
      </Dialog>
    );
  }
  return (
    <CopyForm {...props} title={t('copy.previous')} answer={answer} keep={keep} onKeep={setKeep}>
      <p className="app-tight">{formatPeriod(previous.startDate, previous.endDate, i18n.language)}</p>
      <Radio.Group label={t('copy.align')} value={by} onChange={(value) => setBy(value)}>
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
  const { month } = props;
  const ask = useRead();
  const backend = useBackend();
  const weeks = wholeWeeks(month.days.map(({ dateKey }) => dateKey), MONDAY);
  const [weekStart, setWeek] = useState(weeks[0] ?? '');
  const [keep, setKeep] = useState(true);
  const id = month.period.scheduleId ?? '';
  const known = useKnown();
  const answer = useAnswer(weekStart === '' ? null : `${id} ${weekStart} ${keep} ${known}`, async () => {
    const base = backend.version;
    return { ...(await ask('/api/schedules/{id}/repeat-week/', { path: { id }, query: { weekStart, overwrite: !keep } })), base };
  }, true);
  if (weeks.length === 0) {
    return (
      <Dialog title={t('copy.template')} onClose={props.onClose}>
        <p className="app-dim">{t('copy.noWeek')}</p>
      </Dialog>
    );
  }
  const short = (dateKey: string) => formatDay(dateKey, i18n.language, { month: 'short', day: 'numeric', weekday: 'short' });
  return (
    <CopyForm {...props} title={t('copy.template')} answer={answer} keep={keep} onKeep={setKeep}>
      <NativeSelect
        label={t('copy.week')}
        description={t('copy.weekHelp')}
        value={weekStart}
        onChange={(event) => setWeek(event.currentTarget.value)}
        data={weeks.map((start) => ({ value: start, label: `${short(start)} – ${short(addDays(start, 6))}` }))}
      />
    </CopyForm>
  );
}

interface FormProps extends Props {
  readonly title: string;
  readonly answer: Answered<Preview>;
  readonly keep: boolean;
  readonly onKeep: (keep: boolean) => void;
  readonly children: React.ReactNode;
}

function CopyForm({ title, source, month, answer, keep, onKeep, children, onClose }: FormProps) {
  const { t } = useTranslation();
  const words = useErrorWords();
  const preview = answer.state === 'ready' ? answer.value : null;
  const changes = preview === null ? [] : changesOf(preview, readerOf(source, month));
  const apply = () => {
    source.edit(changes, preview?.base);
    toast('good', t('copy.done', { count: changes.length }), { action: { label: t('edit.undo'), run: () => source.undo() } });
    onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <Radio.Group mt="md" label={t('copy.existing')} value={keep ? 'keep' : 'overwrite'} onChange={(value) => onKeep(value === 'keep')}>
        <Group mt="xs">
          <Radio value="keep" label={t('overlap.keep')} />
          <Radio value="overwrite" label={t('overlap.overwrite')} />
        </Group>
      </Radio.Group>
      {preview !== null && <Told preview={preview} count={changes.length} />}
      {answer.state === 'failed' && (
        <p className="app-failed" role="alert">
          {words(answer.failure)}
        </p>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('overlap.stop')}
        </Button>
        <Button disabled={changes.length === 0} onClick={apply}>
          {t('copy.apply')}
        </Button>
      </Group>
    </Dialog>
  );
}

/** How much will change, and what is left out. */
function Told({ preview, count }: { preview: Preview; count: number }) {
  const { t, i18n } = useTranslation();
  const short = (day: string) => formatDay(day, i18n.language, { month: 'numeric', day: 'numeric' });
  const listed = (days: readonly string[]) =>
    spansOf(days)
      .map(([first, last]) => (first === last ? short(first) : `${short(first)} – ${short(last)}`))
      .join(', ');
  return (
    <>
      <p className="app-dim" role="status">
        {t('copy.preview', { count, replacing: preview.replacing })}
      </p>
      <ul className="app-plain app-dim">
        {(['closed', 'unmatched', 'again'] as const).map((what) => preview[what].length > 0 && <li key={what}>{t(`copy.left.${what}`, { days: listed(preview[what]) })}</li>)}
        {(['leave', 'locked'] as const).map((what) => preview[what] > 0 && <li key={what}>{t(`copy.left.${what}`, { count: preview[what] })}</li>)}
      </ul>
    </>
  );
}

/** What the server has been told so far: what is typed on the way there is asked about again. */
function useKnown(): number {
  return useBackendStore('outbox', ({ length }) => length);
}

function readerOf(source: Props['source'], month: Props['month']) {
  const columns = new Map(month.days.map(({ dateKey }, col) => [dateKey, col]));
  return (staffId: string, dateKey: string) => source.getRow(staffId).values[columns.get(dateKey) ?? -1] ?? '';
}
