import { expect, type Page } from '@playwright/test';

import { api, arrive, cellAt, hasTheKeys, message, pick, saved, test } from './pages';
import { type Plan, planOf, put, shows } from './plan';

const PERIOD = 5;

/**
 * The sample restaurant starts with a hard rule (a day off in each week that begins on Sunday) and a soft one (no early shift
 * on the day after a late one).
 */
const sundays = ({ days }: Plan) => days.flatMap((day, at) => (new Date(`${day}T00:00Z`).getUTCDay() === 0 && at + 6 < days.length ? [at] : []));
const status = (page: Page) => page.locator('.sp-status');

/** Somebody counts as planned from the first entry on, and up to the last one: here the whole month. */
const begin = (page: Page, plan: Plan, row: number) => put(page, plan, row, plan.days.length - 1, [['○']]);

test('what breaks a rule is marked at once, with the reason and a way to the rule', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  const [, sunday = 7] = sundays(plan);
  // A day off right before the week too, so that no run of working days goes into it.
  await put(page, plan, 0, sunday - 1, [['×', '', '', '×', '', '', '', '']]);
  await begin(page, plan, 0);
  await expect(page.locator('.ss-is-hard').first()).toBeVisible();
  await expect(cellAt(page, 0, sunday)).not.toHaveClass(/ss-is-hard/);
  await pick(page, 0, sunday + 2);
  await page.keyboard.press('Delete');
  await expect(cellAt(page, 0, sunday)).toHaveClass(/ss-is-hard/);
  await expect(cellAt(page, 0, sunday)).toHaveAccessibleName(/Violation/);
  await pick(page, 0, sunday);
  await expect(status(page)).toContainText('0 (days off) in the week');
  // The same where the pointer rests.
  await cellAt(page, 0, sunday).hover();
  const reasons = page.locator('.ss-reasons');
  await expect(reasons).toContainText('0 (days off) in the week');
  await reasons.getByRole('button', { name: 'Open the rule' }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await expect(dialog).toBeVisible();
  expect(page.url()).toMatch(/settings\/weeklyLimits\/[\w-]+$/);
});

test('it is said in the language of the page', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD, locale: 'ja-JP' });
  const plan = await planOf(page, PERIOD);
  const [sunday = 0] = sundays(plan);
  await put(page, plan, 2, sunday, [['', '', '', '', '', '', '']]);
  await begin(page, plan, 2);
  await expect(cellAt(page, 2, sunday)).toHaveClass(/ss-is-hard/);
  await pick(page, 2, sunday);
  await expect(status(page)).toContainText(/の週の休みが0です/);
});

test('a soft rule never blocks', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  const [sunday = 0] = sundays(plan);
  await put(page, plan, 3, sunday, [['×', '', '', '', '', '', '']]);
  await pick(page, 3, sunday + 2);
  await page.keyboard.press('d');
  await page.keyboard.press('t');
  await shows(page, 3, sunday + 2, [['◇', '△']]);
  await saved(page);
  const marked = page.locator('.ss-row[aria-rowindex="5"] .ss-is-soft');
  await expect(marked).toHaveCount(1);
  await expect(marked).toHaveAccessibleName(/Warning/);
});

test('what is to stay all the same is noted, and no longer counts as a problem', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  const [, sunday = 7] = sundays(plan);
  await put(page, plan, 1, sunday, [['○', '', '', '', '', '', '']]);
  await begin(page, plan, 1);
  const cell = cellAt(page, 1, sunday);
  await expect(cell).toHaveClass(/ss-is-hard/);
  await pick(page, 1, sunday);
  await status(page).getByRole('button', { name: 'Keep anyway' }).click();
  await expect(cell).toHaveAccessibleName(/locked.*Accepted/);
  await expect(status(page)).toContainText('Accepted');
  await expect(status(page).getByRole('button', { name: 'Keep anyway' })).toBeHidden();
  await saved(page);
  await status(page).getByRole('button', { name: 'History' }).click();
  await expect(page.getByRole('dialog')).toContainText('Kept despite: ');
  await page.keyboard.press('Escape');
  // It is locked: nobody changes it in passing, until somebody unlocks it.
  await pick(page, 1, sunday);
  await page.keyboard.press('x');
  await expect(message(page, '1 locked')).toBeVisible();
  await pick(page, 1, sunday);
  await page.keyboard.press('Alt+l');
  await expect(cell).not.toHaveAccessibleName(/Accepted/);
});

