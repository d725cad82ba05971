import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';

import { message, saved, test } from './pages';
import { Server } from './server';

/**
 * The whole of it, by hand: from a database without anything to a published month and an approved swap. The owner has a laptop and reads
 * English, the manager a tablet and Japanese, the staff phones; nobody has a shell or the admin.
 */

const PASSWORD = 'a long enough password';
const LAPTOP = { viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Paris' } as const;
const TABLET = { viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true, locale: 'ja-JP', timezoneId: 'Europe/Paris' } as const;
const PHONE = { ...TABLET, viewport: { width: 390, height: 844 } } as const;

let server: Server;
test.beforeAll(async () => {
  server = await Server.empty();
});
test.afterAll(async () => server.close());

const browserOf = async (browser: Browser, device: BrowserContextOptions): Promise<Page> => (await browser.newContext({ ...device, baseURL: server.address })).newPage();

/** Nothing is wider than the window. */
const fits = async (page: Page) => expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);

async function account(page: Page, name: string): Promise<void> {
  await page.locator('input[name=username]').fill(name);
  await page.locator('input[type=password]').nth(0).fill(PASSWORD);
  await page.locator('input[type=password]').nth(1).fill(PASSWORD);
}

async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await account(page, name);
  await fits(page);
  await page.getByRole('button', { name: /^(Create the account and join|アカウントを作成して参加)/ }).click();
}

/** The link for somebody, by their role and who they are on the schedule. */
async function invite(owner: Page, role: string, person: string): Promise<string> {
  const dialog = owner.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Role', exact: true }).selectOption({ label: role });
  await dialog.getByLabel('Who on the schedule').selectOption({ label: person });
  await dialog.getByLabel('For (only').fill(person);
  await dialog.getByRole('button', { name: 'Create a link' }).click();
  return dialog.getByLabel(new RegExp(`^Link for .*${person}`)).inputValue();
}

/** Taps a cell, counted from 0, and then a shift type. */
async function plan(manager: Page, row: number, day: number, type: string): Promise<void> {
  const cell = manager.locator(`.ss-row[aria-rowindex="${row + 2}"] [role=gridcell][aria-colindex="${day + 2}"]`);
  await cell.tap();
  await manager.getByRole('toolbar').getByRole('button', { name: type, exact: true }).tap();
  await expect(cell).not.toHaveText('');
}

const swapsOf = (page: Page) => page.getByRole('region', { name: 'シフト交代' });
const day = (page: Page, index: number) => page.locator('.my-days').last().locator('> .my-day').nth(index);

test('from nothing to a published month and a swap that is approved', async ({ browser }) => {
  test.setTimeout(120_000);
  const owner = await browserOf(browser, LAPTOP);
  await test.step('the owner begins a restaurant and adds the staff from a list', async () => {
    await owner.goto('/');
    await owner.getByLabel('Set-up code').fill(server.manage('set_up_code'));
    await account(owner, 'olga');
    await owner.getByRole('button', { name: 'Create the account' }).click();
    await owner.getByLabel('Name of the restaurant').fill('Bistro Aurora');
    await owner.getByLabel('Shift times').selectOption({ label: 'Café' });
    await owner.getByRole('button', { name: 'Begin', exact: true }).click();
    await owner.getByRole('button', { name: 'Add staff' }).click();
    await owner.getByLabel('Add from a list').fill('Name\tPosition\nMai\tFloor manager\nAda\tHall\nBen\tHall');
    await owner.getByRole('button', { name: 'Add 3 people' }).click();
    await expect(message(owner, '3 people were added.')).toBeVisible();
    await owner.keyboard.press('Escape');
    await owner.getByRole('button', { name: 'Create the schedule' }).click();
    await expect(owner.getByRole('rowheader', { name: /Ada/ })).toBeVisible();
    await saved(owner);
  });

  const [manager, ada, ben] = await Promise.all([browserOf(browser, TABLET), browserOf(browser, PHONE), browserOf(browser, PHONE)]);
  await test.step('everybody joins by a link', async () => {
    await owner.getByRole('button', { name: 'Menu', exact: true }).click();
    await owner.getByRole('menuitem', { name: 'Accounts and invitations' }).click();
    await join(manager, await invite(owner, 'Manager', 'Mai'), 'mai');
    await join(ada, await invite(owner, 'Staff', 'Ada'), 'ada');
    await join(ben, await invite(owner, 'Staff', 'Ben'), 'ben');
    await expect(manager.getByRole('gridcell').or(manager.locator('.dv-day')).first()).toBeVisible();
  });

  await test.step('the manager plans the next month with a finger, and publishes it', async () => {
    await manager.goto('/#/schedule/0?dialog=settings/calendar');
    await manager.getByRole('button', { name: '次の期間を追加' }).tap();
    await manager.goto('/#/schedule/1');
    await expect(manager.getByRole('gridcell').first()).toBeVisible();
    await plan(manager, 1, 1, '早番');
    // Ben is free before and after the day as well, so that he works no longer in a row by taking it.
    await plan(manager, 2, 0, '休み');
    await plan(manager, 2, 1, '休み');
    await plan(manager, 2, 2, '休み');
    await plan(manager, 1, 2, '休み');
    await fits(manager);
    await manager.getByRole('toolbar').getByRole('button', { name: /^公開/ }).tap();
    await manager.getByRole('dialog').getByRole('button', { name: /^公開/ }).last().tap();
    await expect(manager.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('Ada sees her shift on the phone, and asks whether somebody takes it', async () => {
    await ada.goto('/#/mine/1');
    await expect(day(ada, 1)).toContainText('早番');
    await fits(ada);
    await day(ada, 1).locator('summary').tap();
    await day(ada, 1).getByRole('button', { name: '代わってもらう・交換する' }).tap();
    await ada.getByRole('dialog').getByRole('button', { name: '送る' }).tap();
    await expect(ada.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('Ben takes it, and the manager approves', async () => {
    await ben.goto('/#/mine/1');
    await swapsOf(ben).getByRole('button', { name: '引き受ける' }).tap();
    await manager.getByRole('button', { name: 'その他の操作' }).tap();
    await manager.getByRole('menuitem', { name: /^シフト交代/ }).tap();
    const list = manager.getByRole('dialog');
    await expect(list).toContainText('承認待ち 1件');
    await list.getByRole('button', { name: /承認/ }).last().tap();
    await expect(list).toContainText('承認待ち 0件');
  });

  await test.step('both see it at once, and so does the owner', async () => {
    await expect(day(ben, 1)).toContainText('早番');
    await expect(day(ada, 1)).toContainText('×');
    await owner.goto('/#/schedule/1');
    await expect(owner.getByRole('row', { name: /Ben/ }).or(owner.locator('.ss-row[aria-rowindex="4"]')).first()).toContainText('△');
  });
});
