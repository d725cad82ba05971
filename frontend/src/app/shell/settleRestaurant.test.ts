// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';

import type { Restaurant, WholePage } from '../stores/page';
import { settleRestaurant } from './settleRestaurant';

const restaurant = (id: string): Restaurant => ({ id, name: id, timezone: 'Asia/Tokyo', closingDay: 20, conflictStrategy: 'user_choice' });
const page = (...ids: string[]): WholePage => ({ userId: 'u', userName: 'u', restaurantId: null, restaurants: ids.map(restaurant), mailsInvitations: false });
const at = (address: string) => window.history.replaceState(null, '', address);

beforeEach(() => {
  localStorage.clear();
  at('/');
});

describe('the restaurant of a page', () => {
  it('needs no choice where there is one or none', () => {
    expect([settleRestaurant(page('a')), settleRestaurant(page())]).toEqual([true, true]);
    expect(window.location.search).toBe('');
  });

  it('has to be chosen among several', () => {
    expect(settleRestaurant(page('a', 'b'))).toBe(false);
  });

  it('is the one in the address, and from then on the one that is opened without', () => {
    at('/?restaurant=b#/schedule/2');
    expect(settleRestaurant(page('a', 'b'))).toBe(true);
    at('/#/dashboard');
    expect(settleRestaurant(page('a', 'b'))).toBe(true);
    expect(window.location.search + window.location.hash).toBe('?restaurant=b#/dashboard');
  });

  it('is remembered for each user', () => {
    at('/?restaurant=b');
    settleRestaurant(page('a', 'b'));
    at('/');
    expect(settleRestaurant({ ...page('a', 'b'), userId: 'another' })).toBe(false);
  });

  it('is chosen anew where one may not open it, or not any more', () => {
    at('/?restaurant=b');
    settleRestaurant(page('a', 'b'));
    at('/');
    expect(settleRestaurant(page('a', 'c'))).toBe(false);
    at('/?restaurant=z');
    expect(settleRestaurant(page('a', 'b'))).toBe(false);
  });
});
