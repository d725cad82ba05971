import type { dialogsJa } from './dialogs.ja';
import { formsEn } from './dialogs/forms.en';
import { importingEn } from './dialogs/importing.en';
import { planningEn } from './dialogs/planning.en';
import { publishingEn } from './dialogs/publishing.en';
import { settingsEn } from './dialogs/settings.en';
import type { English } from './plurals';

export const dialogsEn: English<typeof dialogsJa> = { ...publishingEn, ...formsEn, ...settingsEn, ...importingEn, ...planningEn };
