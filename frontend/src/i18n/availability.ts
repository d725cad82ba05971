import { addWords } from '.';

await addWords('availability', {
  ja: async () => (await import('./availability.ja')).availabilityJa,
  en: async () => (await import('./availability.en')).availabilityEn,
});
