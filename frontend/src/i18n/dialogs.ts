import { dialogsEn } from './dialogs.en';
import { dialogsJa } from './dialogs.ja';

import { addWords } from '.';

addWords('dialogs', { ja: dialogsJa, en: dialogsEn });
