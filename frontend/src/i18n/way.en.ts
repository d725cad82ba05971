import type { English } from './plurals';
import type { wayJa } from './way.ja';

export const wayEn: English<typeof wayJa> = {
  title: 'How the proposal improved',
  best: 'Penalty of the proposal',
  bound: 'Lower bound',
  text: 'In {{seconds}} s from {{first}} to {{best}}; the lower bound is {{bound}}.',
  proved: 'No better proposal is possible.',
  within: 'At most {{percent}} % above the best possible.',
  unknown: 'How close it is to the best is not known yet.',
  seconds: '{{seconds}} s',
  remarks: 'Settings without effect ({{count}})',
};
