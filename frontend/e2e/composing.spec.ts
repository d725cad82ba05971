import { expect, type Locator, type Page } from '@playwright/test';

import { InputMethod, safariEnter } from './ime';
import { api, arrive, cellAt, pick, saved, selectRange, test } from './pages';
import { block, type Plan, planOf, put } from './plan';

/** Nothing is stored, sent or run while one composes: not in the commands, not in a form, not where Safari orders its events otherwise. */

const PERIOD = 4;

const editor = (page: Page) => page.locator('.ss-editor');

async function valueOf(page: Page, plan: Plan, row: number, day: number): Promise<string> {
  const { scheduleData } = await api<{ scheduleData: Record<string, Record<string, string>> }>(page, 'GET', `schedules/${plan.scheduleId}/cells/`);
  return scheduleData[plan.staff[row]?.id ?? '']?.[plan.days[day] ?? ''] ?? '';
}

/** Puts everything that the page sends into a list. */
function listen(page: Page, sent: string[]): Promise<void> {
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))));
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(request.postData() ?? request.url());
  });
  return Promise.resolve();
}

test('the commands run nothing while one composes their name', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD, locale: 'ja-JP' });
  const ime = await InputMethod.of(page);
  await pick(page, 0, 0);
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'コマンド' });
  const input = dialog.getByRole('combobox');
  await expect(input).toBeFocused();
  await ime.compose('い', 'いんさつ', '印刷');
  for (const key of ['Enter', 'ArrowDown', 'Escape', 'Tab']) await ime.key(key);
  await expect(dialog).toBeVisible();
  await expect(input).toBeFocused();
  await ime.write('印刷');
  await expect(input).toHaveValue('印刷');
  await expect(page).toHaveURL(/dialog=palette/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/print/);
});

test('the Enter by which Safari ends a composition runs, enters and closes nothing', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD, locale: 'ja-JP' });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 0, 6, block('', 2, 1));
  await pick(page, 0, 6);
  await safariEnter(page, '研修');
  await expect(page.locator('.ss-editor')).toHaveValue('研修');
  await expect(page.locator('.ss-editor')).toBeFocused();
  await saved(page);
  const { scheduleData } = await api<{ scheduleData: Record<string, Record<string, string>> }>(page, 'GET', `schedules/${plan.scheduleId}/cells/`);
  expect(scheduleData[plan.staff[0]?.id ?? '']?.[plan.days[6] ?? ''] ?? '').toBe('');
  await page.keyboard.press('Enter');
  await expect(cellAt(page, 0, 6)).toHaveText('研修');
  // The Escape that drops a candidate neither closes the dialog nor the editor.
  await page.keyboard.press('Control+k');
  const input = page.getByRole('dialog', { name: 'コマンド' }).getByRole('combobox');
  await expect(input).toBeFocused();
  await safariEnter(page, '印刷');
  await safariEnter(page, '', 'Escape');
  await expect(input).toHaveValue('印刷');
  await expect(page).toHaveURL(/dialog=palette/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/print/);
});

test('what is composed goes where one began, whatever was there or is selected', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD, locale: 'ja-JP' });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 0, 0, block('', 4, 4));
  const ime = await InputMethod.of(page);
  await pick(page, 0, 0);
  await ime.compose('１');
  await ime.write('１');
  await page.keyboard.press('Enter');
  await expect(cellAt(page, 0, 0)).toHaveText('○');
  // F2 into an existing value, composed text appended
  await pick(page, 0, 0);
  await page.keyboard.press('F2');
  await page.keyboard.press('End');
  await ime.compose('け', 'けん');
  await ime.key('Enter');
  await ime.write('研');
  await page.keyboard.press('Enter');
  await expect(cellAt(page, 0, 0)).toHaveText('○研');
  // compose after latin text
  await pick(page, 0, 1);
  await page.keyboard.type('A');
  await ime.compose('か', 'かい');
  await ime.write('会');
  await page.keyboard.press('Tab');
  await expect(cellAt(page, 0, 1)).toHaveText('A会');
  await expect(cellAt(page, 0, 2)).toHaveText('');
  // range selected: text lands in the active cell only
  await selectRange(page, [1, 0], [2, 1]);
  await ime.compose('か', 'かい');
  await ime.write('会議');
  await page.keyboard.press('Enter');
  await expect(cellAt(page, 1, 0)).toHaveText('会議');
  await expect(cellAt(page, 1, 1)).toHaveText('');
  // keys taken while composing: arrows, Delete, Ctrl+Z, F2
  await pick(page, 3, 0);
  await ime.compose('し', 'しゅ');
  for (const k of ['ArrowDown', 'Delete', 'Backspace', 'F2', 'Home', 'Space', 'KeyZ', 'Digit1']) await ime.key(k);
  await expect(editor(page)).toHaveValue('しゅ');
  await ime.compose('し');
  await ime.compose('');
  await expect(editor(page)).toHaveCount(0);
  await saved(page);
  expect(await valueOf(page, plan, 3, 0)).toBe('');
  // candidate clause: compose, cancel, compose again
  await ime.compose('ほ', '');
  await ime.compose('ほ', 'ほん');
  await ime.write('本');
  await page.keyboard.press('Enter');
  await expect(cellAt(page, 3, 0)).toHaveText('本');
});

