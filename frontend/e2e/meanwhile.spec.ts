import { expect, type Page } from '@playwright/test';

import { api, cellAt, drawHandle, message, pick, saved, test } from './pages';
import { block, type Plan, planOf, put, shows } from './plan';
import { Server } from './server';

/** Two people at once: what one of them adds, deletes, orders or makes a viewer of while the other is in the middle of something. */

const valuesOf = async (page: Page, { scheduleId, days }: Plan, day: number) => {
  const { scheduleData } = await api<{ scheduleData: Record<string, Record<string, string>> }>(page, 'GET', `schedules/${scheduleId}/cells/`);
  return (id: string) => scheduleData[id]?.[days[day] ?? ''] ?? '';
};

let server: Server;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  server = await Server.open(12, 10);
});
test.afterAll(() => server.close());
test.setTimeout(300_000);

/** Two browsers at the same month. */
async function two(browser: Parameters<Server['visitor']>[0]) {
  const [page, owner] = [await (await server.visitor(browser)).newPage(), await (await server.visitor(browser, 'owner')).newPage()];
  for (const each of [page, owner]) {
    await each.goto('/#/schedule/0');
    await expect(each.getByRole('gridcell').first()).toBeVisible();
    await saved(each);
  }
  return { page, owner, plan: await planOf(page, 0) };
}

/** Somebody who goes is in the schedule until then: here from its first day on, so that the row goes too. */
const leave = (owner: Page, { days }: Plan, id: string) => api(owner, 'DELETE', `staff/${id}/?from=${days[0] ?? ''}`);
const comeBack = (owner: Page, { days }: Plan, id: string) => api(owner, 'POST', `staff/${id}/restore/`, { from: days[0] });

/** Draws the fill handle of a cell down by so many rows, and holds it there. */
async function draw(page: Page, row: number, day: number, by: number): Promise<void> {
  await pick(page, row, day);
  await drawHandle(page, [row, day], [row + by, day]);
}

test('somebody who is added or deleted while the fill handle is drawn moves it to nobody else', async ({ browser }) => {
  const { page, owner, plan } = await two(browser);
  // The month is full: nobody else has what is drawn.
  await put(page, plan, 0, 1, block('', 12, 1));
  await put(page, plan, 4, 1, [['△']]);
  await draw(page, 4, 1, 2);
  const { result } = await api<{ result: { staff: { id: string } } }>(owner, 'POST', 'staff/', { name: '新人', staffOrder: 0 });
  await expect(page.locator('.ss-name-text').first()).toHaveText('新人');
  await page.mouse.up();
  await saved(page);
  const after = await valuesOf(page, plan, 1);
  const written = plan.staff.filter(({ id }) => after(id) === '△').map(({ id }) => id);
  // Those that were drawn over, or, where the drawing was given up, only the first of them.
  expect([plan.staff.slice(4, 7).map(({ id }) => id), [plan.staff[4]?.id]]).toContainEqual(written);
  expect(after(result.staff.id)).toBe('');

  const now = await planOf(page, 0);
  await put(page, now, 5, 2, [['◇'], [''], [''], [''], ['']]);
  await draw(page, 5, 2, 3);
  await leave(owner, now, now.staff[7]?.id ?? '');
  await expect(message(page, 'rows moved in the meantime')).toBeVisible();
  await page.mouse.up();
  await saved(page);
  const last = await valuesOf(page, now, 2);
  expect(now.staff.slice(5, 10).map(({ id }) => last(id))).toEqual(['◇', '', '', '', '']);
  await comeBack(owner, now, now.staff[7]?.id ?? '');
  await leave(owner, now, result.staff.id);
});

test('the menu of a cell acts on the person it was opened for, also where that one goes', async ({ browser }) => {
  const { page, owner, plan } = await two(browser);
  await put(page, plan, 0, 3, block('', 12, 1));
  await cellAt(page, 3, 3).click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  const leaver = plan.staff[3]?.id ?? '';
  await leave(owner, plan, leaver);
  await expect(message(page, 'is gone')).toBeVisible();
  const item = page.getByRole('menuitem').filter({ hasText: '×' });
  if (await item.isVisible()) await item.click();
  await saved(page);
  const after = await valuesOf(page, plan, 3);
  expect(plan.staff.map(({ id }) => after(id)).filter((value) => value === '×')).toEqual([]);
  await comeBack(owner, plan, leaver);
});

