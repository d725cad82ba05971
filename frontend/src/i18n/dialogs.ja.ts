import { formsJa } from './dialogs/forms.ja';
import { importingJa } from './dialogs/importing.ja';
import { planningJa } from './dialogs/planning.ja';
import { publishingJa } from './dialogs/publishing.ja';
import { settingsJa } from './dialogs/settings.ja';

/** The words of what is loaded later: publishing, settings and their forms, imports, planning. English: `dialogs.en.ts`. */
export const dialogsJa = { ...publishingJa, ...formsJa, ...settingsJa, ...importingJa, ...planningJa };
