import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend, useCanEdit, useView } from '@/app/backend';
import { setPreference, usePreference } from '@/app/preferences';
import { openDialog } from '@/app/route';
import { useCoarse } from '@/app/useCoarse';
import { type Grid } from '@/grid/controller';
import { type Problems, useGridState } from '@/grid/GridContext';
import { GridTable } from '@/grid/GridTable';
import type { CellRef, Violation } from '@/grid/model';
import type { Period } from '@/realtime/protocol';

import { ProblemsPanel } from './ProblemsPanel';
import { ScheduleDialogs } from './ScheduleDialogs';
import { StatusBar } from './StatusBar';
import { Toolbar } from './Toolbar';
import { useGridHost } from './useGridHost';
import { type Month, useDayBounds, useGrid, useMonth, useSource } from './useSchedule';
import { useScheduleCommands } from './useScheduleCommands';
import { useValidation } from './useValidation';
import { useGridWords } from './useWords';

const CellMenu = lazy(() => import('./CellMenu'));

interface Props {
  readonly period: Period;
  readonly today: string;
}

/** A month: the grid, what one can do with it, and what it says of itself. */
export function SchedulePage({ period, today }: Props) {
  const { t } = useTranslation();
  const month = useMonth(period, today);
  const { scheduleId } = period;
  if (scheduleId === null) return <Empty text={t('schedule.none')} />;
  if (month === null) return <Empty text={t('loading')} />;
  return <Loaded key={scheduleId} month={month} scheduleId={scheduleId} />;
}

export function Empty({ text, children }: { text: string; children?: React.ReactNode }) {
  return (
    <div className="app-empty">
      <p>{text}</p>
      {children}
    </div>
  );
}

function Loaded({ month, scheduleId }: { month: Month; scheduleId: string }) {
  const { t } = useTranslation();
  const canEdit = useCanEdit();
  const source = useSource(scheduleId, month.days);
  const [filter, setFilter] = useState('');
  const [menu, setMenu] = useState(false);
  const [ranging, setRanging] = useState(false);
  const openMenu = useCallback(() => setMenu(true), []);
  const host = useGridHost(source, openMenu);
  const grid = useGrid(source, month, filter, host);
  const violations = useValidation(source);
  const coarse = useCoarse();
  const words = useGridWords();
  const dayBounds = useDayBounds(month.days);
  const problems = useProblems(violations);
  const known = useView(({ schedules }) => schedules.has(scheduleId));
  const showsProblems = usePreference('showsProblems');
  const openRule = useCallback(({ table, ruleId }: Violation) => openDialog('settings', table ?? '', ruleId ?? ''), []);
  useWhereIAm(grid, scheduleId);
  useScheduleCommands(grid, month, canEdit);
  return (
    <div className="sp">
      <Toolbar
        grid={grid}
        month={month}
        filter={filter}
        onFilter={setFilter}
        problems={violations.length}
        ranging={ranging}
        onRanging={setRanging}
        coarse={coarse}
      />
      <div className="sp-main">
        <div className="sp-grid">
          {month.people.length === 0 ? (
            <Empty text={t('schedule.nobody')}>
              <button type="button" className="app-link" onClick={() => openDialog('staff')}>
                {t('staff.title')}
              </button>
            </Empty>
          ) : (
            <GridTable
              grid={grid}
              symbols={month.symbols}
              words={words}
              dayBounds={dayBounds}
              coarse={coarse}
              ranging={ranging}
              problems={problems}
              openRule={openRule}
            />
          )}
          {!known && month.people.length > 0 && <div className="sp-loading">{t('loading')}</div>}
        </div>
        {showsProblems && (
          <ProblemsPanel grid={grid} month={month} violations={violations} openRule={openRule} onClose={() => setPreference('showsProblems', false)} />
        )}
      </div>
      <StatusBar grid={grid} source={source} month={month} violations={violations} openRule={openRule} />
      <Suspense fallback={null}>{menu && <CellMenu grid={grid} month={month} onClose={() => setMenu(false)} />}</Suspense>
      <ScheduleDialogs grid={grid} source={source} month={month} violations={violations} />
    </div>
  );
}

/** Days and people about which something is wrong as a whole. */
function useProblems(violations: readonly Violation[]): Problems {
  return useMemo(() => {
    const hard = violations.filter(({ isHard }) => isHard);
    return {
      days: new Set(hard.filter(({ staffId }) => staffId === null).flatMap(({ dateKey }) => dateKey ?? [])),
      people: new Set(hard.filter(({ dateKey }) => dateKey === null).flatMap(({ staffId }) => staffId ?? [])),
    };
  }, [violations]);
}

/** Tells the others where the cursor is. */
function useWhereIAm(grid: Grid, scheduleId: string): void {
  const backend = useBackend();
  const cell = useGridState(grid, ({ selection }): CellRef | null => selection?.anchor ?? null);
  const editing = useGridState(grid, (state) => state.editing !== null);
  useEffect(() => {
    backend.moveTo({ scheduleId, cell, state: editing ? 'editing' : 'viewing' });
  }, [backend, scheduleId, cell, editing]);
}
