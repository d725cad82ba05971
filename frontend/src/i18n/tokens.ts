import { addWords } from '.';

await addWords('tokens', {
  ja: async () => (await import('./tokens.ja')).tokensJa,
  en: async () => (await import('./tokens.en')).tokensEn,
});
