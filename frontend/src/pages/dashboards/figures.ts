import { weekdayOf } from '@/grid/days';
import type { Day, Person } from '@/grid/model';
import { dutyOn, isWorking, personTotals, type Symbols } from '@/grid/totals';
import type { PriorityRule, StaffGroup } from '@/realtime/protocol';

/** What the overview shows, counted from the cells. */

export interface PersonMonth {
  readonly person: Person;
  readonly values: readonly string[];
}

export interface GroupDay {
  readonly dateKey: string;
  readonly working: number;
  readonly minimum: number | null;
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** How many of a group are at work on each day, against its minimum. */
export function groupCoverage(group: StaffGroup, rows: readonly PersonMonth[], days: readonly Day[], symbols: Symbols): GroupDay[] {
  const members = new Set(list(group.groupConfig['members']));
  const rules = group.groupConfig['coverageRules'] as Readonly<Record<string, unknown>> | undefined;
  const minimum = typeof rules?.['minimumCoverage'] === 'number' ? rules['minimumCoverage'] : null;
  const mine = rows.filter(({ person }) => members.has(person.id));
  return days.map(({ dateKey, closed }, col) => ({
    dateKey,
    working: mine.filter(({ person, values }) => isWorking(dutyOn(col, values[col] ?? '', person, symbols))).length,
    minimum: closed ? null : minimum,
  }));
}

export interface Share {
  readonly name: string;
  readonly off: number;
  readonly early: number;
  readonly late: number;
  readonly weekend: number;
  readonly working: number;
}

/** Who has how much of what. Saturdays, Sundays and holidays count as weekend. */
export function shares(rows: readonly PersonMonth[], days: readonly Day[], symbols: Symbols): Share[] {
  const isWeekend = days.map(({ dateKey, holiday }) => [0, 6].includes(weekdayOf(dateKey)) || holiday !== null);
  return rows.map(({ person, values }) => {
    const totals = personTotals(values, person, symbols);
    const weekend = values.filter((value, col) => isWeekend[col] === true && isWorking(dutyOn(col, value, person, symbols))).length;
    return { name: person.name, off: totals.offEquivalent, early: totals.early, late: totals.late, weekend, working: totals.working };
  });
}

export interface Wish {
  readonly rule: PriorityRule;
  readonly kept: number;
  readonly all: number;
}

const isOff = (duty: string) => duty === 'off' || duty === 'designated_off';

const KINDS: Readonly<Record<string, (duty: string, wanted: string, exceptions: readonly unknown[]) => boolean>> = {
  preferred_shift: (duty, wanted) => duty === wanted || (wanted === 'any' && isWorking(duty as 'normal')),
  required_shift: (duty, wanted) => duty === wanted || (wanted === 'any' && isWorking(duty as 'normal')),
  avoid_shift: (duty, wanted) => duty !== wanted,
  avoid_shift_with_exceptions: (duty, wanted, exceptions) => exceptions.includes(duty) || !(duty === wanted || (wanted === 'off' && isOff(duty))),
  required_off: isOff,
};

/** How often the wishes of people for single days come true. */
export function wishes(rules: readonly PriorityRule[], rows: readonly PersonMonth[], days: readonly Day[], symbols: Symbols): Wish[] {
  return rules.flatMap((rule) => {
    const { ruleDefinition: wish } = rule;
    const holds = KINDS[String(wish['ruleType'])];
    if (holds === undefined || wish['aboutNobody'] === true) return [];
    const staff = new Set(list(wish['staffIds']));
    const groups = list(wish['groupIds']);
    const mine = rows.filter(({ person }) => (staff.size === 0 && groups.length === 0) || staff.has(person.id) || person.groupIds.some((id) => groups.includes(id)));
      const wanted = typeof wish['shiftType'] === 'string' ? wish['shiftType'] : 'off';
    const asked = days.flatMap((day, col) => (!day.closed && isAskedOn(wish, day) ? [col] : []));
    const duties = mine.flatMap(({ person, values }) => asked.map((col) => dutyOn(col, values[col] ?? '', person, symbols)).filter((duty) => duty !== 'absent'));
    return [{ rule, all: duties.length, kept: duties.filter((duty) => holds(duty, wanted, list(wish['allowedShifts']))).length }];
  });
}

function isAskedOn(wish: Readonly<Record<string, unknown>>, { dateKey, holiday, beforeHoliday }: Day): boolean {
  const [weekdays, dates] = [list(wish['daysOfWeek']), list(wish['dates'])];
  if (weekdays.length === 0 && dates.length === 0) return true;
  if ((weekdays.includes('holiday') && holiday !== null) || (weekdays.includes('before_holiday') && beforeHoliday === true)) return true;
  return weekdays.includes(weekdayOf(dateKey)) || dates.includes(dateKey);
}
