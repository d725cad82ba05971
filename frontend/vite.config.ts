import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';
import { type Plugin, transformWithOxc } from 'vite';
import { defineConfig } from 'vitest/config';

/** What the month's page is made of. The page of a day uses half of it: divided by who uses what, it would be a dozen small files, which compress worse. */
const MONTH = /\/src\/pages\/schedule\/(?:use\w+|scheduleSource|settledJobs|month|monthPart|limits|closings|availability|wishes|unplanned|presence|drafts|tables|[A-Z]\w*(?<!CellMenu|ProblemsPanel|DiffTable|PublicationChanges|SeenBy))\.tsx?$/;

/** What every page asks: the small modules of the first load in one file, since each by itself compresses worse. */
const ASKED = /\/src\/app\/(?:stores\/|ui\/(?:Icon|Caught|errorWords|useAnswer|useMedia)\.|shell\/(?:Unknown|signOut|keeping)\.)/;

const source = fileURLToPath(new URL('./src', import.meta.url));

/** The service worker, told what the build has made: a file of its own, whose content is another with every build. */
function serviceWorker(): Plugin {
  const path = `${source}/worker/serviceWorker.ts`;
  let base = '/';
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved: (config) => {
      base = config.base;
    },
    buildStart() {
      this.addWatchFile(path);
    },
    generateBundle: {
      // Vite still throws chunks away that hold nothing but styles.
      order: 'post',
      async handler(_, bundle) {
        const assets = Object.keys(bundle)
          .filter((name) => name.startsWith('assets/'))
          .map((name) => base + name)
          .sort();
        const build = createHash('sha256').update(assets.join()).digest('hex').slice(0, 8);
        const { code } = await transformWithOxc(await readFile(path, 'utf8'), path);
        const told = `const ASSETS = ${JSON.stringify(assets)};\nconst BUILD = ${JSON.stringify(build)};\n`;
        this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: told + code });
      },
    },
  };
}

export default defineConfig({
  // Django serves `dist/` below its static URL under the prefix `frontend` (django-vite's `static_url_prefix`).
  base: '/static/frontend/',
  plugins: [react(), serviceWorker()],
  resolve: { alias: { '@': source } },
  server: { host: '127.0.0.1', port: 5173, strictPort: true, cors: true, origin: 'http://127.0.0.1:5173' },
  build: {
    outDir: 'dist',
    manifest: true,
    // The strict content security policy allows no inline script, and no data: URL for scripts or fonts.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { main: 'src/main.tsx' },
      output: {
        // Chunks of their own: the budget of the grid is the size of a file.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: 'grid', test: /\/src\/grid\// },
            { name: 'month', test: MONTH },
            { name: 'stores', test: ASKED },
          ],
        },
      },
    },
  },
  test: {
    globals: true,
    // Two cores are shared with the server's own suites.
    maxWorkers: 2,
    testTimeout: 60_000,
    // A document takes half a second for every file: .test.tsx have one, .test.ts do without, unless their first line asks for it.
    projects: [
      { extends: true, test: { name: 'logic', environment: 'node', include: ['src/**/*.test.ts'], setupFiles: ['src/testing/storage.ts'] } },
      {
        extends: true,
        test: {
          name: 'pages',
          environment: 'jsdom',
          include: ['src/**/*.test.tsx'],
          setupFiles: ['src/testing/storage.ts', 'src/testing/document.ts'],
        },
      },
    ],
  },
});
