import { type BrowserContext, expect, type Page } from '@playwright/test';

import { api, saved, test } from './pages';
import { Server } from './server';

/** An owner invites by a link, somebody of the staff joins by it on a phone, and has their own shifts there. */

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'en-GB' } as const;
const PASSWORD = 'a long enough password';

let server: Server;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  server = await Server.open(6, 31);
});
test.afterAll(() => server.close());
test.setTimeout(300_000);

/** The page of the owner, with the dialog about accounts open. */
async function accounts(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto('/');
  await saved(page);
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Accounts and invitations' }).click();
  await expect(page.getByRole('heading', { name: 'Invite somebody' })).toBeVisible();
  return page;
}

async function invite(page: Page, note: string, person?: string): Promise<string> {
  if (person !== undefined) await page.getByLabel('Who on the schedule').selectOption({ label: person });
  await page.getByLabel('For (only').fill(note);
  await page.getByRole('button', { name: 'Create a link' }).click();
  return page.getByLabel(new RegExp(`^Link for .*${note}`)).inputValue();
}

async function signUp(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('The same password again').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create the account and join' }).click();
}

/** Nothing is wider than the window. */
const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

async function plan(page: Page, staffId: string, day: string, shiftValue: string): Promise<void> {
  await api(page, 'PUT', `schedules/${server.world.schedule}/cells/${staffId}/${day}/`, { shiftValue });
}

const publish = (page: Page) => api(page, 'POST', `schedules/${server.world.schedule}/publish/`, {});

test('who is invited joins by the link, sees their own shifts, and hears of a change when it is published', async ({ browser }) => {
  const [staffId = ''] = server.world.staff;
  const day = server.world.days[9] ?? '';
  const owner = await accounts(await server.visitor(browser, 'owner'));
  const name = (await api<{ name: string }>(owner, 'GET', `staff/${staffId}/`)).name;
  await plan(owner, staffId, day, '△');
  await publish(owner);
  const link = await invite(owner, 'phone', name);

  const phone = await browser.newContext({ ...PHONE, baseURL: server.address });
  const staff = await phone.newPage();
  await signUp(staff, link, 'new-of-staff');
  await expect(staff.getByRole('heading', { name: `Shifts of ${name}` })).toBeVisible();
  const line = staff.locator('.my-day').nth(9);
  await expect(line).toContainText('Early');
  expect(await fits(staff)).toBe(true);

  await plan(owner, staffId, day, '×');
  await expect(line).toContainText('Early');
  await publish(owner);
  await expect(line).toContainText('Off');

  await line.click();
  await expect(line.getByText('Also working')).toBeVisible();
  await staff.getByRole('button', { name: 'Month' }).click();
  await expect(staff.locator('.my-month button').nth(9)).toHaveAccessibleName(/Off/);

  await staff.getByRole('button', { name: 'Create a link' }).click();
  const feed = await staff.getByLabel('Link to your calendar').inputValue();
  expect(await (await staff.request.get(feed)).text()).toContain('BEGIN:VCALENDAR');
  expect((await staff.request.post(`/api/staff/${server.world.staff[1] ?? ''}/feed/`, { data: {} })).status()).toBe(403);

  await owner.reload();
  await expect(owner.getByText('No invitation is open.')).toBeVisible();
  await expect(owner.getByLabel('On the schedule: new-of-staff')).toHaveValue(staffId);
  await owner.getByRole('button', { name: 'Remove: new-of-staff' }).click();
  await owner.getByRole('button', { name: 'Remove', exact: true }).last().click();
  await expect(staff.locator('.my-day, .my-month')).toHaveCount(0);
});

