import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { dismissToast, toast, toasts } from './toasts';

beforeEach(() => {
  vi.useFakeTimers();
  toasts.setState([], true);
});
afterEach(() => vi.useRealTimers());

const texts = () => toasts.getState().map(({ text }) => text);
const back = () => ({ label: 'Restore', run: () => undefined });

it('what stays until it is seen is pushed out by nothing', () => {
  const many = Array.from({ length: 9 }, (_, index) => `lost ${index}`);
  many.forEach((text) => toast('warning', text, { sticky: true }));
  ['a', 'b', 'c', 'd', 'e'].forEach((text) => toast('good', text));
  expect(texts()).toEqual([...many, 'b', 'c', 'd', 'e']);
  vi.advanceTimersByTime(60_000);
  expect(texts()).toEqual(many);
  dismissToast(toasts.getState()[0]?.id ?? 0);
  expect(texts()).toEqual(many.slice(1));
});

it('the same words again take the place of the first, but of nothing that offers a way back', () => {
  toast('error', 'refused', { sticky: true });
  toast('error', 'refused', { sticky: true });
  toast('warning', 'changed', { sticky: true, action: back() });
  toast('warning', 'changed', { sticky: true, action: back() });
  expect(texts()).toEqual(['refused', 'changed', 'changed']);
});

it('what needs no answer goes by itself, a problem later than the rest', () => {
  toast('good', 'saved');
  toast('error', 'refused');
  toast('warning', 'lost', { sticky: true });
  vi.advanceTimersByTime(6_000);
  expect(texts()).toEqual(['refused', 'lost']);
  vi.advanceTimersByTime(9_000);
  expect(texts()).toEqual(['lost']);
});
