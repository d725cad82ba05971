import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

import { formatDay } from '@/grid/days';
import type { Availability } from '@/realtime/protocol';

/** From Monday on, as people say a week; 0 is Sunday. */
export const WEEK = [1, 2, 3, 4, 5, 6, 0] as const;

/** A Sunday, for the names of the days after it. */
const SUNDAY = '2023-01-0';

/** Entries in words. */
export function useAvailabilityWords() {
  const { t, i18n } = useTranslation('availability');
  const name = useCallback((weekday: number, form: 'short' | 'long' = 'short') => formatDay(`${SUNDAY}${weekday + 1}`, i18n.language, { weekday: form }), [i18n.language]);
  const days = useCallback(
    (weekdays: readonly number[]) =>
      WEEK.filter((each) => weekdays.includes(each))
        .map((each) => name(each))
        .join(i18n.language === 'ja' ? '・' : ', '),
    [name, i18n.language],
  );
  const said = useCallback(
    ({ availableFrom, availableUntil }: Pick<Availability, 'availableFrom' | 'availableUntil'>) => {
      const kind = availableFrom === null ? (availableUntil === null ? 'none' : 'until') : availableUntil === null ? 'from' : 'between';
      return t(`said.${kind}`, { from: availableFrom ?? '', until: availableUntil ?? '' });
    },
    [t],
  );
  return { name, days, said };
}
