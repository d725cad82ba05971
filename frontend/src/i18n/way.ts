import { addWords } from '.';

await addWords('way', {
  ja: async () => (await import('./way.ja')).wayJa,
  en: async () => (await import('./way.en')).wayEn,
});
