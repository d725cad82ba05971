import type { ReplicaDraft } from '../draft';
import {
  WHOLE_ROWS,
  type CalendarDay,
  type ChangeType,
  type ClosingRule,
  type MovedSymbol,
  type Period,
  type RestaurantUpdated,
  type ShiftType,
  type TableName,
} from '../../protocol';
import type { CalendarState } from '../state';
import { ofWholeRows, type Reducers } from './reducer';
import { putRow } from './settings';
import { putMember } from './staff';

/** A day about which there is nothing to say is not kept. */
function setDay(calendar: CalendarState, day: CalendarDay): CalendarState {
  const days = new Map(calendar.days);
  if (day.kind === null && day.note === '') {
    days.delete(day.date);
  } else {
    days.set(day.date, day);
  }
  return { ...calendar, days };
}

/** Indexes may have moved, so that all periods are told. */
function setPeriods(draft: ReplicaDraft, { periods }: { periods: Period[] }): void {
  draft.changeCalendar((calendar) => ({ ...calendar, periods }));
}

/** Everything that names the symbol follows it; a published copy, which is all that viewers have, stays as it is. */
function follow(draft: ReplicaDraft, moved: MovedSymbol | undefined): void {
  if (moved === undefined) {
    return;
  }
  moved.staff.forEach((member) => putMember(draft, member));
  for (const [table, rows] of Object.entries(moved.settings)) {
    rows.forEach((row) => putRow(draft, table as TableName, row as { id: string }));
  }
  for (const id of draft.scheduleIds) {
    draft.schedule(id)?.renameWished(moved.previousSymbol, moved.symbol);
  }
  moved.scheduleIds.forEach((id) => draft.schedule(id)?.rename(moved.previousSymbol, moved.symbol));
}

function putShiftType(draft: ReplicaDraft, shiftType: ShiftType): void {
  draft.changeCalendar((calendar) => {
    const isKnown = calendar.shiftTypes.some(({ id }) => id === shiftType.id);
    const shiftTypes = isKnown
      ? calendar.shiftTypes.map((known) => (known.id === shiftType.id ? shiftType : known))
      : [...calendar.shiftTypes, shiftType];
    return { ...calendar, shiftTypes };
  });
}

function setRules(draft: ReplicaDraft, change: (rules: readonly ClosingRule[]) => readonly ClosingRule[]): void {
  draft.changeCalendar((calendar) => ({ ...calendar, closingRules: change(calendar.closingRules ?? []) }));
}

/** In the order in which they were made. */
function putRule(draft: ReplicaDraft, rule: ClosingRule): void {
  setRules(draft, (rules) =>
    rules.some(({ id }) => id === rule.id) ? rules.map((known) => (known.id === rule.id ? rule : known)) : [...rules, rule],
  );
}

/** Another country has other holidays, which come along. */
function setRestaurant(draft: ReplicaDraft, { changed: _changed, holidays, ...restaurant }: RestaurantUpdated): void {
  draft.changeCalendar((calendar) => ({
    ...calendar,
    restaurant,
    ...(holidays === undefined ? {} : { holidays: new Map(holidays.map((holiday) => [holiday.date, holiday])) }),
  }));
}

export const calendarReducers = {
  ...ofWholeRows(WHOLE_ROWS.ClosingRule, putRule),
  ...ofWholeRows(WHOLE_ROWS.ShiftType, putShiftType),
  RESTAURANT_UPDATE: setRestaurant,
  CALENDAR_UPDATE: (draft, day) => draft.changeCalendar((calendar) => setDay(calendar, day)),
  CLOSING_RULE_DELETE: (draft, { ruleId }) => setRules(draft, (rules) => rules.filter(({ id }) => id !== ruleId)),
  PERIOD_CREATE: setPeriods,
  PERIOD_UPDATE: setPeriods,
  PERIOD_DELETE: setPeriods,
  SHIFT_TYPE_UPDATE: (draft, { moved, ...shiftType }) => {
    putShiftType(draft, shiftType);
    follow(draft, moved);
  },
  SHIFT_TYPE_DELETE: (draft, { shiftTypeId, moved }) => {
    draft.changeCalendar((calendar) => ({
      ...calendar,
      shiftTypes: calendar.shiftTypes.filter(({ id }) => id !== shiftTypeId),
    }));
    follow(draft, moved);
  },
} satisfies Partial<Reducers<ChangeType>>;
