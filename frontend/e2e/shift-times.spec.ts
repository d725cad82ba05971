import { expect, type Page } from '@playwright/test';

import { api, arrive, test } from './pages';

interface ShiftType {
  readonly id: string;
  readonly startTime: string | null;
  readonly times?: readonly { readonly validFrom: string | null; readonly startTime: string | null; readonly endTime: string | null }[];
}

/** A shift type of this test's own, which goes away with it. */
async function withType(page: Page, symbol: string, act: (type: ShiftType) => Promise<void>): Promise<void> {
  const fields = { symbol, kind: 'late', labelJa: '夜番', labelEn: 'Night', startTime: '14:00', endTime: '23:00' };
  const { result } = await api<{ result: { shiftType: ShiftType } }>(page, 'POST', 'shift-types/', fields);
  try {
    await act(result.shiftType);
  } finally {
    await api(page, 'DELETE', `shift-types/${result.shiftType.id}/`, {});
  }
}

const open = async (page: Page, id: string) => {
  await page.goto(`/#/schedule?dialog=settings/shiftTypes/${id}`);
  return page.getByRole('region', { name: 'Working times' });
};

test('times change from a day on, are told to a colleague, corrected and removed', async ({ browser }) => {
  const [mine, theirs] = [await arrive(browser, 'manager'), await arrive(browser, 'owner')];
  await withType(mine, '夜', async ({ id }) => {
    const [times, other] = [await open(mine, id), await open(theirs, id)];
    await expect(times.getByRole('listitem')).toHaveText([/14:00 – 23:00 from the beginning/]);
    await times.getByRole('button', { name: 'Change from a date…' }).click();
    await times.getByLabel('From which day').fill('2199-04-01');
    await times.getByLabel('From (time)').fill('15:30');
    await times.getByRole('button', { name: 'Use these times' }).click();
    await expect(times.getByRole('form')).toHaveCount(0);
    for (const list of [times, other]) {
      await expect(list.getByRole('listitem')).toHaveText([/14:00 – 23:00 from the beginning\s*now/, /15:30 – 23:00 from Apr 1, 2199\s*upcoming/]);
    }

    await other.getByRole('button', { name: 'Change from a date…' }).click();
    await other.getByLabel('From which day').fill('2199-04-01');
    await expect(other.getByText('There are already times from this day')).toBeVisible();
    await expect(other.getByRole('button', { name: 'Use these times' })).toBeDisabled();
    await other.getByLabel('From which day').fill('2199-06-01');
    await other.getByLabel('To (time)').fill('22:00');

    await times.getByRole('button', { name: 'Edit: from Apr 1, 2199' }).click();
    await times.getByLabel('From which day').fill('2199-05-01');
    await times.getByRole('button', { name: 'Use these times' }).click();
    await expect(other.getByRole('listitem')).toHaveText([/14:00/, /15:30 – 23:00 from May 1, 2199/]);
    await other.getByRole('button', { name: 'Use these times' }).click();
    for (const list of [times, other]) await expect(list.getByRole('listitem')).toHaveText([/14:00/, /May 1, 2199/, /14:00 – 22:00 from Jun 1, 2199/]);

    await times.getByRole('button', { name: 'Delete: from May 1, 2199' }).click();
    await mine.getByRole('dialog', { name: 'Delete these times?' }).getByRole('button', { name: 'Delete' }).click();
    await times.getByRole('button', { name: 'Edit: from the beginning' }).click();
    await expect(times.getByText('The hours of days that are over change, too.')).toBeVisible();
    await times.getByLabel('From (time)').fill('13:00');
    await times.getByRole('button', { name: 'Use these times' }).click();
    await expect(other.getByRole('listitem')).toHaveText([/13:00 – 23:00 from the beginning/, /14:00 – 22:00 from Jun 1, 2199/]);
    const stored = await api<ShiftType>(mine, 'GET', `shift-types/${id}/`);
    expect(stored.times).toEqual([
      { validFrom: null, startTime: '13:00', endTime: '23:00' },
      { validFrom: '2199-06-01', startTime: '14:00', endTime: '22:00' },
    ]);
  });
});

test('paper says when each shift is worked, and from when it is another time', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  const periods = await api<{ startDate: string; endDate: string }[]>(page, 'GET', 'periods/');
  const { endDate } = periods.at(-1) ?? { endDate: '' };
  await withType(page, '夜', async ({ id }) => {
    await api(page, 'PATCH', `shift-types/${id}/`, { startTime: '15:30', validFrom: endDate });
    await page.goto(`/#/print/${periods.length - 1}`);
    const [, month, day] = endDate.split('-').map(Number);
    await expect(page.getByText(`夜 Night 14:00 – 23:00 (from ${month}/${day} 15:30 – 23:00)`)).toBeVisible();
  });
});
