import { describe, expect, it } from 'vitest';

import { type Answers, askedEnds, readPeople, unreadColumns } from './peopleList';

const read = (text: string, known: readonly string[] = [], answers: Answers = {}) => readPeople(text, known.map((name) => ({ name })), answers);
const told = (text: string, known: readonly string[] = []) => read(text, known).map(({ name, position, department, status, state }) => [name, position, department, status, state].join('|'));

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
    expect(read('佐藤', ['佐藤 花子']).map(({ like }) => like)).toEqual(['佐藤 花子']);
    expect(read('佐藤', ['佐藤 花子'], { others: ['佐藤'] }).map(({ state }) => state)).toEqual(['new']);
  });

  it('says which columns are not read', () => {
    expect(unreadColumns('名簿\n番号\t氏名\t入社日\t\t役職\tメモ\tメモ\n1\t佐藤\t2020/4/1\t\tホール\t\t')).toEqual(['番号', '入社日', 'メモ']);
    expect(unreadColumns('佐藤\tホール')).toEqual([]);
  });

  it.each<[what: string, text: string, states: string[], like: string]>([
    ['a family name before the whole name', '田中\n田中 美咲', ['doubtful', 'new'], '田中 美咲'],
    ['a family name after the whole name', '田中 美咲\n田中', ['new', 'doubtful'], '田中 美咲'],
    ['a beginning without a space', '田中\n田中美咲', ['doubtful', 'new'], '田中美咲'],
    ['a given name', '美咲\n田中 美咲', ['doubtful', 'new'], '田中 美咲'],
    ['the same name twice', '佐藤\n佐藤', ['new', 'doubtful'], '佐藤'],
    ['a name without its space', '田中美咲\n田中 美咲', ['new', 'doubtful'], '田中美咲'],
    ['another width', 'ﾀﾅｶ ﾐｻｷ\nタナカ　ミサキ', ['new', 'doubtful'], 'ﾀﾅｶ ﾐｻｷ'],
    ['another kind of kana', 'たなか みさき\nタナカ ミサキ', ['new', 'doubtful'], 'たなか みさき'],
    ['another form of 高', '髙橋 一郎\n高橋 一郎', ['new', 'doubtful'], '髙橋 一郎'],
    ['another form of 崎', '山﨑\n山崎 恵', ['doubtful', 'new'], '山崎 恵'],
    ['another drawing of a character', '葛\u{E0100}城 恵\n葛城 恵', ['new', 'doubtful'], '葛\u{E0100}城 恵'],
    ['capitals', 'Tanaka Misaki\nTANAKA MISAKI', ['new', 'doubtful'], 'Tanaka Misaki'],
    ['another order', 'Tanaka Misaki\nMisaki Tanaka', ['new', 'doubtful'], 'Tanaka Misaki'],
    ['accents', 'Satō Ken\nSato Ken', ['new', 'doubtful'], 'Satō Ken'],
    ['a Western family name', 'Ann Lee\nLee', ['new', 'doubtful'], 'Ann Lee'],
  ])('asks about two in the list: %s', (_, text, states, like) => {
    expect(read(text).map(({ state }) => state)).toEqual(states);
    expect(read(text).find(({ state }) => state === 'doubtful')?.like).toBe(like);
  });

  it.each<[what: string, text: string, known: string]>([
    ['another form of a character', '髙橋', '高橋 一郎'],
    ['another order', 'MISAKI TANAKA', 'Tanaka Misaki'],
    ['a given name', '花子', '佐藤 花子'],
    ['another form in the whole name', '山﨑 恵', '山崎恵'],
  ])('asks about a colleague: %s', (_, text, known) => expect(read(text, [known]).map(({ state, like }) => [state, like])).toEqual([['doubtful', known]]));

  it.each<[what: string, text: string]>([
    ['a family whose name begins another', '森\n森田 美咲'],
    ['a Latin name that begins another', 'Ann\nAnna Smith'],
    ['a shared family name', '田中 美咲\n田中 健'],
    ['kana that differ by a mark', 'かとう\nがとう'],
  ])('does not ask about %s', (_, text) => expect(read(text).map(({ state }) => state)).toEqual(['new', 'new']));

  it('takes the answers about each of several of the same name', () => {
    const [, second] = read('佐藤\n佐藤\n佐藤');
    expect(read('佐藤\n佐藤\n佐藤', [], { others: [second?.id ?? ''] }).map(({ state, isRepeated }) => [state, isRepeated])).toEqual([
      ['new', false],
      ['new', true],
      ['doubtful', true],
    ]);
  });

  it('says what is too long to be stored', () => {
    expect(told(`${'あ'.repeat(101)}\n佐藤`)).toEqual([`${'あ'.repeat(101)}||||tooLong`, '佐藤||||new']);
  });
});

describe('a full-width space alone', () => {
  const hall = [{ name: '鈴木', position: 'フロア係', department: '二階', status: '準社員' }];
  const rows = (text: string, answers: Answers = {}) => readPeople(text, hall, answers).map(({ name, position, department, status }) => [name, position, department, status].join('|'));
  const asked = (text: string) => askedEnds(text, hall).map(({ word, column }) => [word, column]);

  it.each<[what: string, text: string, people: string[]]>([
    ['a position that somebody has', '田中美咲　フロア係', ['田中美咲|フロア係||']],
    ['a position that restaurants have', '田中美咲　ホール\n佐藤　厨房', ['田中美咲|ホール||', '佐藤|厨房||']],
    ['a department and a status', '田中　二階\n佐藤　準社員\n山本　アルバイト', ['田中||二階|', '佐藤|||準社員', '山本|||アルバイト']],
    ['a whole name and a position', '田中　美咲　ホール', ['田中　美咲|ホール||']],
    ['a name', '田中　美咲\n佐藤　健', ['田中　美咲|||', '佐藤　健|||']],
    ['a name that is in the list twice', '田中　美咲\n田中　美咲', ['田中　美咲|||', '田中　美咲|||']],
    ['headings', '氏名　役職\n田中美咲　ホール', ['田中美咲|ホール||']],
  ])('divides %s, and nothing is asked', (_, text, people) => {
    expect(rows(text)).toEqual(people);
    expect(asked(text)).toEqual([]);
  });

  it('takes what repeats for a position, and asks', () => {
    const text = '田中美咲　テラス\n佐藤健　テラス\n山本　テラス';
    expect(rows(text)).toEqual(['田中美咲|テラス||', '佐藤健|テラス||', '山本|テラス||']);
    expect(asked(text)).toEqual([['テラス', 'position']]);
    expect(rows(text, { ends: { テラス: 'name' } })).toEqual(['田中美咲　テラス|||', '佐藤健　テラス|||', '山本　テラス|||']);
  });

  it('takes a given name that two share for a part of the name, and asks', () => {
    const text = '田中　美咲\n佐藤　美咲\n山本　健\n森　翔\n林　蓮';
    expect(rows(text)[0]).toBe('田中　美咲|||');
    expect(asked(text)).toEqual([['美咲', 'name']]);
  });

  it('asks about a word after a whole name', () => {
    expect(asked('田中美咲　テラス')).toEqual([['テラス', 'name']]);
    expect(rows('田中美咲　テラス', { ends: { テラス: 'position' } })).toEqual(['田中美咲|テラス||']);
  });

  it('leaves tables alone', () => expect(rows('田中　美咲\tテラス\n佐藤　美咲\tテラス')).toEqual(['田中　美咲|テラス||', '佐藤　美咲|テラス||']));
});
