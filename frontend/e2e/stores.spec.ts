import { expect, type Page } from '@playwright/test';

import { arrive, cellAt, pick, saved, test } from './pages';
import { planOf, put } from './plan';

/** A browser that keeps nothing, or forbids to look, takes nothing from the page but what it would have kept. */

const PERIOD = 3;
const ROW = 8;

/** What a browser may do to a page that wants to keep something. */
const STORES: readonly (readonly [string, () => void])[] = [
  [
    'does not open',
    () => {
      IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
      Object.defineProperty(window, 'sessionStorage', {
        get() {
          throw new DOMException('no', 'SecurityError');
        },
      });
    },
  ],
  [
    'opens and never answers',
    () => {
      const silent = () => new EventTarget();
      const store = { get: silent, getAll: silent, put: silent, delete: silent, index: () => ({ getAll: silent, getAllKeys: silent }) };
      IDBDatabase.prototype.transaction = (() => Object.assign(new EventTarget(), { objectStore: () => store })) as never;
    },
  ],
  [
    'can only be read',
    () => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    },
  ],
  [
    'may not even be looked at, like all others',
    () => {
      const forbidden = {
        get() {
          throw new DOMException('no', 'SecurityError');
        },
      };
      for (const name of ['indexedDB', 'caches', 'BroadcastChannel', 'localStorage', 'sessionStorage']) Object.defineProperty(window, name, forbidden);
      for (const name of ['locks', 'serviceWorker']) Object.defineProperty(navigator, name, forbidden);
    },
  ],
];

for (const [how, spoil] of STORES) {
  test(`the page opens and works where the browser’s store ${how}, and says that nothing is kept`, async ({ browser }) => {
    const errors: Error[] = [];
    const before = async (its: Page) => {
      its.on('pageerror', (error) => errors.push(error));
      await its.addInitScript(spoil);
    };
    const page = await arrive(browser, 'manager', { period: PERIOD, before });
    await put(page, await planOf(page, PERIOD), ROW, 6, [['△']]);
    await pick(page, ROW, 6);
    await page.keyboard.press('x');
    await saved(page);
    await page.locator('.app-state').click();
    await expect(page.getByText('This browser does not store anything.', { exact: false })).toBeVisible();
    expect(errors).toEqual([]);
  });
}

test('what was done before a reload is undone after it, also where the browser keeps nothing', async ({ browser }) => {
  const page = await arrive(browser, 'manager', {
    period: PERIOD,
    before: (its) =>
      its.addInitScript(() => {
        IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
        for (const name of ['sessionStorage', 'localStorage'] as const) {
          Object.defineProperty(window, name, {
            get() {
              throw new DOMException('no', 'SecurityError');
            },
          });
        }
      }),
  });
  await put(page, await planOf(page, PERIOD), ROW, 8, [['△']]);
  await pick(page, ROW, 8);
  await page.keyboard.press('x');
  await saved(page);
  await page.reload();
  await expect(cellAt(page, ROW, 8)).toHaveText('×');
  await saved(page);
  await pick(page, ROW, 9);
  await page.keyboard.press('Control+z');
  await expect(cellAt(page, ROW, 8)).toHaveText('△');
  await saved(page);
});
