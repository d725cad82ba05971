import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'ja' | 'en';

const KEY = 'shiftsync-language';

function remembered(): Language {
  try {
    const found = localStorage.getItem(KEY);
    if (found === 'ja' || found === 'en') return found;
  } catch {
    // A browser that keeps nothing still has a language of its own.
  }
  const own = document.documentElement.lang || navigator.language;
  return own.startsWith('en') ? 'en' : 'ja';
}

type Words = Readonly<Record<Language, () => Promise<object>>>;

/** The words by part of the page. */
const parts = new Map<string, Words>([
  [
    'app',
    {
      ja: async () => (await import('./app.ja')).ja,
      en: async () => (await import('./app.en')).en,
    },
  ],
]);

async function load(part: string, words: Words, language: Language): Promise<void> {
  if (!i18n.hasResourceBundle(language, part)) i18n.addResourceBundle(language, part, await words[language]());
}

const loadAll = (language: Language) => Promise.all([...parts].map(([part, words]) => load(part, words, language)));

/** Has to be awaited before the first render, which then has all its words. */
export async function startLanguage(language: Language = remembered()): Promise<void> {
  await i18n.use(initReactI18next).init({ lng: language, fallbackLng: false, defaultNS: 'app', interpolation: { escapeValue: false }, resources: {} });
  await loadAll(language);
  document.documentElement.lang = language;
}

/** The words of a part that is loaded later: those of the language in use now, the others when they are asked for. */
export async function addWords(part: string, words: Words): Promise<void> {
  parts.set(part, words);
  if (i18n.isInitialized) await load(part, words, i18n.language === 'en' ? 'en' : 'ja');
}

/** Switches without reloading: what one has typed and selected stays. */
export async function setLanguage(language: Language): Promise<void> {
  await loadAll(language);
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // It then lasts as long as the page.
  }
}

;
