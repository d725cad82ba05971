/** From the answer to a sync request to the state of a slice. */

import { daysBetween } from '../protocol/dates';
import { ScheduleDraft } from './draft';
import { settingsFrom } from './events/settings';
import type { Cell, ConfigVersion, CoveringCell, DateKey, Period, ScheduleData, ServerPayloads, StaffMember } from '../protocol';
import type { Snapshot } from './replica';
import { blankSchedule, scheduleKey, type ScheduleState } from './state';

export function staffSnapshot({ periods, others = [], availability }: ServerPayloads['SYNC_ALL_PERIODS_RESPONSE']): Snapshot {
  const members = new Map<string, StaffMember>();
  for (const member of [...Object.values(periods).flat(), ...others]) {
    members.set(member.id, member);
  }
  const entered = availability === undefined ? {} : { availability: new Map(availability.map((entry) => [entry.id, entry])) };
  return { slice: 'staff', state: { members, ...entered } };
}

export function calendarSnapshot(payload: ServerPayloads['CALENDAR_SYNC_RESPONSE']): Snapshot {
  const days = new Map(payload.days.map((day) => [day.date, day]));
  const holidays = new Map(payload.holidays.map((holiday) => [holiday.date, holiday]));
  const { periods, closingRules, shiftTypes, restaurant } = payload;
  return { slice: 'calendar', state: { restaurant, periods, days, closingRules, shiftTypes, holidays } };
}

export function settingsSnapshot(
  { settings }: ServerPayloads['SETTINGS_SYNC_RESPONSE'],
  versions: readonly ConfigVersion[],
): Snapshot {
  return { slice: 'settings', state: settingsFrom(settings, versions) };
}

/** A schedule over the days of its period, or, if that is not known, over those in its data. */
export function scheduleSnapshot(
  scheduleId: string,
  payload: ServerPayloads['SHIFT_SYNC_RESPONSE'],
  periods: readonly Period[],
): Snapshot {
  const { scheduleData, lockedCells, covering, publication, wishes, wishTerms, wishShifts, swaps } = payload;
  const period = periods.find((known) => known.scheduleId === scheduleId);
  const dates = period === undefined ? datesIn(scheduleData) : daysBetween(period.startDate, period.endDate);
  const schedule = filled(blankSchedule(scheduleId, dates), scheduleData, lockedCells, covering ?? []);
  const published =
    publication === undefined
      ? {}
      : { publication, publishedAt: publication.publishedAt, coveredGroups: new Map((covering ?? []).map(({ groupId, groupName }) => [groupId, groupName ?? ''])) };
  const wished = {
    ...(wishes === undefined ? {} : { wishes: new Map(wishes.map((wish) => [wish.id, wish])) }),
    ...(swaps === undefined ? {} : { swaps: new Map(swaps.map((swap) => [swap.id, swap])) }),
    ...(wishTerms === undefined ? {} : { wishTerms }),
    ...(wishShifts === undefined ? {} : { wishShifts }),
  };
  return { slice: scheduleKey(scheduleId) as `schedule:${string}`, state: { ...schedule, state: payload.state, ...wished, ...published } };
}

function filled(
  blank: ScheduleState,
  data: ScheduleData,
  lockedCells: readonly Cell[],
  covering: readonly CoveringCell[],
): ScheduleState {
  const draft = new ScheduleDraft(blank, false);
  for (const [staffId, days] of Object.entries(data)) {
    for (const [dateKey, shiftValue] of Object.entries(days)) {
      draft.set({ staffId, dateKey, shiftValue });
    }
  }
  for (const cell of lockedCells) {
    draft.lock(cell, true);
  }
  draft.call([], covering);
  return draft.finish();
}

function datesIn(data: ScheduleData): DateKey[] {
  const days = new Set(Object.values(data).flatMap((row) => Object.keys(row)));
  const sorted = [...days].sort();
  const first = sorted[0];
  const last = sorted.at(-1);
  return first === undefined || last === undefined ? [] : daysBetween(first, last);
}

/** The wire form of a schedule: `""` for what is blank. */
export function scheduleData({ dates, rows }: ScheduleState): ScheduleData {
  return Object.fromEntries(
    [...rows].map(([staffId, { values }]) => [
      staffId,
      Object.fromEntries(dates.map((date, column) => [date, values[column] ?? ''])),
    ]),
  );
}
