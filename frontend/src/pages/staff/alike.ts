import { keyOfName } from './names';

/** Whether two names may be one person's: for lists, where nobody is added unasked who may be there already. */

/** A name as it is compared. */
export interface Compared {
  /** Without width, capitals, spaces and titles: equal for spellings that nobody would call different. */
  readonly key: string;
  /** Its parts without accents and kinds of kana, and with one form of each character that names write in several. */
  readonly parts: readonly string[];
}

const HONORIFIC = /(?:さん|様|君|くん|ちゃん|氏)$/;

/**
 * Characters that the same family writes in several forms, in the form of newspapers before the others. Unicode's own equivalences know few of
 * them: they are different characters there.
 */
const FORMS: readonly string[] = [
  '高髙', '崎﨑嵜碕', '辺邊邉', '斉齊斎齋', '浜濱濵', '沢澤', '広廣', '国國', '桜櫻', '徳德', '真眞', '恵惠', '竜龍', '滝瀧', '島嶋嶌', '吉𠮷', '瀬瀨', '桑桒', '橋槗𣘺', '富冨',
  '峰峯', '柳栁', '関關', '黒黑', '静靜', '栄榮', '遥遙', '凜凛', '渕淵渊', '館舘', '薮藪籔', '万萬', '宝寶', '条條', '弥彌', '実實', '寿壽', '円圓', '豊豐', '亀龜', '芦蘆', '児兒',
  '会會', '学學', '清淸', '青靑',
];
const FORM_OF: ReadonlyMap<string, string> = new Map(
  FORMS.map((forms) => Array.from(forms)).flatMap((forms) => forms.map((form) => [form, forms[0] ?? form] as const)),
);

/** Selectors choose among the drawings of one character. */
const SELECTORS = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;
const ACCENTS = /[\u0300-\u036F]/g;
/** The sound marks of kana are no accents: か and が are different names. */
const plain = (text: string) => text.normalize('NFD').replace(ACCENTS, '').normalize('NFC');
const hiragana = (text: string) => text.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
const oneForm = (text: string) => Array.from(text, (each) => FORM_OF.get(each) ?? each).join('');
const untitled = (text: string) => text.replace(HONORIFIC, '') || text;

export function compared(name: string): Compared {
  const bare = untitled(name.replace(SELECTORS, '').normalize('NFKC').toLowerCase().trim()).trim();
  const parts = oneForm(hiragana(plain(bare))).split(/[\s・.,'’-]+/u).filter((part) => part !== '');
  return { key: untitled(keyOfName(name)), parts };
}

/** Whether one of them may be the other's: the same in another spelling or order, its beginning, or its family or given name. */
export const mayBeOne = (one: Compared, other: Compared): boolean => isPartOf(one, other) || isPartOf(other, one);

/** Whether `short` is all of `long` in another spelling or order, or a part of it that people are called by. */
export function isPartOf(short: Compared, long: Compared): boolean {
  if (short.parts.length === 0) return false;
  if (short.parts.every((part) => long.parts.includes(part))) return true;
  const [whole, longer] = [short.parts.join(''), long.parts.join('')];
  // Latin words are not written together: Ann is not the beginning of Anna.
  if (/^\p{Script=Latin}/u.test(whole)) return whole === longer;
  // Where a space ends the family name, a shorter one is another family: 森 is not 森田 美咲.
  const family = long.parts.length > 1 ? (long.parts[0]?.length ?? 0) : 0;
  return longer.startsWith(whole) && whole.length >= family;
}