test('all problems are listed, and each leads to its cell', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  const [, sunday = 7] = sundays(plan);
  await put(page, plan, 4, sunday, [['', '', '', '', '', '', '']]);
  await begin(page, plan, 4);
  await expect(cellAt(page, 4, sunday)).toHaveClass(/ss-is-hard/);
  await page.getByRole('button', { name: /problems$/ }).click();
  const listed = page.getByRole('complementary', { name: 'Problems' });
  const mine = listed.getByRole('button').filter({ hasText: plan.staff[4]?.name ?? '?' }).filter({ hasText: 'in the week' });
  await mine.first().click();
  await hasTheKeys(page);
  await expect(status(page)).toContainText(plan.staff[4]?.name ?? '?');
  await page.keyboard.press('F8');
  await expect(status(page).getByRole('button', { name: 'Open the rule' })).toBeVisible();
});

test('who has no entry yet is not wrong, but not planned yet', async ({ browser }) => {
  const row = 6;
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  const name = plan.staff[row]?.name ?? '?';
  const marked = page.locator(`.ss-row[aria-rowindex="${row + 2}"] .ss-is-hard`);
  await begin(page, plan, row);
  await expect(marked.first()).toBeVisible();
  await put(page, plan, row, 0, [plan.days.map(() => '')]);
  await expect(marked).toHaveCount(0);
  await page.getByRole('button', { name: /problems$|not planned yet$/ }).click();
  const listed = page.getByRole('complementary', { name: 'Problems' });
  const mine = listed.getByRole('button').filter({ hasText: name });
  const later = listed.getByRole('group').filter({ hasText: 'not planned yet' });
  await expect(mine.filter({ visible: true })).toHaveCount(0);
  await later.getByText(/^\d+ (?:person|people) not planned yet$/).click();
  await expect(later.getByRole('button').filter({ hasText: name }).first()).toBeVisible();
  await begin(page, plan, row);
  await expect(marked.first()).toBeVisible();
  await expect(later.getByRole('button').filter({ hasText: name })).toHaveCount(0);
  await expect(mine.first()).toBeVisible();
});

test('who stands in for whom is said on the cell, as long as it holds', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  const plan = await planOf(page, PERIOD);
  const backups = await api<{ staffId: string; groupId: string; priorityOrder: number }[]>(page, 'GET', 'backup-assignments/');
  const groups = await api<{ id: string; name: string; groupConfig: { members: string[]; coverageRules?: { backupRequired?: boolean } } }[]>(page, 'GET', 'staff-groups/');
  const group = groups.find(({ id, groupConfig }) => groupConfig.coverageRules?.backupRequired === true && backups.some(({ groupId }) => groupId === id));
  const first = backups.filter(({ groupId }) => groupId === group?.id).sort((a, b) => a.priorityOrder - b.priorityOrder)[0];
  const row = plan.staff.findIndex(({ id }) => id === first?.staffId);
  const absent = plan.staff.findIndex(({ id }) => group?.groupConfig.members.includes(id));
  const day = plan.days.length - 2;
  await put(page, plan, row, day, [['']]);
  await put(page, plan, absent, day, [['×']]);
  await api(page, 'POST', `schedules/${plan.scheduleId}/call-backups/`, { dateKeys: [plan.days[day]] });
  const cell = cellAt(page, row, day);
  await expect(cell).toHaveText('○');
  await expect(cell).toHaveAccessibleName(new RegExp(`covering for ${group?.name ?? '?'}`));
  await expect(cell).toHaveAttribute('data-covers', group?.name ?? '?');
  await pick(page, row, day);
  await page.keyboard.press('t');
  await expect(cell).not.toHaveAccessibleName(/covering for/);
  await saved(page);
  await page.keyboard.press('Control+z');
  await expect(cell).toHaveAccessibleName(/covering for/);
});
