import { type Browser, expect, type Page } from '@playwright/test';

import { broken, COLOUR_RULES } from './axe';
import { cookiesOf, publish, test, type User } from './pages';
import { overwork } from './plan';

const TABS = [
  'staffGroups', 'skills', 'staffingNeeds', 'dailyLimits', 'weeklyLimits', 'monthlyLimits', 'priorityRules', 'mlModelConfigs', 'backupAssignments',
  'coverage', 'calendar', 'shiftTypes', 'restaurant', 'versions', 'audit', 'migration',
];
const DIALOGS = [
  'palette', 'keys', 'conflicts', 'staff', 'staff/new', 'staff/several', 'staff/many', 'generate', 'generate/repair', 'publish', 'copy/previous', 'copy/template', 'ics', 'import', 'swaps', 'tokens',
  ...TABS.map((tab) => `settings/${tab}`),
];

type Language = 'ja' | 'en';
const SCHEMES = ['light', 'dark'] as const;

async function open(browser: Browser, user: User, language: Language): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
    reducedMotion: 'reduce',
    storageState: await cookiesOf(user),
  });
  await context.addInitScript((chosen) => {
    if (window.location.protocol !== 'about:') localStorage.setItem('shiftsync-language', chosen);
  }, language);
  return context.newPage();
}

/** Nothing is being read any more, and nothing fades in. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByText(/^(読み込んでいます…|Loading…)$/)).toHaveCount(0);
  await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined))));
}

/** In light and in dark: the page follows the device at once, without being opened again. In the second language its colours were judged already. */
async function violations(page: Page, where: string, part?: string, language: Language = 'ja'): Promise<string[]> {
  const found: string[] = [];
  if (language === 'en') {
    await settled(page);
    return (await broken(page, { inside: part, without: COLOUR_RULES })).map((each) => `${where}: ${each}`);
  }
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await settled(page);
    const told = await broken(page, { inside: part, ...(colorScheme === SCHEMES[0] ? {} : { rules: COLOUR_RULES }) });
    found.push(...told.map((each) => `${where} ${colorScheme}: ${each}`));
  }
  return found;
}

for (const language of ['ja', 'en'] as const) {
  test(`no page breaks a rule of axe (${language})`, async ({ browser }) => {
    test.setTimeout(360_000);
    const page = await open(browser, 'manager', language);
    const found: string[] = [];
    for (const [address, ready] of [
      ['schedule/0', '[role=gridcell]'],
      ['day', '.dv-day button.dv-one'],
      ['dashboard/0', '.db svg'],
      ['print/0', '.pr-table td'],
    ] as const) {
      await page.goto(`/#/${address}`);
      await expect(page.locator(ready).first()).toBeVisible();
      found.push(...(await violations(page, address, undefined, language)));
    }
    await page.goto('/#/schedule/0');
    await overwork(page, 0);
    await page.getByRole('toolbar').getByRole('button', { name: /問題 \d|\d problems?/ }).click();
    await expect(page.locator('.sp-problem').first()).toBeVisible();
    found.push(...(await violations(page, 'problems', undefined, language)));
    await page.context().clearCookies();
    await page.goto('/sign-in/');
    found.push(...(await violations(page, 'sign-in', undefined, language)));
    await page.goto('/forgotten/');
    found.push(...(await violations(page, 'forgotten', undefined, language)));
    expect(found).toEqual([]);
  });

  test(`no dialog breaks a rule of axe (${language})`, async ({ browser }) => {
    test.setTimeout(360_000);
    const page = await open(browser, 'manager', language);
    await page.goto('/#/schedule/0');
    await expect(page.getByRole('gridcell').first()).toBeVisible();
    const found: string[] = [];
    for (const dialog of DIALOGS) {
      await page.goto('/#/schedule/0');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await page.goto(`/#/schedule/0?dialog=${dialog}`);
      await expect(page.getByRole('dialog')).toBeVisible();
      // What lies behind it is a page of its own test; one dialog stands for how both go together.
      found.push(...(await violations(page, dialog, dialog === 'staff' ? undefined : '[role=dialog]', language)));
    }
    expect(found).toEqual([]);
  });
}

test('the colours that are judged are the two looks', async ({ browser }) => {
  const page = await open(browser, 'manager', 'en');
  await page.goto('/#/schedule/0');
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
  }
});

test('what a viewer sees breaks no rule of axe', async ({ browser }) => {
  const page = await open(browser, 'viewer', 'ja');
  await page.goto('/#/schedule/0?dialog=settings/dailyLimits');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await violations(page, 'viewer')).toEqual([]);
});

test('what the staff see, the accounts and the page of an invitation break no rule of axe', async ({ browser }) => {
  await publish();
  const found: string[] = [];
  const staff = await open(browser, 'staff', 'ja');
  await staff.goto('/#/mine');
  await expect(staff.locator('.my-next')).toBeVisible();
  found.push(...(await violations(staff, 'mine')));
  await staff.locator('.my-how button').last().click();
  found.push(...(await violations(staff, 'mine, month')));
  await staff.getByRole('button', { name: 'お知らせ' }).click();
  await staff.getByRole('region', { name: 'お知らせ' }).waitFor();
  found.push(...(await violations(staff, 'mine, notices')));
  await staff.goto('/#/wishes');
  await staff.locator('details[open] .my-month').waitFor();
  found.push(...(await violations(staff, 'wishes')));
  await staff.getByRole('button', { name: '曜日を追加' }).click();
  await staff.getByRole('dialog').getByRole('button', { name: '出勤できる時間だけ' }).click();
  found.push(...(await violations(staff, 'availability', '[role=dialog]')));
  await staff.keyboard.press('Escape');
  await staff.locator('details[open] .my-month button:enabled').last().click();
  await expect(staff.getByRole('dialog')).toBeVisible();
  found.push(...(await violations(staff, 'wishes, a day', '[role=dialog]')));
  await staff.keyboard.press('Escape');
  const owner = await open(browser, 'owner', 'en');
  await owner.goto('/#/schedule/0?dialog=people');
  await owner.getByRole('button', { name: 'Create a link' }).click();
  const link = owner.getByLabel(/^Link for/).first();
  await expect(link).toBeVisible();
  found.push(...(await violations(owner, 'people', '[role=dialog]')));
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(await link.inputValue());
  found.push(...(await violations(stranger, 'join')));
  expect(found).toEqual([]);
});
