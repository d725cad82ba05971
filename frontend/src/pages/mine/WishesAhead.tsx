import './wishes.css';
import '@/i18n/people';

import { useTranslation } from 'react-i18next';

import { formatPeriod } from '@/grid/days';
import type { DateKey, Period } from '@/realtime/protocol';

import { isOver, standingOf } from './ownWishes';
import { periodsAhead, useOwnWishes } from './useOwnWishes';
import { TermsInWords } from './WishTerms';

interface Props {
  readonly periods: readonly Period[];
  readonly today: DateKey;
  readonly staffId: string;
}

/** Until when one may wish for the months that lie ahead, and which of one's wishes have no answer yet. */
export default function WishesAhead({ periods, today, staffId }: Props) {
  const { t } = useTranslation('people');
  const ahead = periodsAhead(periods, today);
  const next = ahead.find(({ startDate }) => startDate > today) ?? ahead[0];
  if (ahead.length === 0) return null;
  return (
    <section className="my-card" aria-label={t('wish.title')}>
      <h3>{t('wish.title')}</h3>
      <ul className="my-ahead">
        {ahead.map((period) => (
          <PeriodAhead key={period.id} period={period} today={today} staffId={staffId} isNext={period === next} />
        ))}
      </ul>
    </section>
  );
}

/** The month that is next always; others where something can be done by a day, or waits for an answer. */
function PeriodAhead({ period, today, staffId, isNext }: Omit<Props, 'periods'> & { period: Period; isNext: boolean }) {
  const { t, i18n } = useTranslation('people');
  const found = useOwnWishes(period, staffId, today);
  if (found === undefined) return null;
  const { schedule, wishes, terms, counted } = found;
  const unanswered = [...wishes.values()].filter((wish) => ['open', 'waiting'].includes(standingOf(wish, schedule))).length;
  const isDue = terms.deadline !== null && !isOver(terms, today);
  if (!isNext && !isDue && unanswered === 0) return null;
  return (
    <li>
      <a href="#/wishes">
        <b>{formatPeriod(period.startDate, period.endDate, i18n.language)}</b>
        <TermsInWords terms={terms} count={counted} today={today} />
        {unanswered > 0 && <span className="app-dim">{t('wish.unanswered', { count: unanswered })}</span>}
      </a>
    </li>
  );
}
