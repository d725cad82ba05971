import { describe, expect, it } from 'vitest';

import type { Change } from '../protocol';
import { Sequence } from './sequence';

const change = (version: number) => ({ type: 'STAFF_DELETE', payload: { staffId: 's' }, version }) as Change;
const versions = (changes: readonly Change[]) => changes.map(({ version }) => version);

function at(version: number): Sequence {
  const sequence = new Sequence();
  sequence.start('e', version);
  return sequence;
}

describe('a sequence', () => {
  it('lets each version through once', () => {
    const sequence = at(3);
    expect(versions(sequence.offer([change(3), change(4), change(4)]))).toEqual([4]);
    expect(versions(sequence.offer([change(4)]))).toEqual([]);
    expect(sequence.isBehind).toBe(false);
    expect(sequence.since).toBe('e:4');
  });

  it('holds back what comes too early', () => {
    const sequence = at(0);
    expect(versions(sequence.offer([change(3), change(2)]))).toEqual([]);
    expect(sequence.isBehind).toBe(true);
    expect(versions(sequence.offer([change(1)]))).toEqual([1, 2, 3]);
    expect(sequence.isBehind).toBe(false);
  });

  it('goes on over a gap when the server says that nothing is in it', () => {
    const sequence = at(0);
    sequence.offer([change(3), change(6)]);
    expect(versions(sequence.settle(5))).toEqual([3, 6]);
    expect(sequence.version).toBe(6);
  });

  it('never goes back', () => {
    const sequence = at(5);
    expect(sequence.settle(2)).toEqual([]);
    expect(sequence.version).toBe(5);
  });

  it('says nothing of where it is before it has begun', () => {
    expect(new Sequence().since).toBe(null);
  });
});
