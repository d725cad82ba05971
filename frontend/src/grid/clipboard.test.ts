import { describe, expect, it } from 'vitest';

import { paste, pasteRange } from './paste';
import { formatTsv, parseTsv } from './tsv';

describe('tab separated text', () => {
  it('comes back as it went', () => {
    const rows = [
      ['○', '', '×'],
      ['a\tb', 'say "hi"', 'two\nlines'],
    ];
    expect(parseTsv(formatTsv(rows))).toEqual(rows);
  });

  it.each([
    ['○\t×\r\n△\t◇\r\n', [['○', '×'], ['△', '◇']]],
    ['○\t×\n△\t◇', [['○', '×'], ['△', '◇']]],
    ['○', [['○']]],
    ['○\t\n×\t', [['○', ''], ['×', '']]],
    ['\t\t', [['', '', '']]],
    ['○\n\n×', [['○'], [''], ['×']]],
    ['5" knife\t×', [['5" knife', '×']]],
  ])('reads what spreadsheets write: %j', (text, rows) => {
    expect(parseTsv(text)).toEqual(rows);
  });

  it('makes ragged rows equally long', () => {
    expect(parseTsv('○\t×\n△')).toEqual([
      ['○', '×'],
      ['△', ''],
    ]);
  });
});

describe('pasting', () => {
  const one = [['○']];
  const clip = [
    ['○', '×'],
    ['△', '◇'],
  ];

  it('lays a clip once from the corner of a small selection', () => {
    expect(pasteRange(clip, { top: 3, left: 3, bottom: 3, right: 3 })).toEqual({ top: 3, left: 3, bottom: 4, right: 4 });
  });

  it('tiles a small clip over a larger selection', () => {
    const selection = { top: 0, left: 0, bottom: 1, right: 3 };
    const target = pasteRange(clip, selection);
    expect(target).toEqual(selection);
    expect(paste(clip, target).map(({ value }) => value)).toEqual(['○', '×', '○', '×', '△', '◇', '△', '◇']);
    expect(pasteRange(one, { top: 0, left: 0, bottom: 4, right: 6 })).toEqual({ top: 0, left: 0, bottom: 4, right: 6 });
  });

  it('does not tile where it would be cut off in the middle', () => {
    expect(pasteRange(clip, { top: 0, left: 0, bottom: 0, right: 4 })).toEqual({ top: 0, left: 0, bottom: 1, right: 1 });
  });
});
