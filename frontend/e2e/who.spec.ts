import { type BrowserContext, expect, type Page } from '@playwright/test';

import { Line } from './line';
import { api, arrive, cellAt, message, pick, saved, signIn, test, type User } from './pages';
import { planOf, put } from './plan';

/** Who sits at the browser may change while a page is open: nothing goes out under another name, and nothing is lost. */

const PERIOD = 3;
const ROW = 8;
const state = (page: Page) => page.locator('.app-state');

/** A browser that has a session of its own, so that ending it ends no other test's. */
async function own(page: Page, user: User): Promise<void> {
  await as(page.context(), user);
}

async function as(context: BrowserContext, user: User): Promise<void> {
  const signedIn = await signIn(user);
  await context.clearCookies();
  await context.addCookies(typeof signedIn === 'string' ? [] : signedIn.cookies);
}

interface Author {
  readonly changedBy: string;
}

const historyOf = async (page: Page, schedule: string, staff: string, day: string) =>
  (await api<{ changes: Author[] }>(page, 'GET', `schedules/${schedule}/cells/${staff}/${day}/history/`)).changes;

test('what waits is not sent in the name of another who has signed in meanwhile, and is sent when its author is back', async ({ browser }) => {
  const line = new Line();
  const page = await arrive(browser, 'manager', { period: PERIOD, before: async (its) => (await line.lay(its), own(its, 'manager')) });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, ROW, 0, [['△']]);
  await line.cut();
  await expect(state(page)).toHaveText('Offline');
  await pick(page, ROW, 0);
  await page.keyboard.press('x');
  await expect(state(page)).toHaveText('1 waiting');
  await as(page.context(), 'owner');
  const theirs = await page.context().newPage();
  await theirs.goto(`/#/schedule/${PERIOD}`);
  await expect(cellAt(theirs, ROW, 0)).toHaveText('△');
  await line.mend();
  await expect(page.getByText('signed in as somebody else')).toBeVisible();
  await saved(theirs);
  await theirs.reload();
  await expect(cellAt(theirs, ROW, 0)).toHaveText('△');
  await theirs.close();
  await as(page.context(), 'manager');
  await page.reload();
  await saved(page);
  await expect(cellAt(page, ROW, 0)).toHaveText('×');
  const [last] = await historyOf(page, plan.scheduleId, plan.staff[ROW]?.id ?? '', plan.days[0] ?? '');
  expect(last?.changedBy).toMatch(/manager/i);
});

test('signing out in one tab ends the other, which saves nothing any more', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD, before: (its) => own(its, 'manager') });
  const other = await page.context().newPage();
  await other.goto(`/#/schedule/${PERIOD}`);
  await saved(other);
  await other.getByRole('button', { name: 'Menu', exact: true }).click();
  await other.getByRole('menuitem', { name: /Sign out/ }).click();
  await expect(other.locator('input[name=password]')).toBeVisible();
  await expect(page.getByText('You are not signed in.')).toBeVisible();
  await expect(page.getByRole('gridcell')).toHaveCount(0);
});

test('a session that is ended elsewhere ends the page within seconds', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD, before: (its) => own(its, 'manager') });
  // The session is over on the server, and nothing in this browser says so.
  const { cookies } = await page.context().storageState();
  const session = cookies.find(({ name }) => name.includes('session'));
  const elsewhere = await browser.newContext({ storageState: { cookies, origins: [] } });
  await elsewhere.request.post('/sign-out/', { headers: { 'X-CSRFToken': cookies.find(({ name }) => name === 'csrftoken')?.value ?? '', Referer: page.url() }, maxRedirects: 0 });
  expect(session).toBeDefined();
  await expect(page.getByText('You are not signed in.')).toBeVisible();
});

test('a session that ends while an edit waits is told in every tab, which go on when the same user is back', async ({ browser }) => {
  const line = new Line();
  const page = await arrive(browser, 'manager', { period: PERIOD, before: async (its) => (await line.lay(its), own(its, 'manager')) });
  const other = await page.context().newPage();
  await other.goto(`/#/schedule/${PERIOD}`);
  await saved(other);
  await put(page, await planOf(page, PERIOD), ROW, 10, [['△']]);
  await line.cut();
  await expect(state(page)).toHaveText('Offline');
  await pick(page, ROW, 10);
  await page.keyboard.press('x');
  await expect(state(page)).toHaveText('1 waiting');
  const { cookies } = await page.context().storageState();
  const elsewhere = await browser.newContext({ storageState: { cookies, origins: [] } });
  await elsewhere.request.post('/sign-out/', { headers: { 'X-CSRFToken': cookies.find(({ name }) => name === 'csrftoken')?.value ?? '', Referer: page.url() }, maxRedirects: 0 });
  await line.mend();
  for (const tab of [page, other]) await expect(tab.getByText('You are not signed in.')).toBeVisible();
  await as(page.context(), 'manager');
  const back = await page.context().newPage();
  await back.goto(`/#/schedule/${PERIOD}`);
  // The others hear that their user is back.
  await saved(page);
  await expect(cellAt(back, ROW, 10)).toHaveText('×');
  await expect(cellAt(other, ROW, 10)).toHaveText('×');
});

