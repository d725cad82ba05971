import { addWords } from '.';

await addWords('questions', {
  ja: async () => (await import('./questions.ja')).questionsJa,
  en: async () => (await import('./questions.en')).questionsEn,
});
