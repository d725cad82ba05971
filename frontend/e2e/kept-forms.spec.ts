import { type Browser, expect, type Page } from '@playwright/test';

import { Line } from './line';
import { api, arrive, message, saved, test } from './pages';

/** Nothing that is typed into a form vanishes, whatever takes the form away: it is there again, said to be so, until it is saved or discarded. */

const PERIOD = 3;
const dialog = (page: Page) => page.getByRole('dialog').first();
const note = (page: Page) => page.getByText(/You typed this on/);
const come = (browser: Browser, user: 'manager' | 'owner' = 'manager') => arrive(browser, user, { period: PERIOD });

async function open(page: Page, where: string): Promise<void> {
  await page.evaluate((to) => (window.location.hash = to), `#/schedule/${PERIOD}?dialog=${where}`);
  await expect(dialog(page)).toBeVisible();
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

const text = (page: Page, name: string) => dialog(page).getByRole('textbox', { name, exact: true });

/** A rule of one's own, which has a long form. */
async function aRule(page: Page, name: string): Promise<string> {
  const rule = { name, description: '', ruleDefinition: { ruleType: 'max_consecutive_work', maxCount: 6 }, penaltyWeight: 1, isHardConstraint: false };
  const made = await api<{ result: { row?: { id: string }; id?: string } & Record<string, unknown> }>(page, 'POST', 'priority-rules/', rule);
  const found = Object.values(made.result).find((value): value is { id: string } => typeof value === 'object' && value !== null && 'id' in value);
  return found?.id ?? '';
}

test('a new member who is half typed is there again after Escape, Back, another row and a reload, and is made once', async ({ browser }) => {
  const page = await come(browser);
  await open(page, 'staff/new');
  await text(page, 'Name').fill('Half a na');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(message(page, /Half a na.*is not saved/)).toBeVisible();
  await message(page, /Half a na.*is not saved/).getByRole('button', { name: 'Continue' }).click();
  await expect(text(page, 'Name')).toHaveValue('Half a na');
  await expect(note(page)).toBeVisible();
  await text(page, 'Name').fill('Half a name');
  await page.goBack();
  await open(page, 'staff');
  await expect(dialog(page).getByRole('button', { name: 'Add a person not saved' })).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Add a person not saved' }).click();
  await expect(text(page, 'Name')).toHaveValue('Half a name');
  await page.reload();
  await message(page, /not saved yet: Half a name/).getByRole('button', { name: 'Continue' }).click();
  await expect(text(page, 'Name')).toHaveValue('Half a name');
  await dialog(page).getByRole('button', { name: 'Create', exact: true }).click();
  await expect(note(page)).toHaveCount(0);
  await saved(page);
  await open(page, 'staff/new');
  const staff = await api<{ name: string }[]>(page, 'GET', 'staff/');
  expect(staff.filter(({ name }) => name === 'Half a name')).toHaveLength(1);
  await dialog(page).getByRole('button', { name: 'Add a person', exact: true }).click();
  await expect(text(page, 'Name')).toHaveValue('');
});

test('what is typed into a long form waits for its row, whichever is looked at meanwhile, and what is discarded can be brought back', async ({ browser }) => {
  const page = await come(browser);
  const [one, other] = [await aRule(page, 'Rule one'), await aRule(page, 'Rule two')];
  await open(page, `settings/priorityRules/${one}`);
  await text(page, 'Description').fill('Not yet said');
  await dialog(page).getByRole('button', { name: /^Rule two/ }).click();
  await expect(text(page, 'Description')).toHaveValue('');
  await expect(dialog(page).getByRole('tab', { name: /^Priority rules/ })).toContainText('not saved');
  await dialog(page).getByRole('tab', { name: 'Working days' }).click();
  await dialog(page).getByRole('tab', { name: /^Priority rules/ }).click();
  await dialog(page).getByRole('button', { name: /^Rule one/ }).click();
  await expect(text(page, 'Description')).toHaveValue('Not yet said');
  await dialog(page).getByRole('button', { name: 'Discard', exact: true }).click();
  await expect(text(page, 'Description')).toHaveValue('');
  await message(page, /discarded/).getByRole('button', { name: 'Bring it back' }).click();
  await expect(text(page, 'Description')).toHaveValue('Not yet said');
  await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
  await expect(note(page)).toHaveCount(0);
  await saved(page);
  const rules = await api<{ id: string; description: string }[]>(page, 'GET', 'priority-rules/');
  expect(rules.find(({ id }) => id === one)?.description).toBe('Not yet said');
  expect(rules.find(({ id }) => id === other)?.description).toBe('');
});

test('what was typed for a row that a colleague deletes can be made a new one', async ({ browser }) => {
  const page = await come(browser);
  const owner = await come(browser, 'owner');
  const id = await aRule(page, 'To be deleted');
  await open(page, `settings/priorityRules/${id}`);
  await text(page, 'Name').fill('Kept all the same');
  await api(owner, 'DELETE', `priority-rules/${id}/`);
  await expect(page.getByText('This entry no longer exists', { exact: false })).toBeVisible();
  await close(page);
  await page.reload();
  await message(page, /Kept all the same/).getByRole('button', { name: 'Continue' }).click();
  await expect(text(page, 'Name')).toHaveValue('Kept all the same');
  await expect(text(page, 'Name')).toBeDisabled();
  await dialog(page).getByRole('button', { name: 'Add as a new entry' }).click();
  await expect(text(page, 'Name')).toHaveValue('Kept all the same');
  await dialog(page).getByRole('button', { name: 'Create', exact: true }).click();
  await saved(page);
  await expect.poll(async () => (await api<{ name: string }[]>(page, 'GET', 'priority-rules/')).map(({ name }) => name)).toContain('Kept all the same');
});

test('what was typed before a colleague changed the same is saved with what its author had seen', async ({ browser }) => {
  const page = await come(browser);
  const owner = await come(browser, 'owner');
  const id = await aRule(page, 'Both');
  await open(page, `settings/priorityRules/${id}`);
  await text(page, 'Description').fill('mine');
  await close(page);
  await api(owner, 'PATCH', `priority-rules/${id}/`, { description: 'theirs' });
  await page.reload();
  await open(page, `settings/priorityRules/${id}`);
  await expect(text(page, 'Description')).toHaveValue('mine');
  await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
  // Last writer wins here: who overwrites is told whose it was.
  await expect(message(page, /You overwrote 1 change/)).toBeVisible();
});

test('the small forms of the calendar, closings and versions are kept, each under its own', async ({ browser }) => {
  const page = await come(browser);
  const fields = [
    ['calendar', 'Note', 0, 'a party'],
    ['calendar', 'Note', 1, 'every week'],
    ['versions', 'Name of a new version', 0, 'Winter'],
  ] as const;
  for (const [tab, label, at, typed] of fields) {
    await open(page, `settings/${tab}`);
    await dialog(page).getByLabel(label, { exact: true }).nth(at).fill(typed);
    await close(page);
  }
  await page.reload();
  await saved(page);
  for (const [tab, label, at, typed] of fields) {
    await open(page, `settings/${tab}`);
    await expect(dialog(page).getByLabel(label, { exact: true }).nth(at)).toHaveValue(typed);
    await expect(note(page).first()).toBeVisible();
  }
  await dialog(page).getByRole('button', { name: 'Discard', exact: true }).click();
  await expect(text(page, 'Name of a new version')).toHaveValue('');
});

test('what a short form holds that cannot be saved is kept when its row is left', async ({ browser }) => {
  const page = await come(browser);
  await open(page, 'settings/dailyLimits');
  const maximum = dialog(page).getByLabel('At most', { exact: true });
  await maximum.fill('-5');
  await close(page);
  await open(page, 'settings/dailyLimits');
  await expect(maximum).toHaveValue('-5');
  await expect(note(page)).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Discard', exact: true }).click();
  await expect(maximum).not.toHaveValue('-5');
});

test('what is typed while an earlier change of the same form is on its way is not taken away by the answer', async ({ browser }) => {
  const line = new Line();
  const page = await arrive(browser, 'manager', { period: PERIOD, before: line.lay });
  const { result } = await api<{ result: Record<string, { id: string }> }>(page, 'POST', 'staff/', { name: 'Slow line' });
  await open(page, `staff/${Object.values(result)[0]?.id ?? ''}`);
  await line.cut();
  await text(page, 'Position').fill('Chef');
  await expect(page.locator('.app-state')).toHaveText(/waiting/);
  await text(page, 'Department').fill('Kit');
  await line.mend();
  await text(page, 'Department').pressSequentially('chen');
  await saved(page);
  await expect(text(page, 'Department')).toHaveValue('Kitchen');
  await expect.poll(async () => (await api<{ name: string; department: string }[]>(page, 'GET', 'staff/')).find(({ name }) => name === 'Slow line')?.department).toBe('Kitchen');
});

test('who loses the right to edit while typing can read what they typed, and goes on when they have it again', async ({ browser }) => {
  const owner = await come(browser, 'owner');
  const members = await api<{ id: string; username: string }[]>(owner, 'GET', 'memberships/');
  const { id } = members.find(({ username }) => username === 'manager') ?? { id: '' };
  const page = await come(browser);
  const rule = await aRule(page, 'In between');
  await open(page, `settings/priorityRules/${rule}`);
  await text(page, 'Description').fill('half');
  try {
    await api(owner, 'PATCH', `memberships/${id}/`, { role: 'viewer' });
    await expect(message(page, 'You can now only view')).toBeVisible();
    await expect(text(page, 'Description')).toBeDisabled();
    await expect(text(page, 'Description')).toHaveValue('half');
  } finally {
    await api(owner, 'PATCH', `memberships/${id}/`, { role: 'manager' });
  }
  await expect(message(page, 'You can now edit')).toBeVisible();
  await expect(text(page, 'Description')).toBeEnabled();
  await expect(text(page, 'Description')).toHaveValue('half');
});

test('half a month and a day that is chosen and not added are kept, and neither is saved without a word', async ({ browser }) => {
  const page = await come(browser);
  const { result } = await api<{ result: Record<string, { id: string }> }>(page, 'POST', 'staff/', { name: 'Half a month' });
  const id = Object.values(result)[0]?.id ?? '';
  await open(page, `staff/${id}`);
  await text(page, 'Employed from').fill('2026年');
  await expect(page.getByText('This is not a date')).toBeVisible();
  await page.reload();
  await open(page, `staff/${id}`);
  await expect(text(page, 'Employed from')).toHaveValue('2026年');
  await text(page, 'Employed from').press('End');
  await text(page, 'Employed from').pressSequentially('4月');
  await expect(text(page, 'Employed from')).toHaveValue('2026年4月');
  await saved(page);
  await expect.poll(async () => (await api<{ startPeriod: unknown }>(page, 'GET', `staff/${id}/`)).startPeriod).toMatchObject({ year: 2026, month: 4 });

  await api(page, 'POST', 'daily-limits/', { name: 'On one day', limitConfig: { shiftType: 'off', maxCount: 3 } });
  const limits = () => api<{ id: string; name: string; limitConfig: { dates?: string[] } }[]>(page, 'GET', 'daily-limits/');
  const limit = (await limits()).find(({ name }) => name === 'On one day')?.id ?? '';
  await open(page, `settings/dailyLimits/${limit}`);
  const day = dialog(page).getByLabel('On these days', { exact: true }).locator('visible=true').last();
  await day.fill('2026-12-24');
  await expect(page.getByText('Add this day, or clear it')).toBeVisible();
  await page.reload();
  await open(page, `settings/dailyLimits/${limit}`);
  await expect(day).toHaveValue('2026-12-24');
  expect((await limits()).find(({ id: each }) => each === limit)?.limitConfig.dates ?? []).toEqual([]);
  await dialog(page).getByRole('group', { name: 'On these days' }).getByRole('button', { name: 'Add', exact: true }).click();
  await expect.poll(async () => (await limits()).find(({ id: each }) => each === limit)?.limitConfig.dates).toEqual(['2026-12-24']);
});

test('two tabs type into the same form without mixing, and saving in one takes nothing from the other', async ({ browser }) => {
  const page = await come(browser);
  const id = await aRule(page, 'In two tabs');
  const other = await page.context().newPage();
  await other.goto(`/#/schedule/${PERIOD}`);
  await saved(other);
  for (const each of [page, other]) await open(each, `settings/priorityRules/${id}`);
  await text(page, 'Description').fill('from one');
  await text(other, 'Name').fill('Another name');
  await expect(text(other, 'Description')).toHaveValue('');
  await other.reload();
  await open(other, `settings/priorityRules/${id}`);
  await expect(text(other, 'Name')).toHaveValue('Another name');
  await expect(text(other, 'Description')).toHaveValue('');
  await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
  await saved(page);
  await expect(text(other, 'Name')).toHaveValue('Another name');
  await other.reload();
  await open(other, `settings/priorityRules/${id}`);
  await expect(text(other, 'Name')).toHaveValue('Another name');
  await expect(text(other, 'Description')).toHaveValue('from one');
  await dialog(other).getByRole('button', { name: 'Save', exact: true }).click();
  await saved(other);
  const rules = await api<{ id: string; name: string; description: string }[]>(page, 'GET', 'priority-rules/');
  expect(rules.find((each) => each.id === id)).toMatchObject({ name: 'Another name', description: 'from one' });
});

test('a list of people, times from a day on and the form of the restaurant are kept over a reload', async ({ browser }) => {
  const page = await come(browser, 'owner');
  const made = await api<{ result: { shiftType: { id: string } } }>(page, 'POST', 'shift-types/', { symbol: '宵', kind: 'late', labelJa: '宵', labelEn: 'evening', startTime: '14:00', endTime: '23:00' });
  const type = made.result.shiftType.id;
  await open(page, 'staff/several');
  await dialog(page).getByRole('textbox', { name: 'Add from a list' }).fill('田村\n中');
  await open(page, `settings/shiftTypes/${type}`);
  await page.getByRole('button', { name: 'Change from a date…' }).click();
  await page.getByLabel('From (time)').fill('15:30');
  await open(page, 'settings/restaurant');
  const name = dialog(page).getByRole('textbox', { name: 'Name', exact: true });
  const before = await name.inputValue();
  await name.fill(`${before} 別`);
  await page.reload();
  await open(page, 'staff/several');
  await expect(dialog(page).getByRole('textbox', { name: 'Add from a list' })).toHaveValue('田村\n中');
  await open(page, `settings/shiftTypes/${type}`);
  await expect(page.getByLabel('From (time)')).toHaveValue('15:30');
  await open(page, 'settings/restaurant');
  await expect(name).toHaveValue(`${before} 別`);
  await expect(note(page)).toBeVisible();
  await dialog(page).getByRole('button', { name: 'Discard', exact: true }).click();
  await expect(name).toHaveValue(before);
  await api(page, 'DELETE', `shift-types/${type}/`);
});
