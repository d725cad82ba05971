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

const WORDS: Readonly<Record<Language, () => Promise<object>>> = {
  ja: async () => (await import('./app.ja')).ja,
  en: async () => (await import('./app.en')).en,
};

async function load(language: Language): Promise<void> {
  if (!i18n.hasResourceBundle(language, 'app')) i18n.addResourceBundle(language, 'app', await WORDS[language]());
}

/** Has to be awaited before the first render, which then has all its words. */
export async function startLanguage(language: Language = remembered()): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: 'app',
    interpolation: { escapeValue: false },
    resources: { [language]: { app: await WORDS[language]() } },
  });
  document.documentElement.lang = language;
}

/** The words of a part that is loaded later. */
export function addWords(namespace: string, words: Readonly<Record<Language, object>>): void {
  for (const language of ['ja', 'en'] as const) i18n.addResourceBundle(language, namespace, words[language]);
}

/** Switches without reloading: what one has typed and selected stays. */
export async function setLanguage(language: Language): Promise<void> {
  await load(language);
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // It then lasts as long as the page.
  }
}

export { i18n };
