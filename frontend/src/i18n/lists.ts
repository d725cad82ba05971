import { addWords } from '.';

await addWords('lists', {
  ja: async () => (await import('./lists.ja')).listsJa,
  en: async () => (await import('./lists.en')).listsEn,
});
