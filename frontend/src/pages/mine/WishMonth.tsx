import { useTranslation } from 'react-i18next';

import { dayOf } from '@/grid/days';
import type { Day } from '@/grid/model';
import { wishSign } from '@/grid/words';
import type { DateKey } from '@/realtime/protocol';
import type { ScheduleState } from '@/realtime/state/state';

import { useDayWords } from './DayDetails';
import { type OwnWish, standingOf } from './ownWishes';
import { WeekTable } from './WeekTable';

interface Props {
  readonly schedule: ScheduleState;
  readonly days: readonly Day[];
  readonly wishes: ReadonlyMap<DateKey, OwnWish>;
  readonly today: DateKey;
  readonly said: (wish: OwnWish) => string;
  readonly onPick: (day: DateKey) => void;
}

/** The days by weeks, each with the sign of its wish, else of a closed day; one that is tapped is asked about. */
export function WishMonth({ schedule, days, wishes, today, said, onPick }: Props) {
  const { t } = useTranslation('people');
  const dayWords = useDayWords();
  return (
    <WeekTable days={days} keyOf={({ dateKey }) => dateKey}>
      {({ dateKey: day, closed, holiday }) => {
        const wish = wishes.get(day);
        const stands = wish === undefined ? null : standingOf(wish, schedule);
        const words = wish === undefined || stands === null ? t('wish.nothing') : `${said(wish)}, ${t(`wish.states.${stands}`)}`;
        const about = [dayWords(day), holiday ?? '', closed ? t('mine.closed') : ''].filter(Boolean).join(', ');
        return (
          <button type="button" className={day === today ? 'my-cell my-today' : 'my-cell'} disabled={day < today && wish === undefined} aria-label={`${about}: ${words}`} onClick={() => onPick(day)}>
            <small>{dayOf(day)}</small>
            <span className={stands === null ? 'my-sign my-free' : `my-sign my-wished my-stands-${stands}`} aria-hidden="true">
              {wish === undefined ? (closed ? t('wish.closedSign') : '') : wishSign({ kind: wish.kind, value: wish.shiftValue })}
            </span>
          </button>
        );
      }}
    </WeekTable>
  );
}
