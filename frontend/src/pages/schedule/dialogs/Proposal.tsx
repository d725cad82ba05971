import '@mantine/core/styles/Tabs.css';
import '@/i18n/wishes';

import { Button, Group, Tabs } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend } from '@/app/stores/backend';
import { toast } from '@/app/stores/toasts';
import { Grid, type GridHost } from '@/grid/controller';
import { StillSource } from '@/grid/still';
import { GridTable } from '@/grid/GridTable';
import { makeLayout } from '@/grid/layout';
import { Mark } from '@/grid/model';
import type { GenerationProgress, GenerationResult } from '@/realtime/protocol';

import { type Difference, DiffTable } from '../DiffTable';
import { Remarks } from '../Remarks';
import type { ScheduleDialogProps } from './props';
import { settledJobsOf } from '../settledJobs';
import { useStanding } from '../useGeneration';
import { useDayLimits, useGroupNames } from '../useSchedule';
import { useGridWords } from '../useWords';
import { Explanation } from './Explanation';
import { HowItWent } from './HowItWent';
import { ProposedWishes } from './ProposedWishes';

interface Props extends Pick<ScheduleDialogProps, 'source' | 'month' | 'onClose'> {
  readonly jobId: string;
  readonly result: GenerationResult;
  /** The last that was told of the job at work. */
  readonly progress: GenerationProgress | null;
  readonly onAgain: () => void;
}

/** What the solver proposes: the month with its changed cells marked, the list of them, and what it breaks and why. */
export function Proposal({ source, month, jobId, result, progress, onClose, onAgain }: Props) {
  const { t, i18n } = useTranslation();
  const { t: ofWishes } = useTranslation('wishes');
  const backend = useBackend();
  const { wishes } = result;
  const hasWishes = wishes !== undefined && wishes.total > 0;
  const [busy, setBusy] = useState(false);
  const differences = useDifferences(result);
  const { declinedBy, moved, isOver } = useStanding(source.scheduleId, result);
  const apply = async () => {
    setBusy(true);
    const outcome = await backend.change({ type: 'SCHEDULE_APPLY_GENERATED', payload: { jobId } }).outcome;
    setBusy(false);
    if (outcome.kind !== 'applied') return;
    settledJobsOf(backend.userId).add(jobId);
    toast('good', t('generate.applied', { count: differences.length }), { action: { label: t('edit.undo'), run: () => source.undo() } });
    onClose();
  };
  const drop = () => {
    // Here at once; the server tells the other devices, and keeps it for good.
    settledJobsOf(backend.userId).add(jobId);
    backend.change({ type: 'SCHEDULE_DECLINE_GENERATED', payload: { jobId } });
    onClose();
  };
  const hard = result.violations.filter(({ isHard }) => isHard).length;
  return (
    <div className="sp-proposal">
      <p className="app-tight" role="status">
        <b>{t(`generate.status.${result.status}`)}</b>{' '}
        {result.diff === undefined ? t('loading') : t('generate.summary', { count: differences.length, hard, soft: result.violations.length - hard })}{' '}
        {result.score !== null && <span className="sp-score">{t('generate.score', { before: result.scoreBefore?.total ?? '—', after: result.score.total })}</span>}
        {result.error !== '' && <span className="sp-hard"> {result.error}</span>}
      </p>
      {/* While it is being applied its cells change by oneself. */}
      {!busy && (declinedBy !== null || moved > 0) && (
        <p className="app-note" role="status">
          {declinedBy !== null ? t('generate.declined', { name: declinedBy }) : t(isOver ? 'generate.over' : 'generate.moved', { count: moved })}
        </p>
      )}
      <Tabs defaultValue="table" keepMounted={false} className="sp-tabs">
        <Tabs.List>
          <Tabs.Tab value="table">{t('generate.table')}</Tabs.Tab>
          <Tabs.Tab value="list">{t('generate.list')}</Tabs.Tab>
          <Tabs.Tab value="problems">{t('problems.count', { count: result.violations.length })}</Tabs.Tab>
          {hasWishes && <Tabs.Tab value="wishes">{ofWishes('inProposal', { kept: wishes.kept, total: wishes.total })}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="table" className="sp-preview" onKeyDownCapture={passTab}>
          <Preview month={month} source={source} differences={differences} covering={result.covering ?? NOBODY} />
        </Tabs.Panel>
        <Tabs.Panel value="list">
          <DiffTable differences={differences} people={month.people} />
        </Tabs.Panel>
        <Tabs.Panel value="problems">
          <Explanation result={result} month={month} />
          <Remarks remarks={i18n.language === 'ja' ? result.warningsJa : result.warnings} />
          <HowItWent progress={progress} />
        </Tabs.Panel>
        {hasWishes && (
          <Tabs.Panel value="wishes">
            <ProposedWishes source={source} month={month} wishes={wishes} />
          </Tabs.Panel>
        )}
      </Tabs>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onAgain}>
          {t('generate.again')}
        </Button>
        {declinedBy === null && (
          <Button variant="default" onClick={drop}>
            {t('generate.drop')}
          </Button>
        )}
        <Button loading={busy} disabled={differences.length === 0 || (isOver && !busy)} onClick={() => void apply()}>
          {t('generate.apply')}
        </Button>
      </Group>
    </div>
  );
}

function useDifferences(result: GenerationResult): Difference[] {
  return useMemo(
    () => (result.diff ?? []).map(({ staffId, dateKey, shiftValue, previousValue }) => ({
      staffId,
      dateKey,
      from: previousValue,
      to: shiftValue,
    })),
    [result.diff],
  );
}

/** Nothing is entered here, so Tab goes on to the buttons and not from cell to cell. */
function passTab(event: React.KeyboardEvent): void {
  if (event.key === 'Tab') event.stopPropagation();
}

const SILENT: GridHost = {
  notify: () => undefined,
  askOverlap: () => Promise.resolve('stop'),
  openHistory: () => undefined,
  openMenu: () => undefined,
  setLocked: () => undefined,
};

const NOBODY: NonNullable<GenerationResult['covering']> = [];

interface PreviewProps extends Pick<Props, 'month' | 'source'> {
  readonly differences: readonly Difference[];
  readonly covering: NonNullable<GenerationResult['covering']>;
}

/** The month as it would be; nothing in it can be edited. */
function Preview({ month, source, differences, covering }: PreviewProps) {
  const words = useGridWords();
  const limits = useDayLimits(month.days);
  const groups = useGroupNames();
  const grid = useMemo(() => {
    const stands = new Map(covering.map(({ staffId, dateKey, groupId }) => [`${staffId} ${dateKey}`, groupId]));
    const preview = new StillSource(month.days.map(({ dateKey }) => dateKey), stands);
    for (const { id } of month.people) preview.rows.setRow(id, { ...source.getRow(id), marks: month.days.map(() => Mark.none) });
    preview.rows.patch(differences.map(({ staffId, dateKey, to }) => ({ staffId, dateKey, value: to, marks: Mark.changed })));
    preview.rows.patch(covering.map((cell) => ({ staffId: cell.staffId, dateKey: cell.dateKey, marks: preview.rows.marks(cell) | Mark.covering })));
    return new Grid(preview, makeLayout(month.people, month.days, null), SILENT, { readOnly: true, advance: 'none' });
  }, [month, source, differences, covering]);
  return <GridTable grid={grid} symbols={month.symbols} words={words} dayLimits={limits} groups={groups} coarse={false} />;
}
