import { type Browser, type BrowserContextOptions, expect, type Page } from '@playwright/test';

import { broken } from './axe';
import { api, arrive, cookiesOf, test, type User } from './pages';
import { overwork, planOf } from './plan';

/** What managers have in a pocket, and on the counter. */
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'en-GB', reducedMotion: 'reduce' } as const;
const LYING = { ...PHONE, viewport: { width: 844, height: 390 } } as const;
const TABLET = { ...PHONE, viewport: { width: 820, height: 1180 } } as const;
const DEVICES = { phone: PHONE, lying: LYING, tablet: TABLET } as const;

async function open(browser: Browser, device: BrowserContextOptions, address = '/', user: User = 'manager'): Promise<Page> {
  const context = await browser.newContext({ ...device, storageState: await cookiesOf(user) });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

const people = (page: Page) => page.locator('.dv-day').first().locator('button.dv-one');
const someone = (page: Page, name: string) => people(page).filter({ hasText: name });

/** Nothing is wider than the window. */
const fits = async (page: Page) => expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);

/** What can be pressed and is smaller than a fingertip, by its words. What a label beside it is pressed for counts with the label. */
const tooSmall = (page: Page, inside: string) =>
  page.evaluate((part) => {
    const found = [...document.querySelectorAll<HTMLElement>(`${part} :is(button, a, select, input)`)];
    const seen = found.filter((each) => each.checkVisibility() && each.closest('[role=grid], .app-skip') === null && each.getBoundingClientRect().width > 1);
    const size = (each: HTMLElement) => (each.matches('input') ? (each.closest('label, .mantine-Radio-body, .mantine-Checkbox-body, .mantine-Switch-body') ?? each) : each).getBoundingClientRect();
    return seen.filter((each) => size(each).height < 43.5 || size(each).width < 43.5).map((each) => `${each.tagName} ${each.textContent || (each.getAttribute('aria-label') ?? '')}`);
  }, inside);

test('a phone begins with today: who works, and tomorrow below it', async ({ browser }) => {
  const page = await open(browser, PHONE);
  await expect(page.getByRole('heading', { name: /^Today / })).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Tomorrow / })).toBeAttached();
  await expect(page).toHaveURL(/#\/day$/);
  const [first, second] = await page.locator('.dv-day').all();
  expect((await first?.boundingBox())?.y).toBeLessThan((await second?.boundingBox())?.y ?? 0);
  await fits(page);
  expect(await tooSmall(page, 'body')).toEqual([]);
});

