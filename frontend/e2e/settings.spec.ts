import { expect, type Page } from '@playwright/test';

import { api, arrive, message, test } from './pages';

const open = async (page: Page, tab: string) => {
  await page.goto(`/#/schedule?dialog=settings/${tab}`);
  const dialog = page.getByRole('dialog', { name: /Settings/ });
  await expect(dialog).toBeVisible();
  return dialog;
};

interface Version {
  readonly id: string;
  readonly isActive: boolean;
}

/** Runs something that makes versions, and puts the one back that was in force before. */
async function withVersions(page: Page, act: () => Promise<void>): Promise<void> {
  const active = async () => (await api<Version[]>(page, 'GET', 'config-versions/')).find(({ isActive }) => isActive)?.id ?? '';
  const before = await active();
  try {
    await act();
  } finally {
    if ((await active()) !== before) await api(page, 'POST', `config-versions/${before}/activate/`, {});
  }
}

test('every tab opens on what it is about', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  const dialog = await open(page, 'staffGroups');
  const tabs = dialog.getByRole('tab');
  await expect(tabs).toHaveText([
    'Staff groups', 'Skills', 'Staffing needs', 'Daily limits', 'Weekly limits', 'Monthly limits', 'Priority rules', 'Solver', 'Backups',
    'Absences and backups', 'Working days', 'Shift types', 'Restaurant', 'Versions', 'Audit trail', 'Data migration',
  ]);
  for (const tab of await tabs.all()) {
    await tab.click();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
    await expect(dialog.getByRole('tabpanel')).not.toBeEmpty();
    await expect(dialog.getByRole('alert')).toHaveCount(0);
  }
});

test('a field saves itself, also when the dialog is closed at once, and a colleague sees it', async ({ browser }) => {
  const [mine, theirs] = [await arrive(browser, 'manager'), await arrive(browser, 'owner')];
  const [dialog, other] = [await open(mine, 'dailyLimits'), await open(theirs, 'dailyLimits')];
  const field = dialog.getByRole('spinbutton', { name: 'At most' });
  const before = await field.inputValue();
  const next = String(Number(before) + 1);
  await field.fill(next);
  await mine.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(other.getByRole('spinbutton', { name: 'At most' })).toHaveValue(next);
  await other.getByRole('spinbutton', { name: 'At most' }).fill(before);
  await expect(other.getByRole('status').getByText('Saved')).toBeVisible();
});

test('what is out of bounds is said at its field, and nothing is sent', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  const dialog = await open(page, 'dailyLimits');
  const field = dialog.getByRole('spinbutton', { name: 'At most' });
  const before = await field.inputValue();
  await field.fill('20000');
  await expect(dialog.getByText('At most 10000, please')).toBeVisible();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill(before);
  await expect(dialog.getByText('At most 10000, please')).toBeHidden();
});

test('what the server refuses stands at its field and stays in the form', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  const dialog = await open(page, 'shiftTypes');
  const field = dialog.getByRole('textbox', { name: 'Symbol' });
  const before = await field.inputValue();
  await field.fill('△');
  await expect(message(page, 'already uses this symbol')).toBeVisible();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveValue('△');
  await field.fill(before);
  await expect(field).not.toHaveAttribute('aria-invalid', 'true');
});

test('what the server refuses is said in the language of the page: at its field, and in passing', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { locale: 'ja-JP' });
  await page.goto('/#/schedule?dialog=settings/shiftTypes');
  const dialog = page.getByRole('dialog', { name: /設定/ });
  const field = dialog.getByRole('textbox', { name: '記号', exact: true });
  const before = await field.inputValue();
  await field.fill('△');
  await expect(message(page, '記号：この記号はほかのシフトの種類で使われています。')).toBeVisible();
  await expect(field).toHaveAccessibleDescription(/この記号はほかのシフトの種類で使われています。/);
  await field.fill(before);
  await expect(field).not.toHaveAttribute('aria-invalid', 'true');
});

test('a long form is saved by Save and put back by Reset', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  const dialog = await open(page, 'mlModelConfigs');
  const field = dialog.getByRole('spinbutton', { name: /Weight against changes/ });
  const before = await field.inputValue();
  await field.fill('3.5');
  await dialog.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(field).toHaveValue(before);
  await field.fill('2.5');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  await page.reload();
  await expect(field).toHaveValue('2.5');
  await field.fill(before);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
});

