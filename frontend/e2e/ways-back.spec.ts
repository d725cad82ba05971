import { type Browser, expect, type Page } from '@playwright/test';

import { api, arrive, cellAt, message, pick, saved, signIn, test, type User } from './pages';
import { planOf, put } from './plan';
import { arriveDeaf } from './wire';

/** What a colleague has lost can be given back, also after a reload, by whoever was told so and by nobody else. */

const PERIOD = 3;
const ROW = 9;
const OVERWROTE = 'You overwrote 1 change by owner.';

async function as(page: Page, user: User): Promise<void> {
  const signedIn = await signIn(user);
  await page.context().clearCookies();
  await page.context().addCookies(typeof signedIn === 'string' ? [] : signedIn.cookies);
}

/** A manager who has written × over the owner's ◇, and is told so. */
async function overwriting(browser: Browser, column: number) {
  const { page, stopEar, openEar } = await arriveDeaf(browser, 'manager');
  // A session of its own: it is ended and begun again here.
  await as(page, 'manager');
  await page.goto(`/#/schedule/${PERIOD}`);
  const owner = await arrive(browser, 'owner', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, ROW, column, [['△']]);
  await expect(cellAt(page, ROW, column)).toHaveText('△');
  stopEar();
  await pick(owner, ROW, column);
  await owner.keyboard.press('d');
  await saved(owner);
  await pick(page, ROW, column);
  await page.keyboard.press('x');
  await expect(cellAt(owner, ROW, column)).toHaveText('×');
  openEar();
  await expect(message(page, OVERWROTE)).toBeVisible();
  return { page, owner };
}

test('a way back outlasts the page and a session in between, and ends when it is taken', async ({ browser }) => {
  const { page, owner } = await overwriting(browser, 3);
  await page.reload();
  await expect(message(page, OVERWROTE)).toBeVisible();
  await as(page, 'owner');
  await page.reload();
  await saved(page);
  await expect(cellAt(page, ROW, 3)).toHaveText('×');
  await expect(message(page, OVERWROTE)).toBeHidden();
  await as(page, 'manager');
  await page.reload();
  await page.getByRole('button', { name: 'Restore theirs' }).click();
  await expect(cellAt(owner, ROW, 3)).toHaveText('◇');
  await page.reload();
  await saved(page);
  await expect(cellAt(page, ROW, 3)).toHaveText('◇');
  await expect(message(page, OVERWROTE)).toBeHidden();
});

test('a way back that is dismissed in one tab is gone in the other, and after a reload', async ({ browser }) => {
  const { page } = await overwriting(browser, 4);
  const tab = await page.context().newPage();
  await tab.goto(`/#/schedule/${PERIOD}`);
  await expect(message(tab, OVERWROTE)).toBeVisible();
  await page.locator('.app-toast', { hasText: OVERWROTE }).getByRole('button', { name: 'Close' }).click();
  await expect(message(tab, OVERWROTE)).toBeHidden();
  await page.reload();
  await saved(page);
  await expect(message(page, OVERWROTE)).toBeHidden();
});

test('what another is told is not shown to who signs in over the page', async ({ browser }) => {
  const { page } = await overwriting(browser, 5);
  await as(page, 'owner');
  const theirs = await page.context().newPage();
  await theirs.goto(`/#/schedule/${PERIOD}`);
  await expect(page.getByText('signed in as somebody else')).toBeVisible();
  await expect(page.locator('.app-toast')).toHaveCount(0);
  await saved(theirs);
  await expect(message(theirs, OVERWROTE)).toBeHidden();
});

interface Made {
  readonly result: { readonly shiftType: { readonly id: string } };
}

test('a shift type that was deleted over a colleague’s change comes back, and its cells with a second click', async ({ browser }) => {
  const { page, stopEar, openEar } = await arriveDeaf(browser, 'manager');
  const owner = await arrive(browser, 'owner', { period: PERIOD });
  const made = await api<Made>(owner, 'POST', 'shift-types/', { symbol: '夜', kind: 'late', labelEn: 'Night' });
  const { id } = made.result.shiftType;
  const plan = await planOf(page, PERIOD);
  await page.goto(`/#/schedule/${PERIOD}`);
  await put(page, plan, ROW, 7, [['夜', '夜']]);
  await expect(cellAt(page, ROW, 8)).toHaveText('夜');
  await page.goto(`/#/schedule/${PERIOD}?dialog=settings/shiftTypes/${id}`);
  const settings = page.getByRole('dialog');
  await expect(settings.getByLabel('Symbol', { exact: true }).first()).toHaveValue('夜');
  stopEar();
  await api(owner, 'PATCH', `shift-types/${id}/`, { labelEn: 'Very late' });
  await settings.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete this?' }).getByRole('button', { name: 'Delete' }).click();
  openEar();
  await page.getByRole('button', { name: '◇', exact: true }).click();
  await expect(message(page, OVERWROTE)).toBeVisible();
  await page.getByRole('button', { name: 'Restore theirs' }).click();
  await expect(message(page, /“夜” is back. 2 cells that were changed to “◇” still show that./)).toBeVisible();
  expect(await api<{ labelEn: string }>(owner, 'GET', `shift-types/${id}/`)).toMatchObject({ labelEn: 'Very late', isActive: true });
  await page.reload();
  await page.getByRole('button', { name: 'Change them back to “夜”' }).click();
  await expect(cellAt(owner, ROW, 7)).toHaveText('夜');
  await expect(cellAt(owner, ROW, 8)).toHaveText('夜');
  await put(owner, plan, ROW, 7, [['', '']]);
  await api(owner, 'DELETE', `shift-types/${id}/`);
});
