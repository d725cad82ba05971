import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { dayOf, formatDay, monthOf } from '@/grid/days';
import type { Duty } from '@/grid/totals';
import type { GridWords } from '@/grid/words';

/** What the blank cell of that duty is said to be: a key below `grid` of the page's words. */
export function blankMeaning(duty: Duty, isClosed: boolean): 'absent' | 'closedLong' | 'free' | 'blankWork' {
  if (duty === 'absent') return 'absent';
  if (isClosed) return 'closedLong';
  return duty === 'free' ? 'free' : 'blankWork';
}

/** The grid's words in the language of the page. `known`: whether the cells are here; until then a blank is nothing that anybody left so. */
export function useGridWords(known = true): GridWords {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  return useMemo<GridWords>(() => {
    // Asked for with every cell: looked up, and not translated each time.
    const blank = { free: t('grid.free'), absent: t('grid.absent'), blankWork: t('grid.blankWork'), closedLong: t('grid.closedLong') };
    return {
      table: t('grid.table'),
      people: (count) => t('grid.people', { count }),
      sums: { off: t('grid.sumOff'), work: t('grid.sumWork'), offLong: t('grid.sumOffLong'), workLong: t('grid.sumWorkLong') },
      totals: { working: t('grid.working'), early: t('grid.early'), late: t('grid.late'), off: t('grid.off') },
      below: (min) => t('grid.below', { min }),
      above: (max) => t('grid.above', { max }),
      duty: (duty, isClosed) => (known ? blank[blankMeaning(duty, isClosed)] : t('loading')),
      marks: {
        locked: t('grid.locked'),
        waiting: t('grid.waiting'),
        soft: t('grid.soft'),
        hard: t('grid.hard'),
        changed: t('grid.changed'),
        overridden: t('grid.accepted'),
      },
      closed: t('grid.closed'),
      holidayShort: t('grid.holiday'),
      today: t('grid.today'),
      openRule: t('grid.openRule'),
      settleText: t('text.settle'),
      hard: t('grid.hard'),
      soft: t('grid.soft'),
      accept: t('grid.accept'),
      accepted: t('grid.accepted'),
      covers: (group) => t('grid.covers', { group }),
      wish: ({ kind, value }) => t(`wishes.${kind}`, { shift: value }),
      available: ({ from, until, note }) => [t(from === null && until === null ? 'wishes.unavailable' : 'wishes.hours', { from: from ?? '', until: until ?? '' }), note].filter(Boolean).join(' · '),
      notEntered: t('grid.notEntered'),
      edit: (name) => t('grid.editing', { name }),
      selected: (count) => t('grid.selected', { count }),
      dayShort: ({ dateKey }, first) => (first || dayOf(dateKey) === 1 ? `${monthOf(dateKey)}/${dayOf(dateKey)}` : String(dayOf(dateKey))),
      weekday: ({ dateKey }) => formatDay(dateKey, language, { weekday: language === 'ja' ? 'short' : 'narrow' }),
      dayLong: ({ dateKey, holiday, closed, isToday }) =>
        [
          formatDay(dateKey, language, { month: 'long', day: 'numeric', weekday: 'short' }),
          holiday,
          closed ? t('grid.closedLong') : null,
          isToday ? t('grid.today') : null,
        ]
          .filter((each) => each !== null)
          .join(' '),
    };
  }, [t, language, known]);
}
