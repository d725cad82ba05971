import { type Browser, expect, type Page } from '@playwright/test';

import { arrive, cellAt, cookiesOf, saved, test } from './pages';
import { planOf } from './plan';

/** Somebody of the staff says on a phone when they can work, week after week; a manager sees it in the grid, and is warned when planning against it. */

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
const PERIOD = 4;

const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
const weekday = (day: string) => new Date(`${day}T00:00Z`).getUTCDay();

async function onPhone(browser: Browser, locale: string): Promise<Page> {
  const context = await browser.newContext({ ...PHONE, locale, storageState: await cookiesOf('staff') });
  const page = await context.newPage();
  await page.goto('/#/wishes');
  return page;
}

test('weekdays on which one cannot work are entered on a phone, marked in the grid, and warned of', async ({ browser }) => {
  test.slow();
  const manager = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(manager, PERIOD);
  const tuesday = plan.days.findIndex((day) => weekday(day) === 2);

  const staff = await onPhone(browser, 'en-GB');
  const list = staff.getByRole('region', { name: 'Weekly availability' });
  await expect(list).toContainText('Nothing is entered');
  await list.getByRole('button', { name: 'Add weekdays' }).click();
  const form = staff.getByRole('dialog');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByRole('alert')).toHaveText('Choose a weekday.');
  await form.getByRole('button', { name: 'Tuesday' }).click();
  await form.getByLabel('Note').fill('evening school');
  expect(await fits(staff)).toBe(true);
  await staff.screenshot({ path: test.info().outputPath('form-en.png') });
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toHaveCount(0);
  await expect(list).toContainText('cannot work');
  await expect(list).not.toContainText('waiting to be sent');
  await staff.screenshot({ path: test.info().outputPath('list-en.png') });

  // Beside what the cell holds, and with words of its own.
  const cell = cellAt(manager, 0, tuesday);
  await expect(cell).toHaveAttribute('data-wish', '⊘');
  await expect(cell).toHaveAttribute('title', 'cannot work on this weekday · evening school');
  await expect(cell).toHaveAccessibleName(/cannot work on this weekday/);
  await expect(cellAt(manager, 0, tuesday + 7)).toHaveAttribute('data-wish', '⊘');
  await expect(cellAt(manager, 0, tuesday + 1)).not.toHaveAttribute('data-wish');
  await expect(cellAt(manager, 1, tuesday)).not.toHaveAttribute('data-wish');

  // Typing against it is taken, and told.
  await cell.click();
  await manager.keyboard.type('○');
  await manager.keyboard.press('Enter');
  await saved(manager);
  await expect(cell).toHaveText('○');
  await expect(cell).toHaveClass(/ss-is-hard/);
  await manager.screenshot({ path: test.info().outputPath('grid-en.png') });

  // Only from the evening on, instead.
  await list.getByRole('button', { name: /Tue/ }).click();
  await form.getByRole('button', { name: 'Only at certain hours' }).click();
  await form.getByLabel('From').fill('17:00');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(list).toContainText('can work from 17:00');
  await expect(cell).toHaveAttribute('data-wish', '◷');
});

test('曜日と時間は日本語の画面でも入れられ、責任者の画面で変えられる', async ({ browser }) => {
  test.slow();
  const manager = await arrive(browser, 'manager', { period: PERIOD, locale: 'ja-JP' });
  const plan = await planOf(manager, PERIOD);
  const saturday = plan.days.findIndex((day) => weekday(day) === 6);

  const staff = await onPhone(browser, 'ja-JP');
  const list = staff.getByRole('region', { name: '勤務できる曜日と時間' });
  await list.getByRole('button', { name: '曜日を追加' }).click();
  const form = staff.getByRole('dialog');
  await form.getByRole('button', { name: '土曜日' }).click();
  await form.getByRole('button', { name: '出勤できる時間だけ' }).click();
  await form.getByLabel('この時刻から').fill('18:00');
  await form.getByLabel('この時刻まで').fill('02:00');
  await expect(form).toContainText('翌日の02:00まで');
  expect(await fits(staff)).toBe(true);
  await staff.screenshot({ path: test.info().outputPath('form-ja.png') });
  await form.getByRole('button', { name: '保存' }).click();
  await expect(list).toContainText('18:00〜02:00に出勤できます');
  await staff.screenshot({ path: test.info().outputPath('list-ja.png'), fullPage: true });

  const cell = cellAt(manager, 0, saturday);
  await expect(cell).toHaveAttribute('data-wish', /◷/);
  await expect(cell).toHaveAttribute('title', 'この曜日は18:00〜02:00に出勤できます');

  await manager.goto(`/#/schedule/${PERIOD}?dialog=staff/${plan.staff[0]?.id ?? ''}`);
  const theirs = manager.getByRole('dialog').getByRole('region', { name: '勤務できる曜日と時間' });
  await theirs.getByRole('button', { name: /土/ }).click();
  await manager.screenshot({ path: test.info().outputPath('staff-ja.png') });
  await manager.getByRole('dialog').last().getByRole('button', { name: '取り消す' }).click();
  await expect(list).not.toContainText('18:00〜02:00');
  await expect(cell).not.toHaveAttribute('title', /18:00/);
});
