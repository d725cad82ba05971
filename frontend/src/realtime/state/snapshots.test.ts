import { expect, it } from 'vitest';

import type { StaffMember } from '../protocol';
import { staffSnapshot } from './snapshots';

const member = (id: string): StaffMember => ({ id, name: id, period: null }) as unknown as StaffMember;

it('knows those who belong to no period that there is, and everybody once', () => {
  const both = member('in two periods');
  const { state } = staffSnapshot({
    periods: { '0': [member('first'), both], '1': [both] },
    totalPeriods: 2,
    others: [member('begins later')],
    timestamp: '2026-12-01T00:00:00Z',
  });
  expect('members' in state && [...state.members.keys()]).toEqual(['first', 'in two periods', 'begins later']);
});
