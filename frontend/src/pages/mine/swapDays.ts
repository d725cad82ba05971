/** Which day of a colleague's may be asked for in return for a shift. */

import type { DateKey } from '@/grid/model';

import type { MyDay } from './shifts';

/** `shift` is null where it is not known: the colleague says whether it can be. */
export interface DayInReturn {
  readonly day: MyDay['day'];
  readonly shift: MyDay | null;
}

/** Another day of theirs on which one is free; or the same day, where both work. */
export function possibleDays(mine: readonly MyDay[], theirs: readonly MyDay[], given: DateKey): readonly DayInReturn[] {
  const isFree = (key: string) => mine.some(({ day, isWork }) => day.dateKey === key && !isWork);
  const worksThen = theirs.some(({ day, isWork }) => isWork && day.dateKey === given);
  const choices = theirs.filter(({ day, isWork }) => isWork && !day.isPast && (day.dateKey === given || isFree(day.dateKey)));
  return choices.filter(({ day }) => worksThen === (day.dateKey === given)).map((shift) => ({ day: shift.day, shift }));
}

/** Where the shifts of colleagues are not shown: every day that is not over and on which one is free. */
export const unseenDays = (mine: readonly MyDay[]): readonly DayInReturn[] => mine.filter(({ day, isWork }) => !isWork && !day.isPast).map(({ day }) => ({ day, shift: null }));
