import { expect, type Page } from '@playwright/test';

import { api, arrive, cellAt, cookiesOf, cursor, message, pick, saved, test } from './pages';
import { block, planOf, put, shows } from './plan';

const PERIOD = 2;
const editor = (page: Page) => page.locator('.ss-editor');

/** Counts every flash from now on, also those that are over before one looks. */
const countFlashes = (page: Page) =>
  page.evaluate(() => {
    const counted = { flashes: 0 };
    Object.assign(window, counted);
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes) {
          if (node instanceof Element && node.classList.contains('ss-flash')) Object.assign(window, { flashes: (window as unknown as typeof counted).flashes + 1 });
        }
    }).observe(document.querySelector('.ss-overlays') as Element, { childList: true });
  });

/** The next flash, as wide as what it lights up. */
const nextFlash = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          const lit = document.querySelector('.ss-flash > *');
          if (lit === null) return;
          observer.disconnect();
          resolve(lit.getBoundingClientRect().width);
        });
        observer.observe(document.querySelector('.ss-overlays') as Element, { childList: true });
      }),
  );
const flashes = (page: Page) => page.evaluate(() => (window as unknown as { flashes: number }).flashes);

test('what others change flashes once, what one changes oneself does not', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 8, 0, [['', '', '']]);
  await expect(page.locator('.ss-flash')).toHaveCount(0);
  await countFlashes(page);
  const lit = nextFlash(page);
  await put(page, plan, 8, 0, [['×', '○', '']]);
  const cell = await cellAt(page, 8, 0).boundingBox();
  expect(await lit).toBeCloseTo(2 * (cell?.width ?? Number.NaN), 0);
  await expect(page.locator('.ss-flash')).toHaveCount(0);
  expect(await flashes(page)).toBe(1);
  await pick(page, 8, 2);
  await page.keyboard.press('d');
  await saved(page);
  await page.keyboard.press('Control+z');
  await expect(cellAt(page, 8, 2)).toHaveText('');
  await saved(page);
  expect(await flashes(page)).toBe(1);
});

test('what others change moves neither scroll, focus nor half-typed text', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD, viewport: { width: 900, height: 520 } });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 7, 10, [['']]);
  await pick(page, 7, 10);
  await page.getByRole('grid').evaluate((grid) => grid.scrollBy(60, 20));
  await page.keyboard.type('Ha');
  await expect(editor(page)).toBeFocused();
  const scrolled = () => page.getByRole('grid').evaluate(({ scrollLeft, scrollTop }) => [scrollLeft, scrollTop]);
  const before = await scrolled();
  const where = await cursor(page);
  await api(page, 'PATCH', `schedules/${plan.scheduleId}/cells/`, {
    scheduleData: Object.fromEntries(plan.staff.slice(0, 9).map(({ id }) => [id, { [plan.days[10] ?? '']: '△', [plan.days[11] ?? '']: '×' }])),
  });
  await shows(page, 7, 10, [['△', '×']]);
  await expect(editor(page)).toBeFocused();
  await expect(editor(page)).toHaveValue('Ha');
  expect(await scrolled()).toEqual(before);
  expect((await cursor(page)).split(':')[0]).toBe(where.split(':')[0]);
  await page.keyboard.type('ll');
  await page.keyboard.press('Enter');
  await expect(cellAt(page, 7, 10)).toHaveText('Hall');
});

/** Somebody new, above all others; gives the id. */
async function hire(page: Page, name: string): Promise<string> {
  const { result } = await api<{ result: { staff: { id: string } } }>(page, 'POST', 'staff/', { name, position: '見習い', staffOrder: 0 });
  return result.staff.id;
}

test('somebody new above moves no selection and no typing to other people', async ({ browser }) => {
  const page = await arrive(browser, 'owner', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 6, 12, block('', 3, 1));
  await pick(page, 6, 12);
  await page.keyboard.type('Ha');
  const newcomer = await hire(page, 'はじめ');
  await expect(page.locator('.ss-name-text').first()).toHaveText('はじめ');
  await page.keyboard.type('ll');
  await page.keyboard.press('Enter');
  await expect(cellAt(page, 7, 12)).toHaveText('Hall');
  await expect(cellAt(page, 6, 12)).toHaveText('');
  await api(page, 'DELETE', `staff/${newcomer}/`);
  await expect(page.locator('.ss-name-text').first()).not.toHaveText('はじめ');
  await shows(page, 6, 12, [['Hall'], [''], ['']]);
});

test('when the row that is being edited goes away one is told, and nothing lands elsewhere', async ({ browser }) => {
  const page = await arrive(browser, 'owner', { period: PERIOD });
  const leaver = await hire(page, 'きえる');
  await expect(page.locator('.ss-name-text').first()).toHaveText('きえる');
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 1, 14, block('', 4, 2));
  await pick(page, 0, 14);
  await page.keyboard.type('Ha');
  await api(page, 'DELETE', `staff/${leaver}/`);
  await expect(message(page, 'The row for きえる is gone. What you were typing was not entered.')).toBeVisible();
  await expect(editor(page)).toBeHidden();
  // Whatever one types on lands nowhere, and says so.
  await page.keyboard.press('x');
  await page.keyboard.press('Enter');
  await expect(message(page, 'Nothing was entered')).toBeVisible();
  await shows(page, 0, 14, block('', 4, 2));
  await saved(page);
});

test('until the cells are here, nothing is said of a day, and nobody is counted', async ({ browser }) => {
  let answer: () => void = () => undefined;
  const context = await browser.newContext({ locale: 'en-GB', storageState: await cookiesOf('manager') });
  const page = await context.newPage();
  await page.routeWebSocket(/staff-sync/, (socket) => {
    const held: (string | Buffer)[] = [];
    const server = socket.connectToServer();
    answer = () => held.splice(0).forEach((message) => server.send(message));
    socket.onMessage((message) => {
      if (message.includes('SHIFT_SYNC_REQUEST')) held.push(message);
      else server.send(message);
    });
  });
  await page.goto('/#/schedule/0');
  await expect(page.getByText('Loading…')).toBeVisible();
  await expect(page.locator('.ss-row').first().getByRole('gridcell').nth(3)).toHaveAccessibleName(/: Loading…/);
  await expect(page.locator('.ss-foot')).toBeHidden();
  await expect(page.locator('.sp-status b')).toHaveCount(0);
  answer();
  await expect(page.locator('.ss-foot')).toBeVisible();
  await expect(page.locator('.sp-status b')).toHaveCount(1);
  await expect(page.getByText('Loading…')).toHaveCount(0);
});
