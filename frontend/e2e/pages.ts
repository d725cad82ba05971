import {
  type Browser,
  type BrowserContextOptions,
  expect,
  type Locator,
  type Page,
  request,
  test as base,
} from '@playwright/test';

import { ADDRESS } from './address';
import { Lane } from './lane';
import { type SignedIn, signIn, type User } from './users';

/**
 * The sample restaurant as its people see it. What is found here by name is in English. Each file begins with the
 * sample as it is made, on a server of its own; its tests share it: a test works on people and days of its own, reads what is there before
 * it acts, and depends on no other test.
 */

export type { User } from './users';
export { signIn } from './users';

/**
 * `lane`: the servers of this worker of Playwright's; null where `scripts/e2e` made no sample, and a server runs already.
 * `fresh`: a server on a copy of the sample, for as long as the tests are those of one file and none fails.
 * `tidy` closes the browsers of a test when it is over, so that nobody stays in the roster of the next.
 */
export const test = base.extend<{ fresh: boolean; tidy: boolean }, { lane: Lane | null }>({
  lane: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what is needed.
    async ({}, use) => {
      const sample = process.env['E2E_SAMPLE'];
      lane = sample === undefined ? null : new Lane(sample, ADDRESS);
      await use(lane);
      await lane?.close();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  fresh: [
    async ({ lane }, use, { file }) => {
      await lane?.serve(file);
      await use(true);
    },
    { auto: true, timeout: 180_000 },
  ],
  tidy: [
    async ({ browser }, use) => {
      await use(true);
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    { auto: true },
  ],
});

let lane: Lane | null = null;
const signedIn = new Map<User, Promise<SignedIn>>();

/** The cookies of a user, who is signed in once: in the sample, or by whoever asks first. */
export function cookiesOf(user: User): Promise<SignedIn> {
  if (lane !== null) return Promise.resolve(lane.users[user]);
  const known = signedIn.get(user) ?? signIn(user);
  signedIn.set(user, known);
  return known;
}

/** Publishes a period, or the one that today lies in: who only looks sees what is published, and nothing else. */
export async function publish(period?: number): Promise<void> {
  const requests = await request.newContext({ baseURL: ADDRESS, storageState: await cookiesOf('manager') });
  const periods = (await (await requests.get('/api/periods/')).json()) as Listed[];
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tokyo' }).format(new Date());
  const found = periods.find(({ index, endDate }) => (period === undefined ? endDate >= today : index === period));
  if (found !== undefined && found.state !== 'published') {
    const token = (await requests.storageState()).cookies.find(({ name }) => name === 'csrftoken')?.value ?? '';
    const answer = await requests.post(`/api/schedules/${found.scheduleId}/publish/`, { headers: { 'X-CSRFToken': token, Referer: ADDRESS }, data: {} });
    expect(answer.ok(), await answer.text()).toBe(true);
  }
  await requests.dispose();
}

interface Listed {
  readonly index: number;
  readonly scheduleId: string;
  readonly endDate: string;
  readonly state: string;
}

export interface Arrival extends Omit<BrowserContextOptions, 'storageState'> {
  /** Index of the period; by default the one that today lies in. */
  readonly period?: number;
  /** What is done to the page before it opens. */
  readonly before?: (page: Page) => Promise<unknown>;
}

/** A browser of its own, signed in, in front of the grid, with everything saved. For a viewer the month is published. */
export async function arrive(browser: Browser, user: User, { period, before, ...options }: Arrival = {}): Promise<Page> {
  if (user === 'viewer') await publish(period);
  const context = await browser.newContext({ locale: 'en-GB', ...options, storageState: await cookiesOf(user) });
  const page = await context.newPage();
  await before?.(page);
  await page.goto(period === undefined ? '/' : `/#/schedule/${period}`);
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await saved(page);
  return page;
}

/** The cell of a person, both counted from 0. */
export const cellAt = (page: Page, row: number, day: number): Locator =>
  page.locator(`.ss-row[aria-rowindex="${row + 2}"] [role=gridcell][aria-colindex="${day + 2}"]`);

/** Puts the cursor there. */
export async function pick(page: Page, row: number, day: number): Promise<void> {
  await cellAt(page, row, day).click();
}

/** The cell that the cursor is in. */
export const active = async (page: Page): Promise<Locator> => {
  const id = await page.getByRole('grid').getAttribute('aria-activedescendant');
  return page.locator(`[id="${id ?? ''}"]`);
};

/** Where the cursor is, by the text that a screen reader says. */
export const cursor = async (page: Page): Promise<string> => (await (await active(page)).getAttribute('aria-label')) ?? '';

/** The keys are the grid's: what one types goes to the cell with the cursor. */
export const hasTheKeys = (page: Page): Promise<void> => expect(page.locator('.ss-grid:focus-within')).toBeVisible();

/** Selects from one cell to another, both as row and day. */
export async function selectRange(page: Page, [row, day]: readonly [number, number], [toRow, toDay]: readonly [number, number]): Promise<void> {
  await pick(page, row, day);
  await cellAt(page, toRow, toDay).click({ modifiers: ['Shift'] });
}

/** Draws the fill handle of a selection, which ends at one cell, to another, and holds it there; cells as row and day. */
export async function drawHandle(page: Page, [row, day]: readonly [number, number], [toRow, toDay]: readonly [number, number]): Promise<{ x: number; y: number }> {
  const [from, to, handle] = [cellAt(page, row, day), cellAt(page, toRow, toDay), page.locator('.ss-handle')];
  const middle = async () => {
    const [cell, its] = [await from.boundingBox(), await handle.boundingBox()];
    if (cell === null || its === null) throw new Error('There is nothing to draw.');
    const at = { x: its.x + its.width / 2, y: its.y + its.height / 2 };
    expect(Math.hypot(at.x - cell.x - cell.width, at.y - cell.y - cell.height)).toBeLessThan(its.width);
    return at;
  };
  // It comes to the selection a frame later than the cursor, and what tells of saving may move the page.
  await expect(middle).toPass();
  const [begin, end] = [await middle(), await to.boundingBox()];
  if (end === null) throw new Error('There is nowhere to draw to.');
  await page.mouse.move(begin.x, begin.y);
  await page.mouse.down();
  await page.mouse.move(end.x + 10, end.y + 10, { steps: 4 });
  await expect(page.locator('.ss-filling')).toBeVisible();
  return { x: end.x + 10, y: end.y + 10 };
}

/** What the page says in passing. */
export const message = (page: Page, text: string | RegExp): Locator => page.locator('.app-toast', { hasText: text });

/** Everything that was entered has arrived on the server. */
export async function saved(page: Page): Promise<void> {
  await expect(page.locator('button.app-state-saved')).toBeVisible();
}

/** Asks the REST interface as the user of the page; `body` makes it a change. Gives the answer's JSON. */
export async function api<T = unknown>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  const { cookies } = await page.context().storageState();
  const token = cookies.find(({ name }) => name === 'csrftoken')?.value ?? '';
  const answer = await page.request.fetch(`/api/${path}`, {
    method,
    headers: { 'X-CSRFToken': token, Referer: page.url() },
    ...(body === undefined ? {} : { data: body }),
  });
  expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return answer.status() === 204 ? (undefined as T) : ((await answer.json()) as T);
}
