import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { useRoute } from '@/app/stores/route';
import type { Period } from '@/realtime/protocol';

import { NEW, useChosen } from './settings/useChosen';
import { useHeldPeriod } from './useHeldPeriod';

afterEach(cleanup);

const periods = (...ids: string[]): Period[] =>
  ids.map((id, index) => ({ id, index, startDate: `2026-0${index + 1}-01`, endDate: `2026-0${index + 1}-28`, scheduleId: `s-${id}`, state: 'draft' }));

describe('the period that one looks at', () => {
  beforeEach(() => void (window.location.hash = '#/schedule/1'));

  const look = (first: Period[]) => renderHook(({ all }) => useHeldPeriod(all, useRoute())?.id, { initialProps: { all: first } });

  it('stays the same where a colleague puts one before it, and the address follows', () => {
    const { result, rerender } = look(periods('a', 'b', 'c'));
    expect(result.current).toBe('b');
    rerender({ all: periods('new', 'a', 'b', 'c') });
    expect(result.current).toBe('b');
    expect(window.location.hash).toBe('#/schedule/2');
    rerender({ all: periods('b', 'c') });
    expect(result.current).toBe('b');
    expect(window.location.hash).toBe('#/schedule/0');
  });

  it('is none where it is deleted, and not the one that has come to stand in its place', () => {
    const { result, rerender } = look(periods('a', 'b', 'c'));
    rerender({ all: periods('a', 'c') });
    expect(result.current).toBe(undefined);
  });

  it('is there again when what was forgotten for a moment has been read anew', () => {
    const { result, rerender } = look(periods('a', 'b'));
    rerender({ all: [] });
    rerender({ all: periods('a', 'b') });
    expect(result.current).toBe('b');
  });

  const goTo = (hash: string) =>
    act(async () => {
      window.location.hash = hash;
      await new Promise((resolve) => window.addEventListener('hashchange', resolve, { once: true }));
    });

  it('is another one when one goes there, also where the address had followed before', async () => {
    const { result, rerender } = look(periods('a', 'b', 'c'));
    rerender({ all: periods('new', 'a', 'b', 'c') });
    rerender({ all: periods('new', 'a', 'b', 'c') });
    await goTo('#/schedule/3');
    expect(result.current).toBe('c');
    await goTo('#/schedule/1');
    expect(result.current).toBe('a');
  });
});

describe('the row that one looks at', () => {
  const look = (asked: string | null, first: string | null) =>
    renderHook((props: { first: string | null }) => useChosen(asked, props.first), { initialProps: { first } });

  it('is the first one, and stays that one when another comes before it or it goes', () => {
    const { result, rerender } = look(null, 'a');
    expect(result.current[0]).toBe('a');
    rerender({ first: 'z' });
    expect(result.current[0]).toBe('a');
    rerender({ first: null });
    expect(result.current[0]).toBe('a');
  });

  it('is the one that was asked for, or a new one', () => {
    expect(look('b', 'a').result.current[0]).toBe('b');
    expect(look(NEW, 'a').result.current[0]).toBe(NEW);
  });

  it('is the first that comes where there was none, and where one lets go of it', () => {
    const { result, rerender } = look(null, null);
    rerender({ first: 'a' });
    expect(result.current[0]).toBe('a');
    act(() => result.current[1](null));
    rerender({ first: 'b' });
    expect(['a', 'b']).toContain(result.current[0]);
  });
});
