import { type Browser, expect, type Page } from '@playwright/test';

import { cookiesOf, saved, type User } from './pages';

/** A browser whose ear for the server can be stopped: what colleagues do meanwhile is heard when it is opened again. */
export async function arriveDeaf(browser: Browser, user: User): Promise<{ page: Page; stopEar: () => void; openEar: () => void }> {
  const context = await browser.newContext({ locale: 'en-GB', storageState: await cookiesOf(user) });
  const page = await context.newPage();
  let unheard: (() => void)[] | null = null;
  await page.routeWebSocket(/staff-sync/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => {
      const hear = () => socket.send(message);
      if (unheard === null) hear();
      else unheard.push(hear);
    });
  });
  await page.goto('/');
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await saved(page);
  return {
    page,
    stopEar: () => {
      unheard ??= [];
    },
    openEar: () => {
      const waiting = unheard ?? [];
      unheard = null;
      for (const hear of waiting) hear();
    },
  };
}
