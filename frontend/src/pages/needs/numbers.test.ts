import { expect, test } from 'vitest';

import { numberAt, withNumber } from './numbers';

const config = { shiftType: 'early', perDay: { sunday: 2, monday: null }, perDate: { '2026-12-24': 6 } };

test('numbers are found by day of the week, holiday and date', () => {
  expect(['sunday', 'monday', 'holiday', '2026-12-24', '2026-12-25'].map((day) => numberAt(config, day))).toEqual([2, null, null, 6, null]);
  expect(numberAt({ perDay: null }, 'sunday')).toBeNull();
});

test('a number is set, and taken away again, without touching the rest', () => {
  const more = withNumber(withNumber(config, 'holiday', 0), '2026-12-31', 4);
  expect(more).toEqual({ shiftType: 'early', perDay: { sunday: 2, monday: null, holiday: 0 }, perDate: { '2026-12-24': 6, '2026-12-31': 4 } });
  expect(withNumber(more, '2026-12-24', null)['perDate']).toEqual({ '2026-12-31': 4 });
  expect(numberAt(withNumber(more, 'sunday', null), 'sunday')).toBeNull();
});
