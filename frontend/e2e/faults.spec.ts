import { type BrowserContext, expect, type Page } from '@playwright/test';

import { GRID_SLICES, keeps } from './kept';
import { cellAt, pick, saved, test } from './pages';
import { Server } from './server';

/** A server that dies, a network that is gone, tabs that are closed: nothing is lost, and nothing happens twice. */

const SYMBOLS = ['○', '△', '◇', '×'];
const KEYS = ['o', 't', 'd', 'x'];
/** Another value than the one in the cell: each edit changes something. */
const next = (before: string) => (SYMBOLS.indexOf(before) + 1) % SYMBOLS.length;

let server: Server;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  server = await Server.open(12, 31);
});
test.afterAll(() => server.close());
test.setTimeout(300_000);

async function open(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto('/');
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  return page;
}

/** Gives a cell another value, and tells which. */
async function edit(page: Page, row: number, day: number): Promise<string> {
  const index = next(await cellAt(page, row, day).innerText());
  await pick(page, row, day);
  await page.keyboard.press(KEYS[index] ?? '');
  const value = SYMBOLS[index] ?? '';
  await expect(cellAt(page, row, day)).toHaveText(value);
  return value;
}

const waiting = (page: Page, count: number) => expect(page.locator('.app-state')).toHaveText(new RegExp(`^${count} waiting`));

/** The cells that were changed after `version`, as often as they were. */
async function changed(page: Page, version: number): Promise<string[]> {
  const changes = await server.changes(page, version);
  return changes.map(({ payload }) => `${String(payload['dateKey'])} ${String(payload['shiftValue'])}`).sort();
}

const expected = (day: number, value: string) => `${server.world.days[day] ?? ''} ${value}`;

test('a server that is killed in the middle of one’s edits loses none and doubles none', async ({ browser }) => {
  const page = await open(await server.visitor(browser));
  await saved(page);
  const before = await server.version(page);
  const made: string[] = [];
  for (let day = 0; day < 12; day += 1) {
    if (day === 4) await server.kill();
    made.push(expected(day, await edit(page, 0, day)));
  }
  await expect(page.locator('.app-state-waiting')).toBeVisible();
  await server.start();
  await saved(page);
  expect(await changed(page, before)).toEqual(made.sort());
  await page.reload();
  await saved(page);
  for (const [day, date] of server.world.days.slice(0, 12).entries()) {
    const value = made.find((each) => each.startsWith(date))?.split(' ')[1] ?? '';
    await expect(cellAt(page, 0, day)).toHaveText(value);
  }
});

test('what waits in a tab that is closed arrives once when the page is opened again', async ({ browser }) => {
  const context = await server.visitor(browser);
  const page = await open(context);
  await saved(page);
  const before = await server.version(page);
  await server.kill();
  const made = [expected(1, await edit(page, 1, 1)), expected(2, await edit(page, 1, 2))];
  await waiting(page, 2);
  await page.close();
  await server.start();
  const again = await open(context);
  await saved(again);
  expect(await changed(again, before)).toEqual(made.sort());
  for (const day of [1, 2]) await expect(cellAt(again, 1, day)).toHaveText(made.find((each) => each.startsWith(server.world.days[day] ?? '-'))?.split(' ')[1] ?? '');
  await again.reload();
  await saved(again);
  expect(await changed(again, before)).toHaveLength(2);
});

test('two tabs of one browser keep what they wait with apart', async ({ browser }) => {
  const context = await server.visitor(browser);
  const [one, other] = [await open(context), await open(context)];
  await Promise.all([saved(one), saved(other)]);
  const before = await server.version(one);
  await server.kill();
  const made = [expected(3, await edit(one, 2, 3)), expected(4, await edit(other, 2, 4)), expected(5, await edit(other, 2, 5))];
  await waiting(one, 1);
  await waiting(other, 2);
  await server.start();
  await Promise.all([saved(one), saved(other)]);
  expect(await changed(one, before)).toEqual(made.sort());
  for (const page of [one, other]) {
    for (const day of [3, 4, 5]) await expect(cellAt(page, 2, day)).toHaveText(made.find((each) => each.startsWith(server.world.days[day] ?? '-'))?.split(' ')[1] ?? '');
  }
});

test('the page shows what it knew and takes edits where neither socket nor REST can be had', async ({ browser }) => {
  const context = await server.visitor(browser);
  const first = await open(context);
  await saved(first);
  const shown = await cellAt(first, 3, 6).innerText();
  await keeps(first, GRID_SLICES);
  await first.close();

  let isCut = true;
  await context.route('**/api/**', (route) => (isCut ? route.abort() : route.fallback()));
  await context.routeWebSocket(/staff-sync/, (socket) => {
    if (isCut) void socket.close();
    else socket.connectToServer();
  });
  const page = await open(context);
  await expect(cellAt(page, 3, 6)).toHaveText(shown);
  const value = await edit(page, 3, 6);
  await waiting(page, 1);
  await page.reload();
  await expect(cellAt(page, 3, 6)).toHaveText(value);
  await waiting(page, 1);
  isCut = false;
  await saved(page);
  await page.reload();
  await expect(cellAt(page, 3, 6)).toHaveText(value);
});

test('two browsers: an undo leaves alone what the other has changed since', async ({ browser }) => {
  const mine = await open(await server.visitor(browser));
  const theirs = await open(await server.visitor(browser, 'owner'));
  await Promise.all([saved(mine), saved(theirs)]);
  const old = await cellAt(mine, 5, 9).innerText();
  await pick(mine, 5, 8);
  await mine.keyboard.press('Shift+ArrowRight');
  await mine.keyboard.press('Delete');
  await expect(cellAt(theirs, 5, 8)).toHaveText('');
  await expect(cellAt(theirs, 5, 9)).toHaveText('');
  const value = await edit(theirs, 5, 8);
  await expect(cellAt(mine, 5, 8)).toHaveText(value);
  await mine.keyboard.press('Control+z');
  await mine.getByRole('button', { name: 'Undo the rest' }).click();
  await expect(cellAt(mine, 5, 9)).toHaveText(old);
  await expect(cellAt(theirs, 5, 9)).toHaveText(old);
  await expect(cellAt(mine, 5, 8)).toHaveText(value);
});

test('without a socket writes go by REST and reads by polling', async ({ browser }) => {
  const context = await server.visitor(browser);
  await context.addInitScript(() => localStorage.setItem('FORCE_REST_ONLY', 'true'));
  const other = await server.visitor(browser, 'owner');
  await other.addInitScript(() => localStorage.setItem('FORCE_SUPABASE_ONLY', 'true'));
  const sockets: string[] = [];
  for (const each of [context, other]) each.on('page', (page) => page.on('websocket', (socket) => sockets.push(socket.url())));
  const [page, reader] = [await open(context), await open(other)];
  await Promise.all([saved(page), saved(reader)]);
  const before = await server.version(page);
  const value = await edit(page, 6, 10);
  await saved(page);
  await expect(cellAt(reader, 6, 10)).toHaveText(value);
  expect(await changed(page, before)).toEqual([expected(10, value)]);
  await pick(page, 6, 12);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Delete');
  await saved(page);
  for (const row of [6, 7]) await expect(cellAt(reader, row, 12)).toHaveText('');
  expect(sockets).toEqual([]);
});
