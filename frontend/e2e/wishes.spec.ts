import { expect, type Page } from '@playwright/test';

import { api, arrive, cellAt, message, pick, saved, test } from './pages';
import { planOf, put, shows } from './plan';

const PERIOD = 4;
const [ROW, DAY] = [6, 9];

const openMenu = (page: Page, row: number, day: number) => cellAt(page, row, day).click({ button: 'right' });

test('a wish is entered, shown to the other, taken, undone, and kept by the generator', async ({ browser }) => {
  test.slow();
  const [mine, theirs] = [await arrive(browser, 'manager', { period: PERIOD }), await arrive(browser, 'owner', { period: PERIOD })];
  const plan = await planOf(mine, PERIOD);
  await put(mine, plan, ROW, DAY, [['']]);
  await openMenu(mine, ROW, DAY);
  await mine.getByRole('menuitem', { name: 'Wish…' }).click();
  const form = mine.getByRole('dialog', { name: /Wishes/ });
  await form.getByLabel('How much it counts').selectOption({ label: 'Very much' });
  await form.getByLabel('Note').fill('wedding');
  await form.getByRole('button', { name: 'Add wish' }).click();
  await expect(form).toBeHidden();

  // Beside what the cell holds, which stays as it is.
  const [here, there] = [cellAt(mine, ROW, DAY), cellAt(theirs, ROW, DAY)];
  for (const cell of [here, there]) {
    await expect(cell).toHaveAttribute('data-wish', '☆');
    await expect(cell).toHaveAttribute('aria-label', /wants the day off/);
    await expect(cell).toHaveText('');
  }

  await openMenu(theirs, ROW, DAY);
  await theirs.getByRole('menuitem', { name: 'Grant the wish' }).click();
  await shows(mine, ROW, DAY, [['★']]);
  await expect(here).not.toHaveAttribute('data-wish', /./);
  await saved(theirs);
  await theirs.getByRole('toolbar').getByRole('button', { name: 'Undo' }).click();
  await shows(mine, ROW, DAY, [['']]);
  await expect(here).toHaveAttribute('data-wish', '☆');

  await mine.getByRole('toolbar').getByRole('button', { name: 'Generate', exact: true }).click();
  const dialog = mine.getByRole('dialog', { name: 'Generate' });
  await dialog.getByRole('spinbutton', { name: /Time limit/ }).fill('5');
  await dialog.getByRole('button', { name: 'Start' }).click();
  await expect(dialog.getByText(/\d+ cells? changes?\b/)).toBeVisible({ timeout: 60_000 });
  await dialog.getByRole('tab', { name: /Wishes: \d+ of \d+/ }).click();
  await expect(dialog.getByRole('tabpanel').getByRole('listitem').filter({ hasText: plan.staff[ROW]?.name ?? '?' })).toHaveText(/^kept.*wants the day off/);
  await dialog.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(here).toHaveText(/[×★]/);
  await saved(mine);
});

test('all wishes of a month are taken in one step, and one is declined with a word', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: 5 });
  const plan = await planOf(page, 5);
  await put(page, plan, 0, 3, [[''], [''], ['']]);
  const day = plan.days[3] ?? '';
  const wishes = [{ kind: 'off' }, { kind: 'cannot' }, { kind: 'prefer', shiftValue: '△' }];
  for (const [row, wish] of wishes.entries()) {
    await api(page, 'POST', `schedules/${plan.scheduleId}/wishes/`, { staffId: plan.staff[row]?.id, dateKey: day, ...wish });
  }
  await expect(cellAt(page, 2, 3)).toHaveAttribute('data-wish', '△?');
  await openMenu(page, 1, 3);
  await page.getByRole('menuitem', { name: 'Wish…' }).click();
  const one = page.getByRole('dialog', { name: /Wishes/ });
  await one.getByLabel('Message to the person').fill('short of staff');
  await one.getByRole('button', { name: 'Decline' }).click();
  await expect(one.getByText('short of staff')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(cellAt(page, 1, 3)).not.toHaveAttribute('data-wish', /./);

  await page.getByRole('button', { name: 'More (2)' }).click();
  await page.getByRole('menuitem', { name: 'Wishes (2)' }).click();
  const list = page.getByRole('dialog', { name: 'Wishes' });
  await expect(list.getByRole('status')).toHaveText('2 open');
  await list.getByRole('button', { name: 'Grant all 2' }).click();
  await expect(message(page, '2 wishes granted.')).toBeVisible();
  await expect(list.getByRole('status')).toHaveText('0 open');
  await list.getByLabel('Wishes per person').fill('3');
  await list.getByRole('button', { name: 'Save' }).click();
  await expect(message(page, 'Deadline and number saved.')).toBeVisible();
  await page.keyboard.press('Escape');
  await shows(page, 0, 3, [['★'], [''], ['△']]);
  await pick(page, 0, 5);
  await page.keyboard.press('Control+z');
  await shows(page, 0, 3, [[''], [''], ['']]);
  await expect(cellAt(page, 0, 3)).toHaveAttribute('data-wish', '☆');
});

test('a wish is removed only after a question, and from one wish one comes back to all', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: 5 });
  const plan = await planOf(page, 5);
  await put(page, plan, 4, 6, [['']]);
  await api(page, 'POST', `schedules/${plan.scheduleId}/wishes/`, { staffId: plan.staff[4]?.id, dateKey: plan.days[6], kind: 'off' });
  await expect(cellAt(page, 4, 6)).toHaveAttribute('data-wish', '☆');
  await openMenu(page, 4, 6);
  await page.getByRole('menuitem', { name: 'Wish…' }).click();
  const one = page.getByRole('dialog', { name: /^Wishes — / });
  await one.getByLabel('Message to the person').fill('not sent yet');
  await one.getByRole('button', { name: 'All wishes' }).click();
  await page.getByRole('dialog', { name: 'Wishes', exact: true }).getByRole('button', { name: plan.staff[4]?.name ?? '?' }).click();
  await expect(one.getByLabel('Message to the person')).toHaveValue('not sent yet');
  await one.getByRole('button', { name: 'Remove this wish' }).click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(cellAt(page, 4, 6)).toHaveAttribute('data-wish', '☆');
  await one.getByRole('button', { name: 'Remove this wish' }).click();
  await page.getByRole('dialog', { name: 'Remove this wish?' }).getByRole('button', { name: 'Remove this wish' }).click();
  await expect(cellAt(page, 4, 6)).not.toHaveAttribute('data-wish', /./);
});
