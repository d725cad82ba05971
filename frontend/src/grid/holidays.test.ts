import { describe, expect, it } from 'vitest';

import { daysOf } from './days';
import { holidayOn } from './holidays';

const holidaysOf = (year: number) =>
  daysOf(`${year}-01-01`, `${year}-12-31`).filter((day) => holidayOn(day) !== null).map((day) => day.slice(5));

describe('holidays of Japan', () => {
  it('is the Cabinet Office’s list of 2025', () => {
    expect(holidaysOf(2025)).toEqual([
      '01-01', '01-13', '02-11', '02-23', '02-24', '03-20', '04-29', '05-03', '05-04', '05-05', '05-06', '07-21',
      '08-11', '09-15', '09-23', '10-13', '11-03', '11-23', '11-24',
    ]);
  });

  it('is the Cabinet Office’s list of 2026, with the day between two holidays', () => {
    expect(holidaysOf(2026)).toEqual([
      '01-01', '01-12', '02-11', '02-23', '03-20', '04-29', '05-03', '05-04', '05-05', '05-06', '07-20', '08-11',
      '09-21', '09-22', '09-23', '10-12', '11-03', '11-23',
    ]);
  });

  it('names them in both languages', () => {
    expect(holidayOn('2026-09-22')).toEqual({ ja: '国民の休日', en: 'Citizens’ holiday' });
    expect(holidayOn('2026-11-21')).toBeNull();
  });
});
