import './swaps.css';
import '@/i18n/swaps';

import { Button } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend, useFollow, useView } from '@/app/stores/backend';
import type { DateKey, Period, Swap } from '@/realtime/protocol';
import { scheduleKey } from '@/realtime/state/state';

import { type Month, useMonth } from '../schedule/useSchedule';
import { useDayWords, useShiftWords } from './DayDetails';
import { daysOfPerson, shiftGiven } from './shifts';
import { mySwaps } from './swaps';

/** Nobody swaps shifts of a month that is farther away. */
const MOST_PERIODS = 4;

interface Props {
  readonly periods: readonly Period[];
  readonly today: DateKey;
  readonly staffId: string;
}

/** The swaps of the one who looks, in the months that are not over. */
export default function MySwaps({ periods, ...whose }: Props) {
  const ahead = periods.filter(({ scheduleId, endDate }) => scheduleId !== null && endDate >= whose.today).slice(0, MOST_PERIODS);
  return ahead.map((period) => <PeriodSwaps key={period.id} period={period} {...whose} />);
}

/** What can be taken, what one is asked, what one gave away, and what became of it. */
function PeriodSwaps({ period, today, staffId }: Omit<Props, 'periods'> & { period: Period }) {
  const scheduleId = period.scheduleId ?? '';
  useFollow(scheduleKey(scheduleId));
  const { t } = useTranslation('swaps');
  const backend = useBackend();
  const swaps = useView(({ schedules }) => schedules.get(scheduleId)?.swaps);
  const month = useMonth(period, today);
  const found = useMemo(() => mySwaps(swaps?.values() ?? [], staffId, today), [swaps, staffId, today]);
  const { offers, asked, mine, settled } = found;
  if (offers.length + asked.length + mine.length + settled.length === 0) return null;
  const answer = (swapId: string, accepts: boolean) => () => void backend.change({ type: 'SWAP_ANSWER', payload: { swapId, accepts } });
  const shown = { month, me: staffId };
  const withdraw = (swapId: string) => () => void backend.change({ type: 'SWAP_WITHDRAW', payload: { swapId } });
  return (
    <section className="my-card" aria-label={t('title')}>
      <Part {...shown} title={t('offers')} swaps={offers} actions={({ id }) => <Act text={t('take')} run={answer(id, true)} isMain />} />
      <Part
        {...shown}
        title={t('asked')}
        swaps={asked}
        actions={({ id }) => (
          <>
            <Act text={t('decline')} run={answer(id, false)} />
            <Act text={t('agree')} run={answer(id, true)} isMain />
          </>
        )}
      />
      <Part {...shown} title={t('mine')} swaps={mine} actions={(swap) => (swap.staffId === staffId ? <Act text={t('withdraw')} run={withdraw(swap.id)} /> : <Act text={t('back')} run={answer(swap.id, false)} />)} />
      {settled.length > 0 && (
        <details className="my-swaps-settled">
          <summary>{t('settled')}</summary>
          <Part {...shown} title="" swaps={settled} actions={() => null} />
        </details>
      )}
    </section>
  );
}

function Act({ text, run, isMain = false }: { text: string; run: () => void; isMain?: boolean }) {
  return (
    <Button size="md" variant={isMain ? 'filled' : 'default'} onClick={run}>
      {text}
    </Button>
  );
}

interface Shown {
  readonly month: Month | null;
  /** The one who looks. */
  readonly me: string;
}

interface PartProps extends Shown {
  readonly title: string;
  readonly swaps: readonly Swap[];
  readonly actions: (swap: Swap) => ReactNode;
}

function Part({ title, swaps, actions, ...shown }: PartProps) {
  if (swaps.length === 0) return null;
  return (
    <>
      {title !== '' && <h3>{title}</h3>}
      <ul className="my-days">
        {swaps.map((swap) => (
          <li key={swap.id} className="my-day my-swap">
            <Line swap={swap} {...shown} />
            <span className="my-swap-acts">{actions(swap)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Line({ swap, month, me }: Shown & { swap: Swap }) {
  const { t } = useTranslation('swaps');
  const dayWords = useDayWords();
  const nameOf = useNames(swap.scheduleId);
  const shiftWords = useShiftWords();
  const returned = useReturned(swap, month);
  const { staffId, otherId, otherDateKey, isOffer, shiftValue, note, answer, state, ended } = swap;
  const whom = otherId === me ? '' : otherId === null ? t('toAll') : t('with', { name: nameOf(otherId) });
  const what = otherDateKey === null ? (isOffer ? '' : t('forNothing')) : t('forDay', { day: [dayWords(otherDateKey), returned].filter(Boolean).join(' ') });
  const shift = month === null ? shiftValue : shiftWords(shiftGiven(month, swap.dateKey, shiftValue));
  return (
    <span className="my-swap-line">
      <b>{t('gives', { name: nameOf(staffId), day: dayWords(swap.dateKey), shift })}</b>
      <small>{[whom, what].filter(Boolean).join(' · ')}</small>
      <small className="my-stands">{ended === null ? t(`states.${state}`) : `${t('states.ended')} — ${t(`ended.${ended}`)}`}</small>
      {(note !== '' || answer !== '') && (
        <small className="my-said">
          {note} {answer !== '' && <q className="my-answer">{answer}</q>}
        </small>
      )}
    </span>
  );
}

/** What the colleague works on the day in return, as long as it is not exchanged and the one who looks may see it. */
function useReturned({ scheduleId, otherId, otherDateKey, state }: Swap, month: Month | null): string {
  const shiftWords = useShiftWords();
  const schedule = useView(({ schedules }) => schedules.get(scheduleId));
  if (month === null || schedule === undefined || otherId === null || (state !== 'open' && state !== 'accepted')) return '';
  const theirs = daysOfPerson(month, schedule, otherId)?.find(({ day }) => day.dateKey === otherDateKey);
  return theirs === undefined ? '' : shiftWords(theirs);
}

/** The names of those on a published month, of those whose shifts one does not see as well. */
function useNames(scheduleId: string): (staffId: string) => string {
  const publication = useView(({ schedules }) => schedules.get(scheduleId)?.publication);
  const known = [...(publication?.people ?? []), ...(publication?.colleagues ?? [])];
  return (staffId) => known.find(({ id }) => id === staffId)?.name ?? '';
}
