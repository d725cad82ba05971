import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type Backend, useBackend, useCanEdit, useFollow, useView } from '@/app/stores/backend';
import { useRestaurants } from '@/app/stores/page';
import { usePreference } from '@/app/stores/preferences';
import { Grid, type GridHost } from '@/grid/controller';
import { daysOf } from '@/grid/days';
import { type Grouping, makeLayout, matching } from '@/grid/layout';
import type { Day, Person, ShiftSymbol } from '@/grid/model';
import type { Period, StaffGroup } from '@/realtime/protocol';
import { scheduleKey } from '@/realtime/state/state';

import { draftsOf } from './drafts';
import { dayLimitsOf } from './limits';
import { closedColumns, daysFrom, peopleOf, publishedPeople, symbolsFrom } from './month';
import { ScheduleSource } from './scheduleSource';

export interface Month {
  readonly period: Period;
  readonly days: readonly Day[];
  readonly people: readonly Person[];
  readonly symbols: readonly ShiftSymbol[];
  /** The staff groups of a published month; left out: those of the settings. */
  readonly groups?: readonly GroupName[];
  /** The one who looks sees their own shifts alone: what a day comes to is not known. */
  readonly isOwnAlone?: boolean;
}

type GroupName = Pick<StaffGroup, 'id' | 'name'>;

/** The people, days and symbols of a period: who only looks gets those of its publication. Null until they are known. */
export function useMonth(period: Period, today: string): Month | null {
  const canEdit = useCanEdit();
  const planned = usePlannedMonth(period, today);
  const published = usePublishedMonth(period, today, !canEdit);
  return canEdit ? planned : published;
}

function usePlannedMonth(period: Period, today: string): Month | null {
  const { i18n } = useTranslation();
  const restaurant = useRestaurants().current;
  const staff = useView((state) => state.staff);
  const settings = useView((state) => state.settings);
  const calendar = useView((state) => state.calendar);
  useFollow('staff');
  useFollow('calendar');
  useFollow('settings');
  const { startDate, endDate } = period;
  const dates = useMemo(() => daysOf(startDate, endDate), [startDate, endDate]);
  const { days: special, holidays, closingRules } = calendar ?? {};
  const days = useMemo(() => daysFrom(dates, special, today, i18n.language, holidays, closingRules), [dates, special, today, i18n.language, holidays, closingRules]);
  const symbols = useMemo(() => symbolsFrom(calendar?.shiftTypes ?? [], i18n.language), [calendar?.shiftTypes, i18n.language]);
  const people = useMemo(() => (staff === null ? null : peopleOf(staff, settings, period, closedColumns(days), restaurant)), [staff, settings, period, days, restaurant]);
  return useMemo(() => (people === null ? null : { period, days, people, symbols }), [period, days, people, symbols]);
}

/** The month as it was published; null where it is not, or is not known yet. */
function usePublishedMonth(period: Period, today: string, wanted = true): Month | null {
  const { language } = useTranslation().i18n;
  const scheduleId = period.scheduleId ?? '';
  const facts = useView(({ schedules }) => schedules.get(scheduleId)?.publication);
  const settings = useView((state) => state.settings);
  // What old documents do not tell is told as it is now.
  const current = useView(({ calendar }) => calendar?.holidays);
  useFollow('calendar');
  useFollow(wanted && scheduleId !== '' ? scheduleKey(scheduleId) : null);
  return useMemo(() => {
    if (!wanted || facts === undefined) return null;
    const special = new Map(facts.days.map((day) => [day.date, day]));
    const holidays = facts.holidays === undefined ? current : new Map(facts.holidays.map((each) => [each.date, each]));
    const days = daysFrom(daysOf(facts.startDate, facts.endDate), special, today, language, holidays);
    const month = { period, days, people: publishedPeople(facts, settings), symbols: symbolsFrom(facts.shiftTypes, language), isOwnAlone: facts.colleagues !== undefined };
    return facts.groups === undefined ? month : { ...month, groups: facts.groups };
  }, [wanted, facts, settings, current, period, today, language]);
}

