import { expect, it } from 'vitest';

import { daysOf } from '@/grid/days';

import { closingOn } from './closings';
import type { ClosingRule } from '@/realtime/protocol';
import cases from './closings.cases.json';

it.each(cases)('closes the days that the server closes: $rule', ({ rule, holidays, closed }) => {
  const whole = { id: 'r', note: '', isActive: true, revision: 1, ...rule } as ClosingRule;
  const known = new Set(holidays);
  expect(daysOf('2026-01-01', '2026-12-31').filter((day) => closingOn(day, [whole], known) !== undefined)).toEqual(closed);
});
