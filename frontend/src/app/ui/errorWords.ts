import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Why something failed, as the server, the client library or the browser tells it. */
export interface Failure {
  /** Of the protocol, or `offline`, `timeout`, `unreadable`; null: nothing is known but the message. */
  readonly code: string | null;
  readonly message: string;
  /** The same in Japanese; empty where the server did not say it. */
  readonly messageJa: string;
}

export function failureOf(error: unknown): Failure {
  // `fetch` rejects with a TypeError when there was no answer at all.
  if (error instanceof TypeError) return { code: 'offline', message: error.message, messageJa: '' };
  const { code, message, messageJa } = (typeof error === 'object' && error !== null ? error : { message: String(error) }) as Record<string, unknown>;
  return { code: typeof code === 'string' ? code : null, message: text(message), messageJa: text(messageJa) };
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** Where the server's own sentence says more than its code. */
const DETAILED = new Set(['validation_error', 'version_locked', 'not_found', 'conflict']);

/**
 * A failure in the language of the page: in the server's own sentence where that says what is wrong, else by its code. A sentence that
 * is there in English alone stands behind the code.
 */
export function useErrorWords(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (error) => {
      const { code, message, messageJa } = failureOf(error);
      const own = i18n.language === 'en' ? message : messageJa === message ? '' : messageJa;
      const key = `codes.${code ?? ''}`;
      const known = code !== null && i18n.exists(key) ? t(key as 'codes.offline') : null;
      if (known === null) return message === '' ? t('codes.internal_error') : t('failed', { message: own || message });
      if (message === '' || code === null || !DETAILED.has(code)) return known;
      return own || `${known}（${message}）`;
    },
    [t, i18n],
  );
}
