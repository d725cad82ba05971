import { expect } from '@playwright/test';

import { api, arrive, test } from './pages';

test('dark and light are chosen, and remembered', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { colorScheme: 'light' });
  const ground = () => page.evaluate(() => getComputedStyle(document.querySelector('.sp-grid') ?? document.body).backgroundColor);
  const light = await ground();
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect.poll(ground).not.toBe(light);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expect.poll(ground).not.toBe(light);
});

test('on a tablet what one touches is 44 pixels or more', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { viewport: { width: 1024, height: 768 }, hasTouch: true, isMobile: true });
  const small = async () =>
    page.locator('button:visible, .ss-row [role=gridcell]:visible, [role=tab]:visible, a[href]:visible').evaluateAll((all) =>
      all.flatMap((each) => {
        const { width, height } = each.getBoundingClientRect();
        const isInRow = each.closest('.app-plain, .st-chosen, .app-toasts, .app-skip') !== null;
        return isInRow || width === 0 || (width >= 43.5 && height >= 43.5) ? [] : [`${each.outerHTML.slice(0, 80)} ${Math.round(width)}x${Math.round(height)}`];
      }),
    );
  expect(await small()).toEqual([]);
  await page.goto('/#/schedule?dialog=settings/dailyLimits');
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await page.locator('[role=dialog] button:visible, [role=dialog] [role=tab]:visible').evaluateAll((all) => all.filter((each) => each.getBoundingClientRect().height < 43.5 && each.closest('.st-chosen') === null).map((each) => each.textContent))).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});

test('nothing moves for those who want it still', async ({ browser }) => {
  const [mine, theirs] = [await arrive(browser, 'manager', { reducedMotion: 'reduce' }), await arrive(browser, 'owner')];
  // What changes in one step (the sign of a colleague's edit that goes out) does not move.
  const moving = () =>
    mine.evaluate(() =>
      document.getAnimations().flatMap((each) => {
        const effect = each.effect as KeyframeEffect;
        const isStep = effect.getKeyframes().some(({ easing }) => easing.startsWith('step'));
        return each.playState === 'running' && !isStep && Number(effect.getComputedTiming().duration) > 10 ? [effect.target?.className ?? ''] : [];
      }),
    );
  await mine.keyboard.press('Control+k');
  await expect(mine.getByRole('dialog')).toBeVisible();
  expect(await moving()).toEqual([]);
  await mine.keyboard.press('Escape');
  await theirs.locator('.ss-row [role=gridcell]').nth(40).click();
  await theirs.keyboard.press('s');
  await expect(mine.locator('.ss-flash')).not.toHaveCount(0);
  expect(await moving()).toEqual([]);
});

test('every kind of shift is told by its sign and its spoken label, not by colour alone', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: 0 });
  const tinted = page.locator('.ss-row .ss-cell[role=gridcell]').filter({ hasText: /\S/ });
  const signs = new Set(await tinted.allInnerTexts());
  expect(signs.size).toBeGreaterThan(3);
  const labels = await tinted.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''));
  expect(labels.every((label) => /: \S/.test(label))).toBe(true);
});

test('a viewer can look, but nothing offers to edit', async ({ browser }) => {
  const page = await arrive(browser, 'viewer');
  await expect(page.getByText('View only (as published)')).toBeVisible();
  const offers = /Generate|Publish$|Undo|Redo|Clear|Add|Save$|Delete|Create|Deactivate|Restore|Use$|Lock|Assign|Import/;
  await expect(page.getByRole('button', { name: offers })).toHaveCount(0);
  for (const dialog of ['staff', 'settings/staffGroups', 'settings/shiftTypes', 'settings/calendar', 'settings/versions', 'settings/audit', 'settings/restaurant']) {
    await page.goto(`/#/schedule?dialog=${dialog}`);
    await expect(page.getByRole('dialog')).toBeVisible();
    await expect(page.getByRole('dialog').getByRole('status').filter({ hasText: 'Loading' })).toHaveCount(0);
    await expect(page.getByRole('dialog').getByRole('button', { name: offers }), dialog).toHaveCount(0);
    await expect(page.getByRole('dialog').getByRole('textbox', { disabled: false }).and(page.locator(':not([type=search])')), dialog).toHaveCount(0);
  }
  await expect(page.getByRole('tab', { name: /Data migration|Absences/ })).toHaveCount(0);
  await page.goto('/#/schedule');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('option', { name: /Generate|Publish|Undo|Set / })).toHaveCount(0);
});

test('a part whose file is gone says so and reloads', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  await page.route(/SettingsDialog.*\.js/, (route) => route.fulfill({ status: 404 }));
  await page.goto('/#/schedule?dialog=settings/dailyLimits');
  const alert = page.getByRole('alert').filter({ hasText: 'newer version' });
  await expect(alert).toBeVisible();
  await expect(page.getByRole('grid')).toBeVisible();
  await page.unroute(/SettingsDialog.*\.js/);
  await alert.getByRole('button', { name: 'Reload' }).click();
  await expect(page.getByRole('dialog', { name: /Settings/ })).toBeVisible();
});

test('the period is never cut: what stands beside it is', async ({ browser }) => {
  const page = await arrive(browser, 'manager');
  await api(page, 'POST', 'config-versions/', { name: 'Winter opening hours, second try' });
  const made = (await api<{ id: string; name: string }[]>(page, 'GET', 'config-versions/')).find(({ name }) => name.startsWith('Winter'));
  await api(page, 'POST', `config-versions/${made?.id ?? ''}/activate/`, {});
  for (const locale of ['en-GB', 'ja-JP']) {
    const its = await arrive(browser, 'manager', { locale });
    await expect(its.locator('.app-version')).toContainText('Winter');
    for (const width of [390, 700, 820, 861, 1024, 1101, 1440]) {
      await its.setViewportSize({ width, height: 700 });
      const cut = await its.locator('.app-period-name, .app-period-name *:visible').evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0).map((each) => each.outerHTML.slice(0, 80)));
      expect(cut, `${locale} ${width}`).toEqual([]);
      expect(await its.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${locale} ${width}`).toBe(true);
      const mark = await its.locator('.app-mark').boundingBox();
      expect(mark?.width, `${locale} ${width}`).toBeGreaterThan(15);
    }
  }
});