test('what is being composed stays with its person and outlives the page', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD, locale: 'ja-JP' });
  const plan = await planOf(page, PERIOD);
  await put(page, plan, 4, 0, block('', 4, 2));
  const ime = await InputMethod.of(page);
  await pick(page, 5, 0);
  await ime.compose('し', 'しゅっ');
  const everybody = (await api<{ id: string }[]>(page, 'GET', 'staff/')).map(({ id }) => id);
  const id = plan.staff[5]?.id ?? '';
  await api(page, 'POST', 'staff/reorder/', { staffIds: [id, ...everybody.filter((each) => each !== id)] });
  await expect(page.locator('.ss-name-text').first()).toHaveText(plan.staff[5]?.name ?? '');
  await expect(editor(page)).toHaveValue('しゅっ');
  await ime.write('出張');
  await page.keyboard.press('Enter');
  await saved(page);
  const { scheduleData } = await api<{ scheduleData: Record<string, Record<string, string>> }>(page, 'GET', `schedules/${plan.scheduleId}/cells/`);
  expect(scheduleData[id]?.[plan.days[0] ?? '']).toBe('出張');
  await api(page, 'POST', 'staff/reorder/', { staffIds: everybody });
  // reload in the middle of composing
  await pick(page, 4, 1);
  await ime.compose('ち', 'ちこ');
  await page.reload();
  await expect(editor(page)).toHaveValue('ちこ');
  expect(await valueOf(page, plan, 4, 1)).toBe('');
  await page.keyboard.press('Escape');
  await expect(editor(page)).toHaveCount(0);
  await page.reload();
  await expect(cellAt(page, 4, 1)).toBeVisible();
  await expect(editor(page)).toHaveCount(0);
});

const FORMS = [
  'staff', 'staff/new', 'settings/staffGroups', 'settings/dailyLimits', 'settings/weeklyLimits', 'settings/monthlyLimits', 'settings/priorityRules',
  'settings/mlModelConfigs', 'settings/backupAssignments', 'settings/calendar', 'settings/shiftTypes', 'settings/restaurant', 'settings/versions', 'settings/audit', 'publish', 'publications',
] as const;

/** Where one writes words. */
const FIELDS = 'input:not([type]), input[type=text], input[type=search], textarea';

/** One page for all of them: what they are about is the dialog, which each opens anew. */
test('no field of any form stores, sends or closes anything while one composes', async ({ browser }) => {
  test.setTimeout(600_000);
  const sent: string[] = [];
  const page = await arrive(browser, 'owner', { period: PERIOD, before: (its) => listen(its, sent) });
  const ime = await InputMethod.of(page);
  await page.clock.install();
  const dialog = page.getByRole('dialog');
  for (const form of FORMS) {
    await test.step(form, async () => {
      await page.goto(`/#/schedule/${PERIOD}`);
      await expect(dialog).toHaveCount(0);
      await page.goto(`/#/schedule/${PERIOD}?dialog=${form}`);
      await expect(dialog.getByRole('button', { name: 'Close' }).first()).toBeVisible();
      await saved(page);
      const fields = dialog.locator(FIELDS).locator('visible=true');
      for (let index = 0; index < (await fields.count()); index += 1) {
        const field = fields.nth(index);
        if (await field.isEditable()) await composed(page, ime, field);
      }
      await page.clock.runFor(3_000);
      expect(sent.filter((frame) => /こ/.test(frame))).toEqual([]);
    });
  }
});

/** Something is begun in a field, neither taken nor sent by whatever is pressed, and given up. */
async function composed(page: Page, ime: InputMethod, field: Locator): Promise<void> {
  const before = await field.inputValue();
  await field.focus();
  await page.keyboard.press('End');
  await ime.compose('こ', 'こと');
  await page.clock.runFor(3_000);
  await ime.key('Enter');
  await ime.key('Escape');
  await page.clock.runFor(1_000);
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await field.inputValue()).toContain('こと');
  await ime.compose('');
  await expect(field).toHaveValue(before);
}
