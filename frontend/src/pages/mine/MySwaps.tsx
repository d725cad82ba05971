import './swaps.css';
import '@/i18n/swaps';

import { Button } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { useBackend, useFollow, useView } from '@/app/stores/backend';
import type { DateKey, Period, Swap } from '@/realtime/protocol';
import { scheduleKey } from '@/realtime/state/state';

import { useDayWords } from './DayDetails';
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
  return ahead.map(({ id, scheduleId }) => <PeriodSwaps key={id} scheduleId={scheduleId ?? ''} {...whose} />);
}

/** What can be taken, what one is asked, what one gave away, and what became of it. */
function PeriodSwaps({ scheduleId, today, staffId }: Omit<Props, 'periods'> & { scheduleId: string }) {
  useFollow(scheduleKey(scheduleId));
  const { t } = useTranslation('swaps');
  const backend = useBackend();
  const swaps = useView(({ schedules }) => schedules.get(scheduleId)?.swaps);
  const found = useMemo(() => mySwaps(swaps?.values() ?? [], staffId, today), [swaps, staffId, today]);
  const { offers, asked, mine, settled } = found;
  if (offers.length + asked.length + mine.length + settled.length === 0) return null;
  const answer = (swapId: string, accepts: boolean) => () => void backend.change({ type: 'SWAP_ANSWER', payload: { swapId, accepts } });
  const withdraw = (swapId: string) => () => void backend.change({ type: 'SWAP_WITHDRAW', payload: { swapId } });
  return (
    <section className="my-card" aria-label={t('title')}>
      <Part title={t('offers')} swaps={offers} actions={({ id }) => <Act text={t('take')} run={answer(id, true)} isMain />} />
      <Part
        title={t('asked')}
        swaps={asked}
        actions={({ id }) => (
          <>
            <Act text={t('decline')} run={answer(id, false)} />
            <Act text={t('agree')} run={answer(id, true)} isMain />
          </>
        )}
      />
      <Part title={t('mine')} swaps={mine} actions={(swap) => (swap.staffId === staffId ? <Act text={t('withdraw')} run={withdraw(swap.id)} /> : <Act text={t('back')} run={answer(swap.id, false)} />)} />
      {settled.length > 0 && (
        <details className="my-swaps-settled">
          <summary>{t('settled')}</summary>
          <Part title="" swaps={settled} actions={() => null} />
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

function Part({ title, swaps, actions }: { title: string; swaps: readonly Swap[]; actions: (swap: Swap) => ReactNode }) {
  if (swaps.length === 0) return null;
  return (
    <>
      {title !== '' && <h3>{title}</h3>}
      <ul className="my-days">
        {swaps.map((swap) => (
          <li key={swap.id} className="my-day my-swap">
            <Line swap={swap} />
            <span className="my-swap-acts">{actions(swap)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Line({ swap }: { swap: Swap }) {
  const { t } = useTranslation('swaps');
  const dayWords = useDayWords();
  const nameOf = useNames(swap.scheduleId);
  const { staffId, otherId, otherDateKey, isOffer, shiftValue, note, answer, state, ended } = swap;
  const whom = otherId === null ? t('toAll') : t('with', { name: nameOf(otherId) });
  const what = otherDateKey === null ? (isOffer ? '' : t('forNothing')) : t('forDay', { day: dayWords(otherDateKey) });
  return (
    <span className="my-swap-line">
      <b>{t('gives', { name: nameOf(staffId), day: dayWords(swap.dateKey), shift: shiftValue })}</b>
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

/** The names of those on a published month, of those whose shifts one does not see as well. */
function useNames(scheduleId: string): (staffId: string) => string {
  const publication = useView(({ schedules }) => schedules.get(scheduleId)?.publication);
  const known = [...(publication?.people ?? []), ...(publication?.colleagues ?? [])];
  return (staffId) => known.find(({ id }) => id === staffId)?.name ?? '';
}
