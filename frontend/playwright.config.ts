import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { defineConfig } from '@playwright/test';

import { ADDRESS } from './e2e/address';

/** Debian's `chromium-headless-shell` does the same for a page as `chromium`, without a window, its profile and its services around it. */
const CHROMIUM = '/usr/bin/chromium';
const SHELL = '/usr/bin/chromium-headless-shell';
const chosen = process.env['E2E_CHROMIUM'] ?? (existsSync(SHELL) ? SHELL : CHROMIUM);

const browser = (executablePath: string) => ({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-dev-shm-usage',
    '--disable-gpu',
    // Nothing but the page under test has business with a network.
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});

/**
 * `axe`, of which one test takes as long as thirty others, comes first; `push` needs a whole browser, since the shell has no notifications;
 * `budgets` measures the page itself and needs a machine that does nothing else; `pages` is all the rest. `pictures` takes those of the README, for scripts/pictures alone, and tests nothing. A worker takes one file after
 * another, each on a server of its own (`fresh` in e2e/pages.ts).
 */
const [AXE, PUSH, BUDGETS, PICTURES] = ['accessibility.spec.ts', 'push.spec.ts', 'budgets.spec.ts', 'pictures.spec.ts'];
const projects = [
  { name: 'axe', testMatch: AXE },
  { name: 'push', testMatch: PUSH, use: { launchOptions: browser(process.env['E2E_CHROMIUM'] ?? CHROMIUM) } },
  { name: 'pages', testIgnore: [AXE, PUSH, BUDGETS, PICTURES] },
  { name: 'budgets', testMatch: BUDGETS },
  ...(process.env['PICTURES'] === undefined ? [] : [{ name: 'pictures', testMatch: PICTURES }]),
];

export default defineConfig({
  testDir: './e2e',
  // Runs side by side each have their own: what is there before is taken away.
  outputDir: join('./test-results', process.env['E2E_RESULTS'] ?? ''),
  projects,
  fullyParallel: false,
  workers: 1,
  timeout: 120_000,
  // A machine that does other things too is slow, not wrong.
  expect: { timeout: 30_000 },
  forbidOnly: true,
  // Told as flaky, not hidden: a browser on a busy machine may lose a click to a page that still loads.
  retries: 1,
  reporter: [['list']],
  use: {
    baseURL: ADDRESS,
    // Tests stand between the page and its files; a worker that keeps them would be in between. It has its own: kept-page.spec.ts.
    serviceWorkers: 'block',
    // A trace of every step costs as much as the step; what fails is tried again, and traced.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: browser(chosen),
  },
});