test('a period that a colleague puts before one’s own changes neither the month nor what is typed in it', async ({ browser }) => {
  const { page, owner, plan } = await two(browser);
  await put(page, plan, 1, 4, [['']]);
  await pick(page, 1, 4);
  await page.keyboard.type('Ha');
  const first = new Date(`${plan.days[0] ?? ''}T00:00:00Z`).getTime();
  const day = (by: number) => new Date(first + by * 86_400_000).toISOString().slice(0, 10);
  const added = await api<{ result: { period: { id: string } } }>(owner, 'POST', 'periods/', { startDate: day(-30), endDate: day(-1) });
  await expect(page).toHaveURL(/schedule\/1$/);
  await page.keyboard.type('ll');
  await page.keyboard.press('Enter');
  await shows(page, 1, 4, [['Hall']]);
  await saved(page);
  expect((await valuesOf(page, plan, 4))(plan.staff[1]?.id ?? '')).toBe('Hall');
  const periods = await api<{ id: string; index: number }[]>(owner, 'GET', 'periods/');
  const before = periods.find(({ index }) => index === 0)?.id ?? added.result.period.id;
  await api(owner, 'DELETE', `periods/${before}/`);
  await expect(page).toHaveURL(/schedule\/0$/);
  await shows(page, 1, 4, [['Hall']]);
});

test('a form stays the form of its row while colleagues order, add and delete rows', async ({ browser }) => {
  const { page, owner, plan } = await two(browser);
  await page.goto('/#/schedule/0?dialog=staff');
  const dialog = page.getByRole('dialog');
  const name = dialog.getByRole('textbox', { name: 'Name', exact: true });
  await expect(name).toHaveValue(plan.staff[0]?.name ?? '');
  await name.fill('途中の名前');
  const ids = plan.staff.map(({ id }) => id);
  await api(owner, 'POST', 'staff/reorder/', { staffIds: [...ids.slice(1), ids[0]] });
  await expect(dialog.locator('.st-member').first()).toContainText(plan.staff[1]?.name ?? '');
  await expect(name).toHaveValue('途中の名前');
  await api(owner, 'DELETE', `staff/${ids[0] ?? ''}/`);
  await expect(dialog.getByRole('button', { name: 'Restore' })).toBeVisible();
  await expect(name).toHaveValue('途中の名前');
  await expect(name).toBeDisabled();
  await api(owner, 'POST', `staff/${ids[0] ?? ''}/restore/`, {});
  await expect(name).toBeEnabled();
  await expect(name).toHaveValue('途中の名前');
  await api(owner, 'POST', 'staff/reorder/', { staffIds: ids });

  const made = async (limit: string) => (await api<{ result: { id?: string; limit?: { id: string } } }>(owner, 'POST', 'weekly-limits/', { name: limit, limitConfig: { shiftType: 'off', maxCount: 3, scope: 'all' } })).result;
  await made('先の上限');
  await page.goto('/#/schedule/0?dialog=settings/weeklyLimits');
  const own = dialog.getByRole('textbox', { name: 'Name' }).first();
  await expect(own).toHaveValue('先の上限');
  await made('後の上限');
  await expect(dialog.getByRole('button', { name: '後の上限' })).toBeVisible();
  await expect(own).toHaveValue('先の上限');
  const rows = await api<{ id: string; name: string }[]>(owner, 'GET', 'weekly-limits/');
  await api(owner, 'DELETE', `weekly-limits/${rows.find((row) => row.name === '先の上限')?.id ?? ''}/`);
  await expect(dialog.getByText('This entry no longer exists', { exact: false })).toBeVisible();
  await expect(own).toHaveValue('先の上限');
  await expect(dialog.getByRole('button', { name: 'Delete', exact: true })).toHaveCount(0);
  await dialog.getByRole('button', { name: '後の上限' }).click();
  await expect(own).toHaveValue('後の上限');
  await expect(own).toBeEnabled();
});

