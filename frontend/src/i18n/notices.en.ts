import type { noticesJa } from './notices.ja';
import type { English } from './plurals';

export const noticesEn: English<typeof noticesJa> = {
  by: '{{name}}',
  overwrote_one: 'You overwrote {{count}} change by {{name}}.',
  overwrote_other: 'You overwrote {{count}} changes by {{name}}.',
  left_one: '{{count}} cell was left as it is, because it was changed in the meantime.',
  left_other: '{{count}} cells were left as they are, because they were changed in the meantime.',
  giveBack: 'Restore theirs',
  overwritten_one: '{{name}} changed what you just entered: {{mine}} is now {{theirs}} ({{count}} cell).',
  overwritten_other: '{{name}} changed what you just entered: {{mine}} is now {{theirs}} ({{count}} cells).',
  mineAgain: 'Reapply mine',
  deleted: '{{name}} deleted what you just saved.',
  noWay: 'It can no longer be restored.',
  undo: {
    title: 'Not everything can be undone',
    text: 'Somebody else has changed some of these cells since then.',
    stop: 'Stop',
    skip: 'Skip this step',
    partial: 'Undo the rest',
  },
};
