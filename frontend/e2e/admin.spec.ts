import { type Browser, expect, type Page } from '@playwright/test';

import { broken, COLOUR_RULES } from './axe';
import { cookiesOf, test, type User } from './pages';

/** A manager's day in the admin, without the page: in both languages, at a desk and on a phone. */

type Language = 'ja' | 'en';
const WIDTHS = { desk: 1440, phone: 390 } as const;

const WORDS = {
  ja: {
    overview: '概要', menu: 'メニュー', today: '今日のシフトを変更', fill: '入れる', preview: '確認する', save: '保存', changed: /セルを変更しました/,
    then: '当時の内容', restore: 'この内容に戻す', restored: '当時の内容に戻しました。', history: '履歴', publish: '公開する', month: 'この月を組む',
    wrongMonth: 'その年月はありません。', position: '役職',
  },
  en: {
    overview: 'Overview', menu: 'Menu', today: "Change today's shifts", fill: 'Fill in', preview: 'Preview', save: 'Save', changed: /cells? (was|were) changed/,
    then: 'As it was then', restore: 'Restore this', restored: 'The row is as it was then.', history: 'History', publish: 'Publish', month: 'Plan this month',
    wrongMonth: 'There is no such month.', position: 'Position',
  },
} as const;

/** A page of the admin that tells what the console says: under the policy of every page nothing inline may run. */
async function open(browser: Browser, user: User, language: Language, width: number): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height: 844 },
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
    storageState: await cookiesOf(user),
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  return { page, problems };
}

async function fits(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
}

/** Colours are judged in one language: they are those of the same style sheet in the other. */
async function accessible(page: Page, judgesColours: boolean): Promise<void> {
  // The icon beside the search of Django's two lists has a label without a role; the field itself is labelled.
  const told = await broken(page, { outside: '.search-label-icon', without: judgesColours ? [] : COLOUR_RULES });
  expect(told.map((each) => `${page.url()} ${each}`)).toEqual([]);
}

