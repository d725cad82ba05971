import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/Combobox.css';
import './print.css';
import '@/i18n/dialogs';

import { Button, Group, NativeSelect } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Unknown } from '@/app/shell/Unknown';
import { useCanEdit, useFollow, useView } from '@/app/stores/backend';
import { Icon } from '@/app/ui/Icon';
import { go } from '@/app/stores/route';
import { dayOf, formatDay, formatPeriod, monthOf, yearOf } from '@/grid/days';
import { kindOf } from '@/grid/GridHead';
import { type Duty, dayTotals, dutyOn, personTotals, symbolsOf } from '@/grid/totals';
import type { ShiftSymbol } from '@/grid/model';
import type { Period } from '@/realtime/protocol';
import { timesIn } from '@/realtime/protocol/dates';
import { type Called, scheduleKey } from '@/realtime/state/state';

import { useTimesWords } from '../settings/useTimesWords';
import { Empty } from '../schedule/Empty';
import { useUnpublished } from '../schedule/usePublished';
import { type Month, useCoveredGroupNames, useIsUnpublished, useMonth } from '../schedule/useSchedule';
import { takePrinting } from './printSoon';

interface Props {
  readonly period: Period;
  readonly today: string;
  readonly restaurant: string;
}

type Paper = 'a4' | 'a3';

/** In millimetres: the height for rows on a page below its heading, and the greatest height of a row. */
const ROOM: Readonly<Record<Paper, { rows: number; least: number; most: number }>> = {
  a4: { rows: 150, least: 4.8, most: 8 },
  a3: { rows: 225, least: 6.4, most: 11 },
};
const TOTALS = 4;

/** So high that a page is full, if all rows fit on one. */
function rowHeight(people: number, paper: Paper): number {
  const { rows, least, most } = ROOM[paper];
  return Math.max(least, Math.min(most, rows / (people + TOTALS)));
}

/** Every row on paper: the grid itself mounts only what is in view. */
export default function PrintPage({ period, today, restaurant }: Props) {
  const { t, i18n } = useTranslation();
  const month = useMonth(period, today);
  const isUnpublished = useIsUnpublished(period);
  const isDraft = useView(({ schedules }) => (schedules.get(period.scheduleId ?? '')?.state ?? period.state) === 'draft');
  const [paper, setPaper] = useState<Paper>('a4');
  useFollow(period.scheduleId === null ? null : scheduleKey(period.scheduleId));
  const canEdit = useCanEdit();
  const { count: waiting, isKnown } = useUnpublished(canEdit ? (period.scheduleId ?? '') : '', month);
  const state = isDraft ? t('publish.draft') : waiting > 0 ? t('print.changed', { count: waiting }) : '';
  const isThere = useView(({ schedules }) => month !== null && schedules.has(period.scheduleId ?? ''));
  const isReady = isThere && isKnown;
  useEffect(() => {
    if (isReady && takePrinting()) requestAnimationFrame(() => window.print());
  }, [isReady]);
  return (
    <main className={`pr pr-${paper}`} id="main">
      <Group className="pr-tools" gap="sm">
        <Button variant="default" onClick={() => go({ page: 'schedule', dialog: [] })} leftSection={<Icon name="chevronLeft" size={16} />}>
          {t('print.back')}
        </Button>
        <NativeSelect
          aria-label={t('print.paper')}
          value={paper}
          data={[
            { value: 'a4', label: 'A4' },
            { value: 'a3', label: 'A3' },
          ]}
          onChange={(event) => setPaper(event.currentTarget.value === 'a3' ? 'a3' : 'a4')}
        />
        <Button leftSection={<Icon name="print" size={16} />} disabled={!isThere} onClick={() => window.print()}>
          {t('print.now')}
        </Button>
      </Group>
      <header className="pr-head">
        <h1>{restaurant}</h1>
        <span>{formatPeriod(period.startDate, period.endDate, i18n.language)}</span>
        {state !== '' && <span className="pr-state">{state}</span>}
        <small>
          {t('print.printed')} {formatDay(today, i18n.language, { dateStyle: 'medium' })}
        </small>
      </header>
      {isUnpublished && <Empty text={t('publish.notYet')} />}
      {!isThere && !isUnpublished && period.scheduleId !== null && <Unknown />}
      {month !== null && isThere && <Sheet month={month} state={state} rowHeight={rowHeight(month.people.length, paper)} />}
    </main>
  );
}

