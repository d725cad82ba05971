import { describe, expect, it } from 'vitest';

import { readPeople, unreadColumns } from './peopleList';

const told = (text: string, known: string[] = []) => readPeople(text, known).map(({ name, position, department, status, state }) => [name, position, department, status, state].join('|'));

describe('readPeople', () => {
  it.each<[what: string, text: string, people: string[]]>([
    ['a column of names', '佐藤\n鈴木\n', ['佐藤||||new', '鈴木||||new']],
    ['spaces and empty lines', '\n 佐藤 花子 \r\n\r\n鈴木\r\n', ['佐藤 花子||||new', '鈴木||||new']],
    ['a table by position', '佐藤\tホール\t一階\tパート', ['佐藤|ホール|一階|パート|new']],
    ['headings in any order', '雇用形態\t氏名\t備考\n社員\t佐藤\t長い', ['佐藤|||社員|new']],
    ['commas', 'Name,Position\n"Lee, Ann",Kitchen', ['Lee, Ann|Kitchen|||new']],
    ['full-width commas', '佐藤，ホール\n鈴木、厨房', ['佐藤|ホール|||new', '鈴木|厨房|||new']],
    ['a heading alone', '名前', []],
    ['rows without a name', '\tホール\n佐藤\tホール', ['佐藤|ホール|||new']],
    ['nothing', '', []],
  ])('reads %s', (_, text, people) => expect(told(text)).toEqual(people));

  it('knows who is there already, whatever the width and the spaces', () => {
    expect(told('佐藤　花子\nＡＮＮ\nBob', ['佐藤 花子', 'ann'])).toEqual(['佐藤　花子||||same', 'ＡＮＮ||||same', 'Bob||||new']);
  });

  it.each<[what: string, text: string, people: string[]]>([
    ['a column of numbers before the names', '1\t佐藤\tホール\n２\t鈴木\t厨房', ['佐藤|ホール|||new', '鈴木|厨房|||new']],
    ['a title above the headings', 'スタッフ名簿\n\n氏名\t役職\n佐藤\tホール', ['佐藤|ホール|||new']],
    ['a name in two columns', '姓\t名\t役職\n佐藤\t花子\tホール', ['佐藤 花子|ホール|||new']],
    ['a Western name in two columns', 'Last name,First name\nLovelace,Ada', ['Ada Lovelace||||new']],
    ['semicolons', 'Name;Position\nAda;Kitchen', ['Ada|Kitchen|||new']],
    ['what somebody is called in English files', 'Role,Name\nKitchen,Ada', ['Ada|Kitchen|||new']],
  ])('reads %s', (_, text, people) => expect(told(text)).toEqual(people));

  it('asks about a name that begins like a colleague’s, and takes the answer', () => {
    expect(told('佐藤\n鈴木 一郎さん\n田中さん', ['佐藤 花子', '鈴木', '田中'])).toEqual(['佐藤||||doubtful', '鈴木 一郎さん||||doubtful', '田中さん||||same']);
    expect(readPeople('佐藤', ['佐藤 花子']).map(({ like }) => like)).toEqual(['佐藤 花子']);
    expect(readPeople('佐藤', ['佐藤 花子'], new Set(['佐藤'])).map(({ state }) => state)).toEqual(['new']);
  });

  it('says which columns are not read', () => {
    expect(unreadColumns('名簿\n番号\t氏名\t入社日\t\t役職\tメモ\tメモ\n1\t佐藤\t2020/4/1\t\tホール\t\t')).toEqual(['番号', '入社日', 'メモ']);
    expect(unreadColumns('佐藤\tホール')).toEqual([]);
  });

  it('takes the second of two alike for the same person', () => {
    expect(told('佐藤\n佐 藤')).toEqual(['佐藤||||new', '佐 藤||||same']);
  });

  it('says what is too long to be stored', () => {
    expect(told(`${'あ'.repeat(101)}\n佐藤`)).toEqual([`${'あ'.repeat(101)}||||tooLong`, '佐藤||||new']);
  });
});