test('a link that was revoked leads nowhere, and one can leave again', async ({ browser }) => {
  const owner = await accounts(await server.visitor(browser, 'owner'));
  const revoked = await invite(owner, 'revoked');
  await owner.getByRole('button', { name: 'Revoke: revoked' }).click();
  await expect(owner.getByLabel('Link for revoked')).toHaveCount(0);
  const phone = await browser.newContext({ ...PHONE, baseURL: server.address });
  const staff = await phone.newPage();
  await staff.goto(revoked);
  await expect(staff.getByRole('heading', { name: 'This invitation is no longer valid' })).toBeVisible();

  await signUp(staff, await invite(owner, 'again'), 'new-without-person');
  await expect(staff.getByText('not linked to anybody')).toBeVisible();
  const linked = owner.getByLabel('On the schedule: new-without-person');
  await owner.reload();
  await linked.selectOption(server.world.staff[2] ?? '');
  await expect(linked).toHaveValue(server.world.staff[2] ?? '');
  const shifts = staff.getByRole('heading', { name: /^Shifts of/ });
  await expect(async () => {
    // The page looks by itself too, and may do so while the button is pressed.
    if (!(await shifts.isVisible())) await staff.getByRole('button', { name: 'Check again' }).click({ timeout: 2_000 });
    await expect(shifts).toBeVisible({ timeout: 5_000 });
  }).toPass();

  await staff.getByRole('button', { name: 'Menu', exact: true }).click();
  await staff.getByRole('menuitem', { name: 'Leave this restaurant' }).click();
  await staff.getByRole('button', { name: 'Leave', exact: true }).click();
  await owner.reload();
  await expect(owner.getByText('Who can open this restaurant')).toBeVisible();
  await expect(linked).toHaveCount(0);
});

test('on a phone without a network one’s own shifts are there, and it is said how old they are', async ({ browser }) => {
  const owner = await accounts(await server.visitor(browser, 'owner'));
  await publish(owner);
  const link = await invite(owner, 'offline', await nameOf(owner, 3));
  const phone = await browser.newContext({ ...PHONE, baseURL: server.address, serviceWorkers: 'allow' });
  const staff = await phone.newPage();
  await signUp(staff, link, 'new-and-away');
  await expect(staff.locator('.my-day').first()).toBeVisible();
  await expect.poll(() => staff.evaluate(async () => (await navigator.serviceWorker.ready).active?.state)).toBe('activated');
  const shown = await staff.locator('.my-what').allInnerTexts();
  await expect.poll(() => staff.evaluate(async () => (await (await caches.open('shiftsync-shell')).keys()).length)).toBe(1);
  await server.kill();
  await expect(staff.getByText(/^As of .* You are offline\.$/)).toBeVisible();
  await staff.reload();
  await expect(staff.getByText(/^As of .* You are offline\.$/)).toBeVisible();
  await expect(staff.locator('.my-what')).toHaveText(shown);
  await server.start();
  await expect(staff.getByText(/You are offline/)).toHaveCount(0);
  await staff.getByRole('button', { name: 'Menu', exact: true }).click();
  await staff.getByRole('menuitem', { name: /^Sign out/ }).click();
  await expect(staff.locator('input[name=password]')).toBeVisible();
  expect(await staff.evaluate(() => JSON.stringify(Object.entries(localStorage)))).not.toContain(await nameOf(owner, 3));
});

async function nameOf(page: Page, place: number): Promise<string> {
  return (await api<{ name: string }>(page, 'GET', `staff/${server.world.staff[place] ?? ''}/`)).name;
}

test('on a phone nothing of a manager’s header lies over something else', async ({ browser }) => {
  const page = await (await server.visitor(browser, 'owner', PHONE)).newPage();
  await page.goto('/');
  await saved(page);
  const over = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll('.app-header button, .app-header h1')].map((each) => each.getBoundingClientRect()).filter(({ width }) => width > 0);
    const outside = boxes.filter(({ left, right }) => left < -1 || right > window.innerWidth + 1).length;
    const pairs = boxes.flatMap((a, at) => boxes.slice(at + 1).map((b) => [a, b] as const));
    return outside + pairs.filter(([a, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1).length;
  });
  expect(over).toBe(0);
  expect(await fits(page)).toBe(true);
});
