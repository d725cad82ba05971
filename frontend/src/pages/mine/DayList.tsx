import { DayDetails, Sign, useDayWords, useShiftWords } from './DayDetails';
import type { MyDay } from './shifts';

/** A line for each day; it opens to who else works then. */
export function DayList({ days }: { days: readonly MyDay[] }) {
  const words = useShiftWords();
  const dayWords = useDayWords();
  return (
    <ul className="my-days">
      {days.map((each) => (
        <li key={each.day.dateKey} className={classOf(each)}>
          <details>
            <summary aria-current={each.day.isToday ? 'date' : undefined}>
              <span className="my-date">{dayWords(each.day.dateKey)}</span>
              <Sign value={each.value} duty={each.duty} />
              <span className="my-what">{words(each)}</span>
            </summary>
            <DayDetails day={each} />
          </details>
        </li>
      ))}
    </ul>
  );
}

const classOf = ({ day, isWork }: MyDay) => ['my-day', isWork ? 'my-work' : '', day.isPast ? 'my-past' : '', day.isToday ? 'my-today' : '', day.weekday === 0 || day.holiday !== null ? 'my-sunday' : ''].filter(Boolean).join(' ');