test('a tap on a person changes the cell, undo takes it back, and the month shows it', async ({ browser }) => {
  const page = await open(browser, PHONE);
  const other = await arrive(browser, 'owner', { period: 4 });
  const plan = await planOf(other, 4);
  await page.goto('/#/day/4');
  const [date, who] = [plan.days[0] ?? '', plan.staff[2]];
  await page.getByLabel('Date', { exact: true }).fill(date);
  await api(other, 'PATCH', `schedules/${plan.scheduleId}/cells/`, { scheduleData: { [who?.id ?? '']: { [date]: '○' } } });
  await expect(someone(page, who?.name ?? '')).toContainText('○');
  await someone(page, who?.name ?? '').click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByRole('button', { name: 'Normal', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await sheet.getByRole('button', { name: /^Late/ }).click();
  await expect(sheet).toHaveCount(0);
  await expect(someone(page, who?.name ?? '')).toContainText('◇');
  await expect(other.locator('.ss-row[aria-rowindex="4"] [role=gridcell][aria-colindex="2"]')).toHaveText('◇');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(someone(page, who?.name ?? '')).toContainText('○');
});

test('a locked cell says so, and is changed once it is unlocked', async ({ browser }) => {
  const page = await open(browser, PHONE, '/#/day/5');
  const first = people(page).first();
  const name = (await first.locator('b').textContent()) ?? '';
  const sheet = page.getByRole('dialog');
  await first.click();
  await sheet.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect(sheet.getByText('This cell is locked.')).toBeVisible();
  await expect(sheet.getByRole('button', { name: /^Early/ })).toBeDisabled();
  await sheet.getByRole('button', { name: 'Unlock' }).click();
  await sheet.getByRole('button', { name: /^Early/ }).click();
  await expect(someone(page, name)).toContainText('△');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(someone(page, name)).not.toContainText('△');
});

test('the days go on into the next period, and back', async ({ browser }) => {
  const page = await open(browser, PHONE, '/#/day/2');
  const bounds = await api<{ index: number; startDate: string; endDate: string }[]>(page, 'GET', 'periods/');
  const [second, third] = [2, 3].map((index) => bounds.find((each) => each.index === index));
  const date = page.getByLabel('Date', { exact: true });
  await date.fill(second?.endDate ?? '');
  await expect(page.locator('.dv-day')).toHaveCount(2);
  await page.getByRole('button', { name: 'Next day' }).click();
  await expect(date).toHaveValue(third?.startDate ?? '');
  await expect(page).toHaveURL(/#\/day\/3/);
  await page.getByRole('button', { name: 'Previous day' }).click();
  await expect(date).toHaveValue(second?.endDate ?? '');
});

test('people stand by shift or by group, as was chosen last', async ({ browser }) => {
  const page = await open(browser, PHONE, '/#/day/0');
  await expect(page.locator('.dv-section').first()).toBeVisible();
  await page.getByRole('button', { name: 'By group' }).click();
  await expect(page.locator('.dv-section').first()).not.toContainText(/Early|Normal|Late|Not working/);
  await page.reload();
  await expect(page.getByRole('button', { name: 'By group' })).toHaveAttribute('aria-pressed', 'true');
});

test('problems come as a sheet, and lead to their day', async ({ browser }) => {
  const page = await open(browser, PHONE, '/#/day/0');
  await overwork(page, 0);
  await page.getByRole('button', { name: /^\d+ problem/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Problems' });
  await expect(sheet.locator('.sp-problem').first()).toBeVisible();
  const box = await sheet.boundingBox();
  expect([box?.x, box?.width]).toEqual([0, 390]);
  expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(844);
  await sheet.locator('.sp-problem').first().click();
  await expect(sheet).toHaveCount(0);
});

test('the month is one tap away, begins at today, and keeps its last row clear of what lies below', async ({ browser }) => {
  const page = await open(browser, PHONE, '/#/day');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Schedule' }).click();
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await expect(page.locator('.ss-day.ss-today')).toBeInViewport();
  await fits(page);
});

const UPRIGHT = { tablet: TABLET, phone: PHONE } as const;

for (const [name, device] of Object.entries(UPRIGHT)) {
  for (const locale of ['en-GB', 'ja-JP']) {
    test(`the tools of the upright month stand in two rows at most (${name}, ${locale})`, async ({ browser }) => {
      const page = await open(browser, { ...device, locale }, '/#/schedule/0');
      await expect(page.getByRole('gridcell').first()).toBeVisible();
      const tools = page.locator('.sp-toolbar');
      await fits(page);
      expect((await tools.boundingBox())?.height).toBeLessThanOrEqual(2 * 44 + 20);
      expect(await tooSmall(page, '.sp-toolbar')).toEqual([]);
      const outside = await tools.evaluate((bar) =>
        [...bar.querySelectorAll('button')].filter((each) => !each.closest('.sp-symbols') && each.getBoundingClientRect().right > window.innerWidth + 1).map((each) => each.textContent),
      );
      expect(outside).toEqual([]);
      // A sign or a word: what has its words for those who hear them still shows something to those who see.
      const empty = await tools.evaluate((bar) => {
        const isSeen = (each: Element) => each.checkVisibility() && each.getBoundingClientRect().width > 1;
        return [...bar.querySelectorAll('button')].filter((each) => isSeen(each) && each.innerText.trim() === '' && ![...each.querySelectorAll('svg')].some(isSeen)).map((each) => each.outerHTML);
      });
      expect(empty).toEqual([]);
    });
  }
}

for (const width of [390, 360]) {
  test(`the head of a page of the staff is one line and the period (${width} px)`, async ({ browser }) => {
    const page = await open(browser, { ...PHONE, viewport: { width, height: 800 }, locale: 'ja-JP' }, '/#/mine', 'staff');
    await expect(page.locator('button.app-state-saved')).toBeVisible();
    const tops = await page.locator('.app-header').evaluate((header) => {
      const seen = [...header.querySelectorAll('button')].filter((each) => each.checkVisibility() && each.closest('.app-period') === null);
      return [...new Set(seen.map((each) => Math.round(each.getBoundingClientRect().top / 22)))];
    });
    expect(tops).toHaveLength(1);
    await fits(page);
  });
}

test('a phone that opens the settings at a tab shows that tab', async ({ browser }) => {
  const page = await open(browser, PHONE, '/#/schedule/0?dialog=settings/audit');
  await expect(page.getByRole('tab', { name: 'Audit trail', selected: true })).toBeInViewport({ ratio: 1 });
});

test('a phone shows what is chosen in a list, which stands below it', async ({ browser }) => {
  const page = await open(browser, PHONE, '/#/schedule/0?dialog=staff');
  const dialog = page.getByRole('dialog');
  const chosen = (await planOf(page, 0)).staff[3]?.name ?? '?';
  const name = dialog.getByRole('textbox', { name: 'Name', exact: true });
  await expect(name).not.toBeInViewport();
  await dialog.getByRole('button', { name: chosen }).first().click();
  await expect(name).toHaveValue(chosen);
  await expect(name).toBeInViewport({ ratio: 1 });
  await dialog.getByRole('button', { name: 'Add a person' }).scrollIntoViewIfNeeded();
  await dialog.getByRole('button', { name: 'Add a person' }).click();
  await expect(name).toHaveValue('');
  await expect(name).toBeInViewport({ ratio: 1 });
});

test('a phone on its side shows several people of the month', async ({ browser }) => {
  const page = await open(browser, LYING, '/#/schedule/0');
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  const whole = await page.locator('.ss-row .ss-name').evaluateAll((names) => {
    const area = document.querySelector('[role=grid]')?.getBoundingClientRect();
    return names.filter((each) => each.getBoundingClientRect().bottom <= Math.min(area?.bottom ?? 0, window.innerHeight)).length;
  });
  expect(whole).toBeGreaterThanOrEqual(4);
  await fits(page);
});

test('a page whose code is on its way says so, and breaks no rule of axe', async ({ browser }) => {
  const page = await open(browser, PHONE, '/#/day');
  await expect(page.locator('.dv-day').first()).toBeVisible();
  const held: (() => void)[] = [];
  await page.route(/DashboardPage-[^/]*\.js/, async (route) => {
    await new Promise<void>((resolve) => held.push(resolve));
    await route.continue();
  });
  await page.goto('/#/dashboard/0');
  await expect(page.locator('.app-coming')).toBeVisible();
  expect(await broken(page)).toEqual([]);
  for (const release of held) release();
  await expect(page.locator('.app-coming')).toHaveCount(0);
  await expect(page.locator('.db svg').first()).toBeVisible();
});

const LOOKS = [
  ['en-GB', 'light'],
  ['ja-JP', 'dark'],
] as const;

for (const [name, device, locale, colorScheme] of Object.entries(DEVICES).flatMap(([called, each]) => LOOKS.map((look) => [called, each, ...look] as const))) {
  test(`sheets and pages fit a ${name}, can be closed and break no rule of axe (${locale}, ${colorScheme})`, async ({ browser }) => {
    test.setTimeout(240_000);
    const page = await open(browser, { ...device, locale, colorScheme }, '/#/day');
    await expect(page.locator('.dv-day').first()).toBeVisible();
    const found: string[] = [];
    const judge = async (where: string, part?: string) => {
      await fits(page);
      found.push(...(await tooSmall(page, part ?? 'body')).map((each) => `${where}: ${each}`));
      found.push(...(await broken(page, { inside: part })).map((each) => `${where}: ${each}`));
    };
    await judge('day');
    await people(page).first().click();
    for (const dialog of ['', 'problems', 'staff', 'settings/dailyLimits', 'generate', 'publish', 'import', 'wishes', 'palette']) {
      if (dialog !== '') await page.goto(`/#/schedule/0?dialog=${dialog}`);
      const sheet = page.getByRole('dialog');
      await expect(sheet).toBeVisible();
      await judge(dialog === '' ? 'a cell' : dialog, '[role=dialog]');
      await sheet.getByRole('button', { name: /^(Close|閉じる)$/ }).first().click();
      await expect(sheet).toHaveCount(0);
    }
    expect(found).toEqual([]);
  });
}

test('on a tablet the settings keep their tabs within their list', async ({ browser }) => {
  const page = await open(browser, TABLET, '/#/schedule/0?dialog=settings/restaurant');
  const list = page.getByRole('dialog').getByRole('tablist');
  await expect(list.getByRole('tab', { selected: true })).toBeVisible();
  const outside = await list.evaluate((element) => {
    const { right } = element.getBoundingClientRect();
    return [...element.querySelectorAll('[role=tab]')].filter((tab) => tab.getBoundingClientRect().right > right + 0.5 || tab.scrollWidth > tab.clientWidth).map(({ textContent }) => textContent);
  });
  expect(outside).toEqual([]);
});
