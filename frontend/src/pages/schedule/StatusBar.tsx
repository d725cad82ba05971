import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCanEdit } from '@/app/stores/backend';
import { Icon } from '@/app/ui/Icon';
import { setPreference, usePreference } from '@/app/stores/preferences';
import { openDialog } from '@/app/stores/route';
import type { Grid } from '@/grid/controller';
import { useGridState } from '@/grid/GridContext';
import { formatDay } from '@/grid/days';
import { type CellRef, Mark, type Violation } from '@/grid/model';
import { positions, size } from '@/grid/range';
import { activeOf, resolve } from '@/grid/selection';
import { addUp, dutyOn, symbolsOf } from '@/grid/totals';

import type { ScheduleSource } from './scheduleSource';
import { type Month, useGroupNames } from './useSchedule';
import { blankMeaning } from './useWords';

interface Props {
  readonly grid: Grid;
  readonly source: ScheduleSource;
  readonly month: Month;
  /** Whether the cells are here: of a blank that is none of its own nothing is said. */
  readonly known: boolean;
  readonly violations: readonly Violation[];
  readonly openRule: (violation: Violation) => void;
  readonly accept: ((cell: CellRef, violation: Violation) => void) | null;
}

/** What the selected cell is, what it breaks, and what a selection comes to. */
export function StatusBar(props: Props) {
  const { grid, source, month, known } = props;
  const selection = useGridState(grid, (state) => state.selection);
  const layout = useGridState(grid, (state) => state.layout);
  const canEdit = useCanEdit();
  const resolved = resolve(selection, layout);
  const active = selection === null || !known ? null : activeOf(selection);
  useRowVersion(source, active);
  return (
    <div className="sp-status">
      {active !== null && <CellFacts {...props} cell={active} />}
      <span className="app-fill" />
      {known && resolved !== null && size(resolved.range) > 1 && <SelectionFacts grid={grid} month={month} />}
      {canEdit && <AdvanceChoice />}
    </div>
  );
}

/** Renders again when the row of the cell changes. */
function useRowVersion(source: ScheduleSource, cell: CellRef | null): void {
  const [, again] = useState(0);
  const staffId = cell?.staffId;
  useEffect(() => (staffId === undefined ? undefined : source.subscribeRow(staffId, () => again((count) => count + 1))), [source, staffId]);
}

function CellFacts({ source, month, cell, openRule, accept }: Props & { cell: CellRef }) {
  const { t, i18n } = useTranslation();
  const groups = useGroupNames();
  const canEdit = useCanEdit();
  const person = month.people.find(({ id }) => id === cell.staffId);
  const col = month.days.findIndex(({ dateKey }) => dateKey === cell.dateKey);
  if (person === undefined || col < 0) return null;
  const row = source.getRow(person.id);
  const value = row.values[col] ?? '';
  const marks = row.marks[col] ?? Mark.none;
  const symbol = month.symbols.find((each) => each.symbol === value);
  const meaning = symbol?.label ?? (value !== '' ? value : t(`grid.${blankMeaning(dutyOn(col, '', person, symbolsOf(month.symbols)), month.days[col]?.closed === true)}`));
  const reasons = source.violationsAt(cell);
  const isAccepted = (marks & Mark.overridden) !== 0;
  const covers = (marks & Mark.covering) === 0 ? undefined : groups.get(source.coveredAt(cell) ?? '');
  return (
    <>
      <b>{person.name}</b>
      <span>{formatDay(cell.dateKey, i18n.language, { month: 'short', day: 'numeric', weekday: 'short' })}</span>
      <span className={`sp-symbol sp-small ss-${symbol?.kind ?? 'normal'}`}>{value === '' ? '·' : value}</span>
      <span>{meaning}</span>
      {covers !== undefined && <span>{t('grid.covers', { group: covers })}</span>}
      {(marks & Mark.locked) !== 0 && (
        <span className="app-dim">
          <Icon name="lock" size={13} /> {t('grid.locked')}
        </span>
      )}
      {(marks & Mark.waiting) !== 0 && <span className="app-dim">{t('grid.waiting')}</span>}
      {reasons.slice(0, 2).map((violation, index) => (
        <span key={index} className={isAccepted ? 'sp-reason app-dim' : violation.isHard ? 'sp-reason sp-hard' : 'sp-reason sp-soft'}>
          <Icon name={isAccepted ? 'check' : 'alert'} size={14} /> {isAccepted && <b>{t('grid.accepted')}</b>} {violation.message}
        </span>
      ))}
      {reasons[0] !== undefined && <Ways violation={reasons[0]} cell={cell} openRule={openRule} accept={isAccepted ? null : accept} />}
      {canEdit && (
        <button type="button" className="app-link" onClick={() => openDialog('history', cell.staffId, cell.dateKey)}>
          {t('history.short')}
        </button>
      )}
    </>
  );
}

/** What one can do about a violation. */
function Ways({ violation, cell, openRule, accept }: { violation: Violation; cell: CellRef } & Pick<Props, 'openRule' | 'accept'>) {
  const { t } = useTranslation();
  return (
    <>
      {violation.table !== null && (
        <button type="button" className="app-link" onClick={() => openRule(violation)}>
          {t(violation.text === undefined ? 'grid.openRule' : 'text.settle')}
        </button>
      )}
      {accept !== null && (
        <button type="button" className="app-link" onClick={() => accept(cell, violation)}>
          {t('grid.accept')}
        </button>
      )}
    </>
  );
}

function SelectionFacts({ grid, month }: { grid: Grid; month: Month }) {
  const { t } = useTranslation();
  const resolved = grid.resolved();
  if (resolved === null) return null;
  const { layout } = grid.state.getState();
  const symbols = symbolsOf(month.symbols);
  const duties = [...positions(resolved.range)].flatMap((at) => {
    const person = layout.people[at.row];
    return person === undefined ? [] : [dutyOn(at.col, grid.value(at), person, symbols)];
  });
  const totals = addUp(duties);
  return (
    <span className="app-dim">
      {t('status.selection', { count: duties.length, working: totals.working, off: totals.off, early: totals.early, late: totals.late })}
    </span>
  );
}

const NEXT = { right: 'down', down: 'none', none: 'right' } as const;

/** Where the cursor goes after a symbol. */
function AdvanceChoice() {
  const { t } = useTranslation();
  const advance = usePreference('advance');
  return (
    <button type="button" className="app-link sp-advance" onClick={() => setPreference('advance', NEXT[advance])}>
      {t(`advance.${advance}`)}
    </button>
  );
}
