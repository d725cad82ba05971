import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { defineConfig } from '@playwright/test';

import { ADDRESS } from './e2e/address';

/**
 * A project for each file, so that each gets a worker, and with it a server, of its own (`fresh` in e2e/pages.ts). Named by what a run
 * asks for: `pages/*`; `axe/*`, of which one test takes as long as thirty others and comes first; `budgets/*`, which measure the page
 * itself and need a machine that does nothing else.
 */
const KINDS: Readonly<Record<string, string>> = { accessibility: 'axe', budgets: 'budgets' };
const projects = readdirSync(new URL('./e2e', import.meta.url))
  .filter((file) => file.endsWith('.spec.ts'))
  .map((file) => ({ name: `${KINDS[file.replace('.spec.ts', '')] ?? 'pages'}/${file.replace('.spec.ts', '')}`, testMatch: file }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

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
    launchOptions: {
      executablePath: process.env['E2E_CHROMIUM'] ?? '/usr/bin/chromium',
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
    },
  },
});