/** Whether those who only look have nothing to see of a month. */
export function useIsUnpublished(period: Period): boolean {
  const canEdit = useCanEdit();
  const state = useView(({ schedules }) => schedules.get(period.scheduleId ?? '')?.state ?? period.state);
  return !canEdit && state !== 'published';
}

/** The source of a schedule's cells, connected while the component is there. */
export function useSource(scheduleId: string, days: readonly Day[]): ScheduleSource {
  const backend: Backend = useBackend();
  useFollow(scheduleKey(scheduleId));
  const key = days.map(({ dateKey }) => dateKey).join();
  const source = useMemo(() => new ScheduleSource(backend, scheduleId, key.split(',')), [backend, scheduleId, key]);
  useEffect(() => source.connect(), [source]);
  return source;
}

/** How people are put together, by the user's choice; `without`: what those are called who belong nowhere. */
function groupingOf(by: 'none' | 'group' | 'position' | 'status', groups: readonly GroupName[], without: string): Grouping | null {
  if (by === 'none') return null;
  if (by !== 'group') return { of: (person) => ({ key: person[by], label: person[by] || without }) };
  const names = new Map(groups.map(({ id, name }) => [id, name]));
  return {
    of: ({ groupIds }) => {
      const id = groupIds.find((each) => names.has(each));
      return { key: id ?? '', label: (id === undefined ? undefined : names.get(id)) ?? without };
    },
  };
}

const NO_GROUPS: readonly StaffGroup[] = [];

/** The staff groups of a month: of a published one as they were then. */
export function useGroupsOf({ groups }: Month): readonly GroupName[] {
  const present = useView(({ settings }) => settings?.staffGroups ?? NO_GROUPS);
  return groups ?? present;
}

/** The grid of a month, laid out by filter and grouping. The same one as long as the schedule is the same. */
export function useGrid(source: ScheduleSource, month: Month, filter: string, host: GridHost): Grid {
  const canEdit = useCanEdit();
  const advance = usePreference('advance');
  const groupBy = usePreference('groupBy');
  const groups = useGroupsOf(month);
  const names = useMemo(() => new Map(groups.map(({ id, name }) => [id, name])), [groups]);
  const { t } = useTranslation();
  const without = t('groupBy.without');
  const layout = useMemo(() => {
    const groupsOf = ({ groupIds }: Person) => groupIds.map((id) => names.get(id) ?? '').join(' ');
    return makeLayout(matching(month.people, filter, groupsOf), month.days, groupingOf(groupBy, groups, without));
  }, [month.people, month.days, filter, groupBy, groups, names, without]);
  const { userId } = useBackend();
  const make = () => ({ source, grid: new Grid(source, layout, host, { readOnly: !canEdit, advance, drafts: draftsOf(userId, source.scheduleId) }) });
  const [made, setMade] = useState(make);
  let current = made;
  if (made.source !== source) {
    current = make();
    setMade(current);
  }
  const { grid } = current;
  useEffect(() => grid.resume(), [grid]);
  useEffect(() => grid.setLayout(layout, new Set(month.people.map(({ id }) => id))), [grid, layout, month.people]);
  useEffect(() => grid.setReadOnly(!canEdit), [grid, canEdit]);
  useEffect(() => grid.setAdvance(advance), [grid, advance]);
  return grid;
}

const NO_LIMITS: [] = [];

/** What the limits ask of every day; they are for those who plan. */
export function useDayLimits(days: readonly Day[]) {
  const canEdit = useCanEdit();
  const limits = useView(({ settings }) => (canEdit ? settings?.dailyLimits : undefined) ?? NO_LIMITS);
  return useMemo(() => dayLimitsOf(days, limits), [days, limits]);
}

/** The names of the groups by id. */
export function useGroupNames(): ReadonlyMap<string, string> {
  const groups = useView(({ settings }) => settings?.staffGroups ?? NO_GROUPS);
  return useMemo(() => new Map(groups.map(({ id, name }) => [id, name])), [groups]);
}

/** The names of the groups for which somebody stands in: of a published month as they were then. */
export function useCoveredGroupNames(scheduleId: string): ReadonlyMap<string, string> {
  const present = useGroupNames();
  const published = useView(({ schedules }) => schedules.get(scheduleId)?.coveredGroups);
  return published ?? present;
}
