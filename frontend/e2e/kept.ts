/** Whether the browser keeps a copy of all of those parts of the data; runs in the page. */
export async function keepsSlices(slices: readonly string[]): Promise<boolean> {
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
