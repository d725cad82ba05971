import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackendStore, useView } from '@/app/stores/backend';
import { formatDay } from '@/grid/days';

import type { MyDay, Shift } from './shifts';

/** A shift in words: what it is called, from when to when, and whom it covers. */
export function useShiftWords(): (shift: Shift) => string {
  const { t } = useTranslation('people');
  return ({ duty, label, hours, covers }) => {
    const name = label !== '' ? label : duty === 'closed' ? t('mine.closed') : duty === 'absent' ? t('mine.absent') : t('mine.free');
    return [name, hours === null ? '' : `${hours.start}–${hours.end}`, covers === '' ? '' : t('mine.covers', { group: covers })].filter(Boolean).join(' · ');
  };
}

export function useDayWords(): (day: string) => string {
  const { i18n } = useTranslation();
  return (day) => formatDay(day, i18n.language, { month: 'short', day: 'numeric', weekday: 'short' });
}

/** The sign of a shift in its colour. */
export function Sign({ value, duty }: Pick<Shift, 'value' | 'duty'>) {
  return (
    <span className={`my-sign my-${duty}`} aria-hidden="true">
      {value}
    </span>
  );
}

/** What can be done about a working day that is not over; null: nothing. */
export const DayAction = createContext<{ readonly label: string; readonly run: (day: MyDay) => void } | null>(null);

/** Whether the owner lets the one who looks see the shifts of others. */
function useSeesColleagues(): boolean {
  const isStaff = useBackendStore('session', ({ role }) => role === 'staff');
  return useView(({ calendar }) => calendar?.restaurant?.staffSeeColleagues !== false) || !isStaff;
}

/** Who else works on a day, and what is special about it. */
export function DayDetails({ day: mine }: { day: MyDay }) {
  const { day, others, isWork } = mine;
  const seesOthers = useSeesColleagues();
  const { t } = useTranslation('people');
  const action = useContext(DayAction);
  const words = useShiftWords();
  return (
    <div className="my-details">
      {(day.holiday !== null || day.note !== '') && <p className="app-tight">{[day.holiday, day.note].filter(Boolean).join(' · ')}</p>}
      {seesOthers && <p className="app-tight app-dim">{others.length === 0 ? t('mine.alone') : t('mine.others')}</p>}
      <ul className="app-plain">
        {others.map(({ id, name, shift }) => (
          <li key={id}>
            {name} <span className="app-dim">{words(shift)}</span>
          </li>
        ))}
      </ul>
      {action !== null && isWork && !day.isPast && (
        <button type="button" className="my-act" onClick={() => action.run(mine)}>
          {action.label}
        </button>
      )}
    </div>
  );
}
