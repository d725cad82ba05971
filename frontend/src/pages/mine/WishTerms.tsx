import './terms.css';
import '@/i18n/people';

import { useTranslation } from 'react-i18next';

import { daysBetween } from '@/grid/days';
import type { DateKey } from '@/realtime/protocol';

import { useDayWords } from './DayDetails';
import { isOver, type Terms } from './ownWishes';

interface Props {
  readonly terms: Terms;
  readonly today: DateKey;
}

/** Until when wishes may be entered, and how many days that is. */
export function Until({ terms, today }: Props) {
  const { t } = useTranslation('people');
  const dayWords = useDayWords();
  const { deadline } = terms;
  const over = isOver(terms, today);
  const until = deadline === null ? t('wish.noDeadline') : t(over ? 'wish.wasUntil' : 'wish.until', { day: dayWords(deadline) });
  const left = deadline === null || over ? '' : deadline === today ? t('wish.lastDay') : t('wish.daysLeft', { count: daysBetween(today, deadline) });
  return <span className="my-until">{[until, left].filter(Boolean).join(' · ')}</span>;
}

/** That, and how many wishes are entered and how many are left. */
export function TermsInWords({ terms, today, count }: Props & { readonly count: number }) {
  const { t } = useTranslation('people');
  const { limit } = terms;
  return (
    <p className={isOver(terms, today) ? 'my-terms app-tight app-dim' : 'my-terms app-tight'}>
      <Until terms={terms} today={today} />
      <span>{limit === null ? t('wish.count', { count }) : t('wish.countOf', { count: limit, used: count, left: Math.max(0, limit - count) })}</span>
    </p>
  );
}
