import { useState } from 'react';

import { dayOf } from '@/grid/days';

import { DayDetails, Sign, useDayWords, useShiftWords } from './DayDetails';
import type { MyDay } from './shifts';
import { WeekTable } from './WeekTable';

/** The days by weeks; one that is tapped is told below. */
export function MonthTable({ days }: { days: readonly MyDay[] }) {
  const words = useShiftWords();
  const dayWords = useDayWords();
  const [chosen, setChosen] = useState(() => days.find(({ day }) => day.isToday)?.day.dateKey ?? null);
  const shown = days.find(({ day }) => day.dateKey === chosen);
  return (
    <>
      <WeekTable days={days} keyOf={({ day }) => day.dateKey}>
        {(each) => (
          <button
            type="button"
            className={each.day.isToday ? 'my-cell my-today' : 'my-cell'}
            aria-pressed={each.day.dateKey === chosen}
            aria-label={`${dayWords(each.day.dateKey)}: ${words(each)}`}
            onClick={() => setChosen(each.day.dateKey)}
          >
            <small>{dayOf(each.day.dateKey)}</small>
            <Sign value={each.value} duty={each.duty} />
          </button>
        )}
      </WeekTable>
      {shown !== undefined && (
        <div className="my-shown" role="status">
          <b>{dayWords(shown.day.dateKey)}</b> {words(shown)}
          <DayDetails day={shown} />
        </div>
      )}
    </>
  );
}
