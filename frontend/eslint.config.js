import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Forbids imports that would turn the layers (pages → app, grid → hooks → realtime, api) upside down. */
const layer = (files, forbidden, message) => ({
  files,
  ignores: ['**/*.test.{ts,tsx}'],
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group: forbidden, message }] }] },
});

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'test-results/', 'playwright-report/'] },
  // Generated files are not linted. Ignored, one that is named to the linter, as among the files of a change, would be a warning.
  { files: ['**/*.gen.ts'], processor: { preprocess: () => [], postprocess: () => [] } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked, reactHooks.configs.flat.recommended],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './tsconfig.node.json', './tsconfig.worker.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Handlers of events may be async: React and the DOM ignore what they return.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    files: ['scripts/**/*.mjs', 'eslint.config.js'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
  layer(
    ['src/realtime/**/*.{ts,tsx}', 'src/api/**/*.{ts,tsx}'],
    ['react', 'react/*', 'react-dom', '@/hooks/*', '@/app/*', '@/grid/*', '@/pages/*', '@mantine/*'],
    'The client library is usable without React and without our pages.',
  ),
  layer(['src/hooks/**/*.{ts,tsx}'], ['@/app/*', '@/grid/*', '@/pages/*', '@mantine/*'], 'Hooks know no page.'),
  layer(['src/grid/**/*.{ts,tsx}'], ['@/app/*', '@/pages/*'], 'The grid knows no page.'),
);
