import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';

import { cookiesOf, publish, test, type User } from './pages';
import { Devices, type Sight } from './sheets';

/** The pictures of the README and of docs/pages.md, made by `scripts/pictures`: each in light and in dark, of the sample restaurant, in Japanese. */

const LARGEST = 150_000;
const LAPTOP = { viewport: { width: 1280, height: 800 } } as const;
const PHONE = { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true } as const;
const SCHEMES = ['light', 'dark'] as const;

async function open(browser: Browser, user: User, device: BrowserContextOptions, address: string): Promise<Page> {
  const context = await browser.newContext({ ...device, locale: 'ja-JP', reducedMotion: 'reduce', storageState: await cookiesOf(user) });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

async function take(page: Page, name: string): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    const path = fileURLToPath(new URL(`../../docs/images/${name}-ja${colorScheme === 'dark' ? '-dark' : ''}.png`, import.meta.url));
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    expect((await stat(path)).size, path).toBeLessThan(LARGEST);
  }
}

test('the grid', async ({ browser }) => {
  const page = await open(browser, 'manager', LAPTOP, '/#/schedule/0');
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await expect(page.locator('button.app-state-saved')).toBeVisible();
  await take(page, 'schedule');
});

test('my shifts on a phone', async ({ browser }) => {
  await publish();
  const page = await open(browser, 'staff', PHONE, '/#/mine');
  await expect(page.locator('.my-next')).toBeVisible();
  await take(page, 'mine');
});

test('what the generator proposes', async ({ browser }) => {
  test.slow();
  const page = await open(browser, 'manager', LAPTOP, '/#/schedule/3?dialog=generate');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '開始' }).click();
  await expect(dialog.getByRole('tab').first()).toBeVisible({ timeout: 120_000 });
  await take(page, 'proposal');
});

const dialog = (name: string, address: string, user: User = 'manager'): Sight => ({ name, user, address: `/#/schedule/0?dialog=${address}`, ready: '[role=dialog]' });

/** In the order of docs/pages.md. */
const SIGHTS: readonly Sight[] = [
  { name: 'sign-in', user: null, address: '/sign-in/', ready: 'form' },
  { name: 'schedule', user: 'manager', address: '/#/schedule/0', ready: '[role=gridcell], .dv-day' },
  { name: 'day', user: 'manager', address: '/#/day', ready: '.dv-day button.dv-one' },
  { name: 'overview', user: 'manager', address: '/#/dashboard/0', ready: '.db svg' },
  { name: 'print', user: 'manager', address: '/#/print/0', ready: '.pr-table td' },
  dialog('generate', 'generate'),
  dialog('publish', 'publish'),
  dialog('import', 'import'),
  dialog('staff', 'staff'),
  dialog('staff-list', 'staff/several'),
  dialog('groups', 'settings/staffGroups'),
  dialog('needs', 'settings/staffingNeeds'),
  dialog('limits', 'settings/dailyLimits'),
  dialog('rules', 'settings/priorityRules'),
  dialog('backups', 'settings/backupAssignments'),
  dialog('shift-types', 'settings/shiftTypes'),
  dialog('calendar', 'settings/calendar'),
  dialog('versions', 'settings/versions'),
  dialog('trail', 'settings/audit'),
  dialog('swaps', 'swaps'),
  dialog('calendar-link', 'ics'),
  dialog('people', 'people', 'owner'),
  dialog('tokens', 'tokens'),
  { name: 'my-shifts', user: 'staff', address: '/#/mine', ready: '.my-next' },
  { name: 'my-wishes', user: 'staff', address: '/#/wishes', ready: 'details[open] .my-month' },
  { name: 'account', user: 'manager', address: '/account/', ready: 'form' },
];

for (const user of [null, 'manager', 'owner', 'staff'] as const) {
  test(`every page of ${user ?? 'a stranger'}, on a laptop, a tablet and a phone`, async ({ browser }) => {
    test.setTimeout(600_000);
    await publish();
    const devices = new Devices(browser, user);
    for (const sight of SIGHTS.filter((each) => each.user === user)) await devices.take(sight);
    await devices.close();
  });
}