function Sheet({ month, state, rowHeight }: { month: Month; state: string; rowHeight: number }) {
  const { t, i18n } = useTranslation();
  const scheduleId = month.period.scheduleId ?? '';
  const rows = useView(({ schedules }) => schedules.get(scheduleId)?.rows);
  const called = useView(({ schedules }) => schedules.get(scheduleId)?.called);
  const groups = useCoveredGroupNames(scheduleId);
  const symbols = symbolsOf(month.symbols);
  const legend = useLegend();
  const blank = month.days.map(() => '');
  const all = month.people.map((person) => ({ person, values: rows?.get(person.id)?.values ?? blank }));
  const totals = dayTotals(all, month.days.length, symbols);
  return (
    <>
      <table className="pr-table" style={{ '--pr-row': `${rowHeight}mm` } as React.CSSProperties}>
        <thead>
          <tr>
            <td className="pr-corner">
              {yearOf(month.period.startDate)} <small>{state}</small>
            </td>
            {month.days.map((day, col) => (
              <th key={day.dateKey} scope="col" className={`pr-${kindOf(day)}`}>
                {col === 0 || dayOf(day.dateKey) === 1 ? `${monthOf(day.dateKey)}/${dayOf(day.dateKey)}` : dayOf(day.dateKey)}
                <br />
                {formatDay(day.dateKey, i18n.language, { weekday: i18n.language === 'ja' ? 'short' : 'narrow' })}
                {day.holiday !== null && t('grid.holiday')}
              </th>
            ))}
            <th scope="col">{t('grid.sumOff')}</th>
            <th scope="col">{t('grid.sumWork')}</th>
          </tr>
        </thead>
        <tbody>
          {all.map(({ person, values }) => {
            const sums = personTotals(values, person, symbols);
            return (
              <tr key={person.id}>
                <th scope="row">{person.name}</th>
                {month.days.map((day, col) => (
                  <td key={day.dateKey} className={`pr-${kindOf(day)} pr-duty-${dutyOn(col, values[col] ?? '', person, symbols)}`}>
                    {values[col]}
                    <Covered called={called?.get(person.id)?.get(col)} value={values[col] ?? ''} groups={groups} />
                  </td>
                ))}
                <td>{sums.offEquivalent}</td>
                <td>{sums.working}</td>
              </tr>
            );
          })}
        </tbody>
        {month.isOwnAlone !== true && (
          <tfoot>
            {(['working', 'early', 'late', 'off'] as const).map((name) => (
              <tr key={name}>
                <th scope="row">{t(`grid.${name}`)}</th>
                {totals.map((total, col) => (
                  <td key={col}>{total[name]}</td>
                ))}
                <td colSpan={2} />
              </tr>
            ))}
          </tfoot>
        )}
      </table>
      <p className="pr-legend">
        {month.symbols.map((symbol) => legend(symbol, month.period)).join('　')}
        {'　'}
        <BlankLegend duties={all.flatMap(({ person, values }) => values.map((value, col) => (value === '' ? dutyOn(col, '', person, symbols) : null)))} />
      </p>
    </>
  );
}

/** "◇ 遅番 14:00～23:00（8/5から15:00～23:00）": what a symbol means in the period. */
function useLegend(): (symbol: ShiftSymbol, period: Period) => string {
  const { t, i18n } = useTranslation('dialogs');
  const words = useTimesWords();
  return ({ symbol, label, times }, period) => {
    const [first, ...later] = times === undefined ? [] : timesIn(times, period);
    const hours = first?.startTime == null || first.endTime === null ? '' : ` ${words(first)}`;
    const changes = later.map((each) =>
      t('shiftTimes.legend', { day: formatDay(each.validFrom ?? '', i18n.language, { month: 'numeric', day: 'numeric' }), times: words(each) }),
    );
    return `${symbol} ${label}${hours}${changes.length === 0 ? '' : t('shiftTimes.legendLater', { changes: changes.join(t('shiftTypes.usedBetween')) })}`;
  };
}

/** Below the symbol: for whom it stands in. */
function Covered({ called, value, groups }: { called: Called | undefined; value: string; groups: ReadonlyMap<string, string> }) {
  if (called === undefined || called.value !== value) return null;
  return <small className="pr-cover">{groups.get(called.groupId) ?? ''}</small>;
}

const BLANKS = ['normal', 'free', 'closed', 'absent'] as const;

/** What the blanks on this page mean: each of the meanings that occur. */
function BlankLegend({ duties }: { duties: readonly (Duty | null)[] }) {
  const { t } = useTranslation('dialogs');
  const found = new Set(duties);
  return (
    <>
      {BLANKS.filter((duty) => found.has(duty)).map((duty) => (
        <span key={duty} className="pr-blank">
          <i className={`pr-swatch pr-duty-${duty}`} /> {t(`printedBlanks.${duty}`)}
        </span>
      ))}
    </>
  );
}
