import { addWords } from '.';

await addWords('notices', {
  ja: async () => (await import('./notices.ja')).noticesJa,
  en: async () => (await import('./notices.en')).noticesEn,
});
