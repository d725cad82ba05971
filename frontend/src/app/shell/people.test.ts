import { expect, it } from 'vitest';

import { colorOf, initialsOf } from './people';

it.each([
  ['田中 太郎', '田'],
  ['Anna Berg', 'AB'],
  ['kim', 'K'],
  ['', '?'],
])('%s has the initials %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

it('gives the same person the same colour', () => {
  expect(colorOf('u-17')).toBe(colorOf('u-17'));
  expect(colorOf('u-17')).toBeLessThan(6);
});
