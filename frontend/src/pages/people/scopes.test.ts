import { describe, expect, it } from 'vitest';

import { endOf, leaveOf, LITTLE, scopesOf } from './scopes';

describe('what a token may do', () => {
  it('is one scope for each area, and none for nothing', () => {
    expect(scopesOf({ schedule: 'write', staff: 'read', settings: 'none', access: 'none' })).toEqual(['schedule:write', 'staff:read']);
  });

  it('is read back as it was chosen', () => {
    for (const leave of [LITTLE, { schedule: 'none', staff: 'write', settings: 'read', access: 'none' }] as const) expect(leaveOf(scopesOf(leave))).toEqual(leave);
  });

  it('is everything by the star, and to write where both are named', () => {
    expect(leaveOf(['*', 'staff:read'])).toBeNull();
    expect(leaveOf(['staff:read', 'staff:write'])?.staff).toBe('write');
  });
});

it('ends after so many days, or not by itself', () => {
  expect(endOf('30', Date.UTC(2031, 0, 1))).toBe('2031-01-31T00:00:00.000Z');
  expect(endOf('never', 0)).toBeNull();
});
