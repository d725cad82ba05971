import { arrive, drawHandle, pick, saved, selectRange, test } from './pages';
import { block, planOf, put, shows } from './plan';

const PERIOD = 3;

test('the fill handle repeats the selection, in one step', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  await put(page, await planOf(page, PERIOD), 0, 0, [['△', '◇', '', '', '', '']]);
  await saved(page); // what tells of saving may move the page
  await selectRange(page, [0, 0], [0, 1]);
  await drawHandle(page, [0, 1], [0, 5]);
  await page.mouse.up();
  await shows(page, 0, 0, [['△', '◇', '△', '◇', '△', '◇']]);
  await saved(page);
  await page.keyboard.press('Control+z');
  await shows(page, 0, 0, [['△', '◇', '', '', '', '']]);
});

test('Ctrl+D fills down and Ctrl+R to the right', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  await put(page, await planOf(page, PERIOD), 1, 0, [
    ['×', '○', ''],
    ['', '', ''],
    ['', '', ''],
  ]);
  await selectRange(page, [1, 0], [3, 1]);
  await page.keyboard.press('Control+d');
  await shows(page, 1, 0, block('', 3, 1).map(() => ['×', '○', '']));
  await selectRange(page, [1, 1], [2, 2]);
  await page.keyboard.press('Control+r');
  await shows(page, 1, 1, [
    ['○', '○'],
    ['○', '○'],
    ['○', ''],
  ]);
});

test('Delete clears a selection of whole rows as one step', async ({ browser }) => {
  const page = await arrive(browser, 'manager', { period: PERIOD });
  await put(page, await planOf(page, PERIOD), 5, 2, block('×', 2, 3));
  await pick(page, 5, 2);
  await page.keyboard.press('Shift+Space');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Delete');
  await shows(page, 5, 2, block('', 2, 3));
  await saved(page);
  await page.keyboard.press('Control+z');
  await shows(page, 5, 2, block('×', 2, 3));
});
