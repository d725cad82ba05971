import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useUnsaved } from '@/app/shell/leaving';
import { useBackend, useCanEdit, useView } from '@/app/stores/backend';
import { setPreference, usePreference } from '@/app/stores/preferences';
import { useCoarse, usePhone } from '@/app/ui/useMedia';
import { type Grid } from '@/grid/controller';
import { type DayLimits, type Problems, useGridState } from '@/grid/GridContext';
import { GridTable } from '@/grid/GridTable';
import type { CellRef, Violation } from '@/grid/model';
import { activeOf } from '@/grid/selection';
import type { Period } from '@/realtime/protocol';
import type { ScheduleState } from '@/realtime/state/state';

import { Empty } from './Empty';
import { GridArea } from './GridArea';
import { ScheduleDialogs } from './ScheduleDialogs';
import { StatusBar } from './StatusBar';
import { Toolbar } from './Toolbar';
import { peopleOf } from './unplanned';
import { useGridHost } from './useGridHost';
import { type Month, useDayLimits, useCoveredGroupNames, useGrid, useIsUnpublished, useMonth, useSource } from './useSchedule';
import { usePrintKey, useScheduleCommands, useUndoKeys } from './useScheduleCommands';
import { useAccepting, useOpenRule } from './useRules';
import { useValidation } from './useValidation';
import { useGridWords } from './useWords';

const CellMenu = lazy(() => import('./CellMenu'));
const ProblemsPanel = lazy(async () => ({ default: (await import('./ProblemsPanel')).ProblemsPanel }));

interface Props {
  readonly period: Period;
  readonly today: string;
}

/** A month: the grid, what one can do with it, and what it says of itself. */
export function SchedulePage({ period, today }: Props) {
  const { t } = useTranslation();
  const month = useMonth(period, today);
  const isUnpublished = useIsUnpublished(period);
  const { scheduleId } = period;
  if (isUnpublished) return <Empty text={t('publish.notYet')} />;
  if (scheduleId === null) return <Empty text={t('schedule.none')} />;
  if (month === null) return <Empty text={t('loading')} />;
  return <Loaded key={scheduleId} month={month} scheduleId={scheduleId} />;
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
  const findings = useValidation(source);
  const { violations } = findings;
  const coarse = useCoarse();
  const known = useView(({ schedules }) => schedules.has(scheduleId));
  const words = useGridWords(known);
  const dayLimits = useDayLimits(month.days);
  const groups = useCoveredGroupNames(scheduleId);
  const shown = useGridState(grid, ({ layout }) => layout.people.length);
  const problems = useProblems(violations);
  const isBlank = useView(({ schedules }) => isBlankMonth(schedules.get(scheduleId)));
  // There the list is a sheet, which nobody wants to find open.
  const phone = usePhone();
  const showsProblems = usePreference('showsProblems') && !phone;
  const openRule = useOpenRule(scheduleId);
  const { open, accept } = useAccepting(source, violations);
  useTodayFirst(grid, month, coarse);
  useWhereIAm(grid, scheduleId);
  useUnsaved(useGridState(grid, ({ editing }) => editing?.state === 'typed'));
  useScheduleCommands(grid, month, canEdit);
  useUndoKeys(grid, canEdit);
  usePrintKey();
  return (
    <div className="sp">
      <Toolbar
        grid={grid}
        month={month}
        filter={filter}
        onFilter={setFilter}
        problems={open.length}
        checked={findings.state}
        unplanned={peopleOf(findings.unplanned).size}
        ranging={ranging}
        onRanging={setRanging}
        coarse={coarse}
      />
      <div className="sp-main">
        <div className="sp-grid">
          <GridArea month={month} filter={filter} onFilter={setFilter} shown={shown} isBlank={known && isBlank}>
            <GridTable
              grid={grid}
              symbols={month.symbols}
              words={words}
              // The limits are about everybody, so they say nothing of the totals of a few.
              dayLimits={shown === month.people.length ? dayLimits : NO_LIMITS}
              coarse={coarse}
              small={phone}
              ranging={ranging}
              sums={month.isOwnAlone !== true}
              problems={problems}
              groups={groups}
              openRule={openRule}
              accept={accept}
            />
          </GridArea>
          {!known && month.people.length > 0 && <div className="sp-loading">{t('loading')}</div>}
        </div>
        {showsProblems && (
          <Suspense fallback={null}>
            <ProblemsPanel grid={grid} month={month} findings={findings} open={open} openRule={openRule} onClose={() => setPreference('showsProblems', false)} />
          </Suspense>
        )}
      </div>
      <StatusBar grid={grid} source={source} month={month} known={known} violations={violations} openRule={openRule} accept={accept} />
      <Suspense fallback={null}>{menu && <CellMenu grid={grid} month={month} onClose={() => setMenu(false)} />}</Suspense>
      <ScheduleDialogs grid={grid} source={source} month={month} findings={findings} />
    </div>
  );
}

const NO_LIMITS: readonly DayLimits[] = [];

/** Where the days do not fit side by side, the one that it is stands at the left; the table scrolls to where its cursor begins. */
function useTodayFirst(grid: Grid, month: Month, coarse: boolean): void {
  const today = month.days.findIndex(({ isToday }) => isToday);
  const [begun, setBegun] = useState<Grid | null>(null);
  if (begun === grid) return;
  setBegun(grid);
  if (coarse && today > 0) grid.select({ row: 0, col: today });
}

const isBlankMonth = (schedule: ScheduleState | undefined): boolean =>
  schedule !== undefined && [...schedule.rows.values()].every(({ values }) => values.every((value) => value === ''));

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
  const cell = useGridState(grid, ({ selection }): CellRef | null => (selection === null ? null : activeOf(selection)));
  const editing = useGridState(grid, (state) => state.editing !== null);
  useEffect(() => {
    backend.moveTo({ scheduleId, cell, state: editing ? 'editing' : 'viewing' });
  }, [backend, scheduleId, cell, editing]);
}
