import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Unknown } from '@/app/shell/Unknown';
import { useCanEdit, useView } from '@/app/stores/backend';
import { openDialog } from '@/app/stores/route';
import { Icon } from '@/app/ui/Icon';
import type { CellRef, DateKey } from '@/grid/model';
import type { Period } from '@/realtime/protocol';

import { ScheduleDialogs } from '../schedule/ScheduleDialogs';
import { useGridHost } from '../schedule/useGridHost';
import { useAccepting } from '../schedule/useRules';
import { type Month, useGrid, useIsUnpublished, useMonth, useSource } from '../schedule/useSchedule';
import { useUndoKeys } from '../schedule/useScheduleCommands';
import { useValidation } from '../schedule/useValidation';
import { By } from './By';
import { DaySection } from './DaySection';

const CellSheet = lazy(() => import('./CellSheet'));

interface Props {
  readonly period: Period;
  /** Days of that period. */
  readonly dates: readonly DateKey[];
  readonly today: DateKey;
  /** Whether the dialogs of the address are about this period. */
  readonly isFirst?: boolean;
}

/** Days of one period: where tomorrow belongs to the next one, that has a grid of its own. */
export function DaysOfPeriod({ period, dates, today, isFirst = false }: Props) {
  const { t } = useTranslation('day');
  const { t: app } = useTranslation();
  const month = useMonth(period, today);
  const isUnpublished = useIsUnpublished(period);
  const { scheduleId } = period;
  if (isUnpublished) return <p className="dv-none">{t('unpublished')}</p>;
  if (scheduleId === null) return <p className="dv-none">{app('schedule.none')}</p>;
  if (month === null) return <Unknown />;
  return <Loaded key={scheduleId} month={month} scheduleId={scheduleId} dates={dates} isFirst={isFirst} />;
}

const noMenu = () => undefined;

/** The same grid as the month's page has, without its table: what is changed here goes the same way, past the same locks. */
function Loaded({ month, scheduleId, dates, isFirst }: { month: Month; scheduleId: string; dates: readonly DateKey[]; isFirst: boolean }) {
  const canEdit = useCanEdit();
  const source = useSource(scheduleId, month.days);
  const grid = useGrid(source, month, '', useGridHost(source, noMenu));
  const findings = useValidation(source);
  const { open } = useAccepting(source, findings.violations);
  const schedule = useView(({ schedules }) => schedules.get(scheduleId));
  const [cell, setCell] = useState<CellRef | null>(null);
  const person = month.people.find(({ id }) => id === cell?.staffId);
  const day = month.days.find(({ dateKey }) => dateKey === cell?.dateKey);
  const marks = useMarks(source);
  useUndoKeys(grid, canEdit && isFirst);
  const shown = useMemo(() => ({ month, source, schedule, marks }), [month, source, schedule, marks]);
  if (schedule === undefined) return <Unknown />;
  return (
    <>
      {isFirst && (
        <div className="dv-bar dv-tools">
          {canEdit && <Tool icon="undo" onClick={() => grid.run({ type: 'undo' })} />}
          {canEdit && <Problems count={open.length} state={findings.state} />}
          <span className="app-fill" />
          {month.isOwnAlone !== true && <By />}
        </div>
      )}
      <div className="dv-days">
        {dates.map((dateKey) => (
          <DaySection key={dateKey} {...shown} schedule={schedule} dateKey={dateKey} onOpen={canEdit ? setCell : null} />
        ))}
      </div>
      {isFirst && <ScheduleDialogs grid={grid} source={source} month={month} findings={findings} />}
      <Suspense fallback={null}>
        {cell !== null && person !== undefined && day !== undefined && (
          <CellSheet grid={grid} source={source} month={month} person={person} day={day} onClose={() => setCell(null)} />
        )}
      </Suspense>
    </>
  );
}

/** Another number whenever marks or values have changed. */
function useMarks(source: ReturnType<typeof useSource>): number {
  const [count, setCount] = useState(0);
  useEffect(() => source.subscribeCells(() => setCount((before) => before + 1)), [source]);
  return count;
}

function Tool({ icon, onClick }: { icon: 'undo'; onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <button type="button" className="dv-button dv-step" aria-label={t(`edit.${icon}`)} title={t(`edit.${icon}`)} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

function Problems({ count, state }: { count: number; state: 'checking' | 'checked' | 'offline' }) {
  const { t } = useTranslation();
  const isKnown = state === 'checked' || count > 0;
  return (
    <button type="button" className={count > 0 ? 'dv-button sp-hard' : 'dv-button'} onClick={() => openDialog('problems')}>
      <Icon name={!isKnown ? 'history' : count > 0 ? 'alert' : 'check'} size={16} />
      {isKnown ? t('problems.count', { count }) : t(`problems.${state}`)}
    </button>
  );
}
