import './day.css';
import '@/i18n/day';

import { useTranslation } from 'react-i18next';

import { go } from '@/app/stores/route';
import { Icon, type IconName } from '@/app/ui/Icon';
import { addDays } from '@/grid/days';
import type { DateKey } from '@/grid/model';
import type { Period } from '@/realtime/protocol';

import { DaysOfPeriod } from './DaysOfPeriod';
import { chooseDay, useChosenDay } from './shownDay';

interface Props {
  readonly periods: readonly Period[];
  readonly period: Period;
  readonly today: DateKey;
}

const lies = (date: DateKey, { startDate, endDate }: Period) => date >= startDate && date <= endDate;

/** A day and the one after it: who works, and a tap to change it. What a phone shows of a month first. */
export default function DayPage({ periods, period, today }: Props) {
  const { t } = useTranslation('day');
  const chosen = useChosenDay();
  const date = [chosen, today].find((each) => each !== null && lies(each, period)) ?? period.startDate;
  const next = addDays(date, 1);
  const after = periods.find((each) => lies(next, each));
  const show = (day: DateKey) => {
    const found = periods.find((each) => lies(day, each));
    if (found === undefined) return;
    chooseDay(day);
    if (found.id !== period.id) go({ period: found.index });
  };
  const bounds = { min: periods[0]?.startDate ?? '', max: periods.at(-1)?.endDate ?? '' };
  return (
    <div className="dv">
      <div className="dv-bar" role="toolbar" aria-label={t('title')}>
        <Step icon="chevronLeft" label={t('before')} disabled={date <= bounds.min} onClick={() => show(addDays(date, -1))} />
        <input className="dv-date" type="date" aria-label={t('date')} value={date} {...bounds} onChange={(event) => show(event.currentTarget.value)} />
        <Step icon="chevronRight" label={t('after')} disabled={date >= bounds.max} onClick={() => show(next)} />
        <button type="button" className="dv-button" disabled={date === today || !periods.some((each) => lies(today, each))} onClick={() => show(today)}>
          {t('today')}
        </button>
      </div>
      {after?.id === period.id ? (
        <DaysOfPeriod key={period.id} period={period} dates={[date, next]} today={today} isFirst />
      ) : (
        <>
          <DaysOfPeriod key={period.id} period={period} dates={[date]} today={today} isFirst />
          {after !== undefined && <DaysOfPeriod key={after.id} period={after} dates={[next]} today={today} />}
        </>
      )}
    </div>
  );
}

function Step({ icon, label, disabled, onClick }: { icon: IconName; label: string; disabled: boolean; onClick: () => void }) {
  return (
    <button type="button" className="dv-button dv-step" aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
