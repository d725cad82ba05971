import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { openDialog } from '@/app/stores/route';
import { Dialog } from '@/app/ui/Dialog';
import { Icon } from '@/app/ui/Icon';
import type { Grid } from '@/grid/controller';
import { formatDay } from '@/grid/days';
import { type CellRef, type Day, Mark, type Person } from '@/grid/model';
import { dutyOn, symbolsOf } from '@/grid/totals';

import type { ScheduleSource } from '../schedule/scheduleSource';
import type { Month } from '../schedule/useSchedule';
import { blankMeaning } from '../schedule/useWords';

interface Props {
  readonly grid: Grid;
  readonly source: ScheduleSource;
  readonly month: Month;
  readonly person: Person;
  readonly day: Day;
  readonly onClose: () => void;
}

/** What somebody does on a day, and the symbols to change it: the grid's palette, as large as a thumb. */
export default function CellSheet({ grid, source, month, person, day, onClose }: Props) {
  const { t, i18n } = useTranslation('day');
  const { t: app } = useTranslation();
  useRow(source, person.id);
  const cell: CellRef = { staffId: person.id, dateKey: day.dateKey };
  const col = month.days.findIndex(({ dateKey }) => dateKey === day.dateKey);
  const { values, marks } = source.getRow(person.id);
  const value = values[col] ?? '';
  const isLocked = ((marks[col] ?? Mark.none) & Mark.locked) !== 0;
  const date = formatDay(day.dateKey, i18n.language, { month: i18n.language === 'ja' ? 'numeric' : 'short', day: 'numeric', weekday: 'short' });
  const set = (next: string) => {
    grid.selectRef(cell);
    // Not the toolbar's way for the blank: that one empties a selection.
    if (next === '') grid.clear();
    else grid.setValue(next);
    onClose();
  };
  const lock = () => {
    grid.selectRef(cell);
    grid.toggleLock();
  };
  const leaveTo = (...dialog: string[]) => {
    onClose();
    openDialog(...dialog);
  };
  const blank = app(`grid.${blankMeaning(dutyOn(col, '', person, symbolsOf(month.symbols)), day.closed)}`);
  return (
    <Dialog title={t('change', { name: person.name, day: date })} onClose={onClose} size="sm">
      {source.violationsAt(cell).map((violation, index) => (
        <p key={index} className={`app-tight ${violation.isHard ? 'sp-hard' : 'sp-soft'}`}>
          <Icon name="alert" size={14} /> {violation.message}
        </p>
      ))}
      {isLocked && <p className="app-tight app-warning">{t('locked')}</p>}
      <div className="dv-palette" role="group" aria-label={app('edit.symbols')}>
        {month.symbols.map(({ symbol, label, kind }) => (
          <button key={symbol} type="button" aria-pressed={symbol === value} disabled={isLocked} onClick={() => set(symbol)}>
            <span className={`sp-symbol ss-${kind}`} aria-hidden="true">
              {symbol}
            </span>
            {label}
          </button>
        ))}
        <button type="button" aria-pressed={value === ''} disabled={isLocked} onClick={() => set('')}>
          <span className="sp-symbol" aria-hidden="true">
            <Icon name="eraser" size={16} />
          </span>
          {t('blank', { meaning: blank })}
        </button>
      </div>
      <div className="dv-more">
        <button type="button" className="dv-button" onClick={lock}>
          <Icon name="lock" size={16} /> {t(isLocked ? 'unlock' : 'lock')}
        </button>
        <button type="button" className="dv-button" onClick={() => leaveTo('history', cell.staffId, cell.dateKey)}>
          <Icon name="history" size={16} /> {app('history.short')}
        </button>
        <button type="button" className="dv-button" onClick={() => leaveTo('wish', cell.staffId, cell.dateKey)}>
          <Icon name="people" size={16} /> {t('wish')}
        </button>
      </div>
    </Dialog>
  );
}

/** Renders again when the row changes. */
function useRow(source: ScheduleSource, staffId: string): void {
  const [, again] = useState(0);
  useEffect(() => source.subscribeRow(staffId, () => again((count) => count + 1)), [source, staffId]);
}
