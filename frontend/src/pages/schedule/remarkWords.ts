import '@/i18n/dialogs';

import { useTranslation } from 'react-i18next';

import { formatDay } from '@/grid/days';

import type { Remark } from './tables';

/** A remark in the language of the page; the server's own sentence for one that the page does not know. */
export function useRemarkWords(): (remark: Remark) => string {
  const { t, i18n } = useTranslation('dialogs');
  return ({ code, text, place, name, dateKey, value }) => {
    const key = `import.remarks.${code}`;
    if (!i18n.exists(key, { ns: 'dialogs' })) return text;
    const day = dateKey === '' ? '' : formatDay(dateKey, i18n.language, { month: 'short', day: 'numeric', weekday: 'short' });
    return t(key as 'import.remarks.totals', { place, name, day, value });
  };
}
