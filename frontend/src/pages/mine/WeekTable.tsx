import type { ReactNode } from 'react';

import type { DateKey } from '@/realtime/protocol';

import { useWeek, weeksOf } from './weeks';

interface Props<Day> {
  readonly days: readonly Day[];
  readonly keyOf: (day: Day) => DateKey;
  /** What stands in the place of a day. */
  readonly children: (day: Day) => ReactNode;
}

/** Days in a row as a calendar, a line for each week. */
export function WeekTable<Day>({ days, keyOf, children }: Props<Day>) {
  const names = useWeek();
  return (
    <table className="my-month">
      <thead>
        <tr>
          {names.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(days, keyOf).map((week, line) => (
          <tr key={line}>
            {week.map((day, at) => (
              <td key={names[at]}>{day !== null && children(day)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
