import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';

import { GRID_SLICES, keeps } from './kept';
import { cellAt, pick, saved, test } from './pages';
import { Server } from './server';

/** The page opens while the server is away, for those whose page it is, and is the newest wherever there is a server. */

const FRONTEND = fileURLToPath(new URL('..', import.meta.url));

let server: Server;
const builds: string[] = [];

test.beforeAll(async () => {
  test.setTimeout(300_000);
  server = await Server.open(8, 31);
});
test.beforeEach(async () => {
  await server.kill();
  await server.start();
});
test.afterAll(async () => {
  await server.close();
  for (const build of builds) rmSync(build, { recursive: true, force: true });
});
test.setTimeout(300_000);

/** A front end whose files have other names than those of any other build here. */
function build(): string {
  const directory = mkdtempSync(join(tmpdir(), 'shiftsync-build-'));
  builds.push(directory);
  const env = { ...process.env, VITE_WEBSOCKET_SETTINGS: `build-${builds.length}` };
  execFileSync('npx', ['vite', 'build', '--outDir', directory, '--emptyOutDir', '--logLevel', 'error'], { cwd: FRONTEND, env });
  return directory;
}

const visitor = (browser: Browser): Promise<BrowserContext> => server.visitor(browser, 'manager', { serviceWorkers: 'allow' });

async function open(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto('/');
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  return page;
}

/** The parts of the page that the browser keeps, by the name of where. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const found: Record<string, number> = {};
    for (const name of await caches.keys()) found[name] = (await (await caches.open(name)).keys()).length;
    return found;
  });

const ready = (page: Page) => page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);

/** All that is needed to open it without a server is in the browser. */
async function keptWhole(page: Page): Promise<void> {
  await expect.poll(() => ready(page)).toBe('activated');
  await expect.poll(async () => (await kept(page))['shiftsync-shell'] ?? 0).toBe(1);
  await keeps(page, [...GRID_SLICES, '"settings"']);
}

const entry = (page: Page) => page.locator('script[type=module]').first().getAttribute('src');
const other = (value: string) => (value === '×' ? { key: 'o', value: '○' } : { key: 'x', value: '×' });

/** Without a server a browser shows a page of its own. */
async function opensNothing(page: Page): Promise<void> {
  await expect(page.goto('/')).rejects.toThrow(/net::ERR_/);
}

test('a tab that was closed is opened again while the server is away: the month is there, and edits arrive once', async ({ browser }) => {
  const context = await visitor(browser);
  const first = await open(context);
  await saved(first);
  await keptWhole(first);
  const before = await server.version(first);
  const shown = await cellAt(first, 2, 4).innerText();
  await server.kill();
  await first.close();

  const page = await open(context);
  await expect(cellAt(page, 2, 4)).toHaveText(shown);
  await expect.poll(() => page.locator('.app-mark').evaluate((mark) => (mark as HTMLImageElement).naturalWidth), 'the sign in the head').toBeGreaterThan(0);
  const { key, value } = other(shown);
  await pick(page, 2, 4);
  await page.keyboard.press(key);
  await expect(page.locator('.app-state')).toHaveText(/^1 waiting/);
  // What is loaded only when it is wanted is there too.
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: /Keys|keyboard/i })).toBeVisible();
  await page.goto('/#/schedule?dialog=settings/dailyLimits');
  await expect(page.getByRole('dialog', { name: /Settings/ })).toBeVisible();
  await page.goto('/#/dashboard');
  await expect(page.getByRole('heading', { name: 'Work by person' })).toBeVisible();
  await page.goto('/#/schedule');

  await server.start();
  await saved(page);
  const changes = await server.changes(page, before);
  expect(changes.map(({ payload }) => [payload['staffId'], payload['dateKey'], payload['shiftValue']])).toEqual([
    [server.world.staff[2], server.world.days[4], value],
  ]);
});

test('after an upgrade the new page is shown at once, and the files of builds long gone are thrown away', async ({ browser }) => {
  const context = await visitor(browser);
  const page = await open(context);
  await keptWhole(page);
  const [old] = Object.keys(await kept(page)).filter((name) => name.startsWith('shiftsync-files-'));
  const files = () => kept(page).then((all) => Object.keys(all).filter((name) => name.startsWith('shiftsync-files-')));
  let entered = await entry(page);
  for (const directory of [build(), build()]) {
    await server.kill();
    await server.start(directory);
    const known = await files();
    await page.reload();
    await expect(page.getByRole('gridcell').first()).toBeVisible();
    const now = await entry(page);
    expect(now).not.toBe(entered);
    entered = now;
    await expect.poll(async () => (await files()).filter((name) => !known.includes(name)).length).toBe(1);
    await expect.poll(async () => page.evaluate((src) => caches.match(src).then((found) => found !== undefined), now ?? '')).toBe(true);
  }
  await expect.poll(files).toHaveLength(2);
  expect(await files()).not.toContain(old);
  await keptWhole(page);
  await expect.poll(() => page.evaluate(async (src) => (await (await caches.match('/'))?.text())?.includes(src), entered ?? '')).toBe(true);
  await server.kill();
  await page.reload();
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  expect(await entry(page)).toBe(entered);
});

test('after signing out nothing is shown of who was here, and the page of the next is the next one’s', async ({ browser }) => {
  const context = await visitor(browser);
  const page = await open(context);
  await keptWhole(page);
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: /Sign out/ }).click();
  await expect(page.locator('input[name=password]')).toBeVisible();
  expect(await kept(page)).not.toHaveProperty('shiftsync-shell');
  await server.kill();
  await opensNothing(page);

  await server.start();
  await page.goto('/');
  await page.locator('input[name=username]').fill('owner');
  await page.locator('input[name=password]').fill('shiftsync');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await keptWhole(page);
  await server.kill();
  await page.reload();
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  expect(JSON.parse((await page.locator('#shiftsync-config').textContent()) ?? '')).toMatchObject({ userName: 'owner' });
});

test('who signs out while the server is away leaves nothing to look at', async ({ browser }) => {
  const page = await open(await visitor(browser));
  await keptWhole(page);
  await server.kill();
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  const failed = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/sign-out/'));
  await page.getByRole('menuitem', { name: /Sign out/ }).click();
  await failed;
  await opensNothing(page);
});

test('who was signed out by the server is not shown from the browser', async ({ browser }) => {
  const context = await visitor(browser);
  const page = await open(context);
  await keptWhole(page);
  await context.clearCookies();
  await page.reload();
  await expect(page.locator('input[name=password]')).toBeVisible();
  await server.kill();
  await opensNothing(page);
});

test('answers of the API are never kept', async ({ browser }) => {
  const page = await open(await visitor(browser));
  await keptWhole(page);
  await page.reload();
  await saved(page);
  const addresses = await page.evaluate(async () => {
    const found: string[] = [];
    for (const name of await caches.keys()) found.push(...(await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname));
    return found;
  });
  expect(addresses.length).toBeGreaterThan(50);
  expect(addresses.filter((path) => path !== '/' && path !== '/static/shiftsync/icon.svg' && !path.startsWith('/static/frontend/assets/'))).toEqual([]);
});
