import { addDays, daysOf, weekdayOf } from '@/grid/days';
import type { Day, DateKey, Person, ShiftSymbol, TextMeaning } from '@/grid/model';
import { belongsTo, termOn, timesOf } from '@/realtime/protocol/dates';
import type { CalendarDay, ClosingRule, Holiday, Period, PublicationFacts, ShiftType } from '@/realtime/protocol';
import type { SettingsState, StaffState } from '@/realtime/state/state';

import { closingOn } from './closings';
import { employmentOf, groupsByMember, monthLimitsOf } from './limits';
import { monthPart } from './monthPart';

/** What the grid shows of a period, from what the client knows. */

/** Until the restaurant's own are known. */
const USUAL: readonly (readonly [string, ShiftSymbol['kind'], string, string])[] = [
  ['○', 'normal', '通常', 'Normal'],
  ['△', 'early', '早番', 'Early'],
  ['◇', 'late', '遅番', 'Late'],
  ['×', 'off', '休み', 'Off'],
  ['★', 'designated_off', '指定休', 'Designated off'],
  ['●', 'special', '特別', 'Special'],
];

export function symbolsFrom(types: readonly ShiftType[], language: string): ShiftSymbol[] {
  if (types.length === 0) {
    return USUAL.map(([symbol, kind, ja, en]) => ({
      symbol,
      kind,
      label: language === 'ja' ? ja : en,
      offEquivalent: kind === 'off' || kind === 'designated_off' ? 1 : 0,
    }));
  }
  return types
    .filter(({ isActive, symbol }) => isActive && symbol !== '')
    .map((type) => {
      const { symbol, kind, labelJa, labelEn, aliases, offEquivalent } = type;
      const times = timesOf(type);
      return {
        symbol,
        kind,
        label: (language === 'ja' ? labelJa : labelEn) || symbol,
        offEquivalent,
        words: [labelJa, labelEn, ...aliases],
        ...(times.some(({ startTime, endTime }) => startTime !== null && endTime !== null) ? { times } : {}),
      };
    });
}

/** What of a restaurant is counted by. */
interface Habits {
  readonly closingDay: number;
  readonly textCountsAs?: TextMeaning;
}

export function peopleOf(staff: StaffState, settings: SettingsState | null, period: Period, closed: ReadonlySet<number>, restaurant: Habits | null): Person[] {
  const all = settings?.staffGroups ?? [];
  const groups = groupsByMember(all);
  const dates = daysOf(period.startDate, period.endDate);
  const part = restaurant === null ? 1 : monthPart(dates, restaurant.closingDay);
  return [...staff.members.values()]
    .filter((member) => member.isActive && belongsTo(member, period))
    .sort((a, b) => a.staffOrder - b.staffOrder || a.name.localeCompare(b.name, 'ja'))
    .map((member) => {
      const groupIds = groups.get(member.id) ?? [];
      return {
        id: member.id,
        name: member.name,
        position: member.position,
        status: termOn(member, period.startDate).status,
        blankMeans: termOn(member, period.startDate).blankMeans,
        ...(member.terms === undefined ? {} : { blanks: dates.map((date) => termOn(member, date).blankMeans) }),
        groupIds,
        employed: employmentOf(member, dates),
        closed,
        textCountsAs: restaurant?.textCountsAs ?? 'nothing',
        limits: monthLimitsOf(member, all.filter(({ id }) => groupIds.includes(id)), settings?.monthlyLimits ?? [], dates, part),
      };
    });
}

/** Those who were on a month when it was published, as they were then. */
export function publishedPeople({ people, groups: published, textCountsAs }: PublicationFacts, settings: SettingsState | null): Person[] {
  const groups = published === undefined ? groupsByMember(settings?.staffGroups ?? []) : membership(published);
  return people.map(({ id, name, position, status, blankMeans, blanks }) => {
    return { id, name, position, status, blankMeans: blankMeans === 'free' ? 'free' : 'work', publishedBlanks: blanks, groupIds: groups.get(id) ?? [], textCountsAs };
  });
}

/** The groups of each person, in the order of the groups. */
function membership(groups: readonly { readonly id: string; readonly members: readonly string[] }[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id, members } of groups) {
    for (const staffId of members) found.set(staffId, [...(found.get(staffId) ?? []), id]);
  }
  return found;
}

export function daysFrom(
  dates: readonly DateKey[],
  calendar: ReadonlyMap<DateKey, CalendarDay> | undefined,
  today: DateKey,
  language: string,
  holidays: ReadonlyMap<DateKey, Holiday> = new Map(),
  rules: readonly ClosingRule[] = [],
): Day[] {
  return dates.map((dateKey) => {
    const special = calendar?.get(dateKey);
    const holiday = holidays.get(dateKey);
    const closing = (special?.kind ?? null) === null ? closingOn(dateKey, rules, holidays) : undefined;
    return {
      dateKey,
      weekday: weekdayOf(dateKey),
      holiday: holiday === undefined ? null : language === 'ja' ? holiday.nameJa : holiday.nameEn,
      beforeHoliday: holidays.has(addDays(dateKey, 1)),
      closed: special?.kind === 'closed' || closing !== undefined,
      allWork: special?.kind === 'all_work',
      note: (special?.note ?? '') || (closing?.note ?? ''),
      isToday: dateKey === today,
      isPast: dateKey < today,
    };
  });
}

/** The columns of the closed days. */
export const closedColumns = (days: readonly Day[]): ReadonlySet<number> => new Set(days.flatMap(({ closed }, col) => (closed ? [col] : [])));

/** The period that contains `today`, else the one that begins next, else the last. */
export function currentPeriod(periods: readonly Period[], today: DateKey): Period | undefined {
  return periods.find(({ endDate }) => endDate >= today) ?? periods.at(-1);
}
