import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Page } from '@playwright/test';
import type * as Axe from 'axe-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Scope {
  /** Only what is below this selector. */
  readonly inside?: string | undefined;
  /** But for what is below this one. */
  readonly outside?: string;
  /** Only these rules; else all that axe turns on by itself. */
  readonly rules?: readonly string[];
  /** But for these. */
  readonly without?: readonly string[];
}

/** What is about colours alone: the same in each language, and half of what a look costs. */
export const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * What breaks a rule of axe, a line for each element. axe is put into a document once, and tells of nothing but violations: the builder for
 * Playwright loads it before each look, and once more into an empty tab, and works out a selector for everything that is right.
 */
export async function broken(page: Page, { inside, outside, rules, without = [] }: Scope = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  return page.evaluate(
    async ([include, exclude, values, left]) => {
      const { axe } = window as unknown as { axe: typeof Axe };
      const { violations } = await axe.run(
        { include: include === null ? [['html']] : [[include]], exclude: exclude === null ? [] : [[exclude]] },
        {
          resultTypes: ['violations'],
          selectors: false,
          rules: Object.fromEntries(left.map((id) => [id, { enabled: false }])),
          ...(values === null ? {} : { runOnly: { type: 'rule', values } }),
        },
      );
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    },
    [inside ?? null, outside ?? null, rules === undefined ? null : [...rules], [...without]] as const,
  );
}
