import { addWords } from '.';

await addWords('day', {
  ja: async () => (await import('./day.ja')).dayJa,
  en: async () => (await import('./day.en')).dayEn,
});
