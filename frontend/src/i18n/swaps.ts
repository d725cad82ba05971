import { addWords } from '.';

await addWords('swaps', {
  ja: async () => (await import('./swaps.ja')).swapsJa,
  en: async () => (await import('./swaps.en')).swapsEn,
});
