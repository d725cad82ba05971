import { type BrowserContext, expect, type Page } from '@playwright/test';

import { Line } from './line';
import { api, arrive, cellAt, message, pick, saved, signIn, test, type User } from './pages';
import { planOf, put } from './plan';
import { arriveDeaf } from './wire';

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

test('closing the tab asks while a form holds what is not saved', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  await page.evaluate(() => (window.location.hash = '#/schedule/3?dialog=staff'));
  await page.getByRole('button', { name: 'Add a person' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Half a na');
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Half a na');
});

test('closing the tab asks while a cell is typed into, and no more when that is entered', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  await put(page, await planOf(page, PERIOD), ROW, 11, [['']]);
  await pick(page, ROW, 11);
  await page.keyboard.type('Half');
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  await (await asked).dismiss();
  await expect(page.locator('.ss-editor')).toHaveValue('Half');
  await page.keyboard.press('Enter');
  await saved(page);
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => page.isClosed()).toBe(true);
});

test('closing the tab asks while anything typed in the settings is not given away, and no more when it is', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const dialog = page.getByRole('dialog');
  const fields = [
    ['calendar', 'Note', 0],
    ['calendar', 'Note', 1],
    ['calendar', 'Last day', 0],
    ['versions', 'Name of a new version', 0],
  ] as const;
  for (const [tab, label, at] of fields) {
    await page.evaluate((to) => (window.location.hash = to), `#/schedule/${PERIOD}?dialog=settings/${tab}`);
    const field = dialog.getByLabel(label, { exact: true }).nth(at);
    const typed = label === 'Last day' ? '2031-01-31' : 'Half a no';
    await field.click();
    await field.fill(typed);
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    await (await asked).dismiss();
    await expect(field, `${tab}: ${label}`).toHaveValue(typed);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
  await page.evaluate((to) => (window.location.hash = to), `#/schedule/${PERIOD}?dialog=settings/calendar`);
  await dialog.getByLabel('Day', { exact: true }).fill('2031-05-05');
  await dialog.getByLabel('Note', { exact: true }).first().fill('A party');
  await dialog.getByRole('button', { name: 'Add', exact: true }).first().click();
  await expect(dialog.getByText('A party')).toBeVisible();
  await saved(page);
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => page.isClosed()).toBe(true);
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
    await state(page).click();
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

test('what waited offline and met a colleague’s newer value is asked about, whatever the default', async ({ browser }) => {
  const line = new Line();
  const page = await arrive(browser, 'manager', { period: PERIOD, before: line.lay });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, ROW, 7, [['△']]);
  const owner = await arrive(browser, 'owner', { period: PERIOD });
  await line.cut();
  await expect(state(page)).toHaveText('Offline');
  await pick(page, ROW, 7);
  await page.keyboard.press('x');
  await pick(owner, ROW, 7);
  await owner.keyboard.press('d');
  await saved(owner);
  await line.mend();
  await page.getByRole('button', { name: /to decide/ }).click();
  await page.getByRole('button', { name: 'Decide', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Conflicts' });
  await expect(page.getByText('your decision')).toBeHidden();
  await expect(dialog).toContainText('×');
  await expect(dialog).toContainText('◇');
  await expect(cellAt(owner, ROW, 7)).toHaveText('◇');
  await page.getByRole('button', { name: 'Use mine' }).click();
  await saved(page);
  await expect(cellAt(owner, ROW, 7)).toHaveText('×');
  // Who is overwritten is told so, with a way back.
  await expect(message(owner, /changed what you just entered/)).toBeVisible();
  await owner.getByRole('button', { name: 'Reapply mine' }).click();
  await expect(cellAt(page, ROW, 7)).toHaveText('◇');
});

test('what waited offline and met a colleague’s change is decided by its author, also a deletion', async ({ browser }) => {
  const line = new Line();
  const page = await arrive(browser, 'manager', { period: PERIOD, before: line.lay });
  const owner = await arrive(browser, 'owner', { period: PERIOD });
  const fields = { name: '休みの上限', limitConfig: { shiftType: 'off', maxCount: 3 } };
  await api(owner, 'POST', 'daily-limits/', fields);
  const limits = await api<{ id: string; name: string }[]>(owner, 'GET', 'daily-limits/');
  const id = limits.find(({ name }) => name === fields.name)?.id ?? '';
  const path = `daily-limits/${id}/`;
  await page.goto(`/#/schedule/${PERIOD}?dialog=settings/dailyLimits/${id}`);
  const settings = page.getByRole('dialog');
  await expect(settings.getByLabel('Name', { exact: true }).first()).toHaveValue('休みの上限');
  await line.cut();
  await settings.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete this?' }).getByRole('button', { name: 'Delete' }).click();
  await api(owner, 'PATCH', path, { limitConfig: { shiftType: 'off', maxCount: 4 } });
  await line.mend();
  await page.goto(`/#/schedule/${PERIOD}?dialog=conflicts`);
  const dialog = page.getByRole('dialog', { name: 'Conflicts' });
  await expect(dialog).toContainText('You deleted “休みの上限”.');
  await expect(dialog.getByRole('row').nth(1)).toContainText('At most: 3');
  await expect(dialog.getByRole('row').nth(1)).toContainText('At most: 4');
  expect((await api<{ isActive: boolean }>(owner, 'GET', path)).isActive).toBe(true);
  await dialog.getByRole('button', { name: 'Delete it anyway' }).click();
  await saved(page);
  await expect.poll(async () => (await api<{ id: string }[]>(owner, 'GET', 'daily-limits/')).some((each) => each.id === id)).toBe(false);
});

test('what was typed for a row is there again where its deletion met a colleague’s change and is given up', async ({ browser }) => {
  const line = new Line();
  const page = await arrive(browser, 'manager', { period: PERIOD, before: line.lay });
  const owner = await arrive(browser, 'owner', { period: PERIOD });
  await api(owner, 'POST', 'daily-limits/', { name: '半分の上限', limitConfig: { shiftType: 'off', maxCount: 3 } });
  const limits = await api<{ id: string; name: string }[]>(owner, 'GET', 'daily-limits/');
  const id = limits.find(({ name }) => name === '半分の上限')?.id ?? '';
  await page.goto(`/#/schedule/${PERIOD}?dialog=settings/dailyLimits/${id}`);
  const settings = page.getByRole('dialog');
  const most = settings.getByRole('spinbutton', { name: 'At most' });
  await expect(most).toHaveValue('3');
  await line.cut();
  await most.fill('99999');
  await settings.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete this?' }).getByRole('button', { name: 'Delete' }).click();
  await expect(settings.getByText('半分の上限')).toHaveCount(0);
  await api(owner, 'PATCH', `daily-limits/${id}/`, { limitConfig: { shiftType: 'off', maxCount: 4 } });
  await page.reload();
  await line.mend();
  await expect(page.getByRole('button', { name: /to decide/ })).toBeVisible();
  await page.goto(`/#/schedule/${PERIOD}?dialog=conflicts`);
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.goto(`/#/schedule/${PERIOD}?dialog=settings/dailyLimits/${id}`);
  await expect(most).toHaveValue('99999');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(most).toHaveValue('4');
  await api(owner, 'DELETE', `daily-limits/${id}/`);
});

test('a deletion over a colleague’s change is told to who deletes, with a way back', async ({ browser }) => {
  const { page, stopEar, openEar } = await arriveDeaf(browser, 'manager');
  const owner = await arrive(browser, 'owner', { period: PERIOD });
  await api(owner, 'POST', 'daily-limits/', { name: '消された上限', limitConfig: { shiftType: 'off', maxCount: 3 } });
  const limits = await api<{ id: string; name: string }[]>(owner, 'GET', 'daily-limits/');
  const id = limits.find(({ name }) => name === '消された上限')?.id ?? '';
  await page.goto(`/#/schedule/${PERIOD}?dialog=settings/dailyLimits/${id}`);
  const settings = page.getByRole('dialog');
  await expect(settings.getByRole('spinbutton', { name: 'At most' })).toHaveValue('3');
  stopEar();
  await api(owner, 'PATCH', `daily-limits/${id}/`, { limitConfig: { shiftType: 'off', maxCount: 4 } });
  await settings.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete this?' }).getByRole('button', { name: 'Delete' }).click();
  openEar();
  await expect(message(page, 'You overwrote 1 change by owner.')).toBeVisible();
  await page.getByRole('button', { name: 'Restore theirs' }).click();
  await expect.poll(async () => (await api<{ id: string; isActive: boolean; limitConfig: { maxCount: number } }>(owner, 'GET', `daily-limits/${id}/`))).toMatchObject({ isActive: true, limitConfig: { maxCount: 4 } });
  await api(owner, 'DELETE', `daily-limits/${id}/`);
});
