import { addWords } from '.';

await addWords('people', {
  ja: async () => (await import('./people.ja')).peopleJa,
  en: async () => (await import('./people.en')).peopleEn,
});
