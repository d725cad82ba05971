import { expect } from '@playwright/test';

import { message, test } from './pages';
import { Server } from './server';

const PASSWORD = 'a long enough password';

let server: Server;

test.beforeAll(async () => {
  server = await Server.empty();
});

test.afterAll(async () => server.close());

test('from an empty installation to a published month, without a shell or the admin', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Paris', baseURL: server.address });
  const page = await context.newPage();
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Welcome to ShiftSync' })).toBeVisible();
  await page.getByLabel('Set-up code').fill(server.manage('set_up_code'));
  await page.getByLabel('User name').fill('anna');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel('The same password again').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create the account' }).click();

  await expect(page.getByRole('heading', { name: 'Create a restaurant' })).toBeVisible();
  await expect(page.getByLabel('Time zone')).toHaveValue('Europe/Paris');
  await expect(page.getByLabel('Country')).toHaveValue('GB');
  await page.getByLabel('Name of the restaurant').fill('Bistro Aurora');
  await page.getByLabel('Shift times').selectOption({ label: 'Café' });
  await page.getByRole('button', { name: 'Begin', exact: true }).click();

  await expect(page.getByRole('heading', { name: 'Getting started' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Shift types and times' })).toContainText('Done');
  const closings = page.getByRole('listitem').filter({ hasText: 'Days closed' });
  await expect(closings).not.toContainText('Done');
  await closings.getByRole('button', { name: 'Set days closed' }).click();
  const settings = page.getByRole('dialog');
  await settings.getByRole('checkbox', { name: 'Wed', exact: true }).check();
  await settings.getByRole('button', { name: 'Add', exact: true }).last().click();
  await expect(settings).toContainText('Every Wednesday');
  await page.keyboard.press('Escape');
  await expect(closings).toContainText('Done');

  await page.getByRole('button', { name: 'Add staff' }).click();
  await page.getByLabel('Add from a list').fill('Name\tBirthday\tPosition\nAda\t1/2\tKitchen');
  await expect(page.getByText('Columns that are not read: Birthday')).toBeVisible();
  await page.getByLabel('Add from a list').fill('Name\tPosition\nAda\tKitchen\nBen\tHall\nada\tHall\nCleo\tHall');
  await expect(page.getByText('1 person may already be here or in this list. Please decide.')).toBeVisible();
  await page.getByLabel('ada: Ada is in this list twice. Is it one person?').selectOption('The same person: leave out');
  await page.getByRole('button', { name: 'Add 3 people' }).click();
  await expect(page.getByText('3 people were added.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listitem').filter({ hasText: 'Staff' })).toContainText('Done');

  await page.reload();
  await expect(page.getByRole('listitem').filter({ hasText: 'Staff' })).toContainText('Done');

  const rules = page.getByRole('listitem').filter({ hasText: 'Rules to keep' });
  await expect(rules).not.toContainText('Done');
  await rules.getByRole('button', { name: 'Set rules' }).click();
  const questions = page.getByRole('dialog', { name: 'A few questions about your rules' });
  const days = questions.getByRole('group', { name: 'How many days off a month, at least?' });
  await expect(days.getByRole('spinbutton')).toHaveValue('7');
  await days.getByRole('spinbutton').fill('12');
  await days.getByRole('checkbox', { name: 'Must be kept' }).check();
  await expect(questions).toContainText('This must not be below the least number of days off.');
  await expect(questions.getByRole('button', { name: 'Save' })).toBeDisabled();
  await questions.getByRole('group', { name: 'How many days off a month, at most?' }).getByRole('spinbutton').fill('');
  await questions.getByRole('group', { name: 'May somebody work early' }).getByRole('combobox').selectOption('No');
  const hall = questions.getByRole('group', { name: 'Hall' });
  await hall.getByLabel('Each day').fill('1');
  await hall.getByLabel('Sat, Sun, holidays').fill('2');
  await expect(questions).not.toContainText('on some days the rules will not be kept');
  await hall.getByLabel('Mon to Fri').fill('2');
  // Two people who are off for twelve days are there for 36, of about 52 that are asked for: Wednesdays are closed.
  await expect(questions).toContainText('Hall has 2 people, who together can work 36 days a month. The numbers above ask for 52.');
  await hall.getByLabel('Mon to Fri').fill('1');
  const preview = questions.getByRole('region', { name: 'What saving will do' });
  await expect(preview.getByRole('listitem')).toHaveText([
    'At least 12 days off for everybody each month (must be kept)',
    'How many days off a month, at most? — rule removed',
    'No early shift on the day after a late one (must be kept)',
    'Hall: at least 1 person from Monday to Friday, 2 at weekends and on holidays (must be kept)',
  ]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Set rules' }).click();
  await expect(preview.getByRole('listitem')).toHaveCount(4);
  await questions.getByRole('button', { name: 'Save' }).click();
  await expect(message(page, '4 rules were changed.')).toBeVisible();
  await expect(rules).toContainText('Done');
  await page.getByRole('button', { name: 'Set rules' }).click();
  await expect(hall.getByLabel('Mon to Fri')).toHaveValue('1');
  await expect(questions).toContainText('Nothing has changed yet.');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Create the schedule' }).click();
  await expect(page.getByRole('rowheader', { name: /Ada/ })).toBeVisible();
  await expect(page.getByRole('rowheader', { name: /Cleo/ })).toBeVisible();
  await page.getByRole('gridcell').first().click();
  await page.keyboard.type('x');
  await expect(page.getByRole('gridcell').first()).toContainText('×');
  await page.getByRole('button', { name: /^Publish/ }).click();
  await page.getByRole('dialog', { name: 'Publish' }).getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(message(page, 'Published.')).toBeVisible();
});

test('on a phone, in Japanese, the questions are a sheet; rules that were refined are left to the forms', async ({ browser }) => {
  const made = server.manage('create_restaurant', '--name', '和食 青葉', '--owner', 'aoba', '--preset', 'washoku', '--at-least', 'キッチン=2/3', '--days-off', '8-8');
  const password = /password (\S+)$/m.exec(made)?.[1] ?? '';
  const context = await browser.newContext({ locale: 'ja-JP', baseURL: server.address, viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByLabel('ユーザー名').fill('aoba');
  await page.getByLabel('パスワード').fill(password);
  await page.getByRole('button', { name: 'サインイン' }).click();
  await page.goto('/#/schedule');
  const rules = page.getByRole('listitem').filter({ hasText: '守りたいルール' });
  await expect(rules).toContainText('済み');
  await rules.getByRole('button', { name: '決める' }).click();
  const questions = page.getByRole('dialog', { name: 'ルールについての質問' });
  await expect(questions.getByRole('group', { name: '月の休みは最大何日ですか？' }).getByRole('spinbutton')).toHaveValue('8');
  const kitchen = questions.getByRole('group', { name: 'キッチン' });
  await expect(kitchen.getByLabel('平日')).toHaveValue('2');
  await expect(kitchen.getByLabel('土日祝')).toHaveValue('3');
  await kitchen.getByLabel('土日祝').fill('2');
  await questions.getByRole('group', { name: '勤務と勤務の間は最低何時間空けますか？' }).getByRole('spinbutton').fill('11');
  await expect(questions.getByRole('region', { name: '保存するとこうなります' }).getByRole('listitem')).toHaveText([
    '勤務と勤務の間を11時間以上空ける（必ず守る）',
    'キッチン：毎日2人以上（必ず守る）',
  ]);
  expect(await questions.evaluate((sheet) => sheet.scrollWidth <= sheet.clientWidth)).toBe(true);
  await questions.getByRole('button', { name: '保存' }).click();
  await expect(message(page, 'ルールを2件変更しました。')).toBeVisible();

  const date = `from datetime import date; from settings_app.models import StaffingNeed; from shiftsync.core.fence import everywhere
with everywhere(): StaffingNeed.objects.filter(restaurant__name="和食 青葉").update(effective_from=date(2030, 1, 1))`;
  server.manage('shell', '-c', date);
  await page.reload();
  await rules.getByRole('button', { name: '決める' }).click();
  await expect(kitchen).toContainText('設定で細かく決められています');
  await kitchen.getByRole('button', { name: '設定で見る' }).click();
  await expect(page.getByRole('dialog')).toContainText('キッチンの必要人数');
  await page.getByRole('dialog').getByRole('button', { name: '質問に答えて、よく使うルールを決める' }).click();
  await expect(questions).toBeVisible();
  await context.close();
});

test('who belongs to no restaurant is told whom to ask', async ({ browser }) => {
  const made = server.manage('create_restaurant', '--name', 'Elsewhere', '--owner', 'ben');
  const password = /password (\S+)$/.exec(made)?.[1] ?? '';
  server.manage('shell', '-c', `from shiftsync.tenants.models import Membership, User; from shiftsync.core.fence import everywhere
with everywhere(): Membership.objects.filter(user__username="ben").delete()`);
  const context = await browser.newContext({ locale: 'ja-JP', baseURL: server.address });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByLabel('ユーザー名').fill('ben');
  await page.getByLabel('パスワード').fill(password);
  await page.getByRole('button', { name: 'サインイン' }).click();
  await expect(page.getByRole('status')).toContainText('あなたのユーザー名は ben です');
});
