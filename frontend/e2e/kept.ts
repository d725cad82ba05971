import { expect, type Page } from '@playwright/test';

/** Waits until the browser keeps a copy of all of those parts of the data. */
export async function keeps(page: Page, slices: readonly string[]): Promise<void> {
  await expect.poll(() => page.evaluate(keepsSlices, slices)).toBe(true);
}

/** Runs in the page. */
async function keepsSlices(slices: readonly string[]): Promise<boolean> {
  const opening = indexedDB.open('shiftsync');
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const keys = opening.result.transaction('slices').objectStore('slices').getAllKeys();
  await new Promise((resolve) => (keys.onsuccess = resolve));
  opening.result.close();
  const kept = JSON.stringify(keys.result);
  return slices.every((slice) => kept.includes(slice));
}

/** What the grid shows is made of these. */
export const GRID_SLICES = ['"staff"', '"calendar"', '"schedule:'];