for (const language of ['ja', 'en'] as const) {
  for (const [place, width] of Object.entries(WIDTHS)) {
    test(`a manager plans a day and puts it back (${language}, ${place})`, async ({ browser }) => {
      const words = WORDS[language];
      const { page, problems } = await open(browser, 'manager', language, width);
      await page.goto('/admin/');
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(page.getByRole('heading', { level: 1, name: words.overview })).toBeVisible();
      await fits(page);
      await page.getByRole('link', { name: words.today }).click();

      const first = page.locator('select[name^=cell_]').first();
      const name = (await first.getAttribute('name')) ?? '';
      const before = await first.inputValue();
      const after = before === '×' ? '○' : '×';
      const cell = page.locator(`select[name="${name}"]`);
      await page.locator(`input[name="${name.replace('cell_', 'tick_')}"]`).check();
      await page.locator('select[name=together]').selectOption(after);
      await page.getByRole('button', { name: words.fill, exact: true }).click();
      await expect(cell).toHaveValue(after);
      await page.getByRole('button', { name: words.preview, exact: true }).click();
      await expect(page.locator('#preview_form tbody tr')).toHaveCount(1);
      await fits(page);
      await page.getByRole('button', { name: new RegExp(words.save) }).click();
      await expect(page.locator('.messagelist')).toContainText(words.changed);
      await expect(cell).toHaveValue(after);

      await cell.selectOption(before);
      await page.getByRole('button', { name: words.save, exact: true }).click();
      await expect(page.locator('.messagelist')).toContainText(words.changed);
      await expect(cell).toHaveValue(before);
      await fits(page);
      expect(problems).toEqual([]);
    });

    test(`somebody's form says what is wrong at the field, and their history can be put back (${language}, ${place})`, async ({ browser }) => {
      const words = WORDS[language];
      const { page, problems } = await open(browser, 'manager', language, width);
      await page.goto('/admin/staff/staffmember/');
      await fits(page);
      await page.locator('#result_list tbody th a').last().click();
      const position = page.locator('#id_position');
      const before = await position.inputValue();
      // Of this run's own: a run before that ended half-way may have left its own behind.
      const other = `見習い${Date.now() % 100000}`;
      await position.fill(other);
      await page.locator('#id_end_period').fill('2027-13');
      await page.locator('input[name=_save]').click();
      await expect(page.getByText(words.wrongMonth)).toBeVisible();
      await expect(position).toHaveValue(other);
      await page.locator('#id_end_period').fill('');
      await page.locator('input[name=_save]').click();
      await expect(page.locator('.messagelist .success')).toBeVisible();

      await page.locator('#result_list tbody th a').last().click();
      await expect(position).toHaveValue(other);
      await page.getByRole('link', { name: words.history, exact: true }).click();
      await expect(page.locator('#change-history tbody tr').first()).toContainText(`${words.position}:`);
      await page.getByRole('link', { name: words.then }).nth(1).click();
      // A page is measured once it is there: between two documents there is none.
      await expect(page.getByRole('button', { name: words.restore })).toBeVisible();
      await fits(page);
      await page.getByRole('button', { name: words.restore }).click();
      await expect(page.locator('.messagelist')).toContainText(words.restored);
      await page.goBack();
      await page.goto('/admin/staff/staffmember/');
      await page.locator('#result_list tbody th a').last().click();
      await expect(position).toHaveValue(before);
      expect(problems).toEqual([]);
    });

    test(`no page of the admin breaks a rule of axe or the policy, or is wider than the window (${language}, ${place})`, async ({ browser }) => {
      test.setTimeout(300_000);
      const found: string[] = [];
      const judgesColours = language === 'ja';
      const { page, problems } = await open(browser, 'owner', language, width);
      const addresses = [
        '/admin/', '/admin/staff/staffmember/', '/admin/staff/staffmember/add/', '/admin/schedules/schedule/', '/admin/schedules/shift/',
        '/admin/schedules/shifttype/add/', '/admin/schedules/closingrule/add/', '/admin/schedules/calendarday/add/', '/admin/settings_app/priorityrule/add/',
        '/admin/settings_app/configversion/', '/admin/tenants/restaurant/', '/admin/tenants/membership/', '/admin/tenants/apitoken/add/',
      ];
      for (const address of addresses) {
        await page.goto(address);
        found.push(...problems);
        await accessible(page, judgesColours);
        // What axe itself puts into the page is refused by the policy too.
        problems.length = 0;
        await fits(page);
      }
      await page.goto('/admin/schedules/schedule/');
      await page.getByRole('link', { name: WORDS[language].month }).first().click();
      await page.waitForURL(/\/month\//);
      await accessible(page, judgesColours);
      await page.locator('.month thead a').first().click();
      await page.waitForURL(/\/day\//);
      await accessible(page, judgesColours);
      await fits(page);
      expect(found).toEqual([]);
    });
  }
}

test('the people of a rule are found by typing, with a few presses of Tab', async ({ browser }) => {
  const { page } = await open(browser, 'manager', 'en', WIDTHS.desk);
  await page.goto('/admin/settings_app/staffgroup/add/');
  const search = page.locator('.picker .selector-available input[type=text]').first();
  await search.fill('田中');
  await search.press('End');
  const people = page.locator('.picker .selector-available select option');
  await expect(people).toHaveCount(1);
  await expect(people).toHaveText('田中');
  await page.locator('#id_name').focus();
  let presses = 0;
  for (; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.name === '_save')) break;
  }
  expect(presses).toBeLessThan(30);
});

test('what publishing means is said in numbers before it is done', async ({ browser }) => {
  const { page } = await open(browser, 'manager', 'en', WIDTHS.phone);
  await page.goto('/admin/schedules/schedule/');
  await page.locator('input.action-select').last().check();
  await page.locator('select[name=action]').selectOption('publish');
  await page.getByRole('button', { name: 'Run' }).or(page.getByRole('button', { name: 'Go' })).click();
  await expect(page.locator('#confirm_form li')).toContainText(/\d+ cells and \d+ other things change|nothing differs/);
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(page).toHaveURL(/\/schedules\/schedule\/$/);
});