test('signing out with edits that wait asks first', async ({ browser }) => {
  const line = new Line();
  const page = await arrive(browser, 'manager', { period: PERIOD, before: async (its) => (await line.lay(its), own(its, 'manager')) });
  await put(page, await planOf(page, PERIOD), ROW, 1, [['△']]);
  await line.cut();
  await expect(state(page)).toHaveText('Offline');
  await pick(page, ROW, 1);
  await page.keyboard.press('x');
  await expect(state(page)).toHaveText('1 waiting');
  const signOut = async () => {
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await page.getByRole('menuitem', { name: /Sign out/ }).click();
  };
  await signOut();
  const question = page.getByRole('dialog', { name: 'You have unsent changes' });
  await expect(question).toContainText('1 change ');
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await expect(cellAt(page, ROW, 1)).toHaveText('×');
  await line.mend();
  await saved(page);
  await signOut();
  await expect(page.locator('input[name=password]')).toBeVisible();
});

test('signing out asks about what waits in another tab too', async ({ browser }) => {
  const line = new Line();
  const page = await arrive(browser, 'manager', { period: PERIOD, before: async (its) => (await line.lay(its), own(its, 'manager')) });
  const other = await page.context().newPage();
  await other.goto(`/#/schedule/${PERIOD}`);
  await saved(other);
  await put(page, await planOf(page, PERIOD), ROW, 12, [['△']]);
  await line.cut();
  await expect(state(page)).toHaveText('Offline');
  await pick(page, ROW, 12);
  await page.keyboard.press('x');
  await expect(state(page)).toHaveText('1 waiting');
  await other.getByRole('button', { name: 'Menu', exact: true }).click();
  await other.getByRole('menuitem', { name: /Sign out/ }).click();
  const question = other.getByRole('dialog', { name: 'You have unsent changes' });
  await expect(question).toContainText('1 change ');
  await other.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await line.mend();
  await saved(page);
});

test('who is made a viewer is shown what viewers see, and who is made a manager again edits, without a reload', async ({ browser }) => {
  const owner = await arrive(browser, 'owner', { period: PERIOD });
  const members = await api<{ id: string; username: string; role: string }[]>(owner, 'GET', 'memberships/');
  const { id } = members.find(({ username }) => username === 'manager') ?? { id: '' };
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, ROW, 2, [['△']]);
  await put(page, plan, ROW, 4, [['']]);
  await pick(page, ROW, 4);
  await page.keyboard.type('Half');
  try {
    await api(owner, 'PATCH', `memberships/${id}/`, { role: 'viewer' });
    await expect(message(page, 'You can now only view')).toBeVisible();
    await expect(page.locator('.ss-handle')).toHaveCount(0);
    await expect(page.locator('.ss-editor')).toHaveCount(0);
  } finally {
    await api(owner, 'PATCH', `memberships/${id}/`, { role: 'manager' });
  }
  await expect(message(page, 'You can now edit')).toBeVisible();
  // What was half typed is there again, and was not entered.
  await expect(page.locator('.ss-editor')).toHaveValue('Half');
  await page.keyboard.press('Escape');
  await expect(cellAt(owner, ROW, 4)).toHaveText('');
  await expect(cellAt(page, ROW, 2)).toHaveText('△');
  await pick(page, ROW, 2);
  await page.keyboard.press('x');
  await saved(page);
  await expect(cellAt(owner, ROW, 2)).toHaveText('×');
});

test('one’s own second tab is no colleague, and a copied one has outbox and undo of its own without Web Locks', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD, before: (its) => its.context().addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined })) });
  await put(page, await planOf(page, PERIOD), ROW, 3, [['△', '△']]);
  await pick(page, ROW, 3);
  await page.keyboard.press('x');
  await saved(page);
  const stored = await page.evaluate(() => Object.fromEntries(Object.entries(sessionStorage)) as Record<string, string>);
  const copy = await page.context().newPage();
  await copy.addInitScript((kept) => Object.entries(kept).forEach(([key, value]) => sessionStorage.setItem(key, value)), stored);
  await copy.goto(`/#/schedule/${PERIOD}`);
  await saved(copy);
  await expect(cellAt(copy, ROW, 3)).toHaveText('×');
  await pick(copy, ROW, 4);
  await copy.keyboard.press('d');
  await saved(copy);
  await pick(copy, ROW, 5);
  await copy.keyboard.press('Control+z');
  await expect(cellAt(copy, ROW, 4)).toHaveText('△');
  await saved(copy);
  await copy.keyboard.press('Control+z');
  await saved(copy);
  await expect(cellAt(page, ROW, 4)).toHaveText('△');
  await expect(cellAt(page, ROW, 3)).toHaveText('×');
  await expect(page.locator('.app-face')).toHaveCount(0);
  await expect(copy.locator('.app-face')).toHaveCount(0);
});
