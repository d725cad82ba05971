import { useTranslation } from 'react-i18next';

import type { ShiftTimes } from '@/realtime/protocol';

type Hours = Pick<ShiftTimes, 'startTime' | 'endTime'>;

/** "14:00～23:00"; what is not known of it is a dash. */
export function useTimesWords(): (times: Hours) => string {
  const { t } = useTranslation('dialogs');
  return ({ startTime, endTime }) =>
    (startTime ?? endTime) === null ? t('shiftTimes.none') : t('shiftTimes.span', { start: startTime ?? '—', end: endTime ?? '—' });
}
