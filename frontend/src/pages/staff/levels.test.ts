import { expect, it } from 'vitest';

import { hasDates, levelOf, withLevel } from './levels';

const dated = [{ staffId: 'b', level: 2, from: '2026-12-01', until: null }];
const config = { level1: ['a', 'b'], level3: ['a'], dated, note: 'kept' };

it('is the highest of the levels that name somebody', () => {
  expect([levelOf(config, 'a'), levelOf(config, 'b'), levelOf(config, 'c')]).toEqual(['level3', 'level1', null]);
});

it('is changed for one person alone, and all else stays', () => {
  expect(withLevel(config, 'a', 'level2')).toEqual({ level1: ['b'], level2: ['a'], level3: [], dated, note: 'kept' });
  expect(withLevel(config, 'a', null)).toEqual({ level1: ['b'], level3: [], dated, note: 'kept' });
  expect(withLevel({}, 'a', 'level1')).toEqual({ level1: ['a'] });
  expect(withLevel(config, 'b', 'level1')).toEqual({ level1: ['a', 'b'], level3: ['a'], dated, note: 'kept' });
});

it('knows who has a level on some days only', () => {
  expect([hasDates(config, 'b'), hasDates(config, 'a'), hasDates({}, 'b')]).toEqual([true, false, false]);
});
