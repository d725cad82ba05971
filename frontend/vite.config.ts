import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const source = fileURLToPath(new URL('./src', import.meta.url));

export default defineConfig({
  // Django serves `dist/` below its static URL under the prefix `frontend` (django-vite's `static_url_prefix`).
  base: '/static/frontend/',
  plugins: [react()],
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
        // A chunk of its own, so that the budget of the grid is the size of a file.
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [{ name: 'grid', test: /\/src\/grid\// }],
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    globals: true,
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    // Two cores are shared with the server's own suites.
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
