import { addWords } from '.';

await addWords('wishes', {
  ja: async () => (await import('./wishes.ja')).wishesJa,
  en: async () => (await import('./wishes.en')).wishesEn,
});
