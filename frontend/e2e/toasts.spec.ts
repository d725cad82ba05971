import { expect, type Locator } from '@playwright/test';

import { arrive, message, saved, test } from './pages';

/** What the page says never lies over the buttons of a dialog. */

const isCovered = (button: Locator) =>
  button.evaluate((element) => {
    element.scrollIntoView({ block: 'nearest' });
    const { left, top, width, height } = element.getBoundingClientRect();
    const points = [
      [left + 2, top + 2],
      [left + width / 2, top + height / 2],
      [left + width - 2, top + height - 2],
    ] as const;
    return points.some(([x, y]) => {
      const found = document.elementFromPoint(x, y);
      return found === null || !(element.contains(found) || found.contains(element));
    });
  });

const VIEWPORTS = [
  { width: 1280, height: 640 },
  { width: 390, height: 740 },
];

for (const viewport of VIEWPORTS) {
  test(`a refusal that stays covers no button of a dialog at ${viewport.width} px`, async ({ browser }) => {
    const page = await arrive(browser, 'owner', { viewport });
    await page.goto('/#/schedule?dialog=settings/shiftTypes');
    const dialog = page.getByRole('dialog');
    const field = dialog.getByRole('textbox', { name: 'Symbol' });
    const before = await field.inputValue();
    await field.fill('△');
    await expect(message(page, /./)).toBeVisible();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    for (const button of [dialog.getByRole('button', { name: 'Delete', exact: true }), dialog.getByRole('button', { name: 'Close' })]) {
      expect(await isCovered(button)).toBe(false);
    }
    await field.fill(before);
    await expect(field).not.toHaveAttribute('aria-invalid', 'true');
    // The words are there still, and the confirmation is above them as well.
    await expect(message(page, /./)).toBeVisible();
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    const question = page.getByRole('dialog', { name: 'Delete this?' });
    for (const name of ['Delete', 'Cancel']) expect(await isCovered(question.getByRole('button', { name, exact: true }))).toBe(false);
    await question.getByRole('button', { name: 'Cancel' }).click();
    await saved(page);
  });
}
