import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';

import { api, arrive, cellAt, pick, saved, test } from './pages';

/** Who belongs to several restaurants chooses one, and what is entered lands in that one. */

const AURORA = 'Trattoria Aurora';
const MINATO = '和食処 みなと';

interface Change {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

let owner: Page;

test.beforeEach(async ({ browser }) => {
  owner = await arrive(browser, 'owner');
  await api(owner, 'POST', 'memberships/', { username: 'aurora', role: 'manager' });
});
test.afterEach(async () => {
  const members = await api<{ id: string; username: string }[]>(owner, 'GET', 'memberships/');
  for (const { id } of members.filter(({ username }) => username === 'aurora')) await api(owner, 'DELETE', `memberships/${id}/`);
});

async function enter(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.goto('/');
  await page.locator('input[name=username]').fill('aurora');
  await page.locator('input[name=password]').fill('shiftsync');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: MINATO })).toBeVisible();
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.waitForURL(/restaurant=/);
  // As if on another device: which one was open last is kept in the browser.
  await page.evaluate(() => localStorage.clear());
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Please choose a restaurant' })).toBeVisible();
  return page;
}

async function isIn(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('banner').getByRole('button', { name, exact: true })).toBeVisible();
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await expect(page.locator('.ss-name', { hasText: 'Rossi' })).toHaveCount(name === AURORA ? 1 : 0);
  await saved(page);
}

const idOf = (page: Page) => new URL(page.url()).searchParams.get('restaurant') ?? '';
const open = async (context: BrowserContext, address = '/') => {
  const page = await context.newPage();
  await page.goto(address);
  return page;
};

/** Gives a cell another value, and waits until it is saved. */
async function edit(page: Page, row: number, day: number): Promise<string> {
  const value = (await cellAt(page, row, day).innerText()) === '×' ? '△' : '×';
  await pick(page, row, day);
  await page.keyboard.press(value === '×' ? 'x' : 't');
  await expect(cellAt(page, row, day)).toHaveText(value);
  await saved(page);
  return value;
}

/** The edits of cells in a restaurant after a version. */
async function edits(page: Page, restaurant: string, since: string): Promise<unknown[]> {
  const { changes } = await api<{ changes: Change[] }>(page, 'GET', `changes/?restaurant=${restaurant}&since=${since}`);
  return changes.filter(({ type }) => type.startsWith('SHIFT_')).map(({ payload }) => payload['shiftValue']);
}

async function now(page: Page, restaurant: string): Promise<string> {
  const { epoch, version } = await api<{ epoch: string; version: number }>(page, 'GET', `changes/?restaurant=${restaurant}`);
  return `${epoch}:${version}`;
}

test('one of two is chosen, remembered, changed over in the header and in the palette, and edits land in it', async ({ browser }) => {
  const page = await enter(browser);
  await page.getByRole('link', { name: MINATO }).click();
  await isIn(page, MINATO);
  const minato = idOf(page);
  await page.getByRole('button', { name: MINATO, exact: true }).click();
  await page.getByRole('menuitemradio', { name: AURORA }).click();
  await isIn(page, AURORA);
  const aurora = idOf(page);
  expect(new Set([minato, aurora, '']).size).toBe(3);

  const before = { minato: await now(page, minato), aurora: await now(page, aurora) };
  const there = await edit(page, 1, 3);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('みなと');
  await page.keyboard.press('Enter');
  await isIn(page, MINATO);
  const here = await edit(page, 2, 5);
  expect(await edits(page, aurora, before.aurora)).toEqual([there]);
  expect(await edits(page, minato, before.minato)).toEqual([here]);
});

test('the last one is opened again without asking; a tab keeps its own, and the address decides', async ({ browser }) => {
  const page = await enter(browser);
  await page.getByRole('link', { name: MINATO }).click();
  await isIn(page, MINATO);
  const other = await open(page.context());
  await isIn(other, MINATO);
  await other.goto(`/?restaurant=${idOf(other)}#/dashboard`);
  await other.getByRole('button', { name: MINATO, exact: true }).click();
  await other.getByRole('menuitemradio', { name: AURORA }).click();
  await isIn(other, AURORA);
  await page.reload();
  await isIn(page, MINATO);
  const third = await open(page.context(), `/?restaurant=${idOf(other)}`);
  await isIn(third, AURORA);
});

test('what waits for one restaurant is not sent to another', async ({ browser }) => {
  const page = await enter(browser);
  await page.getByRole('link', { name: MINATO }).click();
  await isIn(page, MINATO);
  const minato = idOf(page);
  const before = await now(page, minato);
  let isCut = true;
  const line = page.context();
  await line.route('**/api/**', (route) => (isCut ? route.abort() : route.fallback()));
  await line.routeWebSocket(/staff-sync/, (socket) => {
    if (isCut) void socket.close();
    else socket.connectToServer();
  });
  await page.reload();
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  const value = (await cellAt(page, 3, 7).innerText()) === '×' ? '△' : '×';
  await pick(page, 3, 7);
  await page.keyboard.press(value === '×' ? 'x' : 't');
  await expect(page.locator('.app-state')).toHaveText(/^1 waiting/);
  await page.getByRole('button', { name: MINATO, exact: true }).click();
  await page.getByRole('menuitemradio', { name: AURORA }).click();
  await page.getByRole('dialog', { name: 'You have unsent changes' }).getByRole('button', { name: 'Switch anyway' }).click();
  await expect(page.getByRole('banner').getByRole('button', { name: AURORA, exact: true })).toBeVisible();
  isCut = false;
  await isIn(page, AURORA);
  const aurora = idOf(page);
  expect(await edits(page, minato, before)).toEqual([]);
  await page.goto(`/?restaurant=${minato}`);
  await isIn(page, MINATO);
  await expect.poll(() => edits(page, minato, before)).toEqual([value]);
  await expect(cellAt(page, 3, 7)).toHaveText(value);
  expect(aurora).not.toBe(minato);
});

test('a restaurant that one may not open is said to be so, and the others are offered', async ({ browser }) => {
  const page = await enter(browser);
  await page.goto('/?restaurant=00000000-0000-4000-8000-000000000000');
  await expect(page.getByText('You don’t have access to this restaurant.')).toBeVisible();
  await page.getByRole('link', { name: AURORA }).click();
  await isIn(page, AURORA);
});

test('the other restaurant is reached by a phone and a tablet, and a phone says which one this is', async ({ browser }) => {
  const page = await enter(browser);
  await page.getByRole('link', { name: MINATO }).click();
  await isIn(page, MINATO);
  const switcher = page.getByRole('banner').getByRole('button', { name: MINATO });
  const shown = () => switcher.evaluate((button) => [...button.querySelectorAll('*')].filter((each) => getComputedStyle(each).clipPath !== 'none').map((each) => each.getAttribute('class') ?? ''));
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(shown).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await page.setViewportSize({ width: 820, height: 1180 });
  await expect(switcher.locator('.app-mark')).toBeInViewport();
  expect((await shown()).filter((each) => !each.includes('Button-label'))).toEqual([]);
  await switcher.click();
  await page.getByRole('menuitem', { name: AURORA }).or(page.getByRole('menuitemradio', { name: AURORA })).or(page.getByRole('menuitemcheckbox', { name: AURORA })).click();
  await page.setViewportSize({ width: 1440, height: 900 });
  await isIn(page, AURORA);
});
