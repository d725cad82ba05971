import { expect, it } from 'vitest';

import { type Command, find } from './commands';

const command = (label: string, also = ''): Command => ({ id: label, label, also, run: () => undefined });
const commands = [command('田中 へ移動', '調理'), command('自動作成', 'generate'), command('公開', 'publish')];
const labels = (query: string) => find(commands, query).map(({ label }) => label);

it('finds by label, by other words and by several words at once', () => {
  expect(labels('自動')).toEqual(['自動作成']);
  expect(labels('GENERATE')).toEqual(['自動作成']);
  expect(labels('移動 調理')).toEqual(['田中 へ移動']);
  expect(labels('ｐｕｂ')).toEqual(['公開']);
  expect(labels('')).toHaveLength(3);
  expect(labels('xyz')).toEqual([]);
});
