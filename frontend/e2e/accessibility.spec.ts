import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page } from '@playwright/test';

import { cookiesOf, test, type User } from './pages';

const TABS = [
  'staffGroups', 'dailyLimits', 'weeklyLimits', 'monthlyLimits', 'priorityRules', 'mlModelConfigs', 'backupAssignments',
  'coverage', 'calendar', 'shiftTypes', 'restaurant', 'versions', 'audit', 'migration',
];
const DIALOGS = [
  'palette', 'keys', 'conflicts', 'staff', 'staff/new', 'generate', 'generate/repair', 'publish', 'copy/previous', 'copy/template', 'ics',
  ...TABS.map((tab) => `settings/${tab}`),
];

interface Look {
  readonly language: 'ja' | 'en';
  readonly colorScheme: 'light' | 'dark';
}

/** Words are independent of colours, so two looks show both of each. */
const LOOKS: readonly Look[] = [
  { language: 'ja', colorScheme: 'light' },
  { language: 'en', colorScheme: 'dark' },
];

async function open(browser: Browser, user: User, { language, colorScheme }: Look): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
    colorScheme,
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

async function violations(page: Page, where: string, part?: string): Promise<string[]> {
  await settled(page);
  const axe = new AxeBuilder({ page });
  const { violations: found } = await (part === undefined ? axe : axe.include(part)).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${where}: ${id}: ${html.slice(0, 160)}`));
}

for (const look of LOOKS) {
  const name = `${look.language} ${look.colorScheme}`;

  test(`no page breaks a rule of axe (${name})`, async ({ browser }) => {
    test.slow();
    const page = await open(browser, 'manager', look);
    const found: string[] = [];
    for (const [address, ready] of [
      ['schedule/0', '[role=gridcell]'],
      ['dashboard/0', '.db svg'],
      ['print/0', '.pr-table td'],
    ] as const) {
      await page.goto(`/#/${address}`);
      await expect(page.locator(ready).first()).toBeVisible();
      found.push(...(await violations(page, address)));
    }
    await page.goto('/#/schedule/0');
    await page.getByRole('toolbar').getByRole('button', { name: /問題|problems/ }).click();
    found.push(...(await violations(page, 'problems')));
    await page.context().clearCookies();
    await page.goto('/sign-in/');
    found.push(...(await violations(page, 'sign-in')));
    expect(found).toEqual([]);
  });

  test(`no dialog breaks a rule of axe (${name})`, async ({ browser }) => {
    test.setTimeout(240_000);
    const page = await open(browser, 'manager', look);
    await page.goto('/#/schedule/0');
    await expect(page.getByRole('gridcell').first()).toBeVisible();
    const found: string[] = [];
    for (const dialog of DIALOGS) {
      await page.goto('/#/schedule/0');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await page.goto(`/#/schedule/0?dialog=${dialog}`);
      await expect(page.getByRole('dialog')).toBeVisible();
      // What lies behind it is a page of its own test; one dialog stands for how both go together.
      found.push(...(await violations(page, dialog, dialog === 'staff' ? undefined : '[role=dialog]')));
    }
    expect(found).toEqual([]);
  });
}

test('what a viewer sees breaks no rule of axe', async ({ browser }) => {
  const page = await open(browser, 'viewer', { language: 'ja', colorScheme: 'light' });
  await page.goto('/#/schedule/0?dialog=settings/dailyLimits');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await violations(page, 'viewer')).toEqual([]);
});