test('a version is copied, compared, used, locked and unlocked; the header tells which and that it is locked', async ({ browser }) => {
  // Only an owner may lock.
  const page = await arrive(browser, 'owner');
  await withVersions(page, async () => {
    const dialog = await open(page, 'versions');
    const name = `Winter ${Date.now()}`;
    await dialog.getByRole('textbox', { name: 'Name of a new version' }).fill(name);
    await dialog.getByRole('button', { name: 'Create' }).click();
    const row = dialog.getByRole('row').filter({ hasText: name });
    await row.getByRole('button', { name: 'Use' }).click();
    await expect(page.locator('.app-version')).toContainText(name);
    await dialog.getByRole('tab', { name: 'Weekly limits' }).click();
    await dialog.getByRole('spinbutton', { name: 'Weight' }).fill('8');
    await expect(dialog.getByRole('status').getByText('Saved')).toBeVisible();
    await dialog.getByRole('tab', { name: 'Versions' }).click();
    await expect(dialog.getByRole('combobox', { name: 'To', exact: true }).getByRole('option', { selected: true })).toContainText(name);
    await expect(dialog.getByRole('listitem').filter({ hasText: /Weight.*→ 8/ })).toBeVisible();
    await row.getByRole('button', { name: 'Lock' }).click();
    await expect(page.locator('.app-version')).toContainText('locked');
    await dialog.getByRole('tab', { name: 'Weekly limits' }).click();
    await expect(dialog.getByRole('spinbutton', { name: 'Weight' })).toBeDisabled();
    await expect(dialog.getByText('This version is locked.')).toBeVisible();
    await dialog.getByRole('tab', { name: 'Versions' }).click();
    await row.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.locator('.app-version')).not.toContainText('locked');
  });
});

const OLD = {
  staffGroups: [{ id: 'old-1', name: 'Old kitchen', members: ['Nobody at all'] }],
  dailyLimits: { minOffPerDay: 0, maxOffPerDay: 3 },
};

test('old settings of this browser are shown as what they become before anything is written, then taken over', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  await withVersions(page, async () => {
    await page.evaluate((old) => localStorage.setItem('shift-schedule-settings', JSON.stringify(old)), OLD);
    const versions = async () => (await api<Version[]>(page, 'GET', 'config-versions/')).length;
    const before = await versions();
    const dialog = await open(page, 'migration');
    await dialog.getByRole('button', { name: 'From this browser' }).click();
    await expect(dialog.getByText('What would be imported')).toBeVisible();
    await expect(dialog.getByRole('row').filter({ hasText: 'dailyLimits.minOffPerDay' })).toContainText('Daily limits');
    await expect(dialog.getByRole('row').filter({ hasText: 'Old kitchen' })).toContainText('Staff groups');
    await expect(dialog.locator('.app-warning')).toContainText('Nobody at all is not among the members of staff');
    expect(await versions()).toBe(before);
    const take = dialog.getByRole('button', { name: 'Import as a new version' });
    await expect(take).toBeDisabled();
    await dialog.getByRole('checkbox', { name: /Leave out/ }).check();
    await take.click();
    await expect(dialog.getByRole('heading', { name: 'Imported' })).toBeVisible();
    await expect(page.locator('.app-version')).toContainText('Migrated');
    expect(await versions()).toBe(before + 1);
  });
});

test('the audit trail lists what was changed, by whom, and can be narrowed to a table', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  const dialog = await open(page, 'monthlyLimits');
  const weight = dialog.getByRole('spinbutton', { name: 'Weight' });
  const before = await weight.inputValue();
  await weight.fill('6.5');
  await expect(dialog.getByRole('status').getByText('Saved')).toBeVisible();
  await dialog.getByRole('tab', { name: 'Audit trail' }).click();
  await dialog.getByRole('combobox', { name: 'Table' }).selectOption('Monthly limits');
  const first = dialog.getByRole('tabpanel').getByRole('listitem').first();
  await expect(first).toContainText(/manager changed Monthly limits/i);
  await expect(first).toContainText(`Weight: ${before} → 6.5`);
  await first.getByRole('button', { name: 'Undo this change' }).click();
  await dialog.getByRole('tab', { name: 'Monthly limits' }).click();
  await expect(weight).toHaveValue(before);
});

test('a shift type is added, stands in the toolbar, is refused twice, and goes', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  const dialog = await open(page, 'shiftTypes');
  const symbol = `Z${Date.now() % 1000}`;
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByRole('textbox', { name: 'Symbol' }).fill('△');
  await dialog.getByRole('textbox', { name: 'Name in English' }).fill('Half day');
  await dialog.getByRole('spinbutton', { name: /Counts as days off/ }).fill('0.5');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Symbol' })).toHaveAttribute('aria-invalid', 'true');
  await message(page, 'already uses this symbol').getByRole('button', { name: 'Close' }).click();
  await dialog.getByRole('textbox', { name: 'Symbol' }).fill(symbol);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByRole('button', { name: `${symbol} Half day` })).toBeVisible();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.locator('.sp-symbols').getByText(symbol)).toHaveCount(1);
  await page.getByRole('dialog', { name: 'Delete this?' }).getByRole('button', { name: 'Delete' }).click();
  await expect(page.locator('.sp-symbols').getByText(symbol)).toHaveCount(0);
});

test('the header tells whether the server is there', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  await page.locator('.app-state').click();
  await expect(page.getByText('Connected to the server, live')).toBeVisible();
});
