import type { ReplicaDraft } from '../draft';
import type { CalendarDay, ShiftType } from '../protocol';
import type { CalendarState } from '../state';
import type { Reducers } from './reducer';

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

function putShiftType(draft: ReplicaDraft, shiftType: ShiftType): void {
  draft.changeCalendar((calendar) => {
    const isKnown = calendar.shiftTypes.some(({ id }) => id === shiftType.id);
    const shiftTypes = isKnown
      ? calendar.shiftTypes.map((known) => (known.id === shiftType.id ? shiftType : known))
      : [...calendar.shiftTypes, shiftType];
    return { ...calendar, shiftTypes };
  });
}

export const calendarReducers: Reducers<
  'CALENDAR_UPDATE' | 'PERIOD_CREATE' | 'SHIFT_TYPE_CREATE' | 'SHIFT_TYPE_UPDATE' | 'SHIFT_TYPE_DELETE'
> = {
  CALENDAR_UPDATE: (draft, day) => draft.changeCalendar((calendar) => setDay(calendar, day)),
  PERIOD_CREATE: (draft, { periods }) => draft.changeCalendar((calendar) => ({ ...calendar, periods })),
  SHIFT_TYPE_CREATE: putShiftType,
  SHIFT_TYPE_UPDATE: putShiftType,
  SHIFT_TYPE_DELETE: (draft, { shiftTypeId }) =>
    draft.changeCalendar((calendar) => ({
      ...calendar,
      shiftTypes: calendar.shiftTypes.filter(({ id }) => id !== shiftTypeId),
    })),
};
