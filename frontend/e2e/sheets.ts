/** A picture of one page at three widths, in light and in dark, on one sheet. */

import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { type Browser, type BrowserContext, type BrowserContextOptions, expect, type Page } from '@playwright/test';

import { cookiesOf, type User } from './pages';

const DEVICES: readonly BrowserContextOptions[] = [
  { viewport: { width: 1440, height: 900 } },
  { viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true },
  { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
];
const SCHEMES = ['light', 'dark'] as const;
/** How high each is on the sheet, in pixels. */
const HEIGHT = 520;

export interface Sight {
  /** The picture's name, in `docs/images/pages`. */
  readonly name: string;
  /** Null: nobody is signed in. */
  readonly user: User | null;
  readonly address: string;
  /** What must be seen before the picture is taken. */
  readonly ready: string;
  /** What is done first; on a phone the way may be another. */
  readonly before?: (page: Page) => Promise<unknown>;
}

/** The pages of one user on all devices; the addresses are visited one after the other. */
export class Devices {
  readonly #contexts: Promise<readonly BrowserContext[]>;

  constructor(browser: Browser, user: User | null) {
    this.#contexts = Promise.all(
      DEVICES.map(async (device) =>
        browser.newContext({ ...device, locale: 'ja-JP', reducedMotion: 'reduce', ...(user === null ? {} : { storageState: await cookiesOf(user) }) }),
      ),
    );
  }

  async take({ name, address, ready, before }: Sight): Promise<void> {
    const rows: string[][] = SCHEMES.map(() => []);
    for (const context of await this.#contexts) {
      const page = await context.newPage();
      await page.goto(address);
      await before?.(page);
      await expect(page.locator(ready).first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      await expect(page.getByText(/^(読み込んでいます…|確認中…)$/)).toHaveCount(0);
      for (const [row, colorScheme] of SCHEMES.entries()) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' });
        rows[row]?.push(picture.toString('base64'));
      }
      await page.close();
    }
    await this.#compose(name, rows);
  }

  async close(): Promise<void> {
    await Promise.all((await this.#contexts).map((context) => context.close()));
  }

  async #compose(name: string, rows: readonly (readonly string[])[]): Promise<void> {
    const [context] = await this.#contexts;
    if (context === undefined) return;
    const page = await context.newPage();
    const images = rows.map((row) => `<p>${row.map((data) => `<img height="${HEIGHT}" src="data:image/png;base64,${data}">`).join('')}</p>`);
    await page.setContent(
      `<style>body { margin: 0; padding: 8px; background: #8a8f98; width: max-content }
       p { margin: 0; display: flex; gap: 8px } p + p { margin-top: 8px }</style>${images.join('')}`,
    );
    await page.evaluate(() => Promise.all([...document.images].map((each) => each.decode())));
    const jpeg = await page.locator('body').screenshot({ type: 'jpeg', quality: 72 });
    await writeFile(fileURLToPath(new URL(`../../docs/images/pages/${name}.jpg`, import.meta.url)), jpeg);
    await page.close();
  }
}
