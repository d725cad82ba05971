import type { English } from './plurals';
import type { wayJa } from './way.ja';

export const wayEn: English<typeof wayJa> = {
  title: 'How the proposal got better',
  best: 'Penalty of the proposal',
  bound: 'Lower bound',
  text: 'In {{seconds}} s from {{first}} to {{best}}; the lower bound is {{bound}}.',
  proved: 'It is proved that no proposal is better.',
  within: 'At most {{percent}} % above the best possible.',
  unknown: 'How far it is from the best is not known yet.',
  seconds: '{{seconds}} s',
  remarks: 'Settings without effect ({{count}})',
};
