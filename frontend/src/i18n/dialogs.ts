import { addWords } from '.';

await addWords('dialogs', {
  ja: async () => (await import('./dialogs.ja')).dialogsJa,
  en: async () => (await import('./dialogs.en')).dialogsEn,
});
