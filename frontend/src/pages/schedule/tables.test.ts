import { expect, it } from 'vitest';

import { base64Of, choicesOf } from './tableFiles';
import { isTable } from './tables';

const NAMES = ['田中 花子', '佐藤 一郎'];
const row = (...values: string[]) => values;

it.each([
  ['numbers above names', [row('8月'), row('', '21', '22', '23'), row('', '木', '金', '土'), row('田中　花子', '早', '', '')], true],
  ['days with weekdays', [row('No', '氏名', '8/21(木)', '8/22(金)', '8/23(土)'), row('1', '佐藤一郎', '早', '早', '早')], true],
  ['cells alone', [row('早', '遅', '休'), row('早', '遅', '休')], false],
  ['names without days', [row('田中 花子', '早', '休')], false],
  ['numbers in cells', [row('21', '22', '23'), row('10', '10', '10')], false],
  ['days down, people across', [row('日', '田中 花子', '佐藤一郎'), row('8/21', '早', ''), row('8/22', '', '遅'), row('8/23', '休', '休')], true],
  ['days down beside weekdays', [row('8月'), row('', '日', '田中 花子'), row('木', '21', '早'), row('金', '22', ''), row('土', '23', '')], true],
  ['one day with its year', [row('', '2026-12-01'), row('佐藤一郎', '早')], true],
  ['two days, people across', [row('', '田中 花子', '佐藤一郎'), row('12月1日(火)', '早', ''), row('12/2', '', '遅')], true],
  ['two bare numbers above a name', [row('', '1', '2'), row('佐藤一郎', '早', '早')], false],
  ['names across without days', [row('田中 花子', '佐藤一郎'), row('早', '遅')], false],
  ['a very long column', Array.from({ length: 130_000 }, () => row('早', '遅')), false],
  ['a single name', [row('田中 花子')], false],
])('tells tables from cells: %s', (_, clip, expected) => {
  expect(isTable(clip, NAMES)).toBe(expected);
});

it('leaves out whoever is nobody', () => {
  expect(choicesOf(new Map([['a', 'id'], ['b', '']]))).toEqual({ a: 'id', b: null });
});

it('encodes files of any size', () => {
  const bytes = new Uint8Array(100_000).map((_, at) => at % 251);
  const text = atob(base64Of(bytes.buffer));
  expect([text.length, text.charCodeAt(0), text.charCodeAt(99_999)]).toEqual([100_000, 0, 99_999 % 251]);
});