test('what one types for a month, a closing or a version stays where a colleague changes the same', async ({ browser }) => {
  const { page, owner, plan } = await two(browser);
  const last = plan.days.at(-1) ?? '';
  const day = (by: number) => new Date(Date.parse(last) + by * 86_400_000).toISOString().slice(0, 10);
  const { result } = await api<{ result: { period: { id: string } } }>(owner, 'POST', 'periods/', { startDate: day(1), endDate: day(20) });
  const rule = { repeats: 'weekly', daysOfWeek: [2], weeks: [], fromDay: '', toDay: '', onHoliday: 'closed', note: '定休', validFrom: null };
  const made = await api<{ result: { rule: { id: string } } }>(owner, 'POST', 'closing-rules/', rule);
  await page.goto('/#/schedule/0?dialog=settings/calendar');
  const dialog = page.getByRole('dialog');
  const [first, end] = [dialog.getByLabel('First day').last(), dialog.getByLabel('Last day').last()];
  await expect(end).toHaveValue(day(20));
  await end.fill(day(25));
  await api(owner, 'PATCH', `periods/${result.period.id}/`, { startDate: day(3), endDate: day(22) });
  await expect(first).toHaveValue(day(3));
  await expect(end).toHaveValue(day(25));
  await dialog.getByRole('button', { name: 'Save', exact: true }).last().click();
  await expect(message(page, 'You overwrote 1 change by owner.')).toBeVisible();
  await saved(page);
  const months = await api<{ id: string; startDate: string; endDate: string }[]>(owner, 'GET', 'periods/');
  expect(months.find(({ id }) => id === result.period.id)).toMatchObject({ startDate: day(3), endDate: day(25) });

  await dialog.getByLabel('Day', { exact: true }).fill(day(4));
  await dialog.getByLabel('Note', { exact: true }).first().fill('貸切');
  await api(owner, 'PUT', `calendar/days/${day(4)}/`, { kind: 'all_work', note: '祭り' });
  await expect(dialog.getByText('祭り')).toBeVisible();
  await dialog.getByRole('button', { name: 'Add', exact: true }).first().click();
  await expect(message(page, 'You overwrote 2 changes by owner.')).toBeVisible();
  await expect(dialog.getByText('貸切')).toBeVisible();

  const until = dialog.getByLabel(/Until$/);
  const endOf = async () => (await api<{ id: string; validUntil: string | null }[]>(owner, 'GET', 'closing-rules/')).find(({ id }) => id === made.result.rule.id)?.validUntil;
  // Half a year: nothing is sent of it.
  await until.fill('0202-12-31');
  await api(owner, 'PATCH', `closing-rules/${made.result.rule.id}/`, { note: '定休日', validUntil: '2027-01-31' });
  await expect(dialog.getByText('定休日')).toBeVisible();
  await expect(until).toHaveValue('0202-12-31');
  expect(await endOf()).toBe('2027-01-31');
  await until.fill('2026-12-31');
  await until.press('Enter');
  await expect.poll(endOf).toBe('2026-12-31');
  await api(owner, 'PATCH', `closing-rules/${made.result.rule.id}/`, { validUntil: '2027-03-31' });
  await expect(until).toHaveValue('2027-03-31');

  await page.goto('/#/schedule/0?dialog=settings/versions');
  const name = dialog.getByLabel('Name of a new version');
  await name.fill('途中の版');
  const [version] = await api<{ id: string }[]>(owner, 'GET', 'config-versions/');
  await api(owner, 'POST', `config-versions/${version?.id ?? ''}/lock/`, {});
  await expect(dialog.getByText('locked', { exact: true })).toBeVisible();
  await expect(name).toHaveValue('途中の版');
  await api(owner, 'POST', `config-versions/${version?.id ?? ''}/unlock/`, {});
});

test('a selection that is being drawn takes in nobody whom a colleague adds above it', async ({ browser }) => {
  const { page, owner, plan } = await two(browser);
  await put(page, plan, 0, 6, block('', 12, 1));
  const [from, to] = [await cellAt(page, 2, 6).boundingBox(), await cellAt(page, 4, 6).boundingBox()];
  if (from === null || to === null) throw new Error('There is nothing to draw.');
  await page.mouse.move(from.x + 10, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x + 10, to.y + 10, { steps: 4 });
  await expect(page.locator('.ss-range')).toBeVisible();
  const { result } = await api<{ result: { staff: { id: string } } }>(owner, 'POST', 'staff/', { name: '新人', staffOrder: 0 });
  await expect(page.locator('.ss-name-text').first()).toHaveText('新人');
  await page.mouse.up();
  await page.keyboard.press('x');
  await saved(page);
  const after = await valuesOf(page, plan, 6);
  expect(plan.staff.filter(({ id }) => after(id) === '×').map(({ id }) => id)).toEqual(plan.staff.slice(2, 5).map(({ id }) => id));
  expect(after(result.staff.id)).toBe('');
  await leave(owner, plan, result.staff.id);
});
